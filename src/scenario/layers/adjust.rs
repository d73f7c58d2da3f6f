//! Changes relative to what a scenario has: a scale, a mean or median, one parameter of a distribution.
//!
//! `KEY*=0.5` scales a number, a duration or a whole distribution; `KEY.median=1d` and `KEY.mean=1d` scale a distribution so
//! that it has this median or mean; `KEY.sigma=0.8` sets one of its parameters. Each segment keeps a distribution of its own.
//! They act on the complete scenario, presets and defaults included, after all plain settings and in their own order.

use super::assign::{Step, pattern_of_steps, steps};
use crate::scenario::keys::declared::catalogue;
use crate::scenario::kinds::family::FAMILIES;
use crate::scenario::reading::catalogue::Shape;
use crate::scenario::text::duration::{deadline, deadline_text, duration, duration_text};
use crate::scenario::text::error::nearest;
use crate::scenario::text::node::{Item, Node, Table};
use crate::scenario::text::place::Place;
use crate::sim::{Distribution, SimDuration, Span};

/// A change relative to what the scenario has.
#[derive(Clone, Debug)]
pub(crate) struct Adjustment {
    steps: Vec<Step>,
    /// Where it was asked for.
    pub(crate) place: Place,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    Scale(f64),
    Mean(Node),
    Median(Node),
    Parameter(String, Node),
}

impl Adjustment {
    /// The adjustment that `key` and `value` ask for; `None` if they are a plain setting.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn of(key: &str, value: &Node) -> Result<Option<Self>, String> {
        let place = value.place.clone();
        if let Some(scaled) = key.trim().strip_suffix('*') {
            let factor = match value.item {
                Item::Whole(number) => number as f64,
                Item::Number(number) => number,
                _ => f64::NAN,
            };
            if !factor.is_finite() || factor < 0.0 {
                let shown = value.item.show();
                return Err(format!("{key} = {shown} is not a factor: write for instance {key}=0.5"));
            }
            let steps = steps(scaled)?;
            let catalogue = catalogue();
            let pattern = pattern_of_steps(&steps);
            if catalogue.key(&pattern).is_none() && !catalogue.reaches(&pattern) {
                let near = nearest(&pattern, catalogue.keys.iter().map(|key| key.path.as_str()));
                let way_out = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
                return Err(format!("there is no key {scaled}{way_out}"));
            }
            return Ok(Some(Self { steps, place, change: Change::Scale(factor) }));
        }
        let mut steps = steps(key)?;
        let Some(Step::Key(last)) = steps.pop() else { return Ok(None) };
        let of = catalogue().key(&pattern_of_steps(&steps));
        let is_reaching = of.is_some_and(|key| key.shape == Shape::Distribution)
            && !FAMILIES.contains(&last.as_str())
            && !["fraction_of_deadline", "never"].contains(&last.as_str());
        let change = match last.as_str() {
            _ if !is_reaching => return Ok(None),
            "mean" => Change::Mean(value.clone()),
            "median" => Change::Median(value.clone()),
            _ => Change::Parameter(last, value.clone()),
        };
        Ok(Some(Self { steps, place, change }))
    }

    /// Applies it to a complete scenario: wherever its path leads, which must be somewhere.
    ///
    /// # Errors
    /// Why it cannot be applied.
    pub(crate) fn apply(&self, document: &mut Node) -> Result<(), String> {
        let changed = self.descend(document, &self.steps, "")?;
        if changed == 0 {
            return Err("is not in the scenario: there is nothing to change".to_owned());
        }
        Ok(())
    }

    /// How many values were changed.
    fn descend(&self, node: &mut Node, steps: &[Step], shown: &str) -> Result<usize, String> {
        let Some((step, rest)) = steps.split_first() else {
            if node.text() == Some("none") {
                return Ok(0);
            }
            self.change_at(node, shown)?;
            node.place = self.place.clone();
            return Ok(1);
        };
        match (step, &mut node.item) {
            (Step::All, Item::List(elements)) => {
                let elements = elements.iter_mut().enumerate();
                elements.map(|(at, node)| self.descend(node, rest, &format!("{shown}[{at}]"))).sum()
            }
            (Step::Index(at), Item::List(elements)) => match elements.get_mut(*at) {
                Some(element) => self.descend(element, rest, &format!("{shown}[{at}]")),
                None => Err(format!("there is no {shown}[{at}]")),
            },
            (Step::Key(name), Item::List(elements)) => {
                let is_named = |node: &&mut Node| {
                    node.table().and_then(|table| table.get("name")).and_then(Node::text) == Some(name)
                };
                match elements.iter_mut().find(is_named) {
                    Some(element) => self.descend(element, rest, &format!("{shown}.{name}")),
                    None => Err(format!("{shown} has no segment named {name}")),
                }
            }
            (Step::Key(key), Item::Table(table)) => match table.get_mut(key) {
                Some(child) if shown.is_empty() => self.descend(child, rest, key),
                Some(child) => self.descend(child, rest, &format!("{shown}.{key}")),
                None => Ok(0),
            },
            _ => Ok(0),
        }
    }

    fn change_at(&self, node: &mut Node, shown: &str) -> Result<(), String> {
        if let Item::Table(table) = &mut node.item
            && let Some(fraction) = table.get_mut("fraction_of_deadline")
        {
            return self.change_at(fraction, shown);
        }
        match &self.change {
            Change::Scale(factor) => scale(node, *factor, shown),
            Change::Mean(value) => rescale(node, value, Distribution::mean, shown),
            Change::Median(value) => rescale(node, value, |distribution| distribution.quantile(0.5), shown),
            Change::Parameter(name, value) => {
                let family = match &mut node.item {
                    Item::Table(table) => table.iter_mut().next(),
                    _ => None,
                };
                let Some((family, Node { item: Item::Table(parameters), .. })) = family else {
                    return Err(format!("{shown} is a constant and has no {name}"));
                };
                let Some(parameter) = parameters.get_mut(name) else {
                    let own: Vec<&str> = parameters.keys().map(String::as_str).collect();
                    return Err(format!(
                        "{shown} is {family}, with {}: it has no {name}; every distribution has a mean and a median",
                        own.join(" and ")
                    ));
                };
                *parameter = value.clone();
                Ok(())
            }
        }
    }
}

