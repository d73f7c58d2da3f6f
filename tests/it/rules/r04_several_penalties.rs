//! R4 and R7: a seller may be under several penalties on one day; each rule's days are counted apart.

use crate::support::batch::*;
use redress::engine::World;
use redress::observe::{Count, MarketOutcome, Series};
use redress::policy::dispute_rate::{PenaltyCurve, PenaltyStep};
use redress::policy::not_sold::GradeEntry;
use redress::policy::penalty::Penalty;
use redress::policy::points::{Indicator, PointAward, PointTier, PointsRule};
use redress::policy::rate::Rate;
use redress::policy::service_score::{ScoreLevel, ServiceScoreRule};
use redress::sim::SimDuration;

/// Orders of day 0, sold out and cancelled on day 1. A week in the window demotes from day 2 to day 8, and the points of the close
/// of day 6 from day 7 to day 34.
fn over_two_thresholds() -> World {
    let mut world = sold_out_batch();
    world.days = 60;
    world.policy.not_sold.window = 7;
    world.policy.not_sold.demote = Some(GradeEntry { count: 1, share: None });
    let award = PointAward {
        indicator: Indicator::NotSoldRate,
        window: 7,
        above: Rate::new(0.1),
        minimum_count: 1,
        points: 3,
    };
    let tier = PointTier { at: 3, weight: 0.25, freeze_for: SimDuration(0) };
    world.policy.points =
        Some(PointsRule { every: 7, expire_after: 28, awards: vec![award], tiers: vec![tier] });
    world
}

/// Seller-days demoted, suspended, and under each penalty.
fn penalised(outcome: &MarketOutcome) -> (u64, u64, [u64; Penalty::ALL.len()]) {
    let of = |what| count(outcome, what);
    let by_rule = Penalty::ALL.map(|penalty| of(Count::days_of(penalty)));
    (of(Count::SellerDaysDemoted), of(Count::SellerDaysFrozen), by_rule)
}

#[test]
fn a_day_under_two_demotions_counts_for_both_rules_and_once_in_all() {
    let outcome = run(&over_two_thresholds());
    assert_eq!(penalised(&outcome), (33, 0, [0, 0, 7, 28, 0, 0, 0]));
    let days = |penalty| days_of(&outcome, Series::sellers_under(penalty));
    assert_eq!(days(Penalty::DemotionByNotSold), (2..9).collect::<Vec<_>>());
    assert_eq!(days(Penalty::DemotionByPoints), (7..35).collect::<Vec<_>>());
    assert_eq!(days_of(&outcome, Series::SellersDemoted), (2..35).collect::<Vec<_>>());
}

#[test]
fn a_rule_one_short_of_its_threshold_has_no_days_and_leaves_the_other_its_own() {
    let mut world = over_two_thresholds();
    world.policy.not_sold.demote = Some(GradeEntry { count: u32::MAX, share: None });
    assert_eq!(penalised(&run(&world)), (28, 0, [0, 0, 0, 28, 0, 0, 0]));
    let mut world = over_two_thresholds();
    world.policy.points.as_mut().expect("it has points").tiers[0].at = 4;
    assert_eq!(penalised(&run(&world)), (7, 0, [0, 0, 7, 0, 0, 0, 0]));
}

#[test]
fn on_a_suspended_day_no_rule_demotes() {
    let mut world = over_two_thresholds();
    world.policy.points.as_mut().expect("it has points").tiers[0].freeze_for = SimDuration::from_days(3);
    // Suspended on days 7 to 9.
    assert_eq!(penalised(&run(&world)), (5 + 25, 3, [0, 0, 5, 25, 0, 3, 0]));
}

