//! Itineraries of many orders, drawn side by side: one short loop a draw, so that its tables and limits
//! stay in registers.

use super::seller_day::{SellerDay, order_value, second_of_day};
use crate::behavior::purpose::halves;
use crate::behavior::{Purpose, claiming};
use crate::market::Money;
use crate::sim::{Key, SimDuration, SimTime};

/// Orders drawn at a time.
pub(super) const BATCH: usize = 64;

/// Orders of one seller's day; times are seconds from the day's start.
#[derive(Debug)]
pub(super) struct Batch {
    keys: [Key; BATCH],
    buyer_segments: [u8; BATCH],
    values: [i64; BATCH],
    placed: [i64; BATCH],
    shipped: [i64; BATCH],
    delivered: [i64; BATCH],
    completed: [i64; BATCH],
    is_late: [bool; BATCH],
    /// Something may go wrong with the order.
    pub(super) is_troubled: [bool; BATCH],
}

/// Where an order's milestones go if nothing is wrong with it; times are seconds from the day's start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Itinerary {
    pub(super) buyer_segment: usize,
    pub(super) value: Money,
    pub(super) placed: i64,
    pub(super) shipped: i64,
    pub(super) delivered: i64,
    pub(super) completed: i64,
    pub(super) is_late: bool,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            keys: [Key::root(0); BATCH],
            buyer_segments: [0; BATCH],
            values: [0; BATCH],
            placed: [0; BATCH],
            shipped: [0; BATCH],
            delivered: [0; BATCH],
            completed: [0; BATCH],
            is_late: [false; BATCH],
            is_troubled: [false; BATCH],
        }
    }
}

impl Batch {
    /// The itinerary of the order at one place.
    #[inline]
    pub(super) fn itinerary(&self, place: usize) -> Itinerary {
        Itinerary {
            buyer_segment: usize::from(self.buyer_segments[place]),
            value: Money(self.values[place]),
            placed: self.placed[place],
            shipped: self.shipped[place],
            delivered: self.delivered[place],
            completed: self.completed[place],
            is_late: self.is_late[place],
        }
    }

    /// Draws the orders `first..first + count` of a seller's day; `count` is at most [`BATCH`].
    pub(super) fn draw(&mut self, today: &SellerDay<'_>, first: u32, count: usize) {
        assert!(count <= BATCH);
        for place in 0..count {
            self.keys[place] = today.key.order(first + place as u32);
        }
        self.draw_placement(today, count);
        self.draw_hand_over(today, count);
        self.draw_delivery(today, count);
        self.draw_trouble(today, count);
        if today.tables.draws_opportunism_or_promise {
            self.draw_opportunism_and_promise(today, count);
        }
        if today.tables.has_impatience {
            self.draw_impatience(today, count);
        }
    }

    fn draw_placement(&mut self, today: &SellerDay<'_>, count: usize) {
        let is_divided = today.tables.buyers.len() > 1;
        for place in 0..count {
            let (second, buyer) = halves(self.keys[place].bits(Purpose::PlacementAndBuyer as u64));
            self.placed[place] = second_of_day(second);
            if is_divided {
                self.buyer_segments[place] = today.tables.buyer_segment(buyer);
            }
        }
    }

    fn draw_hand_over(&mut self, today: &SellerDay<'_>, count: usize) {
        for place in 0..count {
            let (value, handling) = halves(self.keys[place].bits(Purpose::ValueAndHandling as u64));
            self.values[place] = order_value(today.tables, value).0;
            self.shipped[place] = self.placed[place] + today.handling_seconds(handling);
        }
        if let Some(hours) = &today.shop.hand_over {
            let start = today.day.start();
            for shipped in &mut self.shipped[..count] {
                *shipped = (hours.next_open(start + SimDuration(*shipped)) - start).0;
            }
        }
    }

    fn draw_delivery(&mut self, today: &SellerDay<'_>, count: usize) {
        let (tables, transit_time) = (today.tables, &today.shop.transit_time);
        for place in 0..count {
            let (transit, confirmation) =
                halves(self.keys[place].bits(Purpose::TransitAndConfirmation as u64));
            let buyer = &tables.buyers[usize::from(self.buyer_segments[place])];
            let delivered = self.shipped[place] + i64::from(transit_time.at(transit));
            self.delivered[place] = delivered;
            self.completed[place] = delivered + i64::from(buyer.confirmation_delay.at(confirmation));
        }
        if let Some((protection, confirmation)) = tables.completion {
            for place in 0..count {
                let automatic =
                    (self.shipped[place] + protection.0).min(self.delivered[place] + confirmation.0);
                self.completed[place] = self.completed[place].min(automatic);
            }
        } else {
            let (rule, zero, start) =
                (&tables.world.policy.completion, tables.world.day_zero, today.day.start());
            for place in 0..count {
                let at = |seconds: i64| start + SimDuration(seconds);
                let automatic = rule.automatic_at(at(self.shipped[place]), at(self.delivered[place]), zero);
                self.completed[place] = self.completed[place].min((automatic - start).0);
            }
        }
    }

    #[allow(clippy::needless_bitwise_bool, reason = "any one is rare, so testing them together is quicker")]
    fn draw_trouble(&mut self, today: &SellerDay<'_>, count: usize) {
        let (traits, allowance) = (&today.traits, today.allowance.0);
        for place in 0..count {
            let key = self.keys[place];
            let (stock_out, change_of_mind) = halves(key.bits(Purpose::StockOutAndChangeOfMind as u64));
            let (loss, defect) = halves(key.bits(Purpose::LossAndDefect as u64));
            let buyer = &today.tables.buyers[usize::from(self.buyer_segments[place])];
            self.is_troubled[place] = traits.stock_out.happens(stock_out)
                | buyer.change_of_mind.happens(change_of_mind)
                | traits.loss.happens(loss)
                | traits.defect.happens(defect)
                | (self.shipped[place] - self.placed[place] > allowance);
        }
    }

    fn draw_opportunism_and_promise(&mut self, today: &SellerDay<'_>, count: usize) {
        for place in 0..count {
            let key = self.keys[place];
            let (opportunism, promise) = halves(key.bits(Purpose::OpportunismAndPromise as u64));
            let buyer = &today.tables.buyers[usize::from(self.buyer_segments[place])];
            self.is_troubled[place] |= buyer.opportunism_bound.happens(opportunism);
            if let Some(table) = &today.shop.promise {
                let (transit, _) = halves(key.bits(Purpose::TransitAndConfirmation as u64));
                let promised = self.placed[place] + i64::from(table.at(transit, promise));
                self.is_late[place] = self.delivered[place] > promised;
                self.is_troubled[place] |= self.is_late[place] & !buyer.late_tolerance.is_empty();
            } else {
                self.is_late[place] = false;
            }
        }
    }

    fn draw_impatience(&mut self, today: &SellerDay<'_>, count: usize) {
        for place in 0..count {
            let buyer = &today.tables.buyers[usize::from(self.buyer_segments[place])];
            if let Some(patience) = &buyer.shipping_patience {
                let leaves =
                    SimTime(self.placed[place]) + claiming::shipping_patience(self.keys[place], patience);
                self.is_troubled[place] |= leaves.0 < self.shipped[place];
            }
        }
    }
}
