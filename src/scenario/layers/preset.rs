//! Platform presets: policies by name, from a folder beside the scenario or as shipped with the program.

use crate::scenario::text::error::{ScenarioErrors, listed};
use crate::scenario::text::file;
use crate::scenario::text::node::Node;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The presets that the program brings along.
const SHIPPED: [(&str, &str); 8] = [
    ("aliexpress", include_str!("../../../scenarios/policies/aliexpress.toml")),
    ("amazon", include_str!("../../../scenarios/policies/amazon.toml")),
    ("ebay", include_str!("../../../scenarios/policies/ebay.toml")),
    ("etsy", include_str!("../../../scenarios/policies/etsy.toml")),
    ("lazada", include_str!("../../../scenarios/policies/lazada.toml")),
    ("mercado_libre", include_str!("../../../scenarios/policies/mercado_libre.toml")),
    ("shopee", include_str!("../../../scenarios/policies/shopee.toml")),
    ("tiktok_shop", include_str!("../../../scenarios/policies/tiktok_shop.toml")),
];

/// Where presets are looked up, before the shipped ones, for a scenario put together from `files`.
pub(crate) fn folders(files: &[PathBuf]) -> Vec<PathBuf> {
    let beside = |name: &'static str| files.iter().filter_map(move |file| Some(file.parent()?.join(name)));
    beside("policies").chain(beside("../policies")).collect()
}

/// The policy table of the preset that `name` names.
pub(crate) fn policy(name: &Node, folders: &[PathBuf]) -> Result<Node, ScenarioErrors> {
    let fail = |message: String| Err(ScenarioErrors::one(name.place.clone(), message));
    let Some(text) = name.text() else {
        let shown = name.item.show();
        let found = name.item.type_name();
        return fail(format!("policy.preset = {shown} has the wrong type: expected a name, found {found}"));
    };
    let unfit = text.is_empty() || text.contains(['/', '\\']) || text.starts_with('.');
    let found = folders.iter().map(|folder| folder.join(format!("{text}.toml"))).find(|path| path.is_file());
    if let Some(path) = found.filter(|_| !unfit) {
        return policy_of(&path, &file::document(&path)?);
    }
    if let Some((name, text)) = SHIPPED.iter().find(|(name, _)| *name == text) {
        let path = PathBuf::from(format!("shipped preset {name}"));
        return policy_of(&path, &Node::document(&path, text)?);
    }
    let available = available(folders);
    let names = listed(available.iter().map(String::as_str));
    fail(format!("policy.preset = \"{text}\" is not found: presets are {names}"))
}

/// The policy of a preset file.
fn policy_of(path: &Path, document: &Node) -> Result<Node, ScenarioErrors> {
    let mut policy = None;
    for (key, node) in document.table().into_iter().flatten() {
        match key.as_str() {
            "policy" => policy = Some(node.clone()),
            "name" | "title" | "description" => {}
            _ => {
                let message = format!("unknown key {key}; a preset holds policy, name, title, description");
                return Err(ScenarioErrors::one(node.key.clone(), message));
            }
        }
    }
    let Some(policy) = policy else {
        return Err(ScenarioErrors::file(path, "missing table policy: a preset is a [policy] table"));
    };
    match policy.table().map(|table| table.get("preset")) {
        Some(None) => Ok(policy),
        Some(Some(nested)) => Err(ScenarioErrors::one(
            nested.key.clone(),
            "a preset cannot start from another: remove policy.preset",
        )),
        None => Err(ScenarioErrors::one(policy.place, "policy has the wrong type: expected a table")),
    }
}

/// Names of all presets, in `folders` and shipped.
fn available(folders: &[PathBuf]) -> BTreeSet<String> {
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok());
    let paths = entries.flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let presets = paths.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let found = presets.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    found.chain(SHIPPED.iter().map(|(name, _)| (*name).to_owned())).collect()
}
