//! The ranking penalty: `"none"`, or a table that names a curve.

use super::plain::{Number, SHARE};
use crate::policy::dispute_rate::{PenaltyCurve, PenaltyStep};
use crate::policy::rate::Rate;
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::reading::section::Section;
use crate::scenario::text::node::{Item, number_text};

/// Loss of weight for each multiple of the threshold.
const SLOPE: Number = Number::from(0.0, 1e6, "a slope from 0 to 1000000", 0.5);

/// The kind of `policy.dispute_rate.penalty`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Penalty;

impl Kind for Penalty {
    type Value = PenaltyCurve;

    fn expects(&self) -> String {
        "\"none\", { linear = { slope, floor } }, { exponential = { slope, floor } } \
         or { steps = [{ above, weight }] }"
            .to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::Choice
    }

    fn example(&self) -> PenaltyCurve {
        PenaltyCurve::None
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<PenaltyCurve> {
        let table = match &cursor.node.item {
            Item::Text(text) if text == "none" => return Some(PenaltyCurve::None),
            Item::Table(table) if table.len() == 1 => table,
            Item::Table(_) | Item::Text(_) => {
                return cursor.fail(&format!("is no penalty: expected {}", self.expects()));
            }
            _ => return cursor.wrong_type(&self.expects()),
        };
        let mut outer = Section::at(cursor)?;
        let curve = match table.keys().next()?.as_str() {
            "linear" => outer.table("linear", |s| PenaltyCurve::Linear {
                slope: s.required("slope", &SLOPE),
                floor: s.required("floor", &SHARE),
            }),
            "exponential" => outer.table("exponential", |s| PenaltyCurve::Exponential {
                slope: s.required("slope", &SLOPE),
                floor: s.required("floor", &SHARE),
            }),
            "steps" => {
                let steps =
                    outer.records("steps", None, "[{ above = 0.05, weight = 0.8 }]", |s| PenaltyStep {
                        above: Rate::new(s.required("above", &SHARE)),
                        weight: s.required("weight", &SHARE),
                    });
                let path = outer.path_of("steps");
                if steps.windows(2).any(|pair| pair[1].above <= pair[0].above) {
                    outer.report("steps", format!("{path} is not ascending: write the lowest above first"));
                }
                if matches!(outer.node("steps").map(|node| &node.item), Some(Item::List(list)) if list.is_empty())
                {
                    outer.report("steps", format!("{path} is empty: write at least one step"));
                }
                PenaltyCurve::Steps(steps)
            }
            other => {
                return cursor
                    .fail(&format!("names the unknown penalty {other}: expected {}", self.expects()));
            }
        };
        Some(curve)
    }

    fn write(&self, value: &PenaltyCurve) -> String {
        let curve = |name: &str, slope: &f64, floor: &f64| {
            format!("{{ {name} = {{ slope = {}, floor = {} }} }}", number_text(*slope), number_text(*floor))
        };
        match value {
            PenaltyCurve::None => "\"none\"".to_owned(),
            PenaltyCurve::Linear { slope, floor } => curve("linear", slope, floor),
            PenaltyCurve::Exponential { slope, floor } => curve("exponential", slope, floor),
            PenaltyCurve::Steps(steps) => {
                let step = |step: &PenaltyStep| {
                    let above = number_text(step.above.share());
                    format!("{{ above = {above}, weight = {} }}", number_text(step.weight))
                };
                format!("{{ steps = [{}] }}", steps.iter().map(step).collect::<Vec<_>>().join(", "))
            }
        }
    }
}
