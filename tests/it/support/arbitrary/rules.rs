//! Policies with any parameters.

use super::laws::{deadline, length, probability, shares, times, window};
use proptest::array::uniform;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use redress::market::Attribution;
use redress::policy::Policy;
use redress::policy::after_sale::AfterSaleRule;
use redress::policy::appeal::AppealRule;
use redress::policy::cancellation::{CancelReason, CancellationRule, ShipmentRace};
use redress::policy::completion::CompletionRule;
use redress::policy::dispute::{DisputeRule, SilenceOutcome};
use redress::policy::dispute_rate::{Basis, Denominator, DisputeRateRule, PenaltyCurve, PenaltyStep};
use redress::policy::mediation::MediationRule;
use redress::policy::not_sold::{GradeEntry, NotSoldRule};
use redress::policy::offline::OfflineRule;
use redress::policy::points::{Indicator, PointAward, PointTier, PointsRule};
use redress::policy::rate::Rate;
use redress::policy::returns::ReturnRule;
use redress::policy::service_score::{ScoreComponent, ScoreLevel, ServiceScoreRule};
use redress::policy::shipment::ShipmentRule;
use redress::sim::{Distribution, SimDuration};

/// The rules of one platform.
pub(super) fn policy() -> impl Strategy<Value = Policy> {
    let early = (cancellation(), deadline(), deadline(), deadline());
    let late = (dispute(), mediation(), times(), probability(), length());
    let standing = (dispute_rate(), not_sold(), option::of(service_score()), option::of(points()));
    let returns = option::weighted(0.8, (deadline(), deadline()));
    (early, late, standing, returns).prop_map(|(early, late, standing, returns)| {
        let (cancellation, shipment, protection_period, confirmation_period) = early;
        let (dispute, mediation, manual, detection, freeze_for) = late;
        let (dispute_rate, not_sold, service_score, points) = standing;
        let returns = returns.map(|(deadline, confirmation)| ReturnRule { deadline, confirmation });
        Policy {
            cancellation,
            shipment: ShipmentRule { deadline: shipment },
            completion: CompletionRule { protection_period, confirmation_period },
            dispute,
            mediation,
            after_sale: AfterSaleRule { delay: manual },
            offline: OfflineRule { detection, freeze_for },
            dispute_rate,
            not_sold,
            service_score,
            points,
            returns,
            appeal: AppealRule { deadline: None, delay: Distribution::Constant(0.0), accuracy: 0.0 },
        }
    })
}

/// A rate, often an end of its range or near it.
fn rate() -> impl Strategy<Value = Rate> {
    prop_oneof![probability(), 0.0..0.1].prop_map(Rate::new)
}

fn cancellation() -> impl Strategy<Value = CancellationRule> {
    let race = prop_oneof![Just(ShipmentRace::Open), Just(ShipmentRace::Held), Just(ShipmentRace::Exclusive)];
    let further = vec((any::<bool>(), 0.01..5.0), 0..3);
    (deadline(), race, further).prop_map(|(silence, race, further)| {
        let menu = [(true, 1.0), (false, 1.0)].into_iter().chain(further);
        let reason = |(is_buyers, weight)| CancelReason {
            name: "any".into(),
            attributed_to: if is_buyers { Attribution::Buyer } else { Attribution::Seller },
            weight,
        };
        CancellationRule { silence, reasons: menu.map(reason).collect(), race }
    })
}

fn dispute() -> impl Strategy<Value = DisputeRule> {
    let silence = prop_oneof![Just(SilenceOutcome::Refund), Just(SilenceOutcome::Platform)];
    (length(), length(), deadline(), silence, deadline(), deadline(), 0..4_u8).prop_map(
        |(opens_after, opens_at_once_below, response_deadline, silence, after, steps_in, modifications)| {
            DisputeRule {
                opens_after,
                opens_at_once_below,
                response_deadline,
                silence,
                after_completion: after,
                platform_steps_in: steps_in,
                modifications,
            }
        },
    )
}

fn mediation() -> impl Strategy<Value = MediationRule> {
    (times(), uniform::<_, 4>(probability()), shares()).prop_map(|(delay, chances, partial_fraction)| {
        let [buyer_favour, accuracy, partial_share, seller_liable] = chances;
        MediationRule { delay, buyer_favour, accuracy, partial_share, partial_fraction, seller_liable }
    })
}

