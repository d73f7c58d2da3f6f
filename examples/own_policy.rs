//! Writes a policy of its own in code and compares it with that of a scenario, under the same random draws.
//!
//! ```sh
//! cargo run --release --example own_policy
//! ```

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use redress::engine::World;
use redress::experiment::{MetricValues, run};
use redress::market::Attribution;
use redress::observe::Metric;
use redress::observe::catalogue::METRICS;
use redress::policy::Policy;
use redress::policy::after_sale::AfterSaleRule;
use redress::policy::appeal::AppealRule;
use redress::policy::cancellation::{CancelReason, CancellationRule, ShipmentRace};
use redress::policy::completion::CompletionRule;
use redress::policy::dispute::{DisputeRule, SilenceOutcome};
use redress::policy::dispute_rate::{Basis, Denominator, DisputeRateRule, PenaltyCurve};
use redress::policy::mediation::MediationRule;
use redress::policy::not_sold::{GradeEntry, NotSoldRule};
use redress::policy::offline::OfflineRule;
use redress::policy::rate::Rate;
use redress::policy::shipment::ShipmentRule;
use redress::scenario::Source;
use redress::sim::{DAY_SECONDS, Distribution, SimDuration, Span};
use redress::stats::paired::{Difference, difference};
use std::error::Error;
use std::path::Path;

/// A platform that is slow to refund: sellers have ten days to answer a dispute, and if they do not, the platform rules on it
/// instead of refunding the buyer.
fn patient_policy() -> Policy {
    let days = |days| Span::Elapsed(SimDuration::from_days(days));
    let takes = |days: i64| Distribution::Constant((days * DAY_SECONDS) as f64);
    let reason = |name: &str, attributed_to| CancelReason { name: name.into(), attributed_to, weight: 1.0 };
    Policy {
        cancellation: CancellationRule {
            silence: days(3),
            reasons: vec![
                reason("I do not want it any more", Attribution::Buyer),
                reason("The seller cannot deliver", Attribution::Seller),
            ],
            race: ShipmentRace::Open,
        },
        shipment: ShipmentRule { deadline: Span::BusinessDays(7) },
        completion: CompletionRule { protection_period: days(60), confirmation_period: days(15) },
        dispute: DisputeRule {
            opens_after: SimDuration::from_days(0),
            opens_at_once_below: SimDuration::from_days(0),
            response_deadline: days(10),
            silence: SilenceOutcome::Platform,
            after_completion: days(15),
            platform_steps_in: days(14),
            modifications: 1,
        },
        mediation: MediationRule {
            delay: takes(5),
            buyer_favour: 0.5,
            accuracy: 0.9,
            partial_share: 0.2,
            partial_fraction: Distribution::Constant(0.5),
            seller_liable: 1.0,
        },
        after_sale: AfterSaleRule { delay: takes(3) },
        offline: OfflineRule { detection: 0.1, freeze_for: SimDuration::from_days(7) },
        dispute_rate: DisputeRateRule {
            window: 60,
            basis: Basis::Filed,
            denominator: Denominator::Closed,
            minimum_orders: 20,
            minimum_disputes: 3,
            threshold: Rate::new(0.05),
            penalty: PenaltyCurve::Linear { slope: 0.25, floor: 0.3 },
        },
        not_sold: NotSoldRule {
            window: 30,
            minimum_orders: 20,
            demote: Some(GradeEntry { count: 5, share: None }),
            demotion_weight: 0.5,
            hide: None,
            freeze: Some(GradeEntry { count: 15, share: None }),
            freeze_for: vec![SimDuration::from_days(7)],
            close_at_freeze: None,
        },
        service_score: None,
        points: None,
        returns: None,
        appeal: AppealRule { deadline: None, delay: takes(7), accuracy: 1.0 },
    }
}

/// What the metric changes by in a world under the policy above, with its interval; `None` where it is undefined.
pub(crate) fn change_of(world: &World, metric: &str) -> Option<Difference> {
    let place = METRICS.iter().position(|known| known.name == metric)?;
    let values = |world: &World| -> Vec<_> {
        let of_world = |values: &MetricValues| values[place];
        run(world, &|_| true).replications.iter().map(|replication| of_world(&replication.world)).collect()
    };
    let own = World { policy: patient_policy(), ..world.clone() };
    // Both worlds have the same seed, so their replications share every draw that the policies do not touch.
    difference(METRICS[place].estimator(), &values(world), &values(&own))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut source = Source::read(Path::new("scenarios/baseline.toml"))?;
    source.set("run.days=90")?;
    let world = source.resolve()?.world;
    for metric in ["auto_executed_share", "refund_share", "legitimate_claims_unpaid_share"] {
        let label = Metric::named(metric).map_or(metric, Metric::label);
        match change_of(&world, metric) {
            Some(change) => println!("{label}: {:+.4} ({:?})", change.mean, change.interval),
            None => println!("{label}: undefined"),
        }
    }
    Ok(())
}
