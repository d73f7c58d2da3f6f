//! A scenario put together from its layers: preset, `extends`, the file itself, settings.

use super::adjust::Adjustment;
use super::alike;
use super::assign::{assign, split};
use super::file_kind;
use super::merge::{merge, merge_at};
use super::preset;
use super::remarks;
use super::resolved::Scenario;
use crate::scenario::columns::store::ColumnStore;
use crate::scenario::keys::declared::catalogue;
use crate::scenario::keys::world;
use crate::scenario::reading::pass::Reading;
use crate::scenario::reading::section::Section;
use crate::scenario::text::canonical::{self, Canonical, Keys};
use crate::scenario::text::error::{ScenarioError, ScenarioErrors};
use crate::scenario::text::file;
use crate::scenario::text::near_file::did_you_mean;
use crate::scenario::text::node::{Item, Node};
use crate::scenario::text::place::Place;
use crate::scenario::text::sha256::sha256;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Keys that tell of a file itself and are not inherited.
const OWN_KEYS: [&str; 3] = ["extends", "name", "description"];

/// The most files that extend one another.
const MOST_FILES: usize = 64;

/// A scenario as written, on which keys can still be set.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
    files: Vec<PathBuf>,
    document: Node,
    /// Changes relative to what all else gives, in order.
    adjustments: Vec<Adjustment>,
    /// What is odd about what was set.
    remarks: Vec<String>,
    columns: Arc<ColumnStore>,
}

impl Source {
    /// Reads a scenario file and the files that it extends.
    ///
    /// # Errors
    /// What cannot be read, with its line and column.
    pub fn read(path: &Path) -> Result<Self, ScenarioErrors> {
        let mut files = Vec::new();
        let document = layers(path, None, &mut files, None)?;
        if let Some(error) = file_kind::study_in(path, &document) {
            return Err(error);
        }
        Ok(Self { files, ..Self::of(path.to_owned(), document) })
    }

    /// A scenario from its text, under the name that it has without one of its own; it extends nothing.
    ///
    /// # Errors
    /// What is no TOML, with its line and column.
    pub fn from_text(name: &str, text: &str) -> Result<Self, ScenarioErrors> {
        let path = PathBuf::from(name);
        let document = Node::document(&path, text)?;
        Ok(Self::of(path, document))
    }

