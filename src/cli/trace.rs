//! `redress trace`: the stories of single orders, event by event.

use super::args::{TraceArguments, TraceFormat};
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS, is_interrupted};
use super::session::start_threads;
use super::settings::{read, remark_on};
use super::terminal::{print, remark};
use super::trace_logs;
use super::trace_seller::{self, AskedSeller};
use crate::engine::{OrderStory, Tables, World, order_stories};
use crate::experiment::Footprint;
use crate::report::story_filter::{StoryFilter, order_number, outcome_named, segment_named, seller_number};
use crate::report::story_words::{StoryLine, heading, lines};
use std::io;
use std::process::ExitCode;

/// Orders whose stories are told if the user does not say how many.
const USUAL: u32 = 5;

/// The same of event logs, which are read by programs.
const USUAL_LOGGED: u32 = 1000;

/// Prints the stories of the orders that are asked for.
pub(super) fn trace(arguments: &TraceArguments) -> Result<ExitCode, Failure> {
    interruption::heed("interrupted");
    let is_logged = arguments.is_logged();
    expect_one_kind(arguments)?;
    let (_, scenario) = read(&arguments.scenario, &arguments.settings)?;
    if !arguments.quiet {
        remark_on(&scenario);
    }
    let world = &scenario.world;
    let filter = filter(arguments, world)?;
    let replication = filter.order.map_or(arguments.replication, |order| order.replication);
    foretold::fits(&Footprint::of_run(world, foretold::threads(arguments.threads)))?;
    start_threads(arguments.threads)?;
    let usual = if is_logged { USUAL_LOGGED } else { USUAL };
    let most = if arguments.all { usize::MAX } else { arguments.orders.unwrap_or(usual) as usize };
    let tables = Tables::new(world);
    let stories = || stories(&tables, replication, &filter, most);
    if is_logged {
        return trace_logs::write(arguments, &scenario, replication, most, stories);
    }
    if let (Some((market, number)), false) = (filter.seller, asks_for_orders(arguments)) {
        let observed =
            order_stories(&tables, replication, market, number..number + 1, &|_| !is_interrupted());
        let Some(observed) = observed else {
            return Ok(ExitCode::from(INTERRUPTED_STATUS));
        };
        let (day, json) = (arguments.day, arguments.is_json());
        trace_seller::tell(&AskedSeller { world, replication, market, number, day, json }, &observed)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut told = 0;
    for some in stories() {
        let Ok(some) = some else { return Ok(ExitCode::from(INTERRUPTED_STATUS)) };
        told += some.len();
        some.iter().try_for_each(|story| tell(arguments, world, story))?;
    }
    if told == 0 {
        remark(&trace_logs::none(arguments));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The stories of the first `most` orders that are asked for, those of some sellers at a time; an error where the user has
/// interrupted.
fn stories<'a>(
    tables: &'a Tables,
    replication: u32,
    filter: &'a StoryFilter,
    most: usize,
) -> impl Iterator<Item = io::Result<Vec<OrderStory>>> + 'a {
    let mut left = most;
    filter.places(tables.world()).into_iter().map_while(move |(market, sellers)| {
        if left == 0 {
            return None;
        }
        let Some(observed) = order_stories(tables, replication, market, sellers, &|_| !is_interrupted())
        else {
            return Some(Err(io::ErrorKind::Interrupted.into()));
        };
        let taken = observed.stories.into_iter().filter(|story| filter.takes(story)).take(left);
        let taken: Vec<OrderStory> = taken.collect();
        left -= taken.len();
        Some(Ok(taken))
    })
}

/// Refuses formats that do not go together, and a folder for what is printed.
fn expect_one_kind(arguments: &TraceArguments) -> Result<(), Failure> {
    let is_logged = arguments.is_logged();
    let is_printed = |format: &TraceFormat| matches!(format, TraceFormat::Text | TraceFormat::Jsonl);
    let printed = arguments.format.iter().filter(|format| is_printed(format)).count();
    let problem = if (is_logged && printed > 0) || printed > 1 {
        "--format takes text, or jsonl, or event logs: xes, ocel, or xes,ocel"
    } else if !is_logged && arguments.out.is_some() {
        "--out is the folder of event logs, and none is asked for: add --format xes,ocel, or leave --out out"
    } else {
        return Ok(());
    };
    Err(Failure::Invalid(format!("error: {problem}")))
}

/// Whether orders are asked for; a seller without them is told of itself.
const fn asks_for_orders(arguments: &TraceArguments) -> bool {
    arguments.all
        || arguments.orders.is_some()
        || arguments.outcome.is_some()
        || arguments.buyer_segment.is_some()
}

fn tell(arguments: &TraceArguments, world: &World, story: &OrderStory) -> Result<(), Failure> {
    let lines = lines(world, story);
    if arguments.is_json() {
        // A structure of texts and numbers always has a JSON form.
        let text: Vec<String> =
            lines.iter().map(|line| serde_json::to_string(line).unwrap_or_default()).collect();
        return print(&text.join("\n"));
    }
    let widths = [
        lines.iter().map(|line| line.event.chars().count()).max().unwrap_or(0),
        lines.iter().filter_map(|line| line.amount.as_ref().map(String::len)).max().unwrap_or(0),
    ];
    let text = |line: &StoryLine| {
        let StoryLine { day, time, order, actor, event, amount, rule } = line;
        let (amount, rule) = (amount.as_deref().unwrap_or("-"), rule.as_deref().unwrap_or("-"));
        let [event_width, amount_width] = widths;
        format!(
            "{day:>4}  {time}  {order}  {actor:<8}  {event:<event_width$}  {amount:>amount_width$}  {rule}"
        )
    };
    let mut all = vec![format!("# {}", heading(world, story))];
    all.extend(lines.iter().map(text));
    print(&format!("{}\n", all.join("\n")))
}

/// What the command line asks for.
fn filter(arguments: &TraceArguments, world: &World) -> Result<StoryFilter, Failure> {
    let invalid = Failure::Invalid;
    let named = |option: &str| {
        let option = option.to_owned();
        move |problem: String| Failure::Invalid(format!("{option} {problem}"))
    };
    let segment = |kind: &str, name: &Option<String>| {
        name.as_ref().map(|name| segment_named(kind, name, world)).transpose().map_err(invalid)
    };
    let filter = StoryFilter {
        order: arguments.order.as_deref().map(order_number).transpose().map_err(named("--order"))?,
        outcome: arguments.outcome.as_deref().map(outcome_named).transpose().map_err(invalid)?,
        seller_segment: segment("seller", &arguments.seller_segment)?,
        buyer_segment: segment("buyer", &arguments.buyer_segment)?,
        seller: arguments.seller.as_deref().map(seller_number).transpose().map_err(named("--seller"))?,
        day: arguments.day,
    };
    filter.fits(world).map_err(invalid)?;
    Ok(filter)
}
