//! Every branch of an order's life: counts against products of probabilities.
//!
//! Orders stop arriving long before the horizon, so every one of them ends; a count is then a binomial
//! share of the four million orders placed.

use crate::support::evidence::{Evidence, markets};
use crate::support::world::{DAY, answers_after, days, quiet_world};
use redress::behavior::{LatePoint, RequestedAmount, Response, ResponseDelay};
use redress::engine::{Surge, World};
use redress::observe::{Count, MarketOutcome};
use redress::policy::cancellation::ShipmentRace;
use redress::sim::{Distribution, SimDuration, Span};

fn chance(probability: f64) -> Distribution {
    Distribution::Constant(probability)
}

fn exponential(days: f64) -> Distribution {
    Distribution::Exponential { mean: days * DAY }
}

/// Four million orders in 200 days, and 200 days for them to end.
fn finished_world() -> World {
    let mut world = quiet_world();
    world.days = 400;
    world.market.orders_per_day = 20_000.0;
    world.market.surges.push(Surge { first_day: 200, days: 200, multiplier: 0.0 });
    world
}

fn weigh_all(outcome: &MarketOutcome, theory: &[(Count, f64)]) {
    let mut evidence = Evidence::default();
    let get = |count| outcome.market.tally.get(count) as u64;
    for &(count, share) in theory {
        evidence.weigh_share(&format!("{count:?} of orders"), share, get(count), get(Count::OrdersPlaced));
    }
    evidence.judge();
}

/// A stock-out, else a change of mind; silence grants, the seller agrees to a change of mind with a
/// probability and to a stock-out always; honesty; of reasons that would be the seller's, steering times
/// compliance are turned into the buyer's.
#[test]
fn cancellations_and_their_reasons_are_products_of_their_probabilities() {
    let (stock_out, mind, never, agrees) = (0.05, 0.1, 0.1, 0.7);
    let (honesty, steering, compliance) = (0.8, 0.5, 0.6);
    let mut world = finished_world();
    world.policy.cancellation.race = ShipmentRace::Exclusive;
    let buyer = &mut world.buyers[0];
    (buyer.change_of_mind, buyer.reason_honesty, buyer.steering_compliance) = (mind, honesty, compliance);
    let seller = &mut world.sellers[0];
    (seller.stock_out, seller.agrees_to_cancel, seller.steering) = (chance(stock_out), agrees, steering);
    seller.response = Response::Delay { delay: ResponseDelay::Elapsed(days(1.0)), never };
    let (change, granted) = ((1.0 - stock_out) * mind, never + (1.0 - never) * agrees);
    let steered = steering * compliance;
    let sellers_reason = (stock_out * honesty + change * granted * (1.0 - honesty)) * (1.0 - steered);
    let cancelled = stock_out + change * granted;
    weigh_all(
        &markets(&world)[0],
        &[
            (Count::CancelsRequested, stock_out + change),
            (Count::CancelsGrantedBySilence, (stock_out + change) * never),
            (Count::CancelsRefused, change * (1.0 - granted)),
            (Count::ReasonsSteered, (stock_out * honesty + change * (1.0 - honesty)) * steered),
            (Count::OrdersCancelledSellerCause, stock_out),
            (Count::OrdersCancelledBuyerCause, change * granted),
            (Count::OrdersCancelledSellerReason, sellers_reason),
            (Count::OrdersCancelledBuyerReason, cancelled - sellers_reason),
            (Count::OrdersNotSold, sellers_reason),
            (Count::OrdersShipped, 1.0 - cancelled),
            (Count::OrdersCompleted, 1.0 - cancelled),
        ],
    );
}