    /// A scenario from its text as if it stood in a file of this path, from whose folder it may extend others.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn from_text_at(path: &Path, text: &str) -> Result<Self, ScenarioErrors> {
        let mut files = Vec::new();
        let document = layers(path, Some(text), &mut files, None)?;
        if let Some(error) = file_kind::study_in(path, &document) {
            return Err(error);
        }
        Ok(Self { files, ..Self::of(path.to_owned(), document) })
    }

    fn of(path: PathBuf, document: Node) -> Self {
        let (files, adjustments, remarks) = (Vec::new(), Vec::new(), Vec::new());
        Self { path, files, document, adjustments, remarks, columns: Arc::default() }
    }

    /// The scenario file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Sets a key, as in `sellers[*].response.delay=2d`; text that is no TOML value is a string. `KEY*=0.5` scales what the
    /// scenario has, and `KEY.median=1d` reaches into a distribution: both act after all plain settings.
    ///
    /// # Errors
    /// A setting without `=`, or a key that leads nowhere. Whether the key exists and the value fits it
    /// is for [`Self::resolve`].
    pub fn set(&mut self, setting: &str) -> Result<(), ScenarioErrors> {
        self.set_by("--set", setting)
    }

    /// The same, for what another option than `--set` says; messages name it.
    ///
    /// # Errors
    /// As [`Self::set`].
    pub fn set_by(&mut self, option: &str, setting: &str) -> Result<(), ScenarioErrors> {
        let Some((key, text)) = split(setting) else {
            let place = Place::option(option, setting);
            return Err(ScenarioErrors::one(place, "has no value: write KEY=VALUE"));
        };
        let place = Place::option(option, key);
        let value = Node::value(text, &place)?;
        self.assign(key, &value)
    }

    /// Sets a key to a value.
    ///
    /// # Errors
    /// As [`Self::set`].
    pub fn set_value(&mut self, key: &str, value: &toml::Value) -> Result<(), ScenarioErrors> {
        self.override_value("--set", key, value)
    }

    /// Sets a key to a value; messages name `origin` as where that was written.
    ///
    /// # Errors
    /// As [`Self::set`].
    pub fn override_value(
        &mut self,
        origin: &str,
        key: &str,
        value: &toml::Value,
    ) -> Result<(), ScenarioErrors> {
        self.assign(key, &Node::from_toml(value, &Place::option(origin, key)))
    }

    /// Sets a key to a value with its place.
    pub(crate) fn assign(&mut self, key: &str, value: &Node) -> Result<(), ScenarioErrors> {
        let failed = |message| ScenarioErrors::one(value.place.clone(), message);
        if let Some(adjustment) = Adjustment::of(key, value).map_err(failed)? {
            self.adjustments.push(adjustment);
            return Ok(());
        }
        let remark = remarks::of_setting(&self.document, key, value);
        assign(&mut self.document, key, value).map_err(failed)?;
        self.remarks.extend(remark);
        Ok(())
    }

    /// The same with its preset laid under its own rules for good, so that to resolve it reads no preset again.
    ///
    /// # Errors
    /// A preset that is not there, or cannot be read.
    pub fn with_preset_read(mut self) -> Result<Self, ScenarioErrors> {
        let name = self.value("policy.preset").filter(|name| name.text() != Some("none")).cloned();
        if let Some(name) = name {
            on_preset(&mut self.document, preset::policy(&name, &preset::folders(&self.files))?);
            if let Item::Table(document) = &mut self.document.item
                && let Some(Node { item: Item::Table(policy), .. }) = document.get_mut("policy")
            {
                policy.remove("preset");
            }
        }
        Ok(self)
    }

    /// The preset that the rules start from, if it is one.
    pub fn preset(&self) -> Option<&str> {
        self.value("policy.preset").and_then(Node::text).filter(|name| *name != "none")
    }

    /// Everything as written.
    pub(crate) const fn document(&self) -> &Node {
        &self.document
    }

    /// The raw value of a key by its plain dotted path.
    pub(crate) fn value(&self, path: &str) -> Option<&Node> {
        value_in(&self.document, path)
    }

    /// Validates everything.
    ///
    /// # Errors
    /// All violations at once.
    pub fn resolve(&self) -> Result<Scenario, ScenarioErrors> {
        let mut scenario = self.resolve_adjusted()?;
        scenario.remarks.extend(self.remarks.iter().cloned());
        Ok(scenario)
    }

    fn resolve_adjusted(&self) -> Result<Scenario, ScenarioErrors> {
        let plain = self.resolve_document(self.document.clone())?;
        if self.adjustments.is_empty() {
            return Ok(plain);
        }
        // The canonical text has every key, those of presets and defaults too.
        let mut complete = Node::document(&self.path, &plain.resolved)?;
        let mut errors = Vec::new();
        for adjustment in &self.adjustments {
            let failed = |message| ScenarioError::new(adjustment.place.clone(), message);
            errors.extend(adjustment.apply(&mut complete).map_err(failed).err());
        }
        if errors.is_empty() { self.resolve_document(complete) } else { Err(ScenarioErrors::all(errors)) }
    }

    fn resolve_document(&self, mut document: Node) -> Result<Scenario, ScenarioErrors> {
        let mut errors: Vec<ScenarioError> = Vec::new();
        let mut reading = Reading::of_scenario(&self.path, catalogue()).with_columns(&self.columns);
        let preset = value_in(&document, "policy.preset").filter(|name| name.text() != Some("none")).cloned();
        if let Some(name) = &preset {
            match preset::policy(name, &preset::folders(&self.files)) {
                Ok(policy) => on_preset(&mut document, policy),
                Err(found) => {
                    errors.extend(found.into_vec());
                    reading = reading.incomplete("policy");
                }
            }
        }
        let stem = self.path.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy());
        let mut root = Section::root(&reading, Some(&document));
        let read = world::read(&mut root, &stem);
        let keys = root.finish();
        let resolved = canonical::document(&keys);
        errors.extend(reading.into_errors());
        if !errors.is_empty() {
            return Err(ScenarioErrors::all(alike::once(errors, &document)));
        }
        let hash = sha256(resolved.as_bytes());
        let world_hash = Sha256::digest(canonical::document(&of_world(keys)).as_bytes()).into();
        let world::Document { name, description, world, precision, most_replications } = read;
        let remarks = remarks::of(&document, &world);
        Ok(Scenario {
            name,
            description,
            world,
            precision,
            most_replications,
            resolved,
            hash,
            world_hash,
            remarks,
        })
    }
}

