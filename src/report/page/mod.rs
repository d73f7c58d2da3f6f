//! A self-contained HTML page: what was found, the picture that carries it, the other charts, tables, how the result came about.
//!
//! The page needs no network and no other file. Its style and its script stand in it; without the script the tables are plain
//! tables and the charts plain pictures. `web/` has the sources of the script and the command that bundles it.
//!
//! Reading order: [`Page`] and its parts here; `figure` (a chart, its caption, and what is said of its points), `captions` (what a
//! chart shows and what to beware of), `table`.

mod captions;
mod figure;
mod table;

use super::lettering::legal;
use super::run_charts::NamedChart;
use crate::observe::Books;
use maud::{DOCTYPE, Markup, PreEscaped, html};

pub(crate) use table::Table;

const STYLE: &str = include_str!("../../../web/report/page.css");
const SCRIPT: &str = include_str!("../../../web/report/page.bundle.js");

/// The page may load nothing, whatever stands in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";

/// What a page says; texts are escaped when it is rendered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// What kind of result it is, such as "Comparison".
    pub(crate) kind: &'static str,
    /// Title.
    pub(crate) title: String,
    /// What the scenario or study says of itself.
    pub(crate) description: String,
    /// What was found, in sentences, the most important first.
    pub(crate) findings: Vec<String>,
    /// The place among the charts of the one that carries the finding.
    pub(crate) picture: usize,
    /// The numbers.
    pub(crate) tables: Vec<Table>,
    /// What the rules start from, and what the command line set on top, in sentences.
    pub(crate) settings: Vec<String>,
    /// In which inputs the scenarios differ.
    pub(crate) differences: Option<Table>,
    /// How the result came about, in sentences; no wall-clock time, so that the page is reproducible.
    pub(crate) method: Vec<String>,
    /// What identifies it, as names and values: seed, version, hash.
    pub(crate) identity: Vec<(&'static str, String)>,
    /// The command that repeats it.
    pub(crate) command: String,
    /// What the text below it is, such as "The full configuration of the baseline".
    pub(crate) scenario_title: &'static str,
    /// The full configuration.
    pub(crate) scenario: String,
    /// The money audit, and what its sums are over.
    pub(crate) audit: Option<(Books, &'static str)>,
}

impl Page {
    /// The page as HTML, with the charts drawn into it, part by part: the drawings of thousands of points take megabytes
    /// each.
    pub(crate) fn parts(&self, charts: &[NamedChart]) -> impl Iterator<Item = String> {
        let picture = self.picture.min(charts.len().saturating_sub(1));
        let others = charts.iter().enumerate().filter(move |(place, _)| *place != picture);
        let begin = self.begin(charts, picture).into_string();
        let between = self.contents(charts, picture).into_string();
        let heading =
            (charts.len() > 1).then(|| "<section id=\"charts\">\n<h2>More charts</h2>\n".to_owned());
        let close = heading.as_ref().map(|_| "</section>\n".to_owned());
        std::iter::once(begin)
            .chain(charts.iter().skip(picture).take(1).map(|chart| figure::figure(chart, 2).into_string()))
            .chain(std::iter::once(between))
            .chain(heading)
            .chain(others.map(|(_, chart)| figure::figure(chart, 3).into_string()))
            .chain(close)
            .chain(std::iter::once_with(|| self.end().into_string()))
    }

    /// All above the first picture.
    fn begin(&self, charts: &[NamedChart], picture: usize) -> Markup {
        let title = legal(&self.title);
        let first = self.findings.first();
        html! {
            (DOCTYPE)
            (PreEscaped("<html lang=\"en\">"))
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="generator" content={ "redress " (env!("CARGO_PKG_VERSION")) };
                @if let Some(first) = first {
                    meta name="description" content=(legal(first));
                }
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            (PreEscaped("<body>\n"))
            a.skip href="#tables" { "Skip to the tables" }
            header {
                p.kind { (self.kind) }
                h1 { (title) }
            }
            (PreEscaped("<main>\n"))
            section.finding id="finding" aria-labelledby="found" {
                h2 id="found" { "What was found" }
                @if let Some(first) = first {
                    p { (legal(first)) }
                }
                @if self.findings.len() > 1 {
                    ul { @for sentence in &self.findings[1..] { li { (legal(sentence)) } } }
                }
            }
            @if charts.get(picture).is_some() { (PreEscaped("\n")) }
        }
    }

    /// What there is on the page, after the picture.
    fn contents(&self, charts: &[NamedChart], picture: usize) -> Markup {
        html! {
            nav aria-labelledby="contents" {
                h2 id="contents" { "Contents" }
                ul {
                    li { a href="#finding" { "What was found" } }
                    @for (_, chart) in charts.iter().enumerate().filter(|(place, _)| *place != picture) {
                        li { a href={ "#" (figure::anchor(&chart.name)) } { (legal(chart.chart.title())) } }
                    }
                    @for (place, table) in self.tables.iter().enumerate() {
                        li { a href={ "#table-" (place) } { (legal(&table.title)) } }
                    }
                    li { a href="#inputs" { "Inputs" } }
                    li { a href="#method" { "How the result came about" } }
                    @if self.audit.is_some() { li { a href="#audit" { "Money audit" } } }
                }
            }
        }
    }

    /// All below the charts.
    fn end(&self) -> Markup {
        html! {
            section id="tables" {
                h2 { "Tables" }
                @for (place, table) in self.tables.iter().enumerate() {
                    h3 id={ "table-" (place) } { (legal(&table.title)) }
                    (table.markup())
                }
            }
            section id="inputs" {
                h2 { "Inputs" }
                @if !self.description.is_empty() { p { (legal(&self.description)) } }
                @if let Some(differences) = &self.differences {
                    h3 { (legal(&differences.title)) }
                    (differences.markup())
                }
                @if self.settings.is_empty() {
                    p { "The file is as it stands: no setting was given on top of it." }
                } @else {
                    ul { @for sentence in &self.settings { li { (legal(sentence)) } } }
                }
                details {
                    summary { (self.scenario_title) }
                    pre tabindex="0" { (legal(&self.scenario)) }
                }
            }
            section id="method" {
                h2 { "How the result came about" }
                ul { @for sentence in &self.method { li { (legal(sentence)) } } }
                dl {
                    @for (name, value) in &self.identity { dt { (name) } dd { (legal(value)) } }
                }
                p { "The command that repeats it:" }
                pre.command tabindex="0" { (legal(&self.command)) }
            }
            @if let Some((books, over)) = &self.audit { (audit(books, over)) }
            (PreEscaped("</main>\n"))
            script { (PreEscaped(SCRIPT)) }
            (PreEscaped("</body>\n</html>\n"))
        }
    }
}

/// The money audit.
fn audit(books: &Books, over: &str) -> Markup {
    let amounts = [
        ("paid by buyers", books.paid.to_string()),
        ("released to sellers", books.released.to_string()),
        ("refunded to buyers", books.refunded.to_string()),
        ("held at the end", books.held.to_string()),
    ];
    html! {
        section id="audit" {
            h2 { "Money audit" }
            p {
                "Paid = released + refunded + held, to the cent: an auditor kept books of its own, checked every step of every "
                "order, and found no difference. Sums in currency units over " (over) "."
            }
            div.wide tabindex="0" role="group" aria-label="Money audit, scrolls sideways" {
                table {
                    caption { "Sums over " (over) ", currency units" }
                    thead { tr { th scope="col" { "books" } th scope="col" { "sum" } } }
                    tbody { @for (name, amount) in amounts { tr { th scope="row" { (name) } td { (amount) } } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_the_page() {
        let table = Table {
            columns: vec!["a\"><img src=x>".into()],
            rows: vec![vec!["a & b".into()]],
            ..Table::default()
        };
        let page = Page {
            title: "</title><script>alert(1)</script>".into(),
            findings: vec!["<b>".into()],
            command: "redress run '</pre><script>'".into(),
            tables: vec![table],
            ..Page::default()
        };
        let html: String = page.parts(&[]).collect();
        assert!(html.contains("<h1>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>"));
        assert!(html.contains("a &amp; b") && !html.contains("<b>") && !html.contains("<img"));
        assert_eq!(html.matches("<script>").count(), 1, "the page's own");
    }

    #[test]
    fn the_script_of_the_page_cannot_end_before_its_end_and_loads_nothing() {
        assert!(!SCRIPT.to_ascii_lowercase().contains("</script") && !SCRIPT.contains("<!--"));
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !STYLE.contains("</"));
        assert!(
            !SCRIPT.contains("fetch(") && !SCRIPT.contains("XMLHttpRequest") && !SCRIPT.contains("import(")
        );
    }
}
