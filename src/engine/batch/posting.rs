//! What is noted of predetermined orders on the days on which it happens: the daily series, what the day's close will find, and how
//! long answers take.

use super::dispute_columns::{DisputeColumns, kind};
use super::suspects::Suspects;
use crate::engine::books::day_facts::DayFact;
use crate::engine::books::effects::Effects;
use crate::engine::books::observer::Observer;
use crate::engine::books::records::Records;
use crate::engine::ground::columns::Mask;
use crate::engine::ground::lane_arithmetic::{NEVER, instant};
use crate::engine::setup::tables::Tables;
use crate::market::Attribution;
use crate::observe::Series;
use crate::observe::course::{self, COURSES};
use crate::sim::{DAY_SECONDS, Day};

impl<O: Observer> Records<O> {
    /// Posts the completion of an order to its day, if it comes to that.
    pub(crate) fn post_completion(&mut self, suspects: &Suspects, place: usize, day: Day) {
        if suspects.is_completed[place] == 1 {
            let at = instant(day, suspects.completes[place]);
            self.count_daily(Series::OrdersCompleted, at);
            self.post_completed(suspects.sellers[place] as u16, at);
        }
    }

    /// Posts to its day that an order was cancelled.
    pub(crate) fn post_cancellation(&mut self, tables: &Tables, suspects: &Suspects, place: usize, day: Day) {
        let at = instant(day, suspects.granted[place]);
        self.daily.add(Series::ValueRefunded, at.day().0, u64::from(suspects.values[place]));
        let side = if suspects.blames_seller[place] == 1 { Attribution::Seller } else { Attribution::Buyer };
        self.count_reason(suspects.sellers[place] as u16, side, at);
        if tables.is_measured(at) {
            let entry = tables.platform.menu.entry(side, suspects.reasons[place]);
            self.reasons[usize::from(entry)] += 1;
        }
    }

    /// Posts to their days what became of the predetermined disputes.
    pub(crate) fn post_disputes(&mut self, disputes: &DisputeColumns) {
        let day = disputes.day;
        let mut left: Mask = disputes.predetermined();
        let mut filed_first_day = 0;
        // How a dispute ends cannot be guessed, so it is not asked for nothing.
        let notes_ends = self.tracks.refunded || self.tracks.ruled;
        while left != 0 {
            let place = left.trailing_zeros() as usize;
            left &= left - 1;
            let (seller, course) = (disputes.sellers[place] as u16, u32::from(disputes.courses[place]));
            let ended = day.0 + disputes.ended_after[place] as i32;
            let mut filed = day;
            if disputes.filed[place] < DAY_SECONDS as u32 {
                filed_first_day += 1;
            } else {
                filed.0 += (disputes.filed[place] / DAY_SECONDS as u32) as i32;
                self.daily.add(Series::DisputesFiled, filed.0, 1);
            }
            self.daily.add(SERIES[course as usize], ended, 1);
            self.daily.add(Series::ValueRefunded, ended, u64::from(disputes.refunds[place]));
            self.note_filed(seller, filed, kind::ALL[disputes.kinds[place] as usize % kind::ALL.len()]);
            let instant = |seconds: u32| instant(day, seconds);
            if disputes.answered[place] == NEVER {
                self.note(seller, instant(disputes.due[place]), DayFact::Unanswered);
            } else if disputes.is_measured[place] == 1 {
                let segment = disputes.seller_segments[place] as usize;
                self.delays[segment].record(disputes.answered[place] - disputes.filed[place]);
            }
            let is_lost = course == course::RULED_FOR_SELLER || course == course::SILENT_RULED_FOR_SELLER;
            let completes = is_lost && disputes.is_late[place] == 0;
            self.daily.add(Series::OrdersCompleted, ended, u64::from(completes));
            if self.tracks.completed && completes {
                self.post_completed(seller, instant(disputes.ended[place]));
            }
            if notes_ends && !is_lost {
                let at = instant(disputes.ended[place]);
                if course > course::EXECUTED && disputes.is_liable[place] == 1 {
                    self.note(seller, at, DayFact::Ruled);
                }
                self.note(seller, at, DayFact::Refunded);
            }
        }
        self.daily.add(Series::DisputesFiled, day.0, filed_first_day);
    }
}

/// The series that counts how each course ends.
const SERIES: [Series; COURSES] = {
    let (mut series, mut course) = ([Series::DisputesFiled; COURSES], 0);
    while course < COURSES {
        if let Some(last) = Effects::of(course::last_step(course)).series {
            series[course] = last;
        }
        course += 1;
    }
    series
};
