//! Stories of single orders.

use crate::errors::Failure;
use crate::given::{Given, scenario, settings};
use crate::session::{Session, TABLES, orders_of};
use crate::table::Table;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use redress::engine::{Tables, order_stories};
use redress::report::story_filter::{StoryFilter, order_number, outcome_named, segment_named, seller_number};
use redress::report::story_table::StoryTable;
use redress::report::story_words::{heading, lines};

/// The stories of orders, event by event, and a line that says what each order is.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "the package names them")]
pub(crate) fn trace(
    py: Python<'_>,
    given: &Bound<'_, PyAny>,
    overrides: &Bound<'_, PyDict>,
    orders: usize,
    order: Option<&str>,
    outcome: Option<&str>,
    seller_segment: Option<&str>,
    buyer_segment: Option<&str>,
    seller: Option<&str>,
    day: Option<i32>,
    replication: u32,
) -> PyResult<(Table, Vec<String>)> {
    let (_, scenario) = scenario(&Given::of(given)?, &settings(overrides)?)?;
    let world = &scenario.world;
    let argument = Failure::Argument;
    let segment = |kind, name: Option<&str>| {
        name.map(|name| segment_named(kind, name, world)).transpose().map_err(argument)
    };
    let filter = StoryFilter {
        order: order.map(order_number).transpose().map_err(argument)?,
        outcome: outcome.map(outcome_named).transpose().map_err(argument)?,
        seller_segment: segment("seller", seller_segment)?,
        buyer_segment: segment("buyer", buyer_segment)?,
        seller: seller.map(seller_number).transpose().map_err(argument)?,
        day,
    };
    filter.fits(world).map_err(argument)?;
    let replication = filter.order.map_or(replication, |order| order.replication);
    let (rows, headings) = Session::new(Some(1), None).simulate(py, orders_of(world, 1), |watch| {
        let tables = Tables::cached(world, &TABLES);
        let (mut rows, mut headings) = (Vec::new(), Vec::new());
        for (market, sellers) in filter.places(world) {
            let Some(observed) = order_stories(&tables, replication, market, sellers, watch) else { break };
            let wanted = observed.stories.iter().filter(|story| filter.takes(story));
            for story in wanted.take(orders - headings.len()) {
                headings.push(heading(world, story));
                rows.extend(lines(world, story));
            }
            if headings.len() == orders {
                break;
            }
        }
        (rows, headings)
    })?;
    Ok((Table::of(&StoryTable(&rows))?, headings))
}
