//! The canonical text of a scenario: every key with its value, in the order of its declaration.

/// A value in canonical form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Canonical {
    /// TOML text of a value.
    Value(String),
    /// A table under its own header.
    Table(Keys),
    /// An array of tables, each under its own header.
    Segments(Vec<Keys>),
}

/// Keys in the order of their declaration.
pub(crate) type Keys = Vec<(&'static str, Canonical)>;

/// The document that `keys` make.
pub(crate) fn document(keys: &Keys) -> String {
    let mut text = String::new();
    write_table(&mut text, "", keys);
    text
}

/// `keys` as one inline table.
pub(crate) fn inline(keys: &Keys) -> String {
    let parts: Vec<String> = keys
        .iter()
        .map(|(key, value)| match value {
            Canonical::Value(text) => format!("{key} = {text}"),
            Canonical::Table(inner) => format!("{key} = {}", inline(inner)),
            Canonical::Segments(all) => {
                format!("{key} = [{}]", all.iter().map(inline).collect::<Vec<_>>().join(", "))
            }
        })
        .collect();
    format!("{{ {} }}", parts.join(", "))
}

fn write_table(text: &mut String, path: &str, keys: &Keys) {
    for (key, value) in keys {
        if let Canonical::Value(value) = value {
            text.extend([key, " = ", value, "\n"]);
        }
    }
    for (key, value) in keys {
        let inner = if path.is_empty() { (*key).to_owned() } else { format!("{path}.{key}") };
        match value {
            Canonical::Value(_) => {}
            Canonical::Table(keys) => {
                if keys.iter().any(|(_, value)| matches!(value, Canonical::Value(_))) {
                    text.extend(["\n[", &inner, "]\n"]);
                }
                write_table(text, &inner, keys);
            }
            Canonical::Segments(all) => {
                for keys in all {
                    text.extend(["\n[[", &inner, "]]\n"]);
                    write_table(text, &inner, keys);
                }
            }
        }
    }
}