fn dispute_rate() -> impl Strategy<Value = DisputeRateRule> {
    let basis = prop_oneof![Just(Basis::Filed), Just(Basis::Refunded), Just(Basis::Ruled)];
    let denominator = prop_oneof![Just(Denominator::Closed), Just(Denominator::Placed)];
    (window(), basis, denominator, 0..20_u32, 0..3_u32, rate(), penalty()).prop_map(
        |(window, basis, denominator, minimum_orders, minimum_disputes, threshold, penalty)| {
            DisputeRateRule {
                window,
                basis,
                denominator,
                minimum_orders,
                minimum_disputes,
                threshold,
                penalty,
            }
        },
    )
}

fn penalty() -> impl Strategy<Value = PenaltyCurve> {
    let slope = || prop_oneof![Just(0.0), 0.0..5.0];
    let steps = vec((rate(), probability()), 1..4).prop_map(|mut steps| {
        steps.sort_by_key(|step| step.0);
        steps.dedup_by_key(|step| step.0);
        PenaltyCurve::Steps(steps.into_iter().map(|(above, weight)| PenaltyStep { above, weight }).collect())
    });
    prop_oneof![
        Just(PenaltyCurve::None),
        (slope(), probability()).prop_map(|(slope, floor)| PenaltyCurve::Linear { slope, floor }),
        (slope(), probability()).prop_map(|(slope, floor)| PenaltyCurve::Exponential { slope, floor }),
        steps,
    ]
}

fn not_sold() -> impl Strategy<Value = NotSoldRule> {
    let entry =
        || option::of((1..20_u32, option::of(rate())).prop_map(|(count, share)| GradeEntry { count, share }));
    let days = (0..40_i64).prop_map(SimDuration::from_days);
    let freezes = (vec(days, 1..4), option::of(1..5_u32));
    (window(), 0..20_u32, entry(), entry(), entry(), probability(), freezes).prop_map(
        |(window, minimum_orders, demote, hide, freeze, demotion_weight, freezes)| NotSoldRule {
            window,
            minimum_orders,
            demote,
            demotion_weight,
            hide,
            freeze,
            freeze_for: freezes.0,
            close_at_freeze: freezes.1,
        },
    )
}

fn service_score() -> impl Strategy<Value = ServiceScoreRule> {
    let component = (-10.0..30.0, 0.0..40.0, 0.0..0.9, 0.01..0.1).prop_map(
        |(points, fall, starts_at, width): (f64, f64, f64, f64)| ScoreComponent {
            points,
            floor: points - fall,
            starts_at,
            worst: starts_at + width,
        },
    );
    let levels = vec((-50.0..100.0, 0.0..3.0), 0..4).prop_map(|mut levels: Vec<(f64, f64)>| {
        levels.sort_by(|a, b| b.0.total_cmp(&a.0));
        levels.into_iter().map(|(at, weight)| ScoreLevel { at, weight }).collect()
    });
    (window(), uniform::<_, 6>(component), window(), levels).prop_map(
        |(window, components, level_every, levels)| {
            let [not_sold, not_received, not_as_described, description, service, logistics] = components;
            ServiceScoreRule {
                window,
                not_sold,
                not_received,
                not_as_described,
                description,
                service,
                logistics,
                level_every,
                levels,
            }
        },
    )
}

fn points() -> impl Strategy<Value = PointsRule> {
    let indicator =
        prop_oneof![Just(Indicator::NotSoldRate), Just(Indicator::DisputeRate), Just(Indicator::LateRate)];
    let award = (indicator, window(), rate(), 0..5_u32, 1..10_u32).prop_map(
        |(indicator, window, above, minimum_count, points)| PointAward {
            indicator,
            window,
            above,
            minimum_count,
            points,
        },
    );
    let tiers = vec((1..5_u32, 0.0..1.5, length()), 0..4).prop_map(|tiers| {
        let mut at = 0;
        let mut tier = |(further, weight, freeze_for)| {
            at += further;
            PointTier { at, weight, freeze_for }
        };
        tiers.into_iter().map(&mut tier).collect()
    });
    (window(), window(), vec(award, 1..5), tiers)
        .prop_map(|(every, expire_after, awards, tiers)| PointsRule { every, expire_after, awards, tiers })
}
