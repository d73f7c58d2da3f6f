//! Appeals against rulings (R12): products of probabilities, with exponential times to appeal cut off at the deadline.
//!
//! Every order is claimed, for a defect or without one, and rejected, so that the platform rules on it. Who loses appeals
//! with its own probability, if its time to appeal is not longer than the deadline.

use super::case::{Case, Statistic};
use super::settings::finished;

const DEFECT: f64 = 0.6;
const FAVOUR: f64 = 0.4;
/// Rulings that follow the truth, the first and the second.
const ACCURACY: f64 = 0.3;
const SECOND: f64 = 0.7;
/// Losers who would appeal, and their mean times to it in days.
const BUYERS: f64 = 0.5;
const SELLERS: f64 = 0.8;
const BUYERS_DAYS: f64 = 4.0;
const SELLERS_DAYS: f64 = 8.0;
/// Days.
const DEADLINE: f64 = 10.0;

/// Rulings for the buyer, of founded and of unfounded claims.
fn for_buyer(accuracy: f64) -> [f64; 2] {
    [accuracy + (1.0 - accuracy) * FAVOUR, (1.0 - accuracy) * FAVOUR]
}

/// What becomes of claims, as shares of all of them.
struct Shares {
    by_buyers: f64,
    by_sellers: f64,
    granted: f64,
    ruled_for_buyer: f64,
}

fn shares(first: f64, second: f64) -> Shares {
    let in_time = |mean: f64| 1.0 - (-DEADLINE / mean).exp();
    let (buyers, sellers) = (BUYERS * in_time(BUYERS_DAYS), SELLERS * in_time(SELLERS_DAYS));
    let mut all = Shares { by_buyers: 0.0, by_sellers: 0.0, granted: 0.0, ruled_for_buyer: 0.0 };
    let kinds = [DEFECT, 1.0 - DEFECT];
    for ((kind, won), won_again) in kinds.into_iter().zip(for_buyer(first)).zip(for_buyer(second)) {
        let (by_sellers, by_buyers) = (kind * won * sellers, kind * (1.0 - won) * buyers);
        all.by_sellers += by_sellers;
        all.by_buyers += by_buyers;
        all.granted += by_sellers * (1.0 - won_again) + by_buyers * won_again;
        all.ruled_for_buyer += kind * won - by_sellers + (by_sellers + by_buyers) * won_again;
    }
    all
}

fn world(first: f64, second: f64) -> Vec<String> {
    let exponential = |days: f64| format!("{{ exponential = {{ mean = \"{days}d\" }} }}");
    let fixed = [
        "buyers[*].opportunism=1",
        "sellers[*].accept=0",
        "policy.dispute.platform_steps_in=0d",
        "policy.appeal.delay=7d",
    ];
    let more = [
        format!("sellers[*].defect={DEFECT}"),
        format!("buyers[*].appeals={BUYERS}"),
        format!("buyers[*].appeal_delay={}", exponential(BUYERS_DAYS)),
        format!("sellers[*].appeals={SELLERS}"),
        format!("sellers[*].appeal_delay={}", exponential(SELLERS_DAYS)),
        format!("policy.appeal.deadline={DEADLINE}d"),
        format!("policy.appeal.accuracy={second}"),
        format!("policy.mediation.accuracy={first}"),
        format!("policy.mediation.buyer_favour={FAVOUR}"),
    ];
    finished(&fixed, &more)
}

pub(super) fn cases() -> Vec<Case> {
    let all = shares(ACCURACY, SECOND);
    let filed = all.by_buyers + all.by_sellers;
    let blind = shares(ACCURACY, 0.0);
    let case = |name: &str, second: f64, part, whole, theory: f64| {
        let statistic = Statistic::ratio(part, whole);
        Case::new(name, "product of probabilities", &world(ACCURACY, second), statistic, theory)
    };
    vec![
        case("appeals, of rulings", SECOND, "appeals_filed", "disputes_escalated", filed),
        case(
            "appeals, those of buyers",
            SECOND,
            "appeals_filed_by_buyers",
            "appeals_filed",
            all.by_buyers / filed,
        ),
        case("appeals, granted", SECOND, "appeals_granted", "appeals_decided", all.granted / filed),
        case(
            "appeals, granted without regard to the truth",
            0.0,
            "appeals_granted",
            "appeals_decided",
            blind.granted / filed,
        ),
        case(
            "appeals, ruled for the buyer in the end",
            SECOND,
            "disputes_ruled_for_buyer",
            "disputes_escalated",
            all.ruled_for_buyer,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_ruling_that_sees_the_truth_grants_appeals_against_mistakes_and_no_others() {
        let seen = shares(0.0, 1.0);
        // The first rulings are blind, so that whoever wins is right as often as claims are founded.
        let mistakes = DEFECT * seen.by_buyers + (1.0 - DEFECT) * seen.by_sellers;
        assert!((seen.granted - mistakes).abs() < 1e-12, "{} {mistakes}", seen.granted);
        assert!(shares(1.0, 1.0).granted.abs() < 1e-12);
    }
}
