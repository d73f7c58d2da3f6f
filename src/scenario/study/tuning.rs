//! What a study is tuned for: `objective`, `constraints`, and how it is searched.

use super::measure::{Form, Measure};
use crate::scenario::kinds::plain::{Choice, Number, Whole};
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::reading::kind::{Cursor, Kind};
use crate::scenario::reading::section::Section;
use crate::scenario::text::node::quoted;
use crate::stats::selection::{Goal, Side};

/// How the best candidate is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The procedure of Kim and Nelson: as many replications as the guarantee takes.
    KimNelson,
    /// Optimal computing budget allocation: the best use of a budget.
    Ocba,
    /// A search of ranges, then the procedure of Kim and Nelson among the best that it found.
    Search,
}

const METHODS: Choice<Method> =
    Choice(&[("kn", Method::KimNelson), ("ocba", Method::Ocba), ("search", Method::Search)]);

/// What is to be small or large.
#[derive(Clone, Debug)]
pub struct Objective {
    /// Which mean is best.
    pub goal: Goal,
    /// Of what.
    pub measure: Measure,
}

/// What a candidate has to keep to.
#[derive(Clone, Debug)]
pub struct Limit {
    /// Of what.
    pub measure: Measure,
    /// The allowed side.
    pub side: Side,
    /// The limit, in the measure's unit.
    pub limit: f64,
    /// How near to it either answer is acceptable, in the measure's unit; above 0.
    pub tolerance: f64,
}

/// What a study is tuned for.
#[derive(Clone, Debug)]
pub struct Tuning {
    /// One, or two for a Pareto front.
    pub objectives: Vec<Objective>,
    /// What candidates have to keep to.
    pub limits: Vec<Limit>,
    /// How it is searched; `None` for what suits the factors.
    pub method: Option<Method>,
    /// The smallest difference worth detecting, in the objective's unit.
    pub indifference: Option<f64>,
    /// The confidence of all statements together.
    pub confidence: f64,
    /// Replications of all candidates together at most.
    pub budget: Option<u32>,
    /// Replications of each candidate to begin with.
    pub first: u32,
    /// Replications of one candidate at most.
    pub most: u32,
}

impl Tuning {
    /// Reads the keys of a study that ask for tuning; `None` without an objective.
    pub(super) fn read(root: &mut Section<'_>, factors: &[String]) -> Option<Self> {
        let objectives = root.optional("objective", &Objectives { factors });
        let limits = root.optional("constraints", &Limits { factors }).unwrap_or_default();
        let method = root.optional("method", &METHODS);
        let indifference = root.optional(
            "indifference",
            &Number::above(0.0, 1e15, "a difference above 0, in the unit of the objective", 0.01),
        );
        let words = "a confidence from 0.5 to 0.9999";
        let confidence = root.or("confidence", &Number::from(0.5, 0.9999, words, 0.95), 0.95);
        let budget = root.optional("budget", &Whole { min: 2, max: 10_000_000 });
        let first = root.or("first", &Whole { min: 2, max: 10_000 }, 10) as u32;
        let most = root.or("max_replications", &Whole { min: 2, max: 1_000_000 }, 1000) as u32;
        let Some(objectives) = objectives else {
            for key in
                ["constraints", "method", "indifference", "confidence", "budget", "first", "max_replications"]
            {
                if root.has(key) {
                    root.report(key, format!("{key} is for tuning and there is no objective: add objective = {{ maximise = \"penalty_auc\" }}, or remove it"));
                }
            }
            return None;
        };
        if objectives.len() == 2 {
            for key in ["method", "indifference"] {
                if root.has(key) {
                    root.report(key, format!("{key} is for one objective: with two all candidates have the same replications; remove it"));
                }
            }
        }
        let budget = budget.map(|budget| budget as u32);
        Some(Self { objectives, limits, method, indifference, confidence, budget, first, most })
    }
}

/// One objective or two.
struct Objectives<'a> {
    factors: &'a [String],
}

impl Objectives<'_> {
    fn one(&self, cursor: &Cursor<'_>) -> Option<Objective> {
        let Some(table) = cursor.node.table() else { return cursor.wrong_type(&self.expects()) };
        let mut entries = table.iter();
        let (Some((key, node)), None) = (entries.next(), entries.next()) else {
            return cursor.fail(&format!("has not one goal: expected {}", self.expects()));
        };
        let goal = match key.as_str() {
            "maximise" => Goal::Maximise,
            "minimise" => Goal::Minimise,
            _ => return cursor.fail(&format!("has no goal {key}: expected {}", self.expects())),
        };
        let inner = Cursor { reading: cursor.reading, path: format!("{}.{key}", cursor.path), node };
        measure(&inner, self.factors).map(|measure| Objective { goal, measure })
    }
}

