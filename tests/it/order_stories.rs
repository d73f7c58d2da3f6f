//! The stories of single orders add up to what a run counts that tells none, and each is the story of its own order.

use crate::support::arbitrary::for_any_world;
use crate::support::stress::{stress_variants, stress_world};
use crate::support::world::count;
use redress::engine::{
    ObservedMarket, OrderStory, Tables, Workers, World, order_path, order_stories, simulate_market,
};
use redress::market::{Attribution, DisputeKind, Money, OrderState, Step};
use redress::observe::story::{Actor, Detail, Event, StoryStep};
use redress::observe::{Count, MarketOutcome};
use std::cell::RefCell;

fn observed(tables: &Tables) -> ObservedMarket {
    let sellers = 0..tables.world().market.sellers;
    order_stories(tables, 0, 0, sellers, &|_| true).expect("nobody stops it")
}

fn counted(tables: &Tables) -> MarketOutcome {
    simulate_market(tables, 0, 0, Workers::One, true, &|_| true).expect("nobody stops it")
}

/// Steps that count once, each by itself.
const COUNTED: [(Step, Count); 31] = [
    (Step::RequestCancel, Count::CancelsRequested),
    (Step::GrantCancelBySilence, Count::CancelsGrantedBySilence),
    (Step::RefuseCancel, Count::CancelsRefused),
    (Step::CloseUnshipped, Count::OrdersUnshipped),
    (Step::Ship, Count::OrdersShipped),
    (Step::Deliver, Count::OrdersDelivered),
    (Step::File, Count::DisputesFiled),
    (Step::Accept, Count::DisputesAccepted),
    (Step::ExecuteBySilence, Count::DisputesAutoExecuted),
    (Step::Reject, Count::DisputesRejected),
    (Step::TakeCounterOffer, Count::DisputesCountered),
    (Step::Modify, Count::DisputesModified),
    (Step::Withdraw, Count::DisputesWithdrawn),
    (Step::StepIn, Count::DisputesEscalated),
    (Step::RuleForBuyer, Count::DisputesRuledForBuyer),
    (Step::RuleForSeller, Count::DisputesRuledForSeller),
    (Step::OpenAfterSale, Count::AfterSaleCases),
    (Step::PayOffline, Count::OfflineTransfers),
    (Step::Complete, Count::OrdersCompleted),
    (Step::AppealByBuyer, Count::AppealsFiledByBuyers),
    (Step::AppealBySeller, Count::AppealsFiledBySellers),
    (Step::AcceptReturn, Count::DisputesAccepted),
    (Step::AcceptReturn, Count::ReturnsGranted),
    (Step::GrantReturnBySilence, Count::DisputesAutoExecuted),
    (Step::GrantReturnBySilence, Count::ReturnsGranted),
    (Step::RuleForReturn, Count::DisputesRuledForBuyer),
    (Step::RuleForReturn, Count::ReturnsGranted),
    (Step::SendBack, Count::ReturnsSent),
    (Step::MissReturn, Count::ReturnsMissed),
    (Step::ConfirmReturn, Count::ReturnsConfirmed),
    (Step::RefundReturnBySilence, Count::ReturnsRefundedBySilence),
];

/// Steps that grant a return (R13), and as what its refund counts in the end.
const GRANTS: [(Step, Count); 3] = [
    (Step::AcceptReturn, Count::RefundedByAgreement),
    (Step::GrantReturnBySilence, Count::RefundedBySilence),
    (Step::RuleForReturn, Count::RefundedByRuling),
];

/// Steps that refund the buyer, and as what.
const REFUNDS: [(Step, Count); 8] = [
    (Step::AgreeCancel, Count::RefundedByCancellation),
    (Step::GrantCancelBySilence, Count::RefundedByCancellation),
    (Step::CloseUnshipped, Count::RefundedByCancellation),
    (Step::Accept, Count::RefundedByAgreement),
    (Step::TakeCounterOffer, Count::RefundedByAgreement),
    (Step::ExecuteBySilence, Count::RefundedBySilence),
    (Step::RuleForBuyer, Count::RefundedByRuling),
    (Step::SettleAfterSale, Count::RefundedAfterSale),
];

fn cents(step: &StoryStep) -> u64 {
    step.amount.unwrap_or(Money(0)).0 as u64
}

/// What the stories add up to.
#[derive(Debug, Default)]
struct Sums(Vec<(Count, u64)>);

impl Sums {
    fn add(&mut self, what: Count, several: u64) {
        match self.0.iter_mut().find(|(known, _)| *known == what) {
            Some((_, sum)) => *sum += several,
            None => self.0.push((what, several)),
        }
    }

