//! Cancellations and their reasons (R2 to R5): products of probabilities, and races of exponential times.

use super::case::{Case, Statistic};
use super::settings::finished;
use super::theory::lognormal_tail;

const PRODUCT: &str = "product of probabilities";
const RACE: &str = "race of exponentials";

pub(super) fn cases() -> Vec<Case> {
    [reasons(), races(), vec![unshipped()]].concat()
}

/// A case for each metric, of orders placed.
fn shares(
    prefix: &str,
    source: &'static str,
    settings: &[String],
    theory: &[(&str, &'static str, f64)],
) -> Vec<Case> {
    let case = |&(name, part, share): &(&str, &'static str, f64)| {
        let statistic = Statistic::ratio(part, "orders_placed");
        Case::new(format!("{prefix}{name}"), source, settings, statistic, share)
    };
    theory.iter().map(case).collect()
}

/// A stock-out, else a change of mind; silence grants, the seller agrees to a change of mind with a probability and to
/// a stock-out always; of reasons that would be the seller's, steering times compliance become the buyer's.
fn reasons() -> Vec<Case> {
    let (stock_out, mind, never, agrees) = (0.05, 0.1, 0.1, 0.7);
    let (honesty, steering, compliance) = (0.8, 0.5, 0.6);
    let settings = finished(
        &["policy.cancellation.race=exclusive"],
        &[
            format!("buyers[*].change_of_mind={mind}"),
            format!("buyers[*].reason_honesty={honesty}"),
            format!("buyers[*].steering_compliance={compliance}"),
            format!("sellers[*].stock_out={stock_out}"),
            format!("sellers[*].agrees_to_cancel={agrees}"),
            format!("sellers[*].steering={steering}"),
            format!("sellers[*].response.never={never}"),
        ],
    );
    let (change, granted) = ((1.0 - stock_out) * mind, never + (1.0 - never) * agrees);
    let steered = steering * compliance;
    let sellers_reason = (stock_out * honesty + change * granted * (1.0 - honesty)) * (1.0 - steered);
    let cancelled = stock_out + change * granted;
    shares(
        "",
        PRODUCT,
        &settings,
        &[
            ("cancelled", "orders_cancelled", cancelled),
            ("cancelled, seller's reason", "orders_cancelled_seller_reason", sellers_reason),
            ("cancelled, buyer's reason", "orders_cancelled_buyer_reason", cancelled - sellers_reason),
            ("cancelled, buyer's cause", "orders_cancelled_buyer_cause", change * granted),
            ("cancel requests refused", "cancels_refused", change * (1.0 - granted)),
            (
                "cancel requests granted by silence",
                "cancels_granted_by_silence",
                (stock_out + change) * never,
            ),
            (
                "reasons steered",
                "reasons_steered",
                (stock_out * honesty + change * (1.0 - honesty)) * steered,
            ),
        ],
    )
}

/// Exponential rates per day: hand-over 1/2, change of mind 1 (for a share of buyers), patience 1/4, answer 2. The first
/// wins with the share of its rate; the rest of the hand-over is exponential again and overtakes a request.
fn races() -> Vec<Case> {
    let (ship, mind, slow, answer, share) = (0.5, 1.0, 0.25, 2.0, 0.3);
    let settings = finished(
        &[
            "policy.cancellation.silence=never",
            "policy.shipment.deadline=never",
            "buyers[*].change_of_mind_delay={ exponential = { mean = \"1d\" } }",
            "buyers[*].shipping_patience={ exponential = { mean = \"4d\" } }",
            "sellers[*].handling_time={ exponential = { mean = \"2d\" } }",
            "sellers[*].response.delay={ exponential = { mean = \"12h\" } }",
        ],
        &[format!("buyers[*].change_of_mind={share}")],
    );
    let buyers_wish = share * mind / (mind + slow + ship);
    let impatience = share * slow / (mind + slow + ship) + (1.0 - share) * slow / (slow + ship);
    let overtaken = ship / (ship + answer);
    shares(
        "race, ",
        RACE,
        &settings,
        &[
            ("requests", "cancels_requested", buyers_wish + impatience),
            ("overtaken by shipment", "cancels_overtaken", (buyers_wish + impatience) * overtaken),
            ("buyer's cause", "orders_cancelled_buyer_cause", buyers_wish * (1.0 - overtaken)),
            ("seller's cause", "orders_cancelled_seller_cause", impatience * (1.0 - overtaken)),
        ],
    )
}

/// Handling of a lognormal time beyond the shipment deadline.
fn unshipped() -> Case {
    let settings = finished(
        &[
            "policy.shipment.deadline=5d",
            "sellers[*].handling_time={ lognormal = { median = \"2d\", sigma = 0.5 } }",
        ],
        &[],
    );
    let statistic = Statistic::mean("not_sold_rate");
    Case::new("not sold, not shipped", "lognormal tail", &settings, statistic, lognormal_tail(5.0, 2.0, 0.5))
}