/// Scales a distribution so that a statistic of it has this value.
fn rescale(
    node: &mut Node,
    value: &Node,
    statistic: impl Fn(&Distribution) -> f64,
    shown: &str,
) -> Result<(), String> {
    if !matches!(node.item, Item::Table(_)) {
        *node = value.clone();
        return Ok(());
    }
    let wanted = number(value).filter(|wanted| *wanted >= 0.0).ok_or_else(|| {
        let shown = value.item.show();
        format!(
            "{shown} is not a value of the distribution: write for instance 2d, or 0.5 where it has no unit"
        )
    })?;
    let now = distribution(node).map(|distribution| statistic(&distribution)).filter(|now| *now > 0.0);
    let now = now.ok_or_else(|| format!("{shown} is 0 throughout: give another distribution"))?;
    scale(node, wanted / now, shown)
}

/// Scales a number, a duration, a distribution or each element of an array.
fn scale(node: &mut Node, factor: f64, shown: &str) -> Result<(), String> {
    match &mut node.item {
        Item::Whole(number) => {
            let scaled = *number as f64 * factor;
            node.item = if scaled.fract() == 0.0 && scaled.abs() < 9e15 {
                Item::Whole(scaled as i64)
            } else {
                Item::Number(scaled)
            };
            Ok(())
        }
        Item::Number(number) => {
            *number *= factor;
            Ok(())
        }
        Item::Text(text) => {
            *text = scaled_text(text, factor).ok_or_else(|| cannot(shown, &format!("\"{text}\"")))?;
            Ok(())
        }
        Item::List(elements) => elements.iter_mut().try_for_each(|element| scale(element, factor, shown)),
        Item::Table(table) => scale_distribution(table, factor, shown),
        other => Err(cannot(shown, &other.show())),
    }
}

fn cannot(shown: &str, value: &str) -> String {
    format!("{shown} = {value} cannot be scaled: numbers, durations and distributions can")
}

