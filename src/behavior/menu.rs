//! The menu of reasons for cancelling (R3), made ready for drawing.

use crate::market::Attribution;
use crate::policy::cancellation::CancelReason;

/// The reasons of each side, by the uniforms that pick them.
#[derive(Clone, Debug)]
pub struct Menu {
    buyers: Side,
    sellers: Side,
}

/// The reasons of one side in the order of the menu.
#[derive(Clone, Debug)]
struct Side {
    /// Places in the menu.
    entries: Vec<u8>,
    /// The least uniform of the reasons behind each but the last.
    ends: Vec<u64>,
}

impl Menu {
    /// Tabulates a menu.
    pub fn new(reasons: &[CancelReason]) -> Self {
        let side = |attributed_to| Side::new(reasons, attributed_to);
        Self { buyers: side(Attribution::Buyer), sellers: side(Attribution::Seller) }
    }

    /// The place in the menu of the reason that a uniform picks among those of one side, by weight.
    #[inline]
    pub fn entry(&self, attributed_to: Attribution, uniform: u32) -> u8 {
        let side = match attributed_to {
            Attribution::Buyer => &self.buyers,
            Attribution::Seller => &self.sellers,
        };
        let place: usize = side.ends.iter().map(|&end| usize::from(u64::from(uniform) >= end)).sum();
        side.entries.get(place).copied().unwrap_or(0)
    }
}

impl Side {
    fn new(reasons: &[CancelReason], attributed_to: Attribution) -> Self {
        let of_side =
            || reasons.iter().enumerate().filter(|(_, reason)| reason.attributed_to == attributed_to);
        let weights: Vec<f64> = of_side().map(|(_, reason)| reason.weight).collect();
        let others = weights.len().saturating_sub(1);
        Self {
            entries: of_side().map(|(entry, _)| entry as u8).collect(),
            ends: (0..others).map(|place| least_uniform_behind(&weights, place)).collect(),
        }
    }
}

/// The least uniform that picks an entry behind `place`, or 2^32 if none does.
fn least_uniform_behind(weights: &[f64], place: usize) -> u64 {
    // A larger uniform never picks an earlier entry.
    let (mut low, mut high) = (0, 1 << 32);
    while low < high {
        let middle = u64::midpoint(low, high);
        if place_of(weights, middle as u32) > place {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The entry that a uniform picks by weight.
fn place_of(weights: &[f64], uniform: u32) -> usize {
    let total: f64 = weights.iter().sum();
    let mut left = f64::from(uniform) / 4_294_967_296.0 * total;
    for (place, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return place;
        }
    }
    weights.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Key;

    fn menu(reasons: &[(Attribution, f64)]) -> Menu {
        let reason = |&(attributed_to, weight)| CancelReason { name: String::new(), attributed_to, weight };
        Menu::new(&reasons.iter().map(reason).collect::<Vec<_>>())
    }

    #[test]
    fn menu_entries_come_in_proportion_to_their_weights() {
        let menu = menu(&[(Attribution::Buyer, 1.0), (Attribution::Seller, 5.0), (Attribution::Buyer, 3.0)]);
        let quarter = 1_u32 << 30;
        assert_eq!(menu.entry(Attribution::Buyer, quarter - 1), 0);
        assert_eq!(menu.entry(Attribution::Buyer, quarter), 2);
        assert_eq!(menu.entry(Attribution::Seller, u32::MAX), 1);
    }

    #[test]
    fn an_entry_of_no_weight_is_never_picked_unless_it_is_the_only_one() {
        let (buyer, seller) = (Attribution::Buyer, Attribution::Seller);
        let menu = menu(&[(buyer, 0.0), (buyer, 2.0), (buyer, 0.0), (buyer, 1.0), (seller, 0.0)]);
        for uniform in [0, 1, 1 << 20, 1 << 31, 2_863_311_530, 2_863_311_531, u32::MAX] {
            let expected = if uniform < 2_863_311_531 { 1 } else { 3 };
            assert_eq!(menu.entry(buyer, uniform), expected, "{uniform}");
            assert_eq!(menu.entry(seller, uniform), 4);
        }
    }

    #[test]
    fn the_table_picks_what_adding_up_the_weights_picks() {
        let weights = [0.3, 0.25, 0.1, 0.07, 0.21, 0.07];
        let menu = menu(&weights.map(|weight| (Attribution::Seller, weight)));
        for draw in 0..10_000 {
            let uniform = Key::root(2).uniform(draw);
            assert_eq!(usize::from(menu.entry(Attribution::Seller, uniform)), place_of(&weights, uniform));
        }
    }
}