/// Exponential rates per day: hand-over 1/2, change of mind 1 (for a share 0.3 of buyers), patience 1/4,
/// answer 2. The first of the three wins with the share of its rate; a request is then overtaken by the
/// hand-over, whose rest is exponential again, with 0.5 / (0.5 + 2).
#[test]
fn change_of_mind_impatience_answer_and_shipment_race_as_exponentials_do() {
    let (ship, mind, slow, answer, share) = (0.5, 1.0, 0.25, 2.0, 0.3);
    let mut world = finished_world();
    (world.policy.cancellation.silence, world.policy.shipment.deadline) = (Span::Never, Span::Never);
    let buyer = &mut world.buyers[0];
    (buyer.change_of_mind, buyer.change_of_mind_delay) = (share, exponential(1.0 / mind));
    buyer.shipping_patience = Some(exponential(1.0 / slow));
    world.sellers[0].handling_time = exponential(1.0 / ship);
    world.sellers[0].response = answers_after(exponential(1.0 / answer));
    let buyers_wish = share * mind / (mind + slow + ship);
    let impatience = share * slow / (mind + slow + ship) + (1.0 - share) * slow / (slow + ship);
    let overtaken = ship / (ship + answer);
    weigh_all(
        &markets(&world)[0],
        &[
            (Count::CancelsRequested, buyers_wish + impatience),
            (Count::CancelsOvertaken, (buyers_wish + impatience) * overtaken),
            (Count::OrdersCancelledBuyerCause, buyers_wish * (1.0 - overtaken)),
            (Count::OrdersCancelledSellerCause, impatience * (1.0 - overtaken)),
        ],
    );
}

/// `P(handling > deadline) = 1 - Phi(ln(5 / 2) / 0.5)` for a lognormal of median two days.
#[test]
fn orders_handled_too_slowly_are_closed_unshipped() {
    let mut world = finished_world();
    world.policy.shipment.deadline = crate::support::world::span(5);
    let law = Distribution::Lognormal { median: 2.0 * DAY, sigma: 0.5 };
    let late = 1.0 - law.cdf(5.0 * DAY);
    world.sellers[0].handling_time = law;
    let theory =
        [(Count::OrdersUnshipped, late), (Count::OrdersNotSold, late), (Count::OrdersShipped, 1.0 - late)];
    weigh_all(&markets(&world)[0], &theory);
}

const SILENT: f64 = 0.1;
const COUNTER: f64 = 0.5;
const TAKES: f64 = 0.3;
const MODIFIES: f64 = 0.25;
const WAITS: f64 = 0.6;
const ACCURACY: f64 = 0.7;
const FAVOUR: f64 = 0.4;
const LIABLE: f64 = 0.8;
const PARTIAL: f64 = 0.35;

/// How a filed dispute ends, in two rounds: silence, else acceptance, else a counter-offer that is taken,
/// else (in the first round) a modification, else the platform or withdrawal.
#[derive(Clone, Copy)]
struct Ends {
    silent: f64,
    accepted: f64,
    countered: f64,
    modified: f64,
    withdrawn: f64,
    for_buyer: f64,
    for_seller: f64,
}

impl Ends {
    fn of(acceptance: f64, is_legitimate: bool) -> Self {
        let rejected = (1.0 - SILENT) * (1.0 - acceptance);
        let unsettled = rejected * (1.0 - COUNTER * TAKES);
        let modified = unsettled * MODIFIES;
        let rounds = 1.0 + modified;
        let left = unsettled * (1.0 - MODIFIES) + modified * unsettled;
        let ruled_true = if is_legitimate { ACCURACY } else { 0.0 };
        let for_buyer = ruled_true + (1.0 - ACCURACY) * FAVOUR;
        Self {
            silent: rounds * SILENT,
            accepted: rounds * (1.0 - SILENT) * acceptance,
            countered: rounds * rejected * COUNTER * TAKES,
            modified,
            withdrawn: left * (1.0 - WAITS),
            for_buyer: left * WAITS * for_buyer,
            for_seller: left * WAITS * (1.0 - for_buyer),
        }
    }

    fn refunded(&self) -> f64 {
        self.silent + self.accepted + self.countered + self.for_buyer
    }
}

