//! What describes the program itself: shell completions, the manual page, the schema of scenarios, and a scenario to begin with.

use super::args::{Arguments, CompletionsArguments, InitArguments};
use super::failure::Failure;
use super::terminal::print;
use crate::scenario::{Key, Shape, keys};
use clap::CommandFactory;
use serde_json::{Map, Value, json};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// The scenario that `init` writes.
const TEMPLATE: &str = include_str!("init.toml");

/// Prints the completions of a shell.
pub(super) fn completions(arguments: &CompletionsArguments) -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "redress", &mut text);
    print(String::from_utf8_lossy(&text).trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual page.
pub(super) fn man() -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    let failed = |error: std::io::Error| Failure::Running(format!("cannot write the manual page: {error}"));
    clap_mangen::Man::new(Arguments::command()).render(&mut text).map_err(failed)?;
    print(String::from_utf8_lossy(&text).trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a commented scenario to begin with. A file that is there is left alone.
pub(super) fn init(arguments: &InitArguments) -> Result<ExitCode, Failure> {
    let path = &arguments.path;
    let shown = path.display();
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::AlreadyExists => "is there already: name another file".to_owned(),
            ErrorKind::NotFound => "cannot be made: its folder is not there".to_owned(),
            _ => format!("cannot be made: {error}"),
        };
        Failure::Invalid(format!("{shown} {reason}"))
    })?;
    file.write_all(TEMPLATE.as_bytes())
        .map_err(|error| Failure::Running(format!("{shown} cannot be written: {error}")))?;
    print(&format!("{shown}: a scenario to begin with; run it with redress run {shown}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the JSON schema of scenario files, made of the keys as they are declared where they are read.
pub(super) fn schema() -> Result<ExitCode, Failure> {
    let mut root = table();
    for key in keys() {
        insert(&mut root, &key.path, property(key));
    }
    root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    root["title"] = json!("A scenario of redress");
    print(&format!("{root:#}"))?;
    Ok(ExitCode::SUCCESS)
}

/// An empty table.
fn table() -> Value {
    json!({ "type": "object", "properties": {}, "additionalProperties": false })
}

/// Puts a key into the schema of the table that it is in; segments are arrays of tables.
fn insert(table_of: &mut Value, path: &str, property: Value) {
    let Some((first, rest)) = path.split_once('.') else {
        table_of["properties"][path] = property;
        return;
    };
    let (name, is_array) = first.strip_suffix("[]").map_or((first, false), |name| (name, true));
    let inner = &mut table_of["properties"][name];
    if inner.is_null() {
        *inner = if is_array { json!({ "type": "array", "items": table() }) } else { table() };
    }
    insert(if is_array { &mut inner["items"] } else { inner }, rest, property);
}

/// The schema of a key: its types, and in words what it takes.
fn property(key: &Key) -> Value {
    let types = match key.shape {
        Shape::Text | Shape::Duration => json!("string"),
        Shape::Flag => json!("boolean"),
        Shape::Whole => json!("integer"),
        Shape::Number => json!(["number", "string"]),
        Shape::Distribution => json!(["number", "string", "object"]),
        Shape::List => json!(["array", "string"]),
        Shape::Choice => json!(["string", "object"]),
    };
    let mut property = Map::new();
    property.insert("type".to_owned(), types);
    property.insert("description".to_owned(), json!(key.expects));
    if let Some(default) = &key.default {
        property.insert("$comment".to_owned(), json!(format!("default: {default}")));
    }
    // Written as it stands in TOML, of which JSON has most values.
    if let Ok(example) = toml::from_str::<toml::Table>(&format!("example = {}", key.example))
        && let Ok(example) = serde_json::to_value(&example["example"])
    {
        property.insert("examples".to_owned(), json!([example]));
    }
    Value::Object(property)
}
