//! Segments of buyers and sellers with any parameters.

use super::laws::{
    hours, length, positive, positive_shares, probability, rare_shares, rarity, shares, times,
};
use proptest::array::{uniform, uniform2, uniform3};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use redress::behavior::*;
use redress::sim::{Distribution, SimDuration};

/// Buyer segments whose shares sum to 1.
pub(super) fn buyers() -> impl Strategy<Value = Vec<BuyerSegment>> {
    let segments = vec((buyer(), probability()), 1..4);
    segments.prop_map(|segments| share_out(segments, |segment, share| segment.share = share))
}

/// Seller segments whose shares sum to 1.
pub(super) fn sellers() -> impl Strategy<Value = Vec<SellerSegment>> {
    let segments = vec((seller(), probability()), 1..4);
    segments.prop_map(|segments| share_out(segments, |segment, share| segment.share = share))
}

fn share_out<S>(segments: Vec<(S, f64)>, set: impl Fn(&mut S, f64)) -> Vec<S> {
    let sum: f64 = segments.iter().map(|(_, weight)| weight).sum();
    let count = segments.len() as f64;
    let shared = segments.into_iter().map(|(mut segment, weight)| {
        set(&mut segment, if sum > 0.0 { weight / sum } else { count.recip() });
        segment
    });
    shared.collect()
}

fn buyer() -> impl Strategy<Value = BuyerSegment> {
    let requested = prop_oneof![
        positive_shares().prop_map(RequestedAmount::Fraction),
        shares().prop_map(RequestedAmount::Greed),
    ];
    let chances = (rarity(), uniform::<_, 13>(probability()));
    let laws = (uniform3(times()), option::of(times()), shares(), requested);
    (chances, laws, late_tolerance(), uniform2(times())).prop_map(
        |(chances, laws, late_tolerance, returns)| {
            let (change_of_mind, chances) = chances;
            let [reason_honesty, steering_compliance, claim_given_defect, chances @ ..] = chances;
            let [full_request, confirms_first, withdraws_on_arrival, accepts_counter_offer, chances @ ..] =
                chances;
            let [modifies, modified_fraction, wait_for_platform, chances @ ..] = chances;
            let [offline_compliance, keeps_dispute, asks_return] = chances;
            let [return_delay, return_transit] = returns;
            let ([change_of_mind_delay, notice_delay, confirmation_delay], patience, opportunism, requested) =
                laws;
            BuyerSegment {
                name: "anybody".into(),
                share: 1.0,
                change_of_mind,
                change_of_mind_delay,
                shipping_patience: patience,
                reason_honesty,
                steering_compliance,
                claim_given_defect,
                notice_delay,
                opportunism,
                requested,
                full_request,
                confirmation_delay,
                confirms_first,
                late_tolerance,
                withdraws_on_arrival,
                accepts_counter_offer,
                modifies,
                modified_fraction,
                wait_for_platform,
                offline_compliance,
                keeps_dispute,
                asks_return,
                return_delay,
                return_transit,
                appeals: 0.0,
                appeal_delay: Distribution::Constant(0.0),
            }
        },
    )
}

/// Points that rise in both ways; shares may stay.
fn late_tolerance() -> impl Strategy<Value = Vec<LatePoint>> {
    vec((length(), probability()), 0..4).prop_map(|points| {
        let (mut lengths, mut shares): (Vec<SimDuration>, Vec<f64>) = points.into_iter().unzip();
        lengths.sort_unstable();
        lengths.dedup();
        shares.sort_by(f64::total_cmp);
        lengths.into_iter().zip(shares).map(|(after, share)| LatePoint { after, share }).collect()
    })
}

fn seller() -> impl Strategy<Value = SellerSegment> {
    let chances = uniform::<_, 8>(probability());
    let times = (uniform::<_, 4>(times()), option::of(times()), option::of(times()));
    let faults = (uniform2(rare_shares()), uniform3(shares()));
    let traits = (uniform2(positive(3.0)), faults, positive_shares(), shares());
    let limits = (-1.0..=1.0, option::weighted(0.3, 1..20_000_i64), 0..5_u32);
    (chances, times, traits, limits, hours(), response()).prop_map(
        |(chances, times, traits, limits, hand_over, response)| {
            let [accept_up_to, counter_offer, agrees_to_cancel, steering, ..] = chances;
            let [.., steering_near_grade, offline_offer, goodwill, any_sign] = chances;
            let ([stock_out_notice, handling_time, transit_time, return_check], promise, cancel_response) =
                times;
            let ([attractiveness, handling_factor], faults, severity, counter_fraction) = traits;
            let ([stock_out, loss], [defect, accept, accept_unfounded]) = faults;
            let (correlation, accept_value_limit, near_grade) = limits;
            SellerSegment {
                name: "anybody".into(),
                share: 1.0,
                attractiveness,
                stock_out,
                stock_out_notice,
                handling_time,
                handling_factor,
                hand_over,
                transit_time,
                promise,
                promise_correlation: if any_sign > 0.0 { correlation } else { 0.0 },
                loss,
                defect,
                severity,
                accept,
                accept_unfounded,
                accept_up_to,
                accept_value_limit,
                counter_offer,
                counter_fraction,
                agrees_to_cancel,
                steering,
                steering_near_grade,
                near_grade,
                offline_offer,
                goodwill,
                response,
                cancel_response,
                return_check,
                appeals: 0.0,
                appeal_delay: Distribution::Constant(0.0),
            }
        },
    )
}

fn response() -> impl Strategy<Value = Response> {
    let elapsed = times().prop_map(ResponseDelay::Elapsed);
    let fraction = positive(3.0).prop_map(ResponseDelay::FractionOfDeadline);
    let delayed = (prop_oneof![elapsed, fraction], probability())
        .prop_map(|(delay, never)| Response::Delay { delay, never });
    let discipline = prop_oneof![Just(Discipline::Fifo), Just(Discipline::EarliestDeadline)];
    let reneging = prop_oneof![Just(Reneging::Always), Just(Reneging::WhileWaiting)];
    let desk = (1..4_u16, service_time(), hours(), discipline, reneging).prop_map(
        |(agents, service_time, hours, discipline, reneging)| {
            Response::Desk(DeskSpec { agents, service_time, hours, discipline, reneging })
        },
    );
    prop_oneof![delayed, desk]
}

/// From so short that the desk is idle to so long that it never catches up.
fn service_time() -> impl Strategy<Value = redress::sim::Distribution> {
    prop_oneof![positive(20_000.0), times()]
}
