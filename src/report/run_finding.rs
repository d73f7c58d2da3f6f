//! What a run found, in sentences: what silence decides, the dispute rate against its threshold, penalties, money.

use super::headline::{people, with_interval};
use crate::engine::World;
use crate::experiment::Summary;
use crate::observe::Metric;
use crate::observe::metric::Unit;
use crate::stats::{Interval, Reason};

/// The ways money goes back, with the words for them.
const REFUNDS: [(&str, &str); 5] = [
    ("refunded_by_cancellation", "cancellation before shipment"),
    ("refunded_by_agreement", "agreement with the seller"),
    ("refunded_by_silence", "automatic refund after no response"),
    ("refunded_by_ruling", "ruling"),
    ("refunded_after_sale", "service after the window"),
];

/// What a run found, a sentence per line, the most important first; in brackets 95 % intervals of the mean over replications.
pub fn findings(world: &World, summary: &Summary) -> Vec<String> {
    let of = Found { world, summary };
    let mut sentences = vec![of.silence()];
    sentences.extend(of.rate());
    sentences.extend(of.penalties());
    sentences.extend(of.money());
    let is_alone = summary
        .world("orders_placed")
        .is_some_and(|estimate| matches!(estimate.interval, Interval::Unknown(Reason::OneReplication)));
    if is_alone {
        sentences.push(
            "One replication says nothing of chance: ask for more to see how sure these numbers are."
                .to_owned(),
        );
    }
    sentences
}

struct Found<'a> {
    world: &'a World,
    summary: &'a Summary,
}

