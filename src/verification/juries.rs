//! A jury as the mediator. Whatever its size, what it does to a case is a probability of ruling for the buyer given the
//! truth, so `policy.mediation` states it by `accuracy` and `buyer_favour`: with `b` for the buyer of a founded claim and
//! `u` of an unfounded one, `accuracy = b - u` and `buyer_favour = u / (1 - accuracy)`.

use super::case::{Case, Statistic, metric, sum};
use super::settings::finished;
use super::theory::counts::{decided_for_buyer, majority};

/// The jury of Taobao: about a fifth of 31 jurors are sellers, who vote for the seller more often by a tenth of all cases.
const BUYERS: u32 = 25;
const SELLERS: u32 = 6;
const PARTIALITY: f64 = 0.1;
/// Probability that a juror sees the truth.
const SEES: f64 = 0.55;

const CONDORCET: &str = "majority of a jury (Condorcet 1785)";
const TAOBAO: &str = "majority of a jury (Kwan, Yang and Zhang 2024)";

pub(super) fn cases() -> Vec<Case> {
    let founded = majority(&[(BUYERS, SEES), (SELLERS, SEES - PARTIALITY)]);
    let unfounded = majority(&[(BUYERS, 1.0 - SEES), (SELLERS, 1.0 - SEES - PARTIALITY)]);
    let even = majority(&[(BUYERS + SELLERS, SEES)]);
    let case = |name: &str, source: &'static str, b: f64, u: f64, is_founded: bool| {
        let rulings = sum(&[(1.0, "disputes_ruled_for_buyer"), (1.0, "disputes_ruled_for_seller")]);
        let statistic = Statistic::Ratio(metric("disputes_ruled_for_buyer"), rulings);
        let theory = if is_founded { b } else { u };
        Case::new(name, source, &world(b, u, is_founded), statistic, theory)
    };
    let (impartial, partial) =
        (decided_for_buyer(BUYERS, SELLERS, 0.0), decided_for_buyer(BUYERS, SELLERS, PARTIALITY));
    vec![
        case("jury of 31, founded claims", CONDORCET, even, 1.0 - even, true),
        case("jury of 31, unfounded claims", CONDORCET, even, 1.0 - even, false),
        case("jury with partial sellers, founded claims", TAOBAO, founded, unfounded, true),
        case("jury with partial sellers, unfounded claims", TAOBAO, founded, unfounded, false),
        case("jury over cases of any merit, impartial", TAOBAO, impartial, impartial, true),
        case("jury over cases of any merit, with partial sellers", TAOBAO, partial, partial, true),
    ]
}

/// Every order is disputed, rejected and ruled on.
fn world(founded: f64, unfounded: f64, is_founded: bool) -> Vec<String> {
    let accuracy = founded - unfounded;
    let favour = unfounded / (1.0 - accuracy);
    let claims = if is_founded { "sellers[*].defect=1" } else { "buyers[*].opportunism=1" };
    finished(
        &[claims, "sellers[*].accept=0"],
        &[format!("policy.mediation.accuracy={accuracy}"), format!("policy.mediation.buyer_favour={favour}")],
    )
}