/// The raw value of a key by its plain dotted path.
fn value_in<'a>(document: &'a Node, path: &str) -> Option<&'a Node> {
    path.split('.').try_fold(document, |node, key| node.table()?.get(key))
}

/// The keys that a replication depends on: neither what the scenario is called nor how many replications it has.
fn of_world(mut keys: Keys) -> Keys {
    keys.retain(|(key, _)| !OWN_KEYS.contains(key));
    for (key, value) in &mut keys {
        if let ("run", Canonical::Table(run)) = (*key, value) {
            run.retain(|(key, _)| !["replications", "precision", "max_replications"].contains(key));
        }
    }
    keys
}

/// The document in `path`, or its `text` if that is given, on top of those it extends; `files` are those read so far, the last
/// one is what `extends`.
fn layers(
    path: &Path,
    text: Option<&str>,
    files: &mut Vec<PathBuf>,
    named: Option<&Node>,
) -> Result<Node, ScenarioErrors> {
    let same = |file: &PathBuf| {
        file == path || matches!((file.canonicalize(), path.canonicalize()), (Ok(a), Ok(b)) if a == b)
    };
    if let (true, Some(node)) = (files.iter().any(same), named) {
        let chain: Vec<String> =
            files.iter().map(PathBuf::as_path).chain([path]).map(|file| file.display().to_string()).collect();
        let message = format!("extends goes in a circle: {}", chain.join(" -> "));
        return Err(ScenarioErrors::one(node.place.clone(), message));
    }
    if let (MOST_FILES, Some(node)) = (files.len(), named) {
        let (first, last) = (files[0].display(), path.display());
        let message = format!(
            "extends leads from {first} through more than {MOST_FILES} files, the last of them {last}: put what they say \
             into fewer"
        );
        return Err(ScenarioErrors::one(node.place.clone(), message));
    }
    if let (false, Some(node)) = (path.exists(), named) {
        let message = format!(
            "extends = {} is not found: there is no file {}{}",
            node.item.show(),
            path.display(),
            did_you_mean(path)
        );
        return Err(ScenarioErrors::one(node.place.clone(), message));
    }
    files.push(path.to_owned());
    let document = text.map_or_else(|| file::document(path), |text| Node::document(path, text))?;
    let named = document.table().and_then(|table| table.get("extends"));
    let Some(extends) = named.filter(|name| name.text() != Some("none")).cloned() else {
        return Ok(document);
    };
    let Some(name) = extends.text() else {
        let (shown, found) = (extends.item.show(), extends.item.type_name());
        let message = format!("extends = {shown} has the wrong type: expected a path, found {found}");
        return Err(ScenarioErrors::one(extends.place, message));
    };
    let base = path.parent().unwrap_or(Path::new("")).join(name);
    let mut inherited = layers(&base, None, files, Some(&extends))?;
    if let Item::Table(table) = &mut inherited.item {
        for key in OWN_KEYS {
            table.remove(key);
        }
    }
    Ok(merge(inherited, document))
}

/// Puts the document's own policy keys on top of a preset.
fn on_preset(document: &mut Node, preset: Node) {
    if let Item::Table(table) = &mut document.item
        && let Some(own) = table.remove("policy")
    {
        table.insert("policy".to_owned(), merge_at(preset, own, "policy"));
    }
}
