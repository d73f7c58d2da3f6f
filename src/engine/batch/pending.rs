//! Disputes that wait to be ended side by side: those that are filed at desks today until the desks have answered, and those at
//! sellers who answer after delays until the first of them is filed.

use super::dispute_columns::{DOCKET, Docket};
use super::disputes::DisputeForesight;
use super::outcomes::Hearing;
use super::suspects::Troubles;
use crate::behavior::ResponseTables;
use crate::engine::books::records::Records;
use crate::engine::books::sums::Sums;
use crate::engine::order::case::Opening;
use crate::engine::setup::lookup::SellerScreens;
use crate::engine::setup::tables::Tables;
use crate::sim::Day;
use crate::sim::lanes::vectorised;

/// The orders and disputes of a shard that are seen to side by side, and what they have added up to.
#[derive(Debug)]
pub(crate) struct Sittings {
    /// Of all that was foregone so far.
    pub(crate) sums: Sums,
    /// Orders of the day at hand that may be in trouble; those apart that are shipped in any case.
    pub(crate) troubles: Box<[Troubles; 2]>,
    /// Disputes that are filed at desks today.
    dockets: Vec<Docket>,
    /// Disputes that will be filed at sellers who answer after delays, and what their cases begin with.
    delayed: Box<Docket>,
    delayed_openings: Vec<Opening>,
}

impl Sittings {
    /// What orders and disputes take that are seen to side by side, where few are at a time.
    pub(crate) const BYTES: usize = size_of::<[Troubles; 2]>() + 2 * size_of::<Docket>();

    /// Nothing to see to for so many sellers and segments of buyers.
    pub(crate) fn new(sellers: usize, segments: usize) -> Self {
        Self {
            sums: Sums::new(sellers, segments),
            troubles: Box::default(),
            dockets: Vec::new(),
            delayed: Box::default(),
            delayed_openings: Vec::new(),
        }
    }

    /// Foresees the disputes that are filed at desks today, of which these are what the cases begin with.
    pub(crate) fn foresee_today(
        &mut self,
        tables: &Tables,
        sellers: &SellerScreens,
        openings: &[Opening],
        day: Day,
    ) {
        let needed = openings.len().div_ceil(DOCKET);
        if self.dockets.len() < needed {
            self.dockets.resize_with(needed, Docket::default);
        }
        for (docket, openings) in self.dockets.iter_mut().zip(openings.chunks(DOCKET)) {
            docket.clear(day);
            for opening in openings {
                let shop = sellers.segment.get(usize::from(opening.order.seller));
                let is_in_turn = tables.foresight.disputes.is_in_turn.get(shop as usize) == 1;
                docket.enter(opening, shop, tables.foresees && is_in_turn);
            }
            vectorised(DisputeForesight { docket, tables, sellers, at_desk: true });
        }
    }

    /// Lets the desk take the request of a dispute of today, by its place among them, if the dispute is foregone.
    #[inline]
    pub(crate) fn is_served(&mut self, tables: &Tables, records: &mut Records, place: u32) -> bool {
        let (docket, place) = (&mut self.dockets[place as usize / DOCKET], place as usize % DOCKET);
        let is_foregone = docket.is_foregone(place);
        if is_foregone
            && let ResponseTables::Desk { spec, .. } = &tables.sellers[docket.shops[place] as usize].response
        {
            let desk = &mut records.desks[docket.sellers[place] as usize];
            docket.answer(place, desk.serve(spec, &docket.request(place)));
        }
        is_foregone
    }

    /// Hears those of the disputes of today, so many, that were foregone, now that the desks have answered.
    pub(crate) fn hear_today(&mut self, tables: &Tables, records: &mut Records, disputes: usize) {
        for docket in &mut self.dockets[..disputes.div_ceil(DOCKET)] {
            hear(tables, records, docket, &mut self.sums);
        }
    }

    /// A dispute will be filed at a seller who answers after a delay: it waits for others, at the latest until the day on which
    /// the first is filed. Whether there is no room for another.
    pub(crate) fn delay(
        &mut self,
        tables: &Tables,
        sellers: &SellerScreens,
        opening: &Opening,
        day: Day,
    ) -> bool {
        let Self { delayed, delayed_openings, .. } = self;
        delayed_openings.push(*opening);
        if delayed_openings.len() == 1 {
            delayed.clear(day);
        }
        let shop = sellers.segment.get(usize::from(opening.order.seller));
        delayed.enter(opening, shop, tables.foresees);
        delayed.file_by(opening.at.day());
        delayed.is_full()
    }

    /// Whether one of the delayed disputes is filed by `day`.
    pub(crate) fn is_due(&self, day: Day) -> bool {
        !self.delayed_openings.is_empty() && self.delayed.first_filed <= day
    }

    /// Hears the delayed disputes that are foregone; what the cases of the others begin with, [`Self::others`] then has.
    pub(crate) fn hear_delayed(&mut self, tables: &Tables, sellers: &SellerScreens, records: &mut Records) {
        let Self { delayed, delayed_openings, sums, .. } = self;
        vectorised(DisputeForesight { docket: delayed, tables, sellers, at_desk: false });
        hear(tables, records, delayed, sums);
        let others = delayed.all() & !delayed.foregone();
        let mut place = 0;
        delayed_openings.retain(|_| {
            place += 1;
            others >> (place - 1) & 1 == 1
        });
    }

    /// What the cases of those delayed disputes begin with that were not foregone when they were heard.
    pub(crate) fn others(&self) -> &[Opening] {
        &self.delayed_openings
    }

    /// Takes the delayed disputes off.
    pub(crate) fn clear_delayed(&mut self) {
        self.delayed_openings.clear();
    }
}

/// Hears the foregone disputes of a docket, and posts what they come to.
fn hear(tables: &Tables, records: &mut Records, docket: &mut Docket, sums: &mut Sums) {
    let silence = tables.world.policy.dispute.silence;
    vectorised(Hearing { docket, silence, sums, auditor: &mut records.auditor });
    records.post_disputes(docket);
}