/// A duration or deadline times a factor; what never comes stays so. `None` for other texts, and for parts of business days.
fn scaled_text(text: &str, factor: f64) -> Option<String> {
    match deadline(text).ok()? {
        Span::Elapsed(length) => Some(duration_text(SimDuration((length.0 as f64 * factor).round() as i64))),
        Span::BusinessDays(days) => {
            let scaled = f64::from(days) * factor;
            let is_whole = scaled.fract() == 0.0 && (1.0..=f64::from(u16::MAX)).contains(&scaled);
            is_whole.then(|| deadline_text(Span::BusinessDays(scaled as u16)))
        }
        Span::Never => Some(text.to_owned()),
    }
}

/// The parameters of a family that carry its unit.
fn scales_of(family: &str) -> Option<&'static [&'static str]> {
    Some(match family {
        "exponential" => &["mean"],
        "lognormal" => &["median"],
        "uniform" => &["min", "max"],
        "gamma" | "weibull" => &["scale"],
        "triangular" => &["min", "mode", "max"],
        "empirical" => &["values"],
        _ => return None,
    })
}

fn scale_distribution(table: &mut Table, factor: f64, shown: &str) -> Result<(), String> {
    let Some((family, node)) = table.iter_mut().next() else { return Err(cannot(shown, "{}")) };
    if let ("mixture", Item::List(parts)) = (family.as_str(), &mut node.item) {
        return parts.iter_mut().try_for_each(|part| match &mut part.item {
            Item::Table(part) => part.get_mut("of").map_or(Ok(()), |of| scale(of, factor, shown)),
            _ => Ok(()),
        });
    }
    let (Some(scales), Item::Table(parameters)) = (scales_of(family), &mut node.item) else {
        return Err(format!(
            "{shown} is {family}, which lies in [0, 1] and cannot be scaled: give another distribution"
        ));
    };
    scales
        .iter()
        .filter_map(|name| Some((name, parameters.remove(*name)?)))
        .collect::<Vec<_>>()
        .into_iter()
        .try_for_each(|(name, mut parameter)| {
            scale(&mut parameter, factor, shown)?;
            parameters.insert((*name).to_owned(), parameter);
            Ok(())
        })
}

/// A number, or a duration in seconds.
fn number(node: &Node) -> Option<f64> {
    match &node.item {
        Item::Whole(number) => Some(*number as f64),
        Item::Number(number) => Some(*number),
        Item::Text(text) => duration(text).ok().map(|length| length.0 as f64),
        _ => None,
    }
}

