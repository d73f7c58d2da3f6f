//! `redress trace`: the stories of single orders, event by event.

use super::args::{TraceArguments, TraceFormat};
use super::check::{read, remark_on};
use super::failure::Failure;
use super::foretold;
use super::interruption::{self, INTERRUPTED_STATUS, is_interrupted};
use super::session::start_threads;
use super::terminal::{print, remark};
use super::trace_logs;
use super::trace_seller::{self, AskedSeller};
use crate::engine::{OrderNumber, OrderStory, Tables, World, order_stories};
use crate::experiment::Footprint;
use crate::report::story_words::{OUTCOMES, Outcome, StoryLine, heading, lines};
use std::io;
use std::process::ExitCode;

/// Orders whose stories are told if the user does not say how many.
const USUAL: u32 = 5;

/// The same of event logs, which are read by programs.
const USUAL_LOGGED: u32 = 1000;

/// Orders that are looked through at a time, about: their stories are in memory together.
const ORDERS_AT_A_TIME: f64 = 50_000.0;

/// Which orders are asked for.
#[derive(Debug, Default)]
struct Filter {
    order: Option<OrderNumber>,
    outcome: Option<Outcome>,
    seller_segment: Option<usize>,
    buyer_segment: Option<usize>,
    /// Market and number in it.
    seller: Option<(u32, u32)>,
    /// Something happens to them on this day.
    day: Option<i32>,
}

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
        remark("no order is like that in this replication: ask for other ones, or for another --replication");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The stories of the first `most` orders that are asked for, those of some sellers at a time; an error where the user has
/// interrupted.
fn stories<'a>(
    tables: &'a Tables,
    replication: u32,
    filter: &'a Filter,
    most: usize,
) -> impl Iterator<Item = io::Result<Vec<OrderStory>>> + 'a {
    let mut left = most;
    places(&tables.world, filter).into_iter().map_while(move |(market, sellers)| {
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

/// The markets and sellers that have to be looked through, some at a time, in order.
fn places(world: &World, filter: &Filter) -> Vec<(u32, std::ops::Range<u32>)> {
    let asked = filter.order.map(|order| (order.market, order.seller)).or(filter.seller);
    if let Some((market, seller)) = asked {
        return vec![(market, seller..seller + 1)];
    }
    let days = f64::from(world.days + world.warm_up_days);
    let orders_a_seller = days * world.market.orders_per_day / f64::from(world.market.sellers);
    let at_a_time = (ORDERS_AT_A_TIME / orders_a_seller).clamp(1.0, 1024.0) as u32;
    let all = world.market.sellers;
    let of_market = |market| {
        (0..all).step_by(at_a_time as usize).map(move |first| (market, first..(first + at_a_time).min(all)))
    };
    (0..world.market.count).flat_map(of_market).collect()
}

/// What the command line asks for.
fn filter(arguments: &TraceArguments, world: &World) -> Result<Filter, Failure> {
    let order = arguments.order.as_deref().map(order_number).transpose()?;
    let seller = arguments.seller.as_deref().map(seller_number).transpose()?;
    let outcome = arguments.outcome.as_deref().map(outcome).transpose()?;
    if let Some((market, seller)) = order.map(|order| (order.market, order.seller)).or(seller)
        && (market >= world.market.count || seller >= world.market.sellers)
    {
        return Err(Failure::Invalid(format!(
            "there is no seller {market}/{seller}: this world has markets 0 to {} with sellers 0 to {}",
            world.market.count - 1,
            world.market.sellers - 1
        )));
    }
    let named = |kind: &str, asked: Option<&String>, names: Vec<&str>| {
        let find = |asked: &String| {
            names.iter().position(|name| name == asked).ok_or_else(|| {
                Failure::Invalid(format!(
                    "there is no {kind} segment {asked}: there are {}",
                    names.join(", ")
                ))
            })
        };
        asked.map(find).transpose()
    };
    let sellers = world.sellers.iter().map(|segment| segment.name.as_str()).collect();
    let buyers = world.buyers.iter().map(|segment| segment.name.as_str()).collect();
    Ok(Filter {
        order,
        outcome,
        seller_segment: named("seller", arguments.seller_segment.as_ref(), sellers)?,
        buyer_segment: named("buyer", arguments.buyer_segment.as_ref(), buyers)?,
        seller,
        day: arguments.day,
    })
}

impl Filter {
    fn takes(&self, story: &OrderStory) -> bool {
        if let Some(order) = self.order {
            return story.order == order;
        }
        // Orders of the warm-up are told only if a day of theirs is asked for.
        let is_on_time = match self.day {
            Some(day) => story.steps.iter().any(|step| step.at.day().0 == day),
            None => story.order.day >= 0,
        };
        is_on_time
            && self.outcome.is_none_or(|outcome| Outcome::of(story) == outcome)
            && self.seller_segment.is_none_or(|segment| story.seller_segment == segment)
            && self.buyer_segment.is_none_or(|segment| story.buyer_segment == segment)
    }
}

fn order_number(text: &str) -> Result<OrderNumber, Failure> {
    let parse = || {
        let mut parts = text.split('/');
        let mut whole = || parts.next()?.parse::<u32>().ok();
        let (replication, market, seller) = (whole()?, whole()?, whole()?);
        let day = parts.next()?.parse().ok()?;
        let number = parts.next()?.parse().ok()?;
        parts.next().is_none().then_some(OrderNumber { replication, market, seller, day, number })
    };
    parse().ok_or_else(|| {
        let words = "write replication/market/seller/day/number as trace prints it, such as 0/0/17/38/2";
        Failure::Invalid(format!("--order {text} is no order: {words}"))
    })
}

fn seller_number(text: &str) -> Result<(u32, u32), Failure> {
    let parse = || {
        let (market, seller) = text.split_once('/')?;
        Some((market.parse().ok()?, seller.parse().ok()?))
    };
    parse().ok_or_else(|| {
        Failure::Invalid(format!(
            "--seller {text} is no seller: write MARKET/NUMBER as in sellers.csv, such as 0/17"
        ))
    })
}

fn outcome(name: &str) -> Result<Outcome, Failure> {
    Outcome::named(name).ok_or_else(|| {
        let names: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.name).collect();
        Failure::Invalid(format!("there is no outcome {name}: there are {}", names.join(", ")))
    })
}
