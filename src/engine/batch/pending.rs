//! Disputes that wait to be ended side by side: those that are filed at desks today until the desks have answered, and those at
//! sellers who answer after delays until the first of them is filed.

use super::dispute_columns::DisputeColumns;
use super::disputes::PredeterminingDisputes;
use super::outcomes::EndingDisputes;
use super::suspects::Suspects;
use crate::behavior::ResponseTables;
use crate::engine::books::observer::Observer;
use crate::engine::books::records::Records;
use crate::engine::books::sums::Sums;
use crate::engine::ground::columns::BATCH;
use crate::engine::order::case::Opening;
use crate::engine::setup::lookup::SellerLookup;
use crate::engine::setup::tables::Tables;
use crate::sim::Day;
use crate::sim::lanes::vectorised;

/// The orders and disputes of a shard that are seen to side by side, and what they have added up to.
#[derive(Debug)]
pub(crate) struct Pending {
    /// Of all that was predetermined so far.
    pub(crate) sums: Sums,
    /// Orders of the day at hand that may be in trouble; those apart that are shipped in any case.
    pub(crate) suspects: Box<[Suspects; 2]>,
    /// Disputes that are filed at desks today.
    at_desks: Vec<DisputeColumns>,
    /// Disputes that will be filed at sellers who answer after delays, and what their cases begin with.
    delayed: Box<DisputeColumns>,
    delayed_openings: Vec<Opening>,
}

impl Pending {
    /// What orders and disputes take that are seen to side by side, where few are at a time.
    pub(crate) const BYTES: usize = size_of::<[Suspects; 2]>() + 2 * size_of::<DisputeColumns>();

    /// Nothing to see to for so many sellers and segments of buyers.
    pub(crate) fn new(sellers: usize, segments: usize) -> Self {
        Self {
            sums: Sums::new(sellers, segments),
            suspects: Box::default(),
            at_desks: Vec::new(),
            delayed: Box::default(),
            delayed_openings: Vec::new(),
        }
    }

    /// Predetermines the disputes that are filed at desks today, of which these are what the cases begin with.
    pub(crate) fn predetermine_today(
        &mut self,
        tables: &Tables,
        sellers: &SellerLookup,
        openings: &[Opening],
        day: Day,
        may_predetermine: bool,
    ) {
        let needed = openings.len().div_ceil(BATCH);
        if self.at_desks.len() < needed {
            self.at_desks.resize_with(needed, DisputeColumns::default);
        }
        for (disputes, openings) in self.at_desks.iter_mut().zip(openings.chunks(BATCH)) {
            disputes.clear(day);
            for opening in openings {
                let seller_segment = sellers.segment.get(usize::from(opening.order.seller));
                let is_in_turn = !tables.any.serves_out_of_turn
                    || tables.sellers[seller_segment as usize].response.is_in_turn();
                disputes.enter(opening, seller_segment, may_predetermine && is_in_turn);
            }
            vectorised(PredeterminingDisputes { disputes, tables, sellers, at_desk: true });
        }
    }

    /// Lets the desk take the request of a dispute of today, by its place among them, if the dispute is predetermined.
    #[inline]
    pub(crate) fn is_served<O: Observer>(
        &mut self,
        tables: &Tables,
        records: &mut Records<O>,
        place: u32,
    ) -> bool {
        let (disputes, place) = (&mut self.at_desks[place as usize / BATCH], place as usize % BATCH);
        let is_predetermined = disputes.is_predetermined(place);
        if is_predetermined
            && let ResponseTables::Desk { spec, .. } =
                &tables.sellers[disputes.seller_segments[place] as usize].response
        {
            let desk = &mut records.desks[disputes.sellers[place] as usize];
            disputes.answer(place, desk.serve(spec, &disputes.request(place)));
        }
        is_predetermined
    }

    /// Ends those of the disputes of today, so many, that were predetermined, now that the desks have answered.
    pub(crate) fn end_todays_disputes<O: Observer>(
        &mut self,
        tables: &Tables,
        records: &mut Records<O>,
        disputes: usize,
    ) {
        for disputes in &mut self.at_desks[..disputes.div_ceil(BATCH)] {
            end_disputes(tables, records, disputes, &mut self.sums);
        }
    }

    /// A dispute will be filed at a seller who answers after a delay: it waits for others, at the latest until the day on which
    /// the first is filed. Whether there is no room for another.
    pub(crate) fn delay(
        &mut self,
        sellers: &SellerLookup,
        opening: &Opening,
        day: Day,
        may_predetermine: bool,
    ) -> bool {
        let Self { delayed, delayed_openings, .. } = self;
        delayed_openings.push(*opening);
        if delayed_openings.len() == 1 {
            delayed.clear(day);
        }
        let seller_segment = sellers.segment.get(usize::from(opening.order.seller));
        delayed.enter(opening, seller_segment, may_predetermine);
        delayed.file_by(opening.at.day());
        delayed.is_full()
    }

    /// Whether one of the delayed disputes is filed by `day`.
    pub(crate) fn is_due(&self, day: Day) -> bool {
        !self.delayed_openings.is_empty() && self.delayed.first_filed <= day
    }

    /// Ends the delayed disputes that are predetermined; what the cases of the others begin with, [`Self::others`] then has.
    pub(crate) fn end_delayed_disputes<O: Observer>(
        &mut self,
        tables: &Tables,
        sellers: &SellerLookup,
        records: &mut Records<O>,
    ) {
        let Self { delayed, delayed_openings, sums, .. } = self;
        vectorised(PredeterminingDisputes { disputes: delayed, tables, sellers, at_desk: false });
        end_disputes(tables, records, delayed, sums);
        let others = delayed.all() & !delayed.predetermined();
        let mut place = 0;
        delayed_openings.retain(|_| {
            place += 1;
            others >> (place - 1) & 1 == 1
        });
    }

    /// What the cases of those delayed disputes begin with that were not predetermined.
    pub(crate) fn others(&self) -> &[Opening] {
        &self.delayed_openings
    }

    /// Takes the delayed disputes off.
    pub(crate) fn clear_delayed(&mut self) {
        self.delayed_openings.clear();
    }
}

/// Ends the predetermined disputes, and posts what they come to.
fn end_disputes<O: Observer>(
    tables: &Tables,
    records: &mut Records<O>,
    disputes: &mut DisputeColumns,
    sums: &mut Sums,
) {
    let silence = tables.world.policy.dispute.silence;
    vectorised(EndingDisputes { disputes, silence, sums, auditor: &mut records.auditor });
    records.post_disputes(disputes);
}