impl Found<'_> {
    fn mean(&self, metric: &str) -> f64 {
        self.summary.world(metric).map_or(0.0, |estimate| estimate.mean)
    }

    /// A mean with its interval in brackets.
    fn number(&self, metric: &str) -> Option<String> {
        let unit = Metric::named(metric)?.unit;
        Some(with_interval(self.summary.world(metric)?, unit))
    }

    fn per_replication(&self) -> String {
        format!("per replication of {} days", self.world.days)
    }

    fn silence(&self) -> String {
        let over = self.per_replication();
        let filed = people(self.mean("disputes_filed"), Unit::Cases);
        if self.mean("disputes_filed") <= 0.0 {
            return format!(
                "No dispute was filed ({} orders placed {over}).",
                people(self.mean("orders_placed"), Unit::Orders)
            );
        }
        let (silent, platform) =
            (self.mean("disputes_auto_executed"), self.mean("disputes_silent_to_platform"));
        if silent > 0.0 {
            let share = self.number("auto_executed_share").unwrap_or_default();
            let requests = people(silent + self.mean("disputes_answered"), Unit::Cases);
            let silent = people(silent, Unit::Cases);
            return format!(
                "The seller's silence decides {share} of the requests that were answered or fell due: {silent} of {requests} {over} are \
                 refunded automatically, because no response came in time ({filed} disputes were filed)."
            );
        }
        if platform > 0.0 {
            let platform = self.number("disputes_silent_to_platform").unwrap_or_default();
            return format!(
                "Silence refunds nothing here: of {filed} disputes filed {over}, {platform} go to the platform because no response \
                 came in time."
            );
        }
        format!("Silence decides none of the {filed} disputes filed {over}.")
    }

    fn rate(&self) -> Option<String> {
        let estimate = self.summary.world("dispute_rate")?;
        let rate = with_interval(estimate, Unit::Share);
        let rule = &self.world.policy.dispute_rate;
        let threshold = rule.threshold.share();
        if threshold >= 1.0 {
            return Some(format!("The dispute rate is {rate}; this policy has no threshold for it."));
        }
        let (low, high) = estimate.interval.ends().unwrap_or((estimate.mean, estimate.mean));
        let side = if high < threshold {
            "below"
        } else if low > threshold {
            "above"
        } else {
            "not distinguishable from"
        };
        let above = match (
            self.number("seller_days_above_threshold_share"),
            self.mean("seller_days_above_threshold"),
        ) {
            (Some(share), days) if days > 0.0 => format!(
                "; single sellers, judged over {} days, are above it on {share} of seller-days ({} {})",
                rule.window,
                people(days, Unit::SellerDays),
                self.per_replication()
            ),
            _ => "; no seller was above it on any day".to_owned(),
        };
        let threshold = people(threshold, Unit::Share);
        Some(format!(
            "The dispute rate of all sellers is {rate}, {side} the threshold of {threshold}{above}."
        ))
    }

    fn penalties(&self) -> Option<String> {
        let (demoted, suspended) = (self.mean("seller_days_demoted"), self.mean("seller_days_frozen"));
        let sellers = f64::from(self.world.market.sellers) * f64::from(self.world.market.count);
        let all = people(sellers * f64::from(self.world.days), Unit::SellerDays);
        if demoted <= 0.0 && suspended <= 0.0 {
            return Some(format!(
                "No seller was demoted or suspended on any of {all} seller-days {}.",
                self.per_replication()
            ));
        }
        let mut parts = Vec::new();
        if demoted > 0.0 {
            let days = self.number("seller_days_demoted")?;
            parts.push(format!("demoted in search on {days}{}", self.causes("seller_days_demoted")));
        }
        if suspended > 0.0 {
            let days = self.number("seller_days_frozen")?;
            parts.push(format!("suspended on {days}{}", self.causes("seller_days_frozen")));
        }
        let lost = self.number("orders_lost_to_penalties");
        let lost = lost.map_or_else(String::new, |lost| format!(", which costs them {lost} orders"));
        let (above, by_rate) =
            (self.mean("seller_days_above_threshold"), self.mean("seller_days_demoted_by_dispute_rate"));
        let differ = if above > 0.0
            && by_rate > 0.0
            && people(above, Unit::SellerDays) != people(by_rate, Unit::SellerDays)
        {
            " A day counts as above the threshold at its own close; the demotion holds from the next day on, and on no suspended day, so \
             the two numbers differ."
        } else {
            ""
        };
        Some(format!(
            "Of {all} seller-days {}, sellers are {}{lost}.{differ}",
            self.per_replication(),
            parts.join(" and ")
        ))
    }

    /// How many seller-days each rule caused, in brackets; a day that several caused counts for each.
    fn causes(&self, begin: &str) -> String {
        const RULES: [(&str, &str); 5] = [
            ("dispute_rate", "the dispute rate"),
            ("service_score", "the service score"),
            ("not_sold", "seller-fault cancellations"),
            ("points", "penalty points"),
            ("offline_transfer", "offline transfers"),
        ];
        let cause = |(rule, words): (&str, &str)| {
            let days = self.mean(&format!("{begin}_by_{rule}"));
            (days > 0.0).then(|| format!("{words} {}", people(days, Unit::SellerDays)))
        };
        let causes: Vec<String> = RULES.into_iter().filter_map(cause).collect();
        if causes.is_empty() { String::new() } else { format!(" (by {})", causes.join(", ")) }
    }

    fn money(&self) -> Option<String> {
        let share = self.number("refund_share")?;
        let (paid, refunded) = (self.mean("value_paid"), self.mean("value_refunded"));
        if refunded <= 0.0 {
            return Some(format!(
                "Of {} currency units paid {} none is refunded.",
                people(paid, Unit::Cents),
                self.per_replication()
            ));
        }
        let (way, most) = REFUNDS
            .iter()
            .map(|(metric, words)| (*words, self.mean(metric)))
            .max_by(|one, other| one.1.total_cmp(&other.1))?;
        Some(format!(
            "Of {} currency units paid {}, {share} is refunded ({}), most of it by {way} ({}).",
            people(paid, Unit::Cents),
            self.per_replication(),
            people(refunded, Unit::Cents),
            people(most, Unit::Cents)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Tables;
    use crate::experiment::run_replications;
    use crate::scenario::Source;

    fn found(settings: &[&str]) -> Vec<String> {
        let mut source = Source::read(std::path::Path::new("scenarios/baseline.toml")).unwrap();
        for setting in ["run.days=40", "run.warm_up_days=20", "run.replications=3"].iter().chain(settings) {
            source.set(setting).unwrap();
        }
        let scenario = source.resolve().unwrap();
        let tables = Tables::new(&scenario.world);
        let result = run_replications(&tables, 0..3, &|_| true);
        findings(&scenario.world, &Summary::new(&scenario.world, &result))
    }

    #[test]
    fn a_run_says_what_silence_decides_of_what_and_how_sure_that_is() {
        let found = found(&[]);
        assert!(
            found[0].starts_with("The seller's silence decides ") && found[0].contains(" to "),
            "{found:?}"
        );
        assert!(found[0].contains(" per replication of 40 days are refunded automatically"), "{found:?}");
        assert!(found[1].contains("the threshold of "), "{found:?}");
        assert!(
            found[2].contains("by the dispute rate ") && found[2].contains(" holds from the next day on"),
            "{found:?}"
        );
    }
}