/// Loss, defect and opportunism make claims. Some are settled offline (offer times compliance); of the
/// others, and of those kept all the same, the ones of buyers who confirmed first come after the window
/// (goodwill decides) and the rest are filed.
#[test]
fn claims_and_disputes_end_with_the_products_of_their_probabilities() {
    let (loss, late, defect, claims, opportunism) = (0.1, 0.7, 0.3, 0.6, 0.05);
    let (confirms, goodwill, full, accept, unfounded) = (0.25, 0.6, 0.35, 0.4, 0.2);
    let (offer, comply, keeps, detection) = (0.4, 0.5, 0.3, 0.25);
    let mut world = finished_world();
    let buyer = &mut world.buyers[0];
    (buyer.claim_given_defect, buyer.opportunism) = (claims, chance(opportunism));
    (buyer.confirms_first, buyer.notice_delay, buyer.full_request) = (confirms, days(10.0), full);
    buyer.requested = RequestedAmount::Fraction(Distribution::Uniform { min: 0.2, max: 0.8 });
    let point = |after, share| LatePoint { after: SimDuration::from_days(after), share };
    buyer.late_tolerance = vec![point(0, 0.3), point(10, late)];
    (buyer.accepts_counter_offer, buyer.modifies, buyer.wait_for_platform) = (TAKES, MODIFIES, WAITS);
    (buyer.offline_compliance, buyer.keeps_dispute) = (comply, keeps);
    let seller = &mut world.sellers[0];
    (seller.loss, seller.defect, seller.promise) = (chance(loss), chance(defect), Some(days(20.0)));
    (seller.accept, seller.accept_unfounded, seller.counter_offer) =
        (chance(accept), chance(unfounded), COUNTER);
    (seller.offline_offer, seller.goodwill) = (offer, goodwill);
    seller.response = Response::Delay { delay: ResponseDelay::Elapsed(days(1.0)), never: SILENT };
    let policy = &mut world.policy;
    (policy.dispute.modifications, policy.dispute.after_completion) = (1, crate::support::world::span(5));
    let mediation = &mut policy.mediation;
    (mediation.accuracy, mediation.buyer_favour) = (ACCURACY, FAVOUR);
    (mediation.partial_share, mediation.seller_liable) = (PARTIAL, LIABLE);
    (policy.offline.detection, policy.offline.freeze_for) = (detection, SimDuration(0));

    let vanished = loss * late;
    let (faulty, groundless) = ((1.0 - loss) * defect * claims, (1.0 - loss) * (1.0 - defect) * opportunism);
    let after = (faulty + groundless) * confirms;
    let asks = [vanished, faulty * (1.0 - confirms), groundless * (1.0 - confirms)];
    let offline = offer * comply;
    let goes_on = 1.0 - offline + offline * keeps;
    let files = asks.map(|ask| ask * goes_on);
    let (just, unjust) = (Ends::of(accept, true), Ends::of(unfounded, false));
    let sum = |part: fn(&Ends) -> f64| (files[0] + files[1]) * part(&just) + files[2] * part(&unjust);
    let all = asks.iter().sum::<f64>() + after;
    let kept = offline * keeps / goes_on;
    let unpaid = (1.0 - offline) * (1.0 - just.refunded());
    weigh_all(
        &markets(&world)[0],
        &[
            (Count::OrdersLost, loss),
            (Count::OrdersDefective, defect),
            (Count::AfterSaleCases, after * goes_on * goodwill),
            (Count::AfterSaleDeclined, after * goes_on * (1.0 - goodwill)),
            (Count::OfflineTransfers, all * offline),
            (Count::OfflineDetected, all * offline * detection),
            (Count::OfflinePaidTwice, (sum(Ends::refunded) + after * goes_on * goodwill) * kept),
            (Count::DisputesFiled, files.iter().sum()),
            (Count::DisputesNotReceived, files[0]),
            (Count::DisputesNotAsDescribed, files[1]),
            (Count::DisputesOpportunistic, files[2]),
            (Count::DisputesFullAmount, files[0] + full * (files[1] + files[2])),
            (Count::DisputesAutoExecuted, sum(|ends| ends.silent)),
            (Count::DisputesAccepted, sum(|ends| ends.accepted)),
            (Count::DisputesCountered, sum(|ends| ends.countered)),
            (Count::DisputesModified, sum(|ends| ends.modified)),
            (Count::DisputesWithdrawn, sum(|ends| ends.withdrawn)),
            (Count::DisputesEscalated, sum(|ends| ends.for_buyer + ends.for_seller)),
            (Count::DisputesRuledForBuyer, sum(|ends| ends.for_buyer)),
            (Count::DisputesRuledInPart, sum(|ends| ends.for_buyer) * PARTIAL),
            (Count::DisputesRuledLiable, sum(|ends| ends.for_buyer) * LIABLE),
            (Count::DisputesRuledForSeller, sum(|ends| ends.for_seller)),
            (
                Count::LegitimateClaimsUnpaid,
                (asks[0] + asks[1]) * unpaid + faulty * confirms * (1.0 - offline) * (1.0 - goodwill),
            ),
            (
                Count::OpportunisticClaimsPaid,
                asks[2] * (offline + (1.0 - offline) * unjust.refunded())
                    + groundless * confirms * (offline + (1.0 - offline) * goodwill),
            ),
        ],
    );
}
