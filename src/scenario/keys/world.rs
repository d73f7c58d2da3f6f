//! The document as a whole: the declarations of every key hang from here.

use super::market;
use super::{buyers, policy, sellers};
use crate::behavior::{Response, ResponseDelay, SellerSegment};
use crate::engine::World;
use crate::policy::Policy;
use crate::scenario::kinds::plain::{SHARE, Text, Whole, sum_text};
use crate::scenario::kinds::precision::{PrecisionTarget, Targets};
use crate::scenario::kinds::times::WEEKDAY;
use crate::scenario::reading::section::Section;
use crate::scenario::text::node::{Item, quoted};
use crate::sim::{Span, Weekday};
use std::collections::BTreeSet;

/// What a document says.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Name of the results.
    pub(crate) name: String,
    /// A sentence for reports.
    pub(crate) description: String,
    /// The world.
    pub(crate) world: World,
    /// How precise a run has to be.
    pub(crate) precision: Vec<PrecisionTarget>,
    /// The most replications that it takes for it.
    pub(crate) most_replications: u32,
}

/// Reads every key; `file_name` is the name that a file without one has.
pub(crate) fn read(root: &mut Section<'_>, file_name: &str) -> Document {
    let name = root.or_following("name", &Text::Name, "the name of the file", file_name.to_owned());
    root.consumed("extends", &Text::Path);
    let description = root.or("description", &Text::Free, String::new());
    let horizon = root.table("run", run);
    let market = root.table("market", market::read);
    let bad_seller_fault = root.table("justice", |s| s.or("bad_seller_fault", &SHARE, 0.10));
    let buyers = root.segments("buyers", buyers::read);
    shares(root, "buyers", buyers.iter().map(|segment| (&segment.name, segment.share)));
    let sellers = root.segments("sellers", |s| sellers::read(s, horizon.day_zero));
    shares(root, "sellers", sellers.iter().map(|segment| (&segment.name, segment.share)));
    let policy = root.table("policy", policy::read);
    fractions(root, &sellers, &policy);
    let Horizon { seed, days, warm_up_days, replications, day_zero, precision, most_replications } = horizon;
    let world = World {
        seed,
        days,
        warm_up_days,
        replications,
        day_zero,
        market,
        buyers,
        sellers,
        policy,
        bad_seller_fault,
    };
    Document { name, description, world, precision, most_replications }
}

/// How long and how often.
struct Horizon {
    seed: u64,
    days: u32,
    warm_up_days: u32,
    replications: u32,
    day_zero: Weekday,
    precision: Vec<PrecisionTarget>,
    most_replications: u32,
}

/// Reads `run`; the horizon is at most 25,000 days, warm-up included.
fn run(s: &mut Section<'_>) -> Horizon {
    let seed = s.or("seed", &Whole { min: 0, max: i64::MAX }, 1);
    let days = s.or("days", &Whole { min: 1, max: 20_000 }, 365);
    let warm_up_days = s.or("warm_up_days", &Whole { min: 0, max: 5_000 }, 90);
    let replications = s.or("replications", &Whole { min: 1, max: 100_000 }, 10);
    let day_zero = s.or("first_weekday", &WEEKDAY, Weekday::Monday);
    let precision = s.or("precision", &Targets, Vec::new());
    let most_replications = s.or("max_replications", &Whole { min: 1, max: 100_000 }, 1_000);
    Horizon {
        seed: seed as u64,
        days: days as u32,
        warm_up_days: warm_up_days as u32,
        replications: replications as u32,
        day_zero,
        precision,
        most_replications: most_replications as u32,
    }
}

/// Reports answers that take a fraction of a deadline that never comes: they would never come either.
fn fractions(root: &Section<'_>, sellers: &[SellerSegment], policy: &Policy) {
    let Some(Item::List(nodes)) = root.node("sellers").map(|node| &node.item) else {
        return;
    };
    for (index, (segment, node)) in sellers.iter().zip(nodes).enumerate() {
        if !matches!(segment.response, Response::Delay { delay: ResponseDelay::FractionOfDeadline(_), .. }) {
            continue;
        }
        let response = format!("sellers[{index}].response");
        let delay = node.table().and_then(|table| table.get("response")?.table()?.get("delay"));
        let place = delay.map_or(&node.place, |delay| &delay.place);
        let report = |deadline: &str, way_out: String| {
            let message =
                format!("{response}.delay is a fraction of {deadline}, which is \"never\": {way_out}");
            root.report_at(place.clone(), message);
        };
        if policy.cancellation.silence == Span::Never && segment.cancel_response.is_none() {
            report("policy.cancellation.silence", format!("write {response}.cancel_delay as well"));
        }
        if policy.dispute.response_deadline == Span::Never {
            report("policy.dispute.response_deadline", "write a delay such as \"2d\"".to_owned());
        }
    }
}

/// Reports names that occur twice and shares that do not sum to 1.
fn shares<'s>(root: &Section<'_>, key: &str, segments: impl Iterator<Item = (&'s String, f64)>) {
    let segments: Vec<_> = segments.collect();
    let Some(Item::List(nodes)) = root.node(key).map(|node| &node.item) else {
        return;
    };
    let given = |key: &'static str| nodes.iter().map(move |node| Some(&node.table()?.get(key)?.item));
    let all_named = given("name").all(|name| name.is_some());
    let mut names = BTreeSet::new();
    for (index, (name, _)) in segments.iter().enumerate() {
        if !names.insert(*name) && all_named {
            let place =
                nodes[index].table().and_then(|table| table.get("name")).map(|node| node.place.clone());
            let message =
                format!("{key}[{index}].name = {} is taken: names of {key} are unique", quoted(name));
            root.report_at(place.unwrap_or_else(|| root.place_of(key)), message);
        }
    }
    let sum: f64 = segments.iter().map(|(_, share)| share).sum();
    let valid = |share: Option<&Item>| match share {
        Some(Item::Whole(share)) => (0..=1).contains(share),
        Some(Item::Number(share)) => (0.0..=1.0).contains(share),
        _ => false,
    };
    if given("share").all(valid) && !segments.is_empty() && (sum - 1.0).abs() > 1e-9 {
        let parts: Vec<String> = segments.iter().map(|(name, share)| format!("{name} {share}")).collect();
        let sum = sum_text(sum);
        root.report(key, format!("shares of {key} sum to {sum}: expected 1 ({})", parts.join(", ")));
    }
}
