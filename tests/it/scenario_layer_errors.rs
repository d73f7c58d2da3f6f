//! Files, presets, observed values and settings that cannot be put together are named.

use crate::scenario_errors::{VALID, refused, said, said_of};
use std::fs;
use tempfile::TempDir;

/// The valid scenario with three segments of sellers.
fn of_three_segments() -> String {
    let (begin, rest) = VALID.split_once("[[sellers]]").unwrap();
    let (segment, policy) = rest.split_once("[policy]").unwrap();
    let segment = |name: &str| {
        format!(
            "[[sellers]]{}",
            segment.replace(
                "\"all\"\nshare = 1\n",
                &format!("\"{name}\"\nshare = {}\n", if name == "a" { 0.5 } else { 0.25 })
            )
        )
    };
    format!("{begin}{}{}{}[policy]{policy}", segment("a"), segment("b"), segment("c"))
}

#[test]
fn a_mistake_of_one_setting_in_several_segments_is_told_once_with_their_names() {
    let text = of_three_segments();
    assert_eq!(said(text.as_bytes(), &[], &[]), "valid");
    for (setting, wanted) in [
        (
            "sellers[*].stock_out=1.5",
            "error: --set sellers[*].stock_out: sellers[*].stock_out = 1.5 is out of range: expected a probability in [0, 1] or a distribution on [0, 1] (segments a, b, c)",
        ),
        (
            "sellers[*].los=0.1",
            "error: --set sellers[*].los: unknown key sellers[*].los; did you mean sellers[*].loss? (segments a, b, c)",
        ),
        (
            "sellers[*].response={ delay = { lognormal = { median = \"2d\", sgma = 1 } } }",
            "error: --set sellers[*].response: unknown key sellers[*].response.delay.lognormal.sgma; did you mean sellers[*].response.delay.lognormal.sigma? (segments a, b, c)",
        ),
        (
            "sellers.b.stock_out=-1",
            "error: --set sellers.b.stock_out: sellers[1].stock_out = -1 is out of range: expected a probability in [0, 1] or a distribution on [0, 1]",
        ),
    ] {
        assert_eq!(said(text.as_bytes(), &[], &[setting]), wanted);
    }
    // Two segments of a file with the same mistake are two mistakes, each at its place.
    let twice = text.replace("stock_out", "stok_out");
    assert_eq!(said(twice.as_bytes(), &[], &[]).matches("unknown key").count(), 3);
}

#[test]
fn what_is_missing_because_it_is_misspelt_is_told_by_the_misspelt_key_alone() {
    for (from, to, wanted) in [
        (
            "order_value = 40",
            "order-value = 40",
            "error: DIR/x.toml:7:1: unknown key market.order-value; did you mean market.order_value?",
        ),
        ("[market]", "[Market]", "error: DIR/x.toml:4:2: unknown key Market; did you mean market?"),
        ("[[sellers]]", "[[seller]]", "error: DIR/x.toml:12:3: unknown key seller; did you mean sellers?"),
        (
            "days = 30",
            "days = 30\nsellers = 3",
            "error: DIR/x.toml:4:1: unknown key run.sellers; did you mean market.sellers?",
        ),
        (
            "stock_out = 0.01",
            "foo = 0.01",
            "unknown key sellers[0].foo; valid keys of sellers[0] are name, share, ",
        ),
    ] {
        let text = VALID
            .replacen(from, to, 1)
            .replace("[sellers.response]\ndelay = \"2d\"\n", "response.delay = \"2d\"\n");
        let found = said(text.as_bytes(), &[], &[]);
        assert!(found.contains(wanted) && found.lines().count() == 1, "{found}");
    }
}

#[test]
fn ends_that_are_the_wrong_way_round_are_told_with_their_values() {
    let with = |delay: &str| said(VALID.replace("\"2d\"", delay).as_bytes(), &[], &[]);
    assert_eq!(
        with("{ uniform = { min = \"3d\", max = \"1d\" } }"),
        "error: DIR/x.toml:20:41: sellers[0].response.delay.uniform.max = \"1d\" is not above sellers[0].response.delay.uniform.min = \"3d\": write the lower end as min"
    );
    let triangular = with("{ triangular = { min = \"3d\", mode = \"1d\", max = \"2d\" } }");
    assert!(
        triangular.contains("max = \"2d\" is not above") && triangular.lines().count() == 1,
        "{triangular}"
    );
    let mode = with("{ triangular = { min = \"1d\", mode = \"5d\", max = \"2d\" } }");
    assert!(mode.ends_with("mode = \"5d\" does not lie between min = \"1d\" and max = \"2d\""), "{mode}");
}

#[test]
fn numbers_in_quotation_marks_and_in_hundredths_are_told_as_they_are_written() {
    let with = |from: &str, to: &str| said(VALID.replace(from, to).as_bytes(), &[], &[]);
    let days = with("days = 30", "days = \"30\"");
    assert!(days.ends_with("found a string; write 30 without quotation marks"), "{days}");
    let share = with("accept = 0.8", "accept = \"80 %\"");
    assert!(share.ends_with("found a string; write 0.8"), "{share}");
}

