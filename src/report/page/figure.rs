//! A chart on the page: the picture, its caption, and what its points say.

use super::super::lettering::legal;
use super::super::marks::Marks;
use super::super::run_charts::NamedChart;
use super::super::theme;
use super::super::unit::count;
use super::captions::caption;
use maud::{Markup, PreEscaped, html};
use serde::Serialize;

/// The place of a chart on the page, for links.
pub(super) fn anchor(name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    format!("chart-{}", name.chars().map(plain).collect::<String>())
}

/// Where a point is drawn in pixels, the place of its name among the series, where it stands, its words, and its number.
type Point<'a> = (i64, i64, usize, &'a str, &'a str, Option<f64>);

/// What the page's script is told of a chart.
#[derive(Serialize)]
struct Told<'a> {
    series: Vec<&'a str>,
    marks: Vec<Point<'a>>,
}

impl<'a> Told<'a> {
    fn of(marks: &'a Marks) -> Self {
        let mut series: Vec<&str> = Vec::new();
        let pixel = |units: f64| (units * f64::from(theme::PIXELS_PER_UNIT)).round() as i64;
        let mut told = Vec::with_capacity(marks.kept().len());
        for mark in marks.kept() {
            let of = series.iter().position(|name| *name == mark.of).unwrap_or_else(|| {
                series.push(&mark.of);
                series.len() - 1
            });
            let value = Some(mark.value).filter(|value| value.is_finite());
            told.push((pixel(mark.at.0), pixel(mark.at.1), of, mark.x.as_str(), mark.y.as_str(), value));
        }
        Self { series, marks: told }
    }

    /// As JSON that cannot end the element it stands in.
    fn json(&self) -> String {
        // Plain texts and finite numbers are always JSON.
        let text = serde_json::to_string(self).unwrap_or_default();
        text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
    }
}

/// A chart with a heading of that level, which only screen readers need: the picture has its own.
pub(super) fn figure(chart: &NamedChart, level: u8) -> Markup {
    if let Some(sentence) = chart.chart.sentence_if_empty() {
        return html! { p id=(anchor(&chart.name)) { (legal(&sentence)) } };
    }
    let (drawing, marks) = chart.chart.svg_marked();
    let title = legal(chart.chart.title());
    let words = caption(&chart.name, &chart.chart);
    let (kept, all) = (marks.kept().len(), marks.seen());
    html! {
        figure id=(anchor(&chart.name)) data-title=(title) {
            @if level == 2 { h2.unseen { (title) } } @else { h3.unseen { (title) } }
            div.chart { (PreEscaped(drawing)) }
            p.readout role="status" {}
            figcaption {
                p { b { "Shows: " } (words.shows) }
                p { b { "Beware: " } (words.beware) }
                @if kept < all {
                    p.soft { (count(kept)) " of " (count(all)) " points answer to the pointer; the picture has all." }
                }
            }
            details.numbers hidden { summary { "Numbers of this chart (" (count(kept)) ")" } }
            script type="application/json" { (PreEscaped(Told::of(&marks).json())) }
        }
        (PreEscaped("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::lines::tests::example;

    #[test]
    fn every_drawn_value_is_told_with_its_place_and_its_interval() {
        let html = figure(&NamedChart { name: "a b".into(), chart: example(3).into() }, 3).into_string();
        let json = html.split("application/json\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
        let told: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(told["series"][0], "overloaded desk");
        assert_eq!(told["marks"].as_array().unwrap().len(), 6);
        assert_eq!(told["marks"][0][3], "day 0");
        assert_eq!(told["marks"][0][4], "3 % (2.6 % to 3.4 %)");
        assert!(html.contains("id=\"chart-a-b\""));
    }

    #[test]
    fn a_name_cannot_end_the_numbers() {
        let mut lines = example(2);
        lines.series[0].name = "</script><script>alert(1)</script>".into();
        let html = figure(&NamedChart { name: "x".into(), chart: lines.into() }, 3).into_string();
        assert_eq!(html.matches("</script>").count(), 1);
    }
}
