//! Stories of orders written as event logs.

use super::args::{TraceArguments, TraceFormat};
use super::failure::Failure;
use super::interruption::{INTERRUPTED_STATUS, is_interrupted};
use super::outcome::{self, command_line, publish};
use super::terminal::{print, remark};
use crate::engine::OrderStory;
use crate::export::event_log::{LoggedOrder, ocel, xes};
use crate::export::manifest::{Manifest, PerPoint};
use crate::export::{QuestionHash, Replacing};
use crate::report::story_words::Outcome;
use crate::scenario::Scenario;
use std::cell::Cell;
use std::io;
use std::process::ExitCode;

/// Writes the logs that are asked for; `stories` begins anew for each.
pub(super) fn write<I>(
    arguments: &TraceArguments,
    scenario: &Scenario,
    replication: u32,
    most: usize,
    stories: impl Fn() -> I,
) -> Result<ExitCode, Failure>
where
    I: Iterator<Item = io::Result<Vec<OrderStory>>>,
{
    let world = &scenario.world;
    let asked = [
        "trace".to_owned(),
        scenario.hash.clone(),
        replication.to_string(),
        most.to_string(),
        format!(
            "{:?}",
            (
                &arguments.order,
                &arguments.outcome,
                &arguments.seller_segment,
                &arguments.buyer_segment,
                &arguments.seller,
                arguments.day
            )
        ),
    ];
    let name = format!("{}_trace", scenario.name);
    let directory = outcome::begin_in(arguments.out.as_deref(), &name, QuestionHash::of(asked))?;
    let (told, events) = (Cell::new(0), Cell::new(0));
    let wanted = [TraceFormat::Xes, TraceFormat::Ocel];
    for format in wanted.iter().filter(|format| arguments.format.contains(format)) {
        told.set(0);
        events.set(0);
        let orders = stories().map(|some| {
            let logged = |story: OrderStory| {
                told.set(told.get() + 1);
                events.set(events.get() + story.steps.len());
                LoggedOrder { outcome: Outcome::of(&story).name, story }
            };
            some.map(|some| some.into_iter().map(logged).collect())
        });
        let written = match format {
            TraceFormat::Xes => directory.write_tried("events.xes", xes(world, &scenario.name, orders)),
            TraceFormat::Ocel => directory.write_tried("events.ocel.json", ocel(world, orders)),
            TraceFormat::Text | TraceFormat::Jsonl => continue,
        };
        if is_interrupted() {
            remark("interrupted: nothing is written");
            return Ok(ExitCode::from(INTERRUPTED_STATUS));
        }
        written?;
    }
    if told.get() == 0 {
        remark(&none(arguments));
        return Ok(ExitCode::FAILURE);
    }
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION"),
        command: "trace",
        arguments: command_line(),
        name: scenario.name.clone(),
        overrides: arguments.settings.all(),
        scenario_sha256: vec![scenario.hash.clone()],
        scenario: scenario.resolved.clone(),
        scenario_file: arguments.scenario.display().to_string(),
        seed: PerPoint::Same(world.seed),
        replications: PerPoint::Same(1),
        first_replication: replication,
        orders: told.get(),
        events: events.get() as u128,
        ..Manifest::default()
    };
    let folder = publish(directory, manifest, Replacing::Any)?;
    if !arguments.quiet {
        print(&format!(
            "{}: {} orders, {} events\nresults: {}",
            scenario.name,
            told.get(),
            events.get(),
            folder.display()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// That no order was found.
pub(super) fn none(arguments: &TraceArguments) -> String {
    arguments.order.as_ref().map_or_else(
        || {
            "no order is like that in this replication: ask for other ones, or for another --replication"
                .to_owned()
        },
        |order| {
            format!(
                "error: --order {order}: its seller has no such order; trace --seller lists days and orders"
            )
        },
    )
}
