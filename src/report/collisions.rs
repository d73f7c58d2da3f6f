//! Reads finished charts back: no text may leave the page or cover another.

use super::Chart;
use super::lettering::{self, Weight};
use super::response_curve::Levels;
use super::{bars, flow, heat_map, histogram, lines, response_curve, scatter, stacked_area};

/// A text in an SVG and the box of its capitals.
struct Lettered {
    words: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let start = tag.split_once(&format!(" {name}=\"")).unwrap().1;
    start.split_once('"').unwrap().0
}

fn texts(svg: &str) -> Vec<Lettered> {
    svg.split("<text")
        .skip(1)
        .map(|element| {
            let (tag, rest) = element.split_once(">\n").unwrap();
            let words = rest.split_once("\n</text>").unwrap().0;
            let words = words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
            let number = |name| attribute(tag, name).parse::<f64>().unwrap();
            let (x, size) = (number("x"), number("font-size"));
            let weight = if tag.contains("bold") { Weight::Bold } else { Weight::Regular };
            let width = lettering::width(&words, size, weight);
            let left = match attribute(tag, "text-anchor") {
                "start" => x,
                "middle" => x - width / 2.0,
                _ => x - width,
            };
            let baseline = number("y") + 0.76 * size;
            Lettered { words, left, right: left + width, top: baseline - 0.73 * size, bottom: baseline }
        })
        .collect()
}

fn assert_legible(chart: &Chart) {
    let (width, height) = chart.size();
    let (width, height) = (2.0 * f64::from(width), 2.0 * f64::from(height));
    let texts = texts(&chart.svg());
    for (index, text) in texts.iter().enumerate() {
        let inside = text.left >= 8.0 && text.right <= width - 8.0 && text.top >= 8.0;
        assert!(inside && text.bottom <= height - 8.0, "{} leaves the page of {}", text.words, chart.title());
        for other in &texts[index + 1..] {
            let apart = text.right <= other.left
                || other.right <= text.left
                || text.bottom <= other.top
                || other.bottom <= text.top;
            assert!(apart, "{}: {} covers {}", chart.title(), text.words, other.words);
        }
    }
}

const LONG: &str = "a seller segment whose name goes on and on until nobody would read it";

#[test]
fn charts_of_common_contents_are_legible() {
    let charts: [Chart; 8] = [
        lines::tests::example(365).into(),
        stacked_area::tests::example(vec![3.0; 90]).into(),
        histogram::tests::example(&[0.4, 0.3, 0.2, 0.1], 24.0).into(),
        scatter::tests::example(300).into(),
        flow::tests::example().into(),
        bars::tests::example(&[12.0, -3.0, 400.0]).into(),
        response_curve::tests::example(6, response_curve::tests::hours()).into(),
        heat_map::tests::example(5, 7).into(),
    ];
    charts.iter().for_each(assert_legible);
}

#[test]
fn many_lines_that_end_at_one_height_are_legible() {
    for count in [2, 6, 12, 40] {
        let mut chart = lines::tests::example(30);
        let series = chart.series[1].clone();
        chart.series = vec![series; count];
        chart.series[0].name = LONG.to_owned();
        assert_legible(&chart.into());
    }
}

#[test]
fn long_names_are_shortened_everywhere() {
    let mut lines = lines::tests::example(30);
    (lines.heading.title, lines.heading.subtitle) = (LONG.repeat(3), LONG.repeat(5));
    (lines.y_title, lines.x_title, lines.events[0].label) = (LONG.repeat(3), LONG.repeat(3), LONG.repeat(3));
    lines.references[0].label = LONG.to_owned();
    let mut bars = bars::tests::example(&[1.0, 2.0]);
    bars.groups[0].name = LONG.to_owned();
    bars.series = vec![LONG.to_owned(), LONG.to_owned(), "lost".to_owned()];
    let mut flow = flow::tests::example();
    (flow.groups[0].name, flow.parts[1].name) = (LONG.to_owned(), LONG.to_owned());
    let mut heat = heat_map::tests::example(3, 7);
    (heat.x_levels[2], heat.y_levels[1]) = (LONG.to_owned(), LONG.to_owned());
    (heat.x_title, heat.y_title, heat.panels[0].title) = (LONG.repeat(3), LONG.repeat(3), LONG.repeat(3));
    let mut histogram = histogram::tests::example(&[0.5, 0.5], 12.0);
    if let Some(deadline) = &mut histogram.deadline {
        (deadline.label, deadline.beyond) = (LONG.repeat(2), LONG.repeat(2));
    }
    let curve = response_curve::tests::example(6, Levels::Named(vec![LONG.to_owned(); 6]));
    let charts: [Chart; 6] =
        [lines.into(), bars.into(), flow.into(), heat.into(), histogram.into(), curve.into()];
    charts.iter().for_each(assert_legible);
}

#[test]
fn every_named_level_keeps_its_label_where_names_are_long() {
    let names: Vec<String> = (0..5).map(|level| format!("{level} {LONG}")).collect();
    let svg = Chart::from(response_curve::tests::example(6, Levels::Named(names))).svg();
    for level in 0..5 {
        let begins = |text: &&Lettered| text.words.starts_with(&format!("{level} "));
        assert_eq!(texts(&svg).iter().filter(begins).count(), 6);
    }
}

#[test]
fn extreme_values_are_drawn_and_legible() {
    for value in [0.0, 1e-300, 1e-9, 0.999_999, 123_456_789.0, 1e15, 1e300, f64::NAN, f64::INFINITY] {
        let mut lines = lines::tests::example(30);
        lines.series[0].values.fill(value);
        let mut heat = heat_map::tests::example(4, 4);
        heat.panels[0].rows[0][0] = value;
        let charts: [Chart; 4] = [
            lines.into(),
            heat.into(),
            bars::tests::example(&[value, 1.0]).into(),
            stacked_area::tests::example(vec![value; 5]).into(),
        ];
        charts.iter().for_each(assert_legible);
    }
}
