//! The story of an order in words: a line per event, and what became of it in one.

use crate::engine::{OrderNumber, OrderStory, World};
use crate::market::{Attribution, DisputeKind, OrderState, Step};
use crate::observe::story::{Actor, Detail, Event, StoryStep};
use serde::Serialize;

/// What became of an order, by what ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// As filters name it.
    pub name: &'static str,
    /// In words.
    pub words: &'static str,
}

const fn outcome(name: &'static str, words: &'static str) -> Outcome {
    Outcome { name, words }
}

const UNTROUBLED: Outcome = outcome("untroubled", "completed without trouble");
const CANCELLED: Outcome = outcome("cancelled", "cancelled before shipment");
const UNSHIPPED: Outcome = outcome("unshipped", "closed by the platform because it was not shipped");
const ACCEPTED: Outcome = outcome("accepted", "refunded because the seller accepted the dispute");
const AUTO_EXECUTED: Outcome = outcome("auto-executed", "refunded automatically (no response)");
const COUNTERED: Outcome = outcome("countered", "settled by a counter-offer");
const WITHDRAWN: Outcome = outcome("withdrawn", "completed after the dispute was withdrawn");
const FOR_BUYER: Outcome = outcome("ruled-for-buyer", "refunded by a ruling for the buyer");
const RETURNED: Outcome = outcome("returned", "refunded after the parcel came back");
const RETURN_MISSED: Outcome = outcome("return-missed", "released, as the parcel was not sent back in time");
const FOR_SELLER: Outcome = outcome("ruled-for-seller", "released by a ruling for the seller");
const AFTER_SALE: Outcome = outcome("after-sale", "refunded by manual service after the dispute window");
const DECLINED: Outcome =
    outcome("after-sale-declined", "completed; a claim after the dispute window was turned down");
const OFFLINE: Outcome = outcome("offline", "completed after a transfer outside the platform");
const REFUSED: Outcome = outcome("cancel-refused", "completed after a cancel request that came to nothing");
const OPEN: Outcome = outcome("open", "open at the end of the run");

/// Every outcome, as filters name them.
pub const OUTCOMES: [Outcome; 16] = [
    UNTROUBLED,
    CANCELLED,
    UNSHIPPED,
    ACCEPTED,
    AUTO_EXECUTED,
    COUNTERED,
    WITHDRAWN,
    FOR_BUYER,
    FOR_SELLER,
    RETURNED,
    RETURN_MISSED,
    AFTER_SALE,
    DECLINED,
    OFFLINE,
    REFUSED,
    OPEN,
];

impl Outcome {
    /// Of an order.
    pub fn of(story: &OrderStory) -> Self {
        let took = |step: Step| story.steps.iter().any(|taken| taken.what == Event::Step(step));
        match story.state {
            OrderState::Cancelled => CANCELLED,
            OrderState::Unshipped => UNSHIPPED,
            OrderState::Upheld if took(Step::MissReturn) => RETURN_MISSED,
            OrderState::Upheld => FOR_SELLER,
            OrderState::Refunded if took(Step::ReceiveBack) => RETURNED,
            OrderState::Refunded if took(Step::SettleAfterSale) => AFTER_SALE,
            OrderState::Refunded if took(Step::ExecuteBySilence) => AUTO_EXECUTED,
            OrderState::Refunded if took(Step::TakeCounterOffer) => COUNTERED,
            OrderState::Refunded if took(Step::RuleForBuyer) => FOR_BUYER,
            OrderState::Refunded => ACCEPTED,
            OrderState::Completed if took(Step::PayOffline) => OFFLINE,
            OrderState::Completed if took(Step::Withdraw) => WITHDRAWN,
            OrderState::Completed
                if story.steps.iter().any(|taken| taken.what == Event::DeclineAfterSale) =>
            {
                DECLINED
            }
            OrderState::Completed if took(Step::RequestCancel) => REFUSED,
            OrderState::Completed => UNTROUBLED,
            _ => OPEN,
        }
    }

    /// The outcome of a name.
    pub fn named(name: &str) -> Option<Self> {
        OUTCOMES.into_iter().find(|outcome| outcome.name == name)
    }
}

/// One event of an order, as a line of JSON has it.
#[derive(Debug, Serialize)]
pub struct StoryLine {
    /// Day; negative in the warm-up.
    pub day: i32,
    /// Time of the day, `HH:MM:SS`.
    pub time: String,
    /// `replication/market/seller/day/number`.
    pub order: String,
    /// Who lets it happen.
    pub actor: &'static str,
    /// What happens, in words.
    pub event: String,
    /// What is paid, asked for, offered, refunded or released, in currency units with two decimals; null if nothing is.
    pub amount: Option<String>,
    /// The rule, such as `R8`; null for what no rule is about.
    pub rule: Option<String>,
}