    fn add_story(&mut self, story: &OrderStory) {
        let (mut has_completed, mut refunded, mut filed, mut granted) = (false, 0, false, None);
        let mut appeal = None;
        for step in &story.steps {
            let measured = u64::from(step.at.0 >= 0);
            match step.what {
                Event::Placed => {}
                Event::DeclineAfterSale => self.add(Count::AfterSaleDeclined, measured),
                Event::Step(taken) => {
                    for (_, count) in COUNTED.iter().filter(|(known, _)| *known == taken) {
                        self.add(*count, measured);
                    }
                    let of_step = |table: &[(Step, Count)]| {
                        table.iter().find(|(known, _)| *known == taken).map(|&(_, count)| count)
                    };
                    granted = of_step(&GRANTS).or(granted);
                    let is_returned = matches!(taken, Step::ConfirmReturn | Step::RefundReturnBySilence);
                    if let Some(count) = of_step(&REFUNDS).or(granted.filter(|_| is_returned)) {
                        refunded = cents(step);
                        self.add(count, if story.order.day >= 0 { refunded } else { 0 });
                    }
                    self.add_particulars(step, taken, measured);
                    // A seller who wins is paid, so the order counts as completed unless it was before.
                    if matches!(taken, Step::RuleForSeller | Step::MissReturn) && !has_completed {
                        self.add(Count::OrdersCompleted, measured);
                    }
                    match (taken, appeal) {
                        (Step::AppealByBuyer | Step::AppealBySeller, None) => appeal = Some(taken),
                        (Step::AppealByBuyer | Step::AppealBySeller, _) => panic!("a second appeal"),
                        (Step::RuleForBuyer | Step::RuleForReturn | Step::RuleForSeller, Some(appeal)) => {
                            let is_buyers = appeal == Step::AppealByBuyer;
                            let is_granted = is_buyers == (taken != Step::RuleForSeller);
                            self.add(Count::AppealsDecided, measured);
                            self.add(Count::AppealsGranted, measured * u64::from(is_granted));
                        }
                        _ => {}
                    }
                    has_completed |= taken == Step::Complete;
                    filed |= taken == Step::File;
                }
            }
        }
        self.add_end(story, has_completed, refunded, filed);
    }

    fn add_particulars(&mut self, step: &StoryStep, taken: Step, measured: u64) {
        match (taken, step.detail) {
            (Step::RequestCancel, Some(Detail::Reason { is_steered, .. })) => {
                self.add(Count::ReasonsSteered, measured * u64::from(is_steered));
            }
            (Step::File, Some(Detail::Claim(kind))) => self.add(
                match kind {
                    DisputeKind::NotReceived => Count::DisputesNotReceived,
                    DisputeKind::NotAsDescribed => Count::DisputesNotAsDescribed,
                    DisputeKind::Opportunistic => Count::DisputesOpportunistic,
                },
                measured,
            ),
            (Step::PayOffline, _) => self.add(Count::ValueOffline, measured * cents(step)),
            (Step::Reject, _) => {
                self.add(Count::CounterOffersMade, measured * u64::from(step.amount.is_some()));
            }
            (Step::RequestCancel | Step::File, _) => panic!("{step:?} has no detail"),
            _ => {}
        }
    }

    fn add_end(&mut self, story: &OrderStory, has_completed: bool, refunded: u64, filed: bool) {
        let value = story.value.0 as u64;
        let open = match story.state {
            OrderState::CancelRequested => Some(Count::CancelsOpen),
            OrderState::AfterSale => Some(Count::AfterSaleOpen),
            OrderState::AwaitingReturn | OrderState::ReturnInTransit | OrderState::Returned => {
                Some(Count::ReturnsOpen)
            }
            state if state.is_disputed() => Some(Count::DisputesOpen),
            _ => None,
        };
        if let Some(open) = open {
            self.add(open, 1);
        }
        if story.state == OrderState::Cancelled {
            let reason = story.steps.iter().find_map(|step| match step.detail {
                Some(Detail::Reason { side, .. }) => Some(side),
                _ => None,
            });
            let granted = story.steps.last().expect("a story has steps");
            let of_side = match reason.expect("who asks to cancel gives a reason") {
                Attribution::Buyer => Count::OrdersCancelledBuyerReason,
                Attribution::Seller => Count::OrdersCancelledSellerReason,
            };
            self.add(of_side, u64::from(granted.at.0 >= 0));
        }
        if story.order.day < 0 {
            return;
        }
        let is_over = has_completed || story.state.is_final();
        self.add(Count::OrdersPlaced, 1);
        self.add(Count::ValuePaid, value);
        self.add(Count::ValueRefunded, refunded);
        self.add(if is_over { Count::ValueReleased } else { Count::ValueHeld }, value - refunded);
        assert!(filed || !matches!(story.state, OrderState::Upheld), "{story:?}");
    }
}

