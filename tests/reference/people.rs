//! Sellers and buyers of a market: what is drawn of them once, and what a seller's days leave behind.

use crate::answering::Desk;
use crate::chance::Stream;
use crate::standing::Standing;
use redress::behavior::{BuyerSegment, SellerSegment};
use redress::engine::World;

/// What a day brought a seller, for the windows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DayCounts {
    pub(crate) placed: u32,
    pub(crate) completed: u32,
    pub(crate) not_sold: u32,
    pub(crate) filed: u32,
    /// Of those filed on this day, withdrawn on whatever day.
    pub(crate) withdrawn: u32,
    pub(crate) not_received: u32,
    pub(crate) not_as_described: u32,
    pub(crate) refunded: u32,
    pub(crate) liable: u32,
    pub(crate) silences: u32,
    pub(crate) delivered: u32,
    pub(crate) late: u32,
    pub(crate) defective: u32,
}

/// A seller.
#[derive(Debug)]
pub(crate) struct Seller {
    pub(crate) segment: usize,
    pub(crate) attractiveness: f64,
    pub(crate) handling_factor: f64,
    pub(crate) stock_out: f64,
    pub(crate) loss: f64,
    pub(crate) defect: f64,
    pub(crate) accept: f64,
    pub(crate) accept_unfounded: f64,
    pub(crate) is_bad: bool,
    /// Every day from the first of the warm-up.
    pub(crate) days: Vec<DayCounts>,
    pub(crate) standing: Standing,
    pub(crate) desk: Desk,
}

impl Seller {
    /// The last days, today's included, as they stand now.
    pub(crate) fn window(&self, days: u16) -> impl Iterator<Item = &DayCounts> {
        self.days.iter().rev().take(usize::from(days))
    }

    /// A count over the last days.
    pub(crate) fn sum(&self, days: u16, count: impl Fn(&DayCounts) -> u32) -> u32 {
        self.window(days).map(count).sum()
    }
}

/// A buyer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Buyer {
    pub(crate) segment: usize,
    pub(crate) opportunism: f64,
}

/// The segment of each of so many sellers: shares to the nearest whole seller, one after the other.
fn seller_segments(segments: &[SellerSegment], sellers: u32) -> Vec<usize> {
    let mut share = 0.0;
    let mut places = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        share += segment.share;
        places.resize((share * f64::from(sellers)).round() as usize, number);
    }
    places
}

/// The sellers of a market.
pub(crate) fn sellers(world: &World, stream: &mut Stream) -> Vec<Seller> {
    let probability = |law, stream: &mut Stream| stream.draw(law).clamp(0.0, 1.0);
    seller_segments(&world.sellers, world.market.sellers)
        .into_iter()
        .map(|number| {
            let segment = &world.sellers[number];
            let stock_out = probability(&segment.stock_out, stream);
            let loss = probability(&segment.loss, stream);
            let defect = probability(&segment.defect, stream);
            let fault = 1.0 - (1.0 - stock_out) * (1.0 - loss) * (1.0 - defect);
            Seller {
                segment: number,
                attractiveness: stream.draw(&segment.attractiveness),
                handling_factor: stream.draw(&segment.handling_factor).min(1000.0),
                stock_out,
                loss,
                defect,
                accept: probability(&segment.accept, stream),
                accept_unfounded: probability(&segment.accept_unfounded, stream),
                is_bad: fault > world.bad_seller_fault,
                days: Vec::new(),
                standing: Standing::new(world),
                desk: Desk::default(),
            }
        })
        .collect()
}

/// The buyers of a market.
pub(crate) fn buyers(segments: &[BuyerSegment], number: u32, stream: &mut Stream) -> Vec<Buyer> {
    let shares: Vec<f64> = segments.iter().map(|segment| segment.share).collect();
    (0..number)
        .map(|_| {
            let segment = stream.pick(&shares);
            Buyer { segment, opportunism: stream.draw(&segments[segment].opportunism).clamp(0.0, 1.0) }
        })
        .collect()
}

#[test]
fn sellers_are_divided_to_the_nearest_whole_one() {
    let world = crate::worlds::shipped("baseline", &[]);
    let segments = seller_segments(&world.sellers, 7);
    assert_eq!(segments, [0, 0, 1, 1, 1, 1, 2]);
}