/// An order's number as it is written and read.
pub fn order_id(order: &OrderNumber) -> String {
    let OrderNumber { replication, market, seller, day, number } = order;
    format!("{replication}/{market}/{seller}/{day}/{number}")
}

/// What an order is, in a line.
pub fn heading(world: &World, story: &OrderStory) -> String {
    let OrderNumber { market, seller, .. } = story.order;
    format!(
        "order {}: {}, by buyer {} ({}) from seller {market}/{seller} ({}); {}",
        order_id(&story.order),
        story.value,
        story.buyer,
        world.buyers[story.buyer_segment].name,
        world.sellers[story.seller_segment].name,
        Outcome::of(story).words
    )
}

/// The lines of an order's story.
pub fn lines(world: &World, story: &OrderStory) -> Vec<StoryLine> {
    story.steps.iter().map(|step| line(world, &story.order, step)).collect()
}

fn line(world: &World, order: &OrderNumber, step: &StoryStep) -> StoryLine {
    let second = step.at.second_of_day();
    StoryLine {
        day: step.at.day().0,
        time: format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60),
        order: order_id(order),
        actor: actor(step.actor),
        event: event(world, step),
        amount: step.amount.map(|amount| amount.to_string()),
        rule: step.rule().map(|number| format!("R{number}")),
    }
}

const fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::Buyer => "buyer",
        Actor::Seller => "seller",
        Actor::Carrier => "carrier",
        Actor::Platform => "platform",
    }
}

/// What happens, in words.
fn event(world: &World, step: &StoryStep) -> String {
    let words = match step.what {
        Event::Placed => "places and pays the order",
        Event::DeclineAfterSale => "turns down a claim after the dispute window",
        Event::Step(taken) => match taken {
            Step::RequestCancel => "asks to cancel",
            Step::AgreeCancel => "agrees to cancel",
            Step::GrantCancelBySilence => "cancels, as nobody has answered",
            Step::RefuseCancel => "refuses to cancel",
            Step::CloseUnshipped => "closes the order: not shipped in time",
            Step::Ship => "hands the parcel over",
            Step::Deliver => "delivers the parcel",
            Step::Complete if step.actor == Actor::Buyer => "confirms: the order is complete",
            Step::Complete => "completes the order",
            Step::File => "files a dispute",
            Step::Accept => "accepts the request",
            Step::ExecuteBySilence => "refunds, as nobody has answered in time",
            Step::Reject if step.amount.is_some() => "rejects, with a counter-offer",
            Step::Reject => "rejects",
            Step::TakeCounterOffer => "takes the counter-offer",
            Step::Modify => "asks for less, with a new clock",
            Step::Withdraw => "withdraws the dispute",
            Step::StepIn => "steps in",
            Step::RuleForBuyer => "rules for the buyer",
            Step::RuleForSeller => "rules for the seller",
            Step::OpenAfterSale => "agrees to a refund after the dispute window",
            Step::SettleAfterSale => "settles the after-sale case by manual service",
            Step::PayOffline => "pays outside the platform",
            Step::DecideForBuyer => "rules for the buyer, without effect as the seller will appeal",
            Step::DecideForSeller => "rules for the seller, without effect as the buyer will appeal",
            Step::AppealByBuyer | Step::AppealBySeller => "appeals against the ruling",
            Step::AcceptReturn => "accepts the request, against return",
            Step::GrantReturnBySilence => "grants the return, as nobody has answered in time",
            Step::RuleForReturn => "rules for the buyer, against return",
            Step::SendBack => "sends the parcel back",
            Step::ReceiveBack => "brings the parcel back",
            Step::ConfirmReturn => "confirms the return: refunded",
            Step::RefundReturnBySilence => "refunds the return, as nobody has confirmed it in time",
            Step::MissReturn => "pays the seller: the parcel was not sent back in time",
        },
    };
    match step.detail {
        None => words.to_owned(),
        Some(Detail::Claim(kind)) => format!("{words}: {}", claim(kind)),
        Some(Detail::Reason { entry, side, is_steered }) => {
            let reason = world.policy.cancellation.reasons.get(usize::from(entry));
            let name = reason.map_or("another reason", |reason| reason.name.as_str());
            let side = match side {
                Attribution::Buyer => "a buyer's reason",
                Attribution::Seller => "a seller's reason",
            };
            let asked = if is_steered { ", as the seller has asked (R5)" } else { "" };
            format!("{words}: \"{name}\", {side}{asked}")
        }
    }
}

const fn claim(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::NotReceived => "not received",
        DisputeKind::NotAsDescribed => "not as described",
        DisputeKind::Opportunistic => "not as described, which is untrue",
    }
}