/// The distribution that a table of a complete scenario names, durations in seconds.
fn distribution(node: &Node) -> Option<Distribution> {
    let Item::Table(table) = &node.item else { return number(node).map(Distribution::Constant) };
    let (family, inner) = table.iter().next()?;
    if let ("mixture", Item::List(parts)) = (family.as_str(), &inner.item) {
        let part = |part: &Node| {
            let table = part.table()?;
            Some((number(table.get("weight")?)?, distribution(table.get("of")?)?))
        };
        return parts.iter().map(part).collect::<Option<Vec<_>>>().map(Distribution::Mixture);
    }
    let parameters = inner.table()?;
    let get = |name: &str| number(parameters.get(name)?);
    Some(match family.as_str() {
        "exponential" => Distribution::Exponential { mean: get("mean")? },
        "lognormal" => Distribution::Lognormal { median: get("median")?, sigma: get("sigma")? },
        "uniform" => Distribution::Uniform { min: get("min")?, max: get("max")? },
        "gamma" => Distribution::Gamma { shape: get("shape")?, scale: get("scale")? },
        "weibull" => Distribution::Weibull { shape: get("shape")?, scale: get("scale")? },
        "beta" => Distribution::Beta { alpha: get("alpha")?, beta: get("beta")? },
        "triangular" => Distribution::Triangular { min: get("min")?, mode: get("mode")?, max: get("max")? },
        "empirical" => match &parameters.get("values")?.item {
            Item::List(values) => {
                Distribution::Empirical(values.iter().map(number).collect::<Option<Vec<_>>>()?.into())
            }
            _ => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const WORLD: &str = "market = { sellers = 200 }\n\
        policy = { dispute = { response_deadline = \"5d\", platform_steps_in = \"3 business days\" } }\n\
        sellers = [{ name = \"a\", response = { delay = { lognormal = { median = \"2d\", sigma = 0.5 } } } }, \
                   { name = \"b\", response = { delay = { exponential = { mean = \"4d\" } } } }, \
                   { name = \"c\", response = { desk = { agents = 2 } } }]";

    fn after(key: &str, value: &str) -> Result<String, String> {
        let mut document = Node::document(Path::new("x.toml"), WORLD).unwrap();
        let value = Node::value(value, &Place::option("--set", key)).unwrap();
        Adjustment::of(key, &value)?.expect("it is one").apply(&mut document)?;
        Ok(document.item.show())
    }

    #[test]
    fn a_factor_scales_every_segments_own_distribution() {
        let text = after("sellers[*].response.delay*", "0.5").unwrap();
        assert!(text.contains("lognormal = { median = \"1d\", sigma = 0.5 }"), "{text}");
        assert!(text.contains("exponential = { mean = \"2d\" }"), "{text}");
    }

    #[test]
    fn a_factor_scales_numbers_durations_and_business_days() {
        assert!(after("market.sellers*", "1.5").unwrap().contains("sellers = 300"));
        assert!(
            after("policy.dispute.response_deadline*", "0.1")
                .unwrap()
                .contains("response_deadline = \"12h\"")
        );
        assert!(after("policy.dispute.platform_steps_in*", "2").unwrap().contains("\"6 business days\""));
        let half_a_day = after("policy.dispute.platform_steps_in*", "0.5").unwrap_err();
        assert_eq!(
            half_a_day,
            "policy.dispute.platform_steps_in = \"3 business days\" cannot be scaled: numbers, durations and distributions can"
        );
    }

    #[test]
    fn a_median_or_mean_keeps_the_shape_of_each_segment() {
        let text = after("sellers[*].response.delay.median", "1d").unwrap();
        assert!(text.contains("lognormal = { median = \"1d\", sigma = 0.5 }"), "{text}");
        // The median of an exponential distribution is ln 2 times its mean: 86400 / 0.693147 = 124649 s.
        assert!(text.contains("exponential = { mean = \"1d 10h 37m 29s\" }"), "{text}");
        let text = after("sellers.b.response.delay.mean", "1d").unwrap();
        assert!(
            text.contains("exponential = { mean = \"1d\" }") && text.contains("median = \"2d\""),
            "{text}"
        );
    }

    #[test]
    fn one_parameter_is_set_and_one_that_is_not_there_is_named() {
        assert!(after("sellers.a.response.delay.sigma", "0.9").unwrap().contains("sigma = 0.9"));
        assert_eq!(
            after("sellers.b.response.delay.sigma", "0.9").unwrap_err(),
            "sellers.b.response.delay is exponential, with mean: it has no sigma; every distribution has a mean and a median"
        );
    }

    #[test]
    fn what_leads_nowhere_or_is_no_factor_says_so() {
        assert_eq!(
            after("sellers.c.response.delay*", "2").unwrap_err(),
            "is not in the scenario: there is nothing to change"
        );
        assert!(after("sellers.z.response.delay*", "2").unwrap_err().contains("no segment named z"));
        assert_eq!(
            after("market.seller*", "2").unwrap_err(),
            "there is no key market.seller; did you mean market.sellers?"
        );
        assert!(after("market.sellers*", "-1").unwrap_err().contains("is not a factor"));
        assert!(after("market.sellers*", "2d").unwrap_err().contains("is not a factor"));
    }

    #[test]
    fn families_and_plain_keys_are_plain_settings() {
        for key in [
            "sellers[*].response.delay",
            "sellers[*].response.delay.lognormal.median",
            "sellers[*].response.delay.gamma.shape",
            "market.sellers",
        ] {
            assert!(
                Adjustment::of(key, &Node::value("1", &Place::option("--set", key)).unwrap())
                    .unwrap()
                    .is_none(),
                "{key}"
            );
        }
    }
}