/// The measure that a text names.
fn measure(cursor: &Cursor<'_>, factors: &[String]) -> Option<Measure> {
    let Some(text) = cursor.node.text() else { return cursor.wrong_type("the name of a metric") };
    match Measure::parse(text, factors, &cursor.node.place) {
        Ok(measure) => Some(measure),
        Err(problem) => cursor.fail(&problem),
    }
}

impl Kind for Objectives<'_> {
    type Value = Vec<Objective>;

    fn expects(&self) -> String {
        "{ maximise = \"METRIC\" } or { minimise = \"METRIC\" }, or an array of two".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::List
    }

    fn example(&self) -> Self::Value {
        Vec::new()
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Self::Value> {
        let Some(elements) = cursor.elements() else { return self.one(cursor).map(|one| vec![one]) };
        if !(1..=2).contains(&elements.len()) {
            return cursor.fail(&format!("has {} objectives: expected {}", elements.len(), self.expects()));
        }
        elements.iter().map(|element| self.one(element)).collect()
    }

    fn write(&self, value: &Self::Value) -> String {
        let one = |objective: &Objective| {
            let goal = if objective.goal == Goal::Maximise { "maximise" } else { "minimise" };
            format!("{{ {goal} = {} }}", quoted(&objective.measure.text))
        };
        format!("[{}]", value.iter().map(one).collect::<Vec<_>>().join(", "))
    }
}

/// Limits, each as `"METRIC <= 0.15"` or `"METRIC <= 15% ± 1%"`.
struct Limits<'a> {
    factors: &'a [String],
}

impl Limits<'_> {
    fn one(&self, cursor: &Cursor<'_>) -> Option<Limit> {
        let Some(text) = cursor.node.text() else {
            return cursor.wrong_type("a string such as \"METRIC <= 0.15\"");
        };
        let parts = [("<=", Side::AtMost), (">=", Side::AtLeast)];
        let split = parts.iter().find_map(|(sign, side)| text.split_once(sign).map(|(a, b)| (a, b, *side)));
        let Some((name, bound, side)) = split else {
            return cursor.fail("has no <= and no >=: write \"METRIC <= 0.15\"");
        };
        let measure = match Measure::parse(name, self.factors, &cursor.node.place) {
            Ok(measure) => measure,
            Err(problem) => return cursor.fail(&problem),
        };
        if matches!(measure.form, Form::Factor(_)) {
            return cursor.fail("limits a factor: leave such values out of the factor instead");
        }
        let (limit, tolerance) = match bound.split_once('±').or_else(|| bound.split_once("+-")) {
            Some((limit, tolerance)) => (quantity(limit), Some(quantity(tolerance))),
            None => (quantity(bound), None),
        };
        let Some(limit) = limit else {
            return cursor.fail("has no number as its limit: write \"METRIC <= 0.15\", \"METRIC <= 15%\" or \"METRIC <= 15% ± 1%\"");
        };
        if measure.bounds().is_some_and(|(low, high)| limit < low || limit > high) {
            return cursor.fail("has a limit that it cannot cross: shares lie in [0, 1]; write 0.15 or 15%");
        }
        // Without a tolerance a twentieth of the limit is near enough to it.
        let tolerance = tolerance.unwrap_or(Some(limit.abs() / 20.0));
        match tolerance.filter(|tolerance| *tolerance > 0.0) {
            Some(tolerance) => Some(Limit { measure, side, limit, tolerance }),
            None => cursor.fail("needs a tolerance above 0, how near to the limit either answer is acceptable: write \"METRIC <= 0 ± 0.5\""),
        }
    }
}

/// A number or a percentage.
fn quantity(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    match text.strip_suffix('%') {
        Some(percent) => number(percent).map(|percent| percent / 100.0),
        None => number(text),
    }
}

impl Kind for Limits<'_> {
    type Value = Vec<Limit>;

    fn expects(&self) -> String {
        "an array such as [\"legitimate_claims_unpaid_share <= 0.15\"]".to_owned()
    }

    fn shape(&self) -> Shape {
        Shape::List
    }

    fn example(&self) -> Self::Value {
        Vec::new()
    }

    fn read(&self, cursor: &Cursor<'_>) -> Option<Self::Value> {
        let Some(elements) = cursor.elements() else { return cursor.wrong_type(&self.expects()) };
        elements.iter().map(|element| self.one(element)).collect()
    }

    fn write(&self, value: &Self::Value) -> String {
        let one = |limit: &Limit| {
            let sign = if limit.side == Side::AtMost { "<=" } else { ">=" };
            quoted(&format!("{} {sign} {} ± {}", limit.measure.text, limit.limit, limit.tolerance))
        };
        format!("[{}]", value.iter().map(one).collect::<Vec<_>>().join(", "))
    }
}
