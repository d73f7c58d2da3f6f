//! When orders and disputes of a shard are seen to side by side: orders as they are placed, disputes as they are filed, and their
//! ends once the desks have answered.

use super::shard::Shard;
use crate::engine::batch::claims::Foresight;
use crate::engine::setup::tables::Tables;
use crate::observe::course::fate;
use crate::sim::Day;
use crate::sim::lanes::vectorised;

impl Shard {
    /// Lets the orders of the day that may be in trouble go their ways, those that are shipped in any case or the others.
    pub(crate) fn see_to_troubles(&mut self, tables: &Tables, day: Day, are_shipped: bool) {
        let side = usize::from(are_shipped);
        vectorised(Foresight {
            troubles: &mut self.sittings.troubles[side],
            are_shipped,
            tables,
            buyers: self.records.buyers,
            day,
            sums: &mut self.sittings.sums,
            auditor: &mut self.records.auditor,
        });
        for place in 0..self.sittings.troubles[side].len() {
            let troubles = &self.sittings.troubles[side];
            match troubles.fate(place) {
                fate::COMPLETES => self.records.post_completion(troubles, place, day),
                fate::CLAIMS => {
                    self.records.post_completion(troubles, place, day);
                    // Built where it stays: a copy of what has just been written would wait for it to arrive.
                    if troubles.is_after_sale(place) {
                        self.opening = troubles.claim(place, day);
                        self.run_alone(tables);
                    } else if tables.sellers[troubles.shop(place)].has_desk() {
                        self.calendar.wait(troubles.claim(place, day));
                    } else {
                        self.opening = troubles.claim(place, day);
                        self.foresee_later(tables, day);
                    }
                }
                fate::CANCELLED => self.records.post_cancellation(tables, troubles, place, day),
                _ => {
                    let traits = &self.records.sellers[troubles.seller(place)];
                    let order = &mut self.opening.order;
                    troubles.write_order(tables, place, traits, day, order);
                    let drawn = troubles.drawn(tables, place, traits, day, order, are_shipped);
                    if self.records.decide_fate(tables, &drawn, &mut self.opening) {
                        self.begin(tables, day);
                    }
                }
            }
        }
        self.sittings.troubles[side].clear();
    }

    /// Foresees the disputes that are filed at desks today.
    pub(crate) fn foresee_today(&mut self, tables: &Tables, day: Day) {
        self.sittings.foresee_today(tables, &self.screens, self.calendar.openings_today(), day);
    }

    /// Hears those of them that were foregone, now that the desks have answered.
    pub(crate) fn hear_today(&mut self, tables: &Tables) {
        self.sittings.hear_today(tables, &mut self.records, self.calendar.openings_today().len());
    }

    /// A dispute will be filed at a seller who answers after a delay.
    pub(crate) fn foresee_later(&mut self, tables: &Tables, day: Day) {
        if self.sittings.delay(tables, &self.screens, &self.opening, day) {
            self.hear_delayed(tables);
        }
    }

    /// Hears the disputes at sellers who answer after delays if one of them is filed by `day`.
    pub(crate) fn hear_delayed_by(&mut self, tables: &Tables, day: Day) {
        if self.sittings.is_due(day) {
            self.hear_delayed(tables);
        }
    }

    fn hear_delayed(&mut self, tables: &Tables) {
        self.sittings.hear_delayed(tables, &self.screens, &mut self.records);
        for place in 0..self.sittings.others().len() {
            self.opening = self.sittings.others()[place];
            self.run_alone(tables);
        }
        self.sittings.clear_delayed();
    }
}