/// Asserts what is said about the valid scenario after settings.
fn refused_settings(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (setting, expected) in cases {
        let message = said(VALID.as_bytes(), &[], &[setting]);
        if message != *expected {
            wrong.push(format!("{setting}\n  expected {expected}\n  found    {message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_that_are_no_toml_say_where_they_break_off() {
    refused(&[
        (
            "days = 30",
            "days = ",
            "error: DIR/x.toml:3:8: not valid TOML: string values must be quoted, expected literal string",
        ),
        (
            "days = 30",
            "days = 30\ndays = 31",
            "error: DIR/x.toml:4:1: not valid TOML: days is written twice: keep one of them",
        ),
        ("[run]", "[run", "error: DIR/x.toml:2:5: not valid TOML: unclosed table, expected `]`"),
    ]);
    assert_eq!(
        said(b"name = \"\xff\xfe\"", &[], &[]),
        "error: DIR/x.toml: is not a text file: byte 8 is not UTF-8"
    );
    assert_eq!(
        said(b"\x7fELF\x02\x01\x00", &[], &[]),
        "error: DIR/x.toml:1:8: not valid TOML: key with no value, expected `=`"
    );
    let deep = format!("name = {}", "[".repeat(10_000));
    assert_eq!(
        said(deep.as_bytes(), &[], &[]),
        "error: DIR/x.toml:1:88: not valid TOML: cannot recurse further; max recursion depth met"
    );
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("folder.toml")).unwrap();
    assert_eq!(
        said_of(dir.path(), "none.toml", &[]),
        "error: DIR/none.toml: cannot be read: there is no such file"
    );
    assert_eq!(
        said_of(dir.path(), "folder.toml", &[]),
        "error: DIR/folder.toml: is a directory: name a TOML file"
    );
}

#[test]
fn extends_that_lead_nowhere_or_in_a_circle_name_the_chain() {
    assert_eq!(
        said(b"extends = \"none.toml\"", &[], &[]),
        "error: DIR/x.toml:1:11: extends = \"none.toml\" is not found: there is no file DIR/none.toml"
    );
    assert_eq!(
        said(b"extends = 5", &[], &[]),
        "error: DIR/x.toml:1:11: extends = 5 has the wrong type: expected a path, found a whole number"
    );
    assert_eq!(
        said(b"extends = \"x.toml\"", &[], &[]),
        "error: DIR/x.toml:1:11: extends goes in a circle: DIR/x.toml -> DIR/x.toml"
    );
    assert_eq!(
        said(b"extends = \"y.toml\"", &[("y.toml", "name = \"y\"\nextends = \"x.toml\"")], &[]),
        "error: DIR/y.toml:2:11: extends goes in a circle: DIR/x.toml -> DIR/y.toml -> DIR/x.toml"
    );
    let broken = [("y.toml", VALID), ("z.toml", "extends = \"y.toml\"\nrun.days = 0")];
    assert_eq!(
        said(b"extends = \"z.toml\"\nmarket.count = 0", &broken, &[]),
        "error: DIR/x.toml:2:16: market.count = 0 is out of range: expected a whole number from 1 to 100000\nerror: DIR/z.toml:2:12: run.days = 0 is out of range: expected a whole number from 1 to 20000"
    );
}

#[test]
fn presets_that_are_missing_or_wrong_are_told_with_those_that_exist() {
    let text = VALID.replace("[policy]", "[policy]\npreset = \"ebya\"");
    assert_eq!(
        said(text.as_bytes(), &[], &[]),
        "error: DIR/x.toml:22:10: policy.preset = \"ebya\" is not found: presets are aliexpress, amazon, ebay, etsy, lazada, mercado_libre, shopee, tiktok_shop"
    );
    let presets = [("policies/ebay.toml", "[policy]"), ("policies/mine.toml", "[policy]")];
    assert_eq!(
        said(text.as_bytes(), &presets, &[]),
        "error: DIR/x.toml:22:10: policy.preset = \"ebya\" is not found: presets are aliexpress, amazon, ebay, etsy, lazada, mercado_libre, mine, shopee, tiktok_shop"
    );
    let wrong = |preset: &str| said(text.as_bytes(), &[("policies/ebya.toml", preset)], &[]);
    assert_eq!(
        wrong("[policy]\npreset = \"ebay\""),
        "error: DIR/policies/ebya.toml:2:1: a preset cannot start from another: remove policy.preset"
    );
    assert_eq!(
        wrong("[run]\ndays = 3"),
        "error: DIR/policies/ebya.toml:1:2: unknown key run; a preset holds policy, name, title, description"
    );
    assert_eq!(
        wrong("name = \"ebya\""),
        "error: DIR/policies/ebya.toml: missing table policy: a preset is a [policy] table"
    );
    assert_eq!(
        wrong("[policy]\ndispute.silense = \"refund\""),
        "error: DIR/policies/ebya.toml:2:9: unknown key policy.dispute.silense; did you mean policy.dispute.silence?"
    );
    assert_eq!(
        wrong("[policy]\noffline.detection = 7"),
        "error: DIR/policies/ebya.toml:2:21: policy.offline.detection = 7 is out of range: expected a share in [0, 1]"
    );
}

#[test]
fn empirical_values_name_the_file_and_the_row() {
    let text = VALID.replace("\"9d\"", "{ empirical = { file = \"times.csv\", column = \"days\" } }");
    let with = |csv: &str| said(text.as_bytes(), &[("times.csv", csv)], &[]);
    assert_eq!(
        said(text.as_bytes(), &[], &[]),
        "error: DIR/x.toml:16:39: cannot read DIR/times.csv: there is no such file"
    );
    assert_eq!(
        with("day,n\n1,2\n"),
        "error: DIR/x.toml:16:39: DIR/times.csv has no column days: columns are day, n"
    );
    assert_eq!(
        with("days,n\n1,2\ntwo,3\n"),
        "error: DIR/times.csv:3:1: column days holds \"two\": expected a number from 0, or a duration such as 2h 30m or 02:30:00"
    );
    assert_eq!(
        with("days,n\n-1,2\n"),
        "error: DIR/times.csv:2:1: column days holds \"-1\": expected a number from 0, or a duration such as 2h 30m or 02:30:00"
    );
    assert_eq!(with("days,n\n"), "error: DIR/x.toml:16:39: DIR/times.csv has no rows");
    assert_eq!(with("days,n\n1,2\n"), "valid");
}

#[test]
fn settings_are_named_in_place_of_a_line() {
    refused_settings(&[
        (
            "sellers[*].stock_out=1.5",
            "error: --set sellers[*].stock_out: sellers[0].stock_out = 1.5 is out of range: expected a probability in [0, 1] or a distribution on [0, 1]",
        ),
        (
            "sellers[*].response.delay=2 parsecs",
            "error: --set sellers[*].response.delay: sellers[0].response.delay = \"2 parsecs\" has the unknown unit \"parsecs\": units are s, m, h, d, w",
        ),
        (
            "sellers[*].response.delay={ exponential = ",
            "error: --set sellers[*].response.delay: { exponential = is not a TOML value: unclosed inline table, expected `}`",
        ),
        (
            "sellers[1].stock_out=0.5",
            "error: --set sellers[1].stock_out: there is no sellers[1]: the last is sellers[0]",
        ),
        (
            "sellers.some.stock_out=0.5",
            "error: --set sellers.some.stock_out: sellers has no segment named some: segments are all",
        ),
        (
            "sellers..stock_out=0.5",
            "error: --set sellers..stock_out: sellers..stock_out is not a key: write names separated by dots, such as market.sellers",
        ),
        ("run.dayz=5", "error: --set run.dayz: unknown key run.dayz; did you mean run.days?"),
        ("run.days", "error: --set run.days: has no value: write KEY=VALUE"),
        (
            "extends=y.toml",
            "error: --set extends: extends cannot be set: name the other scenario instead of this one",
        ),
        (
            "policy.preset=ebya",
            "error: --set policy.preset: policy.preset = \"ebya\" is not found: presets are aliexpress, amazon, ebay, etsy, lazada, mercado_libre, shopee, tiktok_shop",
        ),
        (
            "sellers=5",
            "error: --set sellers: sellers = 5 has the wrong type: expected an array of tables, found a whole number",
        ),
        ("sellers=[]", "error: --set sellers: missing sellers: write at least one [[sellers]] table"),
        (
            "sellers[*].share=0.5",
            "error: DIR/x.toml:12:1: shares of sellers sum to 0.5: expected 1 (all 0.5)",
        ),
        (
            "name=../x",
            "error: --set name: name = \"../x\" cannot be used: expected a name without slashes or control characters",
        ),
    ]);
}

#[test]
fn all_violations_are_reported_at_once_in_the_order_of_the_file() {
    let text = VALID
        .replace("days = 30", "days = 0")
        .replace("sellers = 10", "sellers = \"ten\"")
        .replace("\"2d\"", "2");
    assert_eq!(
        said(text.as_bytes(), &[], &["run.seed=-1"]),
        "error: DIR/x.toml:3:8: run.days = 0 is out of range: expected a whole number from 1 to 20000\nerror: DIR/x.toml:5:11: market.sellers = \"ten\" has the wrong type: expected a whole number from 1 to 1000000, found a string\nerror: DIR/x.toml:20:9: sellers[0].response.delay = 2 has no unit: write \"2d\" for days\nerror: --set run.seed: run.seed = -1 is out of range: expected a whole number from 0"
    );
}
