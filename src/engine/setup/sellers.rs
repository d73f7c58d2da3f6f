//! Sellers as drawn at the start of a market.

use super::world::World;
use crate::sim::{Chance, Distribution, Key};

/// What is drawn once for a seller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traits {
    pub(crate) key: Key,
    pub(crate) segment: u8,
    pub(crate) stock_out: Chance,
    pub(crate) loss: Chance,
    pub(crate) defect: Chance,
    pub(crate) accept: Chance,
    pub(crate) accept_unfounded: Chance,
    /// Multiplier of the handling time in units of 2^-16.
    pub(crate) handling_factor: u64,
    /// Pull on demand.
    pub(crate) attractiveness: f64,
    /// Probability of failing an order by its own fault.
    pub(crate) fault: f64,
}

/// The trait purposes of a seller; never reused or moved.
#[derive(Clone, Copy)]
enum Trait {
    Attractiveness = 0,
    StockOut = 1,
    Loss = 2,
    Defect = 3,
    Accept = 4,
    AcceptUnfounded = 5,
    HandlingFactor = 6,
}

/// Draws one seller of a market; segments have the shares that the world gives them, to the nearest whole seller.
pub(crate) fn draw_seller(world: &World, market: Key, number: u32) -> Traits {
    traits(world, segment_of(world, number), market.child(u64::from(number)))
}

/// The segment of seller `number`: segments follow one another.
fn segment_of(world: &World, number: u32) -> usize {
    let place = (f64::from(number) + 0.5) / f64::from(world.market.sellers);
    let mut bound = 0.0;
    for (index, segment) in world.sellers.iter().enumerate() {
        bound += segment.share;
        if place < bound {
            return index;
        }
    }
    world.sellers.len() - 1
}

fn traits(world: &World, index: usize, key: Key) -> Traits {
    let segment = &world.sellers[index];
    let trait_key = key.child(u64::MAX);
    let draw = |law: &Distribution, what: Trait| {
        let mut stream = trait_key.child(what as u64).stream();
        law.draw(&mut stream).expect("a valid scenario has valid distributions")
    };
    let share = |law: &Distribution, what: Trait| draw(law, what).clamp(0.0, 1.0);
    let (stock_out, loss, defect) = (
        share(&segment.stock_out, Trait::StockOut),
        share(&segment.loss, Trait::Loss),
        share(&segment.defect, Trait::Defect),
    );
    Traits {
        key,
        segment: index as u8,
        stock_out: Chance::new(stock_out),
        loss: Chance::new(loss),
        defect: Chance::new(defect),
        accept: Chance::new(share(&segment.accept, Trait::Accept)),
        accept_unfounded: Chance::new(share(&segment.accept_unfounded, Trait::AcceptUnfounded)),
        handling_factor: (draw(&segment.handling_factor, Trait::HandlingFactor).clamp(0.0, 1000.0) * 65_536.0)
            .round() as u64,
        attractiveness: draw(&segment.attractiveness, Trait::Attractiveness).max(0.0),
        fault: 1.0 - (1.0 - stock_out) * (1.0 - loss) * (1.0 - defect),
    }
}
