//! A self-contained HTML page: a table, charts, and how the result came about.

use super::lettering::legal;
use super::run_charts::NamedChart;
use std::fmt::Write as _;

/// What a page says; texts are escaped when it is rendered.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Title.
    pub title: String,
    /// A paragraph below it.
    pub description: String,
    /// What was found, in sentences; first of all.
    pub findings: Vec<String>,
    /// How the result came about, one line each; no wall-clock time, so that the page is reproducible.
    pub facts: Vec<String>,
    /// Head of the table.
    pub columns: Vec<String>,
    /// Rows of the table.
    pub rows: Vec<Vec<String>>,
    /// Whether the charts come before the table, where the table is long.
    pub has_charts_first: bool,
    /// The resolved scenario.
    pub scenario: String,
}

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;color:#222;max-width:900px;margin:2em auto;\
padding:0 1em}h1{font-size:1.6em;margin-bottom:.2em}table{border-collapse:collapse;margin:1em 0;\
font-variant-numeric:tabular-nums}td,th{padding:.2em .8em;border-bottom:1px solid #ddd;text-align:right}\
td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto;margin:1.2em 0;display:block}\
pre{background:#f6f6f6;padding:1em;overflow:auto;font-size:12px}.finding{font-size:1.15em}.facts{color:#555;overflow-wrap:anywhere}.wide{overflow-x:auto}figure{margin:0}";

impl Page {
    /// The page as HTML, with the charts drawn into it, part by part: the drawings of thousands of points take megabytes
    /// each.
    pub fn parts(&self, charts: &[NamedChart]) -> impl Iterator<Item = String> {
        let figures = charts.iter().map(|chart| {
            if let Some(sentence) = chart.chart.sentence_if_empty() {
                return format!("<p>{}</p>\n", escaped(&sentence));
            }
            let (title, drawing) = (escaped(chart.chart.title()), chart.chart.svg());
            format!("<figure aria-label=\"{title}\">{drawing}</figure>\n")
        });
        let table = || std::iter::once_with(|| self.table());
        let (before, after) = if self.has_charts_first { (None, Some(())) } else { (Some(()), None) };
        std::iter::once_with(|| self.head())
            .chain(before.into_iter().flat_map(move |()| table()))
            .chain(figures)
            .chain(after.into_iter().flat_map(move |()| table()))
            .chain(std::iter::once_with(|| self.foot()))
    }

    /// All above the table and the charts.
    fn head(&self) -> String {
        let mut html = String::new();
        let title = escaped(&self.title);
        let _ = write!(
            html,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        );
        if !self.description.is_empty() {
            let _ = writeln!(html, "<p>{}</p>", escaped(&self.description));
        }
        for finding in &self.findings {
            let _ = writeln!(html, "<p class=\"finding\">{}</p>", escaped(finding));
        }
        let facts: Vec<String> = self.facts.iter().map(|fact| escaped(fact)).collect();
        let _ = writeln!(html, "<p class=\"facts\">{}</p>", facts.join("<br>\n"));
        html
    }

    /// All below them.
    fn foot(&self) -> String {
        format!(
            "<details><summary>The resolved scenario</summary>\n<pre>{}</pre></details>\n</body>\n</html>\n",
            escaped(&self.scenario)
        )
    }

    fn table(&self) -> String {
        let cells = |tag: &str, row: &[String]| -> String {
            let cell = |cell: &String| ["<", tag, ">", &escaped(cell), "</", tag, ">"].concat();
            row.iter().map(cell).collect()
        };
        let mut html = format!(
            "<div class=\"wide\"><table>\n<thead><tr>{}</tr></thead>\n<tbody>\n",
            cells("th", &self.columns)
        );
        for row in &self.rows {
            let _ = writeln!(html, "<tr>{}</tr>", cells("td", row));
        }
        html.push_str("</tbody>\n</table></div>\n");
        html
    }
}

/// Text that HTML does not take for markup.
fn escaped(text: &str) -> String {
    legal(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_the_page() {
        let page = Page { title: "<script>".into(), rows: vec![vec!["a & b".into()]], ..Page::default() };
        let html: String = page.parts(&[]).collect();
        assert!(html.contains("<h1>&lt;script&gt;</h1>") && html.contains("<td>a &amp; b</td>"));
        assert!(!html.contains("<script>"));
    }
}
