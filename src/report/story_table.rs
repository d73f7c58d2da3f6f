//! `stories`: the events of single orders as a table.

use super::story_words::StoryLine;
use crate::export::typed::{Cells, Column, TypedTable};
use std::io;

/// `stories`: a row per event, in the order of the stories.
#[derive(Clone, Copy, Debug)]
pub struct StoryTable<'a>(pub &'a [StoryLine]);

impl TypedTable for StoryTable<'_> {
    fn name(&self) -> &'static str {
        "stories"
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::text("order", "replication/market/seller/day/number"),
            Column::number("day", "day; negative in the warm-up"),
            Column::text("time", "time of the day"),
            Column::text("actor", "who lets it happen"),
            Column::text("event", "what happens"),
            Column::number(
                "amount",
                "what is paid, asked for, offered, refunded or released, in currency units",
            ),
            Column::text("rule", "the rule"),
        ]
    }

    fn fill<C: Cells>(&self, _: usize, cells: &mut C) -> io::Result<()> {
        for StoryLine { day, time, order, actor, event, amount, rule } in self.0 {
            cells.text(order);
            cells.number(Some(f64::from(*day)));
            cells.text(time);
            cells.text(actor);
            cells.text(event);
            cells.number(amount.as_ref().and_then(|amount| amount.replace(',', "").parse().ok()));
            cells.text(rule.as_deref().unwrap_or(""));
            cells.end_row();
        }
        Ok(())
    }
}
