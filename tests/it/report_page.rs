//! `report.html`, from the outside: the answer first, nothing from elsewhere, markup that holds whatever a scenario is called.

use crate::program::Program;
use std::fs;

const HOSTILE: &str = "a<script>alert(1)<b>\\\"'&amp;--><!--";

/// Reports of all kinds but the slow ones, of a scenario whose names are markup.
fn reports() -> Vec<(&'static str, String)> {
    let program = Program::new();
    let small = program.read("small.toml");
    let named = format!("name = \"{HOSTILE}\"\ndescription = \"</title></p>{HOSTILE}\"\n{small}");
    fs::write(program.path("hostile.toml"), named).unwrap();
    let study = format!(
        "scenario = \"hostile.toml\"\ndescription = \"{HOSTILE}\"\ndays = 5\nresponses = [\"dispute_rate\"]\n\
         [[factor]]\nname = \"{HOSTILE}\"\nkey = \"policy.dispute.response_deadline\"\nvalues = [\"1d\", \"9d\"]\n"
    );
    fs::write(program.path("sweep.toml"), &study).unwrap();
    let tune = study.replace(
        "responses =",
        "objective = { minimise = \"legitimate_claims_unpaid_share\" }\nindifference = 0.05\nfirst = 2\nmax_replications = 3\nresponses =",
    );
    fs::write(program.path("tune.toml"), tune).unwrap();
    let made: [&[&str]; 4] = [
        &["run", "hostile.toml"],
        &["compare", "hostile.toml", "--vary", "policy.dispute.response_deadline=1d"],
        &["sweep", "sweep.toml"],
        &["tune", "tune.toml"],
    ];
    let report = |arguments: &&[&'static str]| {
        let kind = arguments[0];
        program.succeed(&[arguments, &["--out", kind, "--quiet"][..]].concat());
        (kind, program.read(&format!("{kind}/report.html")))
    };
    made.iter().map(report).collect()
}

/// The names of elements as they open and close, texts of scripts and styles aside; panics where one closes another.
fn assert_well_formed(kind: &str, html: &str) {
    const EMPTY: [&str; 10] =
        ["meta", "br", "link", "input", "rect", "circle", "line", "polyline", "polygon", "path"];
    let (mut open, mut rest): (Vec<String>, &str) = (Vec::new(), html);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("every tag ends");
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if tag.starts_with('!') || tag.ends_with('/') {
            continue;
        }
        let name = tag.trim_start_matches('/').split(|letter: char| letter.is_whitespace()).next().unwrap();
        assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric()), "{kind}: <{tag}>");
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{kind}: </{name}> closes another, in {open:?}");
        } else if !EMPTY.contains(&name) {
            open.push(name.to_owned());
        }
        if ["script", "style"].contains(&name) && !tag.starts_with('/') {
            let close = rest.find(&format!("</{name}")).expect("it ends");
            rest = &rest[close..];
        }
    }
    assert_eq!(open, Vec::<String>::new(), "{kind}: left open");
}

#[test]
fn every_page_is_well_formed_answers_first_and_ends_with_the_audit() {
    for (kind, html) in reports() {
        assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"), "{kind}");
        assert_well_formed(kind, &html);
        let parts = [
            "<main>",
            "id=\"finding\"",
            "<figure",
            "<nav",
            "id=\"tables\"",
            "id=\"inputs\"",
            "id=\"method\"",
            "id=\"audit\"",
            "</main>",
        ];
        let places: Vec<Option<usize>> = parts.iter().map(|part| html.find(part)).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{kind}: {places:?}");
        for words in ["<b>Shows: </b>", "<b>Beware: </b>", "Paid = released + refunded + held"] {
            assert!(html.contains(words), "{kind}: {words}");
        }
        assert!(
            html.contains(&format!("<pre class=\"command\" tabindex=\"0\">redress {kind} ")),
            "{kind}: how to repeat it"
        );
        assert!(!html.contains("--out"), "{kind}: where results went repeats nothing");
    }
}

#[test]
fn a_page_asks_for_nothing_from_elsewhere_and_names_stay_text() {
    for (kind, html) in reports() {
        assert!(!html.contains("alert(1)<b>") && !html.contains("<b>\""), "{kind}: markup of a name");
        assert!(html.contains("a&lt;script&gt;alert(1)"), "{kind}: the name as text");
        assert!(html.contains("default-src 'none'"), "{kind}: its policy");
        // What is named by an address names things and loads nothing: XML's name of SVG, and none else.
        let plain = html.replace("http://www.w3.org/", "");
        for source in ["src=", "url(", "@import", "<link", "http://", "href=\"h"] {
            assert!(!plain.contains(source), "{kind}: {source}");
        }
    }
}

#[test]
fn a_page_is_the_same_whatever_the_threads_and_has_no_time_of_day() {
    let program = Program::new();
    let read = |threads: &str| {
        let out = format!("out{threads}");
        let line =
            ["compare", "small.toml", "--vary", "sellers[*].accept=0.5", "--threads", threads, "--out", &out];
        program.succeed(&line);
        program.read(&format!("{out}/report.html"))
    };
    assert!(read("1") == read("2"));
}

#[test]
fn a_sweep_says_what_its_factor_does_from_its_lowest_to_its_highest_level_pair_by_pair() {
    let program = Program::new();
    let factor = "policy.dispute.response_deadline=9d,1d,4d";
    let said =
        program.succeed(&["sweep", "small.toml", "--factor", factor, "--replications", "4", "--out", "out"]);
    let html = program.read("out/report.html");
    let begin = "From policy.dispute.response_deadline = 1d to 9d";
    let finding = html.split("id=\"found\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap();
    assert!(
        finding.contains(begin) && finding.contains("4 pairs of replications with the same random numbers"),
        "{finding}"
    );
    assert!(said.contains(begin), "the terminal says the same: {said}");
}

#[test]
fn a_run_says_the_same_on_the_terminal_and_on_its_page() {
    let program = Program::new();
    let said = program.succeed(&["run", "small.toml", "--out", "out"]);
    let html = program.read("out/report.html");
    let finding = html.split("id=\"found\"").nth(1).and_then(|rest| rest.split("<p>").nth(1)).unwrap();
    let first = finding.split("</p>").next().unwrap().replace("&#39;", "'");
    assert!(first.starts_with("The seller's silence decides "), "{first}");
    assert!(said.replace('\n', " ").contains(&first), "{said}");
}

#[test]
fn a_result_that_is_made_again_has_the_same_page_even_from_what_was_made_again() {
    let program = Program::new();
    program.succeed(&["run", "small.toml", "--days", "5", "--threads", "1", "--out", "first"]);
    program.succeed(&["rerun", "first/manifest.json", "--out", "second"]);
    program.succeed(&["rerun", "second/manifest.json", "--out", "third"]);
    assert!(program.read("first/report.html") == program.read("third/report.html"));
}