#[test]
fn a_day_under_two_suspensions_counts_for_both_rules_and_once_in_all() {
    let mut world = disputed_batch();
    world.sellers[0].offline_offer = 1.0;
    world.buyers[0].offline_compliance = 1.0;
    world.buyers[0].keeps_dispute = 1.0;
    world.policy.offline.detection = 1.0;
    world.policy.offline.freeze_for = SimDuration::from_days(5);
    let award = PointAward {
        indicator: Indicator::DisputeRate,
        window: 30,
        above: Rate::new(0.1),
        minimum_count: 1,
        points: 3,
    };
    let tier = PointTier { at: 3, weight: 0.25, freeze_for: SimDuration::from_days(3) };
    // Judged at the close of day 8, on which the disputes are filed and the transfers found out.
    world.policy.points =
        Some(PointsRule { every: 9, expire_after: 60, awards: vec![award], tiers: vec![tier] });
    let outcome = run(&world);
    // Suspended on days 9 to 11 and 9 to 13; from day 14 on the tier demotes.
    assert_eq!(penalised(&outcome), (16, 5, [0, 0, 0, 16, 0, 3, 5]));
    assert_eq!(days_of(&outcome, Series::SellersFrozenByPoints), [9, 10, 11]);
    assert_eq!(days_of(&outcome, Series::SellersFrozenByOfflineTransfer), [9, 10, 11, 12, 13]);
}

#[test]
fn penalties_are_reported_where_a_rule_may_impose_them() {
    let has = |world: &World| world.penalties().collect::<Vec<_>>();
    assert_eq!(has(&sold_out_batch()), []);
    let mut world = over_two_thresholds();
    assert_eq!(has(&world), [Penalty::DemotionByNotSold, Penalty::DemotionByPoints]);
    world.policy.not_sold.demotion_weight = 1.0;
    world.policy.points.as_mut().expect("it has points").tiers[0].weight = 1.0;
    assert_eq!(has(&world), []);
    let level = |weight| vec![ScoreLevel { at: 0.0, weight }];
    world.policy.service_score = Some(ServiceScoreRule { levels: level(1.0), ..score_without_tolerance() });
    assert_eq!(has(&world), [], "a level whose weight is 1 demotes nobody");
    world.policy.service_score = Some(ServiceScoreRule { levels: level(0.99), ..score_without_tolerance() });
    assert_eq!(has(&world), [Penalty::DemotionByServiceScore]);
    world.policy.service_score = None;
    world.policy.dispute_rate.penalty =
        PenaltyCurve::Steps(vec![PenaltyStep { above: Rate(0), weight: 0.5 }]);
    world.policy.offline.freeze_for = SimDuration::from_days(1);
    assert_eq!(has(&world), [Penalty::DemotionByDisputeRate], "nobody settles outside the platform");
    world.sellers[0].offline_offer = 0.1;
    assert_eq!(has(&world), [Penalty::DemotionByDisputeRate, Penalty::SuspensionByOfflineTransfer]);
}

#[test]
fn suspensions_and_hidden_sellers_are_reported_where_a_rule_may_impose_them() {
    let has = |world: &World| world.penalties().collect::<Vec<_>>();
    let entry = Some(GradeEntry { count: 1, share: None });
    let mut world = sold_out_batch();
    world.policy.points = over_two_thresholds().policy.points;
    let tier = &mut world.policy.points.as_mut().expect("it has points").tiers[0];
    (tier.weight, tier.freeze_for) = (1.0, SimDuration(1));
    assert_eq!(has(&world), [Penalty::SuspensionByPoints]);
    world.policy.points = None;
    world.policy.not_sold.freeze = entry;
    assert_eq!(has(&world), [Penalty::SuspensionByNotSold]);
    world.policy.not_sold.freeze = None;
    world.policy.not_sold.hide = entry;
    assert_eq!(has(&world), [Penalty::DemotionByNotSold], "whoever is hidden is at the end of search");
    world.policy.not_sold.hide = None;
    world.sellers[0].offline_offer = 0.1;
    world.policy.offline.freeze_for = SimDuration(0);
    assert_eq!(has(&world), [], "who is found out is not suspended");
}
