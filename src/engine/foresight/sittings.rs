//! When what is foreseen is seen to: orders as they are placed, disputes as they are filed, and their ends once the desks have
//! answered.

use super::claims::Foresight;
use super::disputes::DisputeForesight;
use super::docket::{DOCKET, Docket};
use super::hearing::Hearing;
use super::sums::Sums;
use super::troubles::Troubles;
use crate::behavior::ResponseTables;
use crate::engine::case::Opening;
use crate::engine::records::Records;
use crate::engine::shard::Shard;
use crate::engine::tables::Tables;
use crate::observe::course::fate;
use crate::sim::Day;
use crate::sim::lanes::vectorised;

/// The orders and disputes of a shard that are seen to side by side, and what they have added up to.
#[derive(Debug)]
pub(in crate::engine) struct Sittings {
    /// Of all that was foregone so far.
    pub(in crate::engine) sums: Sums,
    /// Orders of the day at hand that may be in trouble; those apart that are shipped in any case.
    pub(in crate::engine) troubles: Box<[Troubles; 2]>,
    /// Disputes that are filed at desks today.
    dockets: Vec<Docket>,
    /// Disputes that will be filed at sellers who answer after delays, and what their cases begin with.
    delayed: Box<Docket>,
    delayed_openings: Vec<Opening>,
}

impl Sittings {
    /// What orders and disputes take that are seen to side by side, where few are at a time.
    pub(in crate::engine) const BYTES: usize = size_of::<[Troubles; 2]>() + 2 * size_of::<Docket>();

    /// Nothing to see to for so many sellers and segments of buyers.
    pub(in crate::engine) fn new(sellers: usize, segments: usize) -> Self {
        Self {
            sums: Sums::new(sellers, segments),
            troubles: Box::default(),
            dockets: Vec::new(),
            delayed: Box::default(),
            delayed_openings: Vec::new(),
        }
    }
}

impl Shard {
    /// Lets the orders of the day that may be in trouble go their ways, those that are shipped in any case or the others.
    pub(in crate::engine) fn see_to_troubles(&mut self, tables: &Tables, day: Day, are_shipped: bool) {
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
                    if troubles.is_after_sale[place] == 1 {
                        self.opening = troubles.claim(place, day);
                        self.run_alone(tables);
                    } else if tables.sellers[troubles.shops[place] as usize].has_desk() {
                        self.calendar.wait(troubles.claim(place, day));
                    } else {
                        let opening = troubles.claim(place, day);
                        self.sittings.delayed_openings.push(opening);
                        self.enter_delayed(tables, day);
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
    pub(in crate::engine) fn foresee_today(&mut self, tables: &Tables, day: Day) {
        let (openings, dockets) = (self.calendar.openings_today(), &mut self.sittings.dockets);
        let needed = openings.len().div_ceil(DOCKET);
        if dockets.len() < needed {
            dockets.resize_with(needed, Docket::default);
        }
        for (docket, openings) in dockets.iter_mut().zip(openings.chunks(DOCKET)) {
            docket.clear(day);
            for opening in openings {
                let shop = self.screens.segment.get(usize::from(opening.order.seller));
                let is_in_turn = tables.foresight.disputes.is_in_turn.get(shop as usize) == 1;
                docket.enter(opening, shop, tables.foresees && is_in_turn);
            }
            vectorised(DisputeForesight { docket, tables, sellers: &self.screens, at_desk: true });
        }
    }

    /// Lets the desk take the request of a dispute of today, by its place among them, if the dispute is foregone.
    #[inline]
    pub(in crate::engine) fn is_served(&mut self, tables: &Tables, place: u32) -> bool {
        let (docket, place) = (&mut self.sittings.dockets[place as usize / DOCKET], place as usize % DOCKET);
        let is_foregone = docket.is_foregone(place);
        if is_foregone
            && let ResponseTables::Desk { spec, .. } = &tables.sellers[docket.shops[place] as usize].response
        {
            let desk = &mut self.records.desks[docket.sellers[place] as usize];
            docket.answer(place, desk.serve(spec, &docket.request(place)));
        }
        is_foregone
    }

    /// Hears those of them that were foregone, now that the desks have answered.
    pub(in crate::engine) fn hear_today(&mut self, tables: &Tables) {
        let dockets = self.calendar.openings_today().len().div_ceil(DOCKET);
        for docket in &mut self.sittings.dockets[..dockets] {
            hear(tables, &mut self.records, docket, &mut self.sittings.sums);
        }
    }

    /// A dispute will be filed at a seller who answers after a delay: it is heard with others, at the latest on the day on
    /// which the first is filed.
    pub(in crate::engine) fn foresee_later(&mut self, tables: &Tables, day: Day) {
        self.sittings.delayed_openings.push(self.opening);
        self.enter_delayed(tables, day);
    }

    /// Enters the latest of the delayed openings.
    fn enter_delayed(&mut self, tables: &Tables, day: Day) {
        let Sittings { delayed, delayed_openings, .. } = &mut self.sittings;
        let Some(opening) = delayed_openings.last() else { return };
        if delayed_openings.len() == 1 {
            delayed.clear(day);
        }
        let shop = self.screens.segment.get(usize::from(opening.order.seller));
        delayed.enter(opening, shop, tables.foresees);
        delayed.file_by(opening.at.day());
        if delayed.is_full() {
            self.hear_delayed(tables);
        }
    }

    /// Hears the disputes at sellers who answer after delays if one of them is filed by `day`.
    pub(in crate::engine) fn hear_delayed_by(&mut self, tables: &Tables, day: Day) {
        if !self.sittings.delayed_openings.is_empty() && self.sittings.delayed.first_filed <= day {
            self.hear_delayed(tables);
        }
    }

    fn hear_delayed(&mut self, tables: &Tables) {
        let docket = &mut *self.sittings.delayed;
        vectorised(DisputeForesight { docket, tables, sellers: &self.screens, at_desk: false });
        hear(tables, &mut self.records, docket, &mut self.sittings.sums);
        let mut others = docket.all() & !docket.foregone();
        while others != 0 {
            let place = others.trailing_zeros() as usize;
            others &= others - 1;
            self.opening = self.sittings.delayed_openings[place];
            self.run_alone(tables);
        }
        self.sittings.delayed_openings.clear();
    }
}

/// Hears the foregone disputes of a docket, and posts what they come to.
fn hear(tables: &Tables, records: &mut Records, docket: &mut Docket, sums: &mut Sums) {
    let silence = tables.world.policy.dispute.silence;
    vectorised(Hearing { docket, silence, sums, auditor: &mut records.auditor });
    records.post_disputes(docket);
}
