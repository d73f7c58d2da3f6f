//! What is noted of foregone orders on the days on which it happens: the daily series, what the day's close will find, and how
//! long answers take.

use super::dispute_columns::Docket;
use super::suspects::Troubles;
use crate::engine::books::records::{Finding, Records};
use crate::engine::ground::columns::Mask;
use crate::engine::ground::lane_arithmetic::{NEVER, instant};
use crate::engine::setup::tables::Tables;
use crate::market::{Attribution, DisputeKind};
use crate::observe::Series;
use crate::observe::course::{self, COURSES};
use crate::sim::{DAY_SECONDS, Day};

impl Records {
    /// Posts the completion of an order to its day, if it comes to that.
    pub(crate) fn post_completion(&mut self, troubles: &Troubles, place: usize, day: Day) {
        if troubles.is_completed[place] == 1 {
            let at = instant(day, troubles.completes[place]);
            self.count_daily(Series::OrdersCompleted, at);
            self.post_completed(troubles.sellers[place] as u16, at);
        }
    }

    /// Posts to its day that an order was cancelled.
    pub(crate) fn post_cancellation(&mut self, tables: &Tables, troubles: &Troubles, place: usize, day: Day) {
        let at = instant(day, troubles.granted[place]);
        self.daily.add(Series::ValueRefunded, at.day().0, u64::from(troubles.values[place]));
        let side = if troubles.blames_seller[place] == 1 {
            self.count_daily(Series::CancelledSellerReason, at);
            self.count_daily(Series::NotSold, at);
            self.note(troubles.sellers[place] as u16, at, Finding::NotSold);
            Attribution::Seller
        } else {
            self.count_daily(Series::CancelledBuyerReason, at);
            Attribution::Buyer
        };
        if tables.is_measured(at) {
            let entry = tables.platform.menu.entry(side, troubles.reasons[place]);
            self.reasons[usize::from(entry)] += 1;
        }
    }

    /// Posts to their days what became of the foregone disputes of a docket.
    pub(crate) fn post_disputes(&mut self, docket: &Docket) {
        let day = docket.day;
        let mut left: Mask = docket.foregone();
        let mut filed_first_day = 0;
        // How a dispute ends cannot be guessed, so it is not asked for nothing.
        let notes_ends = self.tracks.refunded || self.tracks.ruled;
        while left != 0 {
            let place = left.trailing_zeros() as usize;
            left &= left - 1;
            let (seller, course) = (docket.sellers[place] as u16, u32::from(docket.courses[place]));
            let ended = day.0 + docket.ended_after[place] as i32;
            let mut filed = day;
            if docket.filed[place] < DAY_SECONDS as u32 {
                filed_first_day += 1;
            } else {
                filed.0 += (docket.filed[place] / DAY_SECONDS as u32) as i32;
                self.daily.add(Series::DisputesFiled, filed.0, 1);
            }
            self.daily.add(SERIES[course as usize], ended, 1);
            self.daily.add(Series::ValueRefunded, ended, u64::from(docket.refunds[place]));
            self.note_filed(seller, filed, KINDS[docket.kinds[place] as usize % KINDS.len()]);
            let instant = |seconds: u32| instant(day, seconds);
            if docket.answered[place] == NEVER {
                self.note(seller, instant(docket.due[place]), Finding::Unanswered);
            } else if docket.is_measured[place] == 1 {
                let segment = docket.shops[place] as usize;
                self.delays[segment].record(docket.answered[place] - docket.filed[place]);
            }
            let is_lost = course == course::RULED_FOR_SELLER || course == course::SILENT_RULED_FOR_SELLER;
            let completes = is_lost && docket.is_late[place] == 0;
            self.daily.add(Series::OrdersCompleted, ended, u64::from(completes));
            if self.tracks.completed && completes {
                self.post_completed(seller, instant(docket.ended[place]));
            }
            if notes_ends && !is_lost {
                let at = instant(docket.ended[place]);
                if course > course::EXECUTED && docket.is_liable[place] == 1 {
                    self.note(seller, at, Finding::Ruled);
                }
                self.note(seller, at, Finding::Refunded);
            }
        }
        self.daily.add(Series::DisputesFiled, day.0, filed_first_day);
    }
}

/// The kinds by their number in [`super::dispute_columns::kind`].
const KINDS: [DisputeKind; 3] =
    [DisputeKind::NotReceived, DisputeKind::NotAsDescribed, DisputeKind::Opportunistic];

/// The series in which each course ends.
const SERIES: [Series; COURSES] = [
    Series::DisputesAccepted,
    Series::DisputesAutoExecuted,
    Series::DisputesRuledForSeller,
    Series::DisputesRuledForBuyer,
    Series::DisputesRuledForSeller,
    Series::DisputesRuledForBuyer,
];
