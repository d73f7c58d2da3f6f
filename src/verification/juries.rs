//! A jury as the mediator: a market is a case, each ruling in it the vote of a juror, and the larger number of rulings
//! decides. The scenario knows no more than how one juror votes, which `accuracy` and `buyer_favour` of `policy.mediation`
//! state; what the majority does is the simulator's to find.

use super::case::{Case, Statistic, sum};
use super::settings::{AT_ONCE, settings};
use super::theory::counts::{more_by_chance, more_of_arcsine_merit};

/// Jurors of a case on average; a Poisson number, as of voters in Myerson's games.
const JURORS: f64 = 31.0;
/// Cases of a replication.
const MARKETS: u32 = 1400;
/// A juror sees the truth in so many of 100 cases: `accuracy + (1 - accuracy) buyer_favour` of founded ones.
const SEES: f64 = 0.55;

const CONDORCET: &str = "majority of a Poisson jury (Myerson 1998)";
const MERIT: &str = "majority of a Poisson jury, arcsine merit";

/// Votes for the buyer in founded and in unfounded cases are `SEES` and `1 - SEES`. A juror who is partial votes as others
/// do on the other kind of case: for the seller more often by a tenth of all cases.
pub(super) fn cases() -> Vec<Case> {
    let majority = |name: &str, founded: f64| {
        let yes = JURORS * (founded * SEES + (1.0 - founded) * (1.0 - SEES));
        let votes = [format!("sellers[*].defect={founded}"), "policy.mediation.accuracy=0.1".into()];
        Case::new(name, CONDORCET, &world(&votes), for_the_buyer(), more_by_chance(yes, JURORS - yes))
    };
    let merit = |name: &str, accuracy: f64| {
        let votes = [
            "sellers[*].defect={ beta = { alpha = 0.5, beta = 0.5 } }".to_owned(),
            format!("policy.mediation.accuracy={accuracy}"),
            "policy.mediation.buyer_favour=0".into(),
        ];
        Case::new(name, MERIT, &world(&votes), for_the_buyer(), more_of_arcsine_merit(JURORS, accuracy))
    };
    vec![
        majority("jury of 31, founded claims", 1.0),
        majority("jury of 31, unfounded claims", 0.0),
        majority("jury with partial sellers, founded claims", 0.8),
        majority("jury with partial sellers, unfounded claims", 0.2),
        merit("jury over cases of any merit, impartial", 1.0),
        merit("jury over cases of any merit, with partial jurors", 0.8),
    ]
}

/// Share of markets with more rulings for the buyer than for the seller.
fn for_the_buyer() -> Statistic {
    let lead = sum(&[(1.0, "disputes_ruled_for_seller"), (-1.0, "disputes_ruled_for_buyer")]);
    Statistic::AtMost(lead, -1.0)
}

/// Every order of the only day is disputed, rejected and ruled on in its second; a claim without a defect is opportunistic.
fn world(votes: &[String]) -> Vec<String> {
    let at_once = [
        "run.days=1",
        "buyers[*].opportunism=1",
        "sellers[*].accept=0",
        "sellers[*].response.delay=0d",
        "policy.dispute.platform_steps_in=0d",
        "policy.mediation.delay=0d",
    ];
    let jurors = [format!("market.count={MARKETS}"), format!("market.orders_per_day={JURORS}")];
    settings(&[&AT_ONCE[..], &at_once].concat(), &[&jurors, votes].concat())
}