/// Holds the stories of a world against a run that tells none; how many steps they have.
fn assert_stories_add_up(world: &World) -> usize {
    let tables = Tables::new(world);
    let ObservedMarket { stories, outcome, .. } = observed(&tables);
    let silent = counted(&tables);
    assert!(outcome == silent, "what is looked at comes out otherwise");
    let mut sums = Sums::default();
    let on_appeal = [Count::AppealsDecided, Count::AppealsGranted];
    for count in COUNTED.iter().chain(&REFUNDS).map(|(_, count)| *count).chain(on_appeal) {
        sums.add(count, 0);
    }
    for story in &stories {
        sums.add_story(story);
    }
    for (what, sum) in sums.0 {
        assert_eq!(sum, count(&silent, what), "{what:?}");
    }
    stories.iter().map(|story| story.steps.len()).sum()
}

#[test]
fn stories_add_up_to_the_counts_of_a_run_without_them_where_everything_goes_wrong() {
    for world in stress_variants(3).into_iter().chain([stress_world(8)]) {
        assert!(assert_stories_add_up(&world) > 1000);
    }
}

#[test]
fn stories_add_up_to_the_counts_of_a_run_without_them_in_any_world() {
    let steps = RefCell::new(0);
    for_any_world(60, |world| *steps.borrow_mut() += assert_stories_add_up(&world));
    assert!(steps.into_inner() > 10_000);
}

/// Holds each story of a world against the path of the order whose number it bears; how many stories there are.
fn assert_stories_are_those_of_their_orders(world: &World) -> usize {
    let tables = Tables::new(world);
    let stories = observed(&tables).stories;
    for story in &stories {
        let path = order_path(&tables, story.order);
        let placed = &story.steps[0];
        assert_eq!((placed.what, placed.at, placed.amount), (Event::Placed, path.placed, Some(path.value)));
        assert_eq!((story.buyer, story.buyer_segment), (path.buyer, path.buyer_segment));
        assert!(story.steps.is_sorted_by_key(|step| step.at), "{story:?}");
        assert!(story.steps.iter().all(|step| step.at.day().0 < world.days as i32));
    }
    assert!(stories.windows(2).all(|pair| {
        let [one, next] = [&pair[0].order, &pair[1].order];
        (one.seller, one.day) != (next.seller, next.day) || next.number == one.number + 1
    }));
    stories.len()
}

#[test]
fn a_story_is_that_of_the_order_whose_number_it_bears_and_tells_its_steps_in_order() {
    assert!(assert_stories_are_those_of_their_orders(&stress_world(5)) > 1000);
    // With and without penalties: orders of one day or of several are drawn in one go.
    let stories = RefCell::new(0);
    for_any_world(20, |world| *stories.borrow_mut() += assert_stories_are_those_of_their_orders(&world));
    assert!(stories.into_inner() > 1000);
}

#[test]
fn the_stories_of_one_seller_are_the_same_whoever_else_is_asked_about() {
    let tables = Tables::new(&stress_world(5));
    let all = observed(&tables).stories;
    let of_one = order_stories(&tables, 0, 0, 7..8, &|_| true).expect("nobody stops it").stories;
    let own: Vec<&OrderStory> = all.iter().filter(|story| story.order.seller == 7).collect();
    assert!(!own.is_empty());
    assert_eq!(own, of_one.iter().collect::<Vec<_>>());
}

#[test]
fn a_buyer_who_confirms_completes_an_order_and_otherwise_the_platform_does() {
    let tables = Tables::new(&stress_world(5));
    let completions: Vec<Actor> = observed(&tables)
        .stories
        .iter()
        .flat_map(|story| &story.steps)
        .filter(|step| step.what == Event::Step(Step::Complete))
        .map(|step| step.actor)
        .collect();
    for actor in [Actor::Buyer, Actor::Platform] {
        assert!(completions.contains(&actor), "{actor:?}");
    }
}

#[test]
fn whoever_stops_a_run_gets_no_stories() {
    let tables = Tables::new(&stress_world(5));
    assert!(order_stories(&tables, 0, 0, 0..1, &|_| false).is_none());
}
