//! What the comparison can see: one parameter is changed a little for the engine alone, and must be found.
//!
//! A change counts as found if it would make the whole comparison fail: its probability by chance, times the
//! number of tests of the family (Bonferroni, stricter than Holm), is below the level.

use crate::agreement::{LEVEL, by_engine, by_reference, compare};
use crate::worlds::{WORLDS, named};
use redress::observe::catalogue::METRICS;

/// A change, and the metric that shows it.
struct Change {
    world: &'static str,
    setting: &'static str,
    metric: &'static str,
}

const CHANGES: &[Change] = &[
    Change {
        world: "last-minute answers",
        setting: "policy.dispute.response_deadline=\"5d 12h\"",
        metric: "response_delay_mean",
    },
    Change {
        world: "eBay",
        setting: "policy.mediation.buyer_favour=0.7",
        metric: "disputes_ruled_for_seller",
    },
    Change {
        world: "eBay",
        setting: "policy.dispute.response_deadline=\"4 business days\"",
        metric: "disputes_silent_to_platform",
    },
    Change {
        world: "desks that finish",
        setting: "sellers[*].response.desk.reneging=always",
        metric: "disputes_silent_to_platform",
    },
    Change { world: "steering near a grade", setting: "sellers[*].near_grade=2", metric: "reasons_steered" },
    Change {
        world: "strict threshold",
        setting: "policy.dispute_rate.window=\"16d\"",
        metric: "seller_days_above_threshold",
    },
    Change {
        world: "offline transfers",
        setting: "policy.offline.freeze_for=\"6d\"",
        metric: "seller_days_frozen",
    },
    Change {
        world: "offline transfers",
        setting: "policy.not_sold.close_at_freeze=6",
        metric: "seller_days_frozen",
    },
    Change {
        world: "quick levels",
        setting: "policy.service_score.levels=[{at=80,weight=1.4},{at=75,weight=1.0},{at=0,weight=0.5}]",
        metric: "orders_lost_to_penalties",
    },
    Change { world: "TikTok Shop", setting: "policy.points.every=\"8d\"", metric: "seller_days_frozen" },
    Change { world: "Olist", setting: "sellers[*].promise_correlation=0.5", metric: "late_share" },
    Change {
        world: "Etsy",
        setting: "policy.cancellation.race=held",
        metric: "orders_cancelled_buyer_cause",
    },
    Change {
        world: "baseline",
        setting: "policy.shipment.deadline=\"6 business days\"",
        metric: "orders_unshipped",
    },
    Change {
        world: "reference workload",
        setting: "sellers[*].response.desk.service_time={exponential={mean=\"13h\"}}",
        metric: "response_delay_mean",
    },
    Change {
        world: "Amazon",
        setting: "policy.dispute_rate.threshold=0.013",
        metric: "seller_days_above_threshold",
    },
    Change { world: "Lazada", setting: "policy.points.expire_after=\"22d\"", metric: "seller_days_demoted" },
];

#[test]
#[allow(clippy::print_stdout, reason = "the table is for --nocapture")]
fn a_small_change_of_one_rule_is_found() {
    let family = (2 * METRICS.len() * WORLDS.len()) as f64;
    let mut missed = Vec::new();
    let mut sample = None;
    for change in CHANGES {
        let entry = named(change.world);
        let (world, reference) = match sample {
            Some((world, reference)) if world == change.world => (world, reference),
            _ => (change.world, by_reference(&entry.world())),
        };
        let engine = by_engine(&entry.changed(&[change.setting]));
        let comparisons = compare(world, &engine, &reference);
        let shown = comparisons.iter().find(|comparison| comparison.metric == change.metric);
        let shown = shown.expect("the metric is among them");
        println!("{:<72} {shown}", change.setting);
        if shown.chance.iter().all(|chance| chance * family >= LEVEL) {
            missed.push(format!("{}: {shown}", change.setting));
        }
        sample = Some((world, reference));
    }
    assert!(missed.is_empty(), "changes that are not found:\n{}", missed.join("\n"));
}
