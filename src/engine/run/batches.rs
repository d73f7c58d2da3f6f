//! When orders and disputes of a shard are seen to side by side: orders as they are placed, disputes as they are filed, and their
//! ends once the desks have answered.

use super::shard::Shard;
use crate::engine::batch::claims::DecidingSuspects;
use crate::engine::books::observer::Observer;
use crate::engine::flow::Flow;
use crate::engine::setup::tables::Tables;
use crate::observe::course::disposition;
use crate::sim::Day;
use crate::sim::lanes::vectorised;

impl<O: Observer> Shard<O> {
    /// Lets the orders of the day that may be in trouble go their ways, those that are shipped in any case or the others.
    pub(crate) fn decide_suspects(&mut self, tables: &Tables, day: Day, are_shipped: bool) {
        let side = usize::from(are_shipped);
        vectorised(DecidingSuspects {
            suspects: &mut self.pending.suspects[side],
            are_shipped,
            tables,
            buyers: self.records.buyers,
            day,
            sums: &mut self.pending.sums,
            auditor: &mut self.records.auditor,
        });
        for place in 0..self.pending.suspects[side].len() {
            let suspects = &self.pending.suspects[side];
            match suspects.disposition(place) {
                disposition::COMPLETES => self.records.post_completion(suspects, place, day),
                disposition::CLAIMS => {
                    self.records.post_completion(suspects, place, day);
                    // Built where it stays: a copy of what has just been written would wait for it to arrive.
                    if suspects.is_after_sale(place) {
                        self.opening = suspects.claim(place, day);
                        self.run_alone(tables);
                    } else if tables.sellers[suspects.seller_segment(place)].has_desk() {
                        self.event_queue.wait(suspects.claim(place, day));
                    } else {
                        self.opening = suspects.claim(place, day);
                        self.delay_dispute(tables, day);
                    }
                }
                disposition::CANCELLED => self.records.post_cancellation(tables, suspects, place, day),
                _ => {
                    let traits = &self.records.sellers[suspects.seller(place)];
                    let order = &mut self.opening.order;
                    suspects.write_order(tables, place, traits, day, order);
                    let drawn = suspects.drawn(tables, place, traits, day, order, are_shipped);
                    if Flow::of(tables, &mut self.records).decide_opening(&drawn, &mut self.opening) {
                        self.begin(tables, day);
                    }
                }
            }
        }
        self.pending.suspects[side].clear();
    }

    /// Predetermines the disputes that are filed at desks today.
    pub(crate) fn predetermine_today(&mut self, tables: &Tables, day: Day) {
        self.pending.predetermine_today(
            tables,
            &self.lookup,
            self.event_queue.openings_today(),
            day,
            Self::predetermines(tables),
        );
    }

    /// Ends those of them that were predetermined, now that the desks have answered.
    pub(crate) fn end_todays_disputes(&mut self, tables: &Tables) {
        self.pending.end_todays_disputes(tables, &mut self.records, self.event_queue.openings_today().len());
    }

    /// A dispute will be filed at a seller who answers after a delay.
    pub(crate) fn delay_dispute(&mut self, tables: &Tables, day: Day) {
        if self.pending.delay(&self.lookup, &self.opening, day, Self::predetermines(tables)) {
            self.end_delayed_disputes(tables);
        }
    }

    /// Ends the disputes at sellers who answer after delays if one of them is filed by `day`.
    pub(crate) fn end_delayed_disputes_by(&mut self, tables: &Tables, day: Day) {
        if self.pending.is_due(day) {
            self.end_delayed_disputes(tables);
        }
    }

    fn end_delayed_disputes(&mut self, tables: &Tables) {
        self.pending.end_delayed_disputes(tables, &self.lookup, &mut self.records);
        for place in 0..self.pending.others().len() {
            self.opening = self.pending.others()[place];
            self.run_alone(tables);
        }
        self.pending.clear_delayed();
    }
}
