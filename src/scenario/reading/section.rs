//! Reading a table: each key is declared once, with its kind and its default, where its value is used.
//!
//! A declaration reads the value, reports what is wrong with it, adds the key to the catalogue and writes
//! it to the canonical text. After an error reading goes on with a stand-in, so that all violations are
//! found at once.

use super::catalogue::{Domain, Key, Shape};
use super::kind::{Cursor, Kind};
use super::pass::Reading;
use crate::scenario::columns::store::ColumnStore;
use crate::scenario::text::canonical::{Canonical, Keys, inline};
use crate::scenario::text::error::{ScenarioError, listed, nearest};
use crate::scenario::text::node::{Item, Node, Table, quoted};
use crate::scenario::text::place::{Place, relative};
use std::path::{Path, PathBuf};

/// A table being read.
#[derive(Debug)]
pub(crate) struct Section<'a> {
    reading: &'a Reading,
    path: String,
    place: Place,
    table: Option<&'a Table>,
    declared: Vec<&'static str>,
    canonical: Keys,
    /// Whether something else stands where the table should be, so that no key can be missing.
    misplaced: bool,
}

impl<'a> Section<'a> {
    /// The whole document.
    pub(crate) fn root(reading: &'a Reading, document: Option<&'a Node>) -> Self {
        let place = document.map_or_else(|| Place::file(&reading.file), |node| node.place.clone());
        Self::new(reading, String::new(), place, document.and_then(Node::table))
    }

    /// The value at the cursor as a table to read key by key, if it is one.
    pub(crate) fn at(cursor: &Cursor<'a>) -> Option<Self> {
        let table = cursor.node.table()?;
        Some(Self::new(cursor.reading, cursor.path.clone(), cursor.node.place.clone(), Some(table)))
    }

    /// The table at `path`, or none.
    fn new(reading: &'a Reading, path: String, place: Place, table: Option<&'a Table>) -> Self {
        Self { reading, path, place, table, declared: Vec::new(), canonical: Keys::new(), misplaced: false }
    }

    /// The full path of a key of this table.
    pub(crate) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Whether this pass only gathers declarations.
    pub(crate) const fn is_recording(&self) -> bool {
        self.reading.catalogue.is_some()
    }

    /// Whether the key is present.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.node(key).is_some()
    }

    /// The raw value of a key.
    pub(crate) fn node(&self, key: &str) -> Option<&'a Node> {
        self.table.and_then(|table| table.get(key))
    }

    /// Reports a violation about `key`, at its value if it is present, otherwise at the table.
    pub(crate) fn report(&self, key: &str, message: impl Into<String>) {
        self.reading.report(self.place_of(key), message);
    }

    /// Reports a violation somewhere else.
    pub(crate) fn report_at(&self, place: Place, message: String) {
        self.reading.report(place, message);
    }

    /// Reports a violation with its place.
    pub(crate) fn report_error(&self, error: ScenarioError) {
        self.reading.errors.borrow_mut().push(error);
    }

    /// The place of a key's value, or of the table.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.node(key).map_or(&self.place, |node| &node.place).clone()
    }

    /// The value of a key as it was written, for messages.
    pub(crate) fn shown(&self, key: &str) -> String {
        self.node(key).map_or_else(|| "none".to_owned(), |node| node.item.show())
    }

    /// How many violations the pass has found so far.
    pub(crate) fn error_count(&self) -> usize {
        self.reading.error_count()
    }

    /// The path of a file that `key` names: relative to the file that says so, or to the scenario.
    pub(crate) fn file(&self, key: &str, name: &str) -> PathBuf {
        let folder = self.place_of(key).folder();
        let folder = folder.or_else(|| self.reading.file.parent().map(Path::to_path_buf));
        folder.unwrap_or_default().join(name)
    }

    /// A path from the folder of the scenario, where it can be told.
    pub(crate) fn relative(&self, path: &Path) -> String {
        let folder = self.reading.file.parent().unwrap_or(Path::new(""));
        relative(path, folder).display().to_string()
    }

    /// Columns of observed values that were read so far.
    pub(crate) fn columns(&self) -> &'a ColumnStore {
        &self.reading.columns
    }

    /// A key that must be given.
    pub(crate) fn required<K: Kind>(&mut self, key: &'static str, kind: &K) -> K::Value {
        self.declare(key, kind, None);
        let value = if let Some(cursor) = self.cursor(key) {
            kind.read(&cursor).unwrap_or_else(|| kind.example())
        } else {
            self.missing(key, &kind.expects(), &kind.write(&kind.example()));
            kind.example()
        };
        self.emit(key, kind.write_in(self.reading, &value));
        value
    }

    /// A key with a default.
    pub(crate) fn or<K: Kind>(&mut self, key: &'static str, kind: &K, default: K::Value) -> K::Value {
        let words = kind.write(&default);
        self.or_following(key, kind, &words, default)
    }

    /// A key whose default follows something else, as `words` say.
    pub(crate) fn or_following<K: Kind>(
        &mut self,
        key: &'static str,
        kind: &K,
        words: &str,
        default: K::Value,
    ) -> K::Value {
        self.declare(key, kind, Some(words.to_owned()));
        let value = match self.cursor(key) {
            Some(cursor) => kind.read(&cursor).unwrap_or(default),
            None => default,
        };
        self.emit(key, kind.write_in(self.reading, &value));
        value
    }

    /// A key that may be left out; `"none"` undoes an inherited one.
    pub(crate) fn optional<K: Kind>(&mut self, key: &'static str, kind: &K) -> Option<K::Value> {
        self.declare(key, kind, Some(quoted("none")));
        let value = self
            .cursor(key)
            .and_then(|cursor| if cursor.node.text() == Some("none") { None } else { kind.read(&cursor) });
        let write = |value| kind.write_in(self.reading, value);
        self.emit(key, value.as_ref().map_or_else(|| quoted("none"), write));
        value
    }

    /// A key that was consumed before reading, when layers were put together.
    pub(crate) fn consumed<K: Kind>(&mut self, key: &'static str, kind: &K) {
        self.declare(key, kind, Some(quoted("none")));
    }

    /// Admits a key whose value has no effect here, because a rival was given or it is read elsewhere.
    pub(crate) fn declare_only(&mut self, key: &'static str) {
        self.declared.push(key);
    }

    /// A table of keys.
    pub(crate) fn table<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Section<'a>) -> T) -> T {
        self.declare_table(key, "");
        let mut section = self.open(key);
        let value = read(&mut section);
        self.canonical.push((key, Canonical::Table(section.finish())));
        value
    }

    /// A table that may be left out as a whole; `"none"` undoes an inherited one.
    pub(crate) fn optional_table<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Section<'a>) -> T,
    ) -> Option<T> {
        let given = self.node(key).is_some_and(|node| node.text() != Some("none"));
        if given || self.is_recording() {
            return Some(self.table(key, read));
        }
        self.declared.push(key);
        self.emit(key, quoted("none"));
        None
    }

    /// An array of tables that holds at least one, each with its own header in the canonical text.
    pub(crate) fn segments<T>(&mut self, key: &'static str, read: impl Fn(&mut Section<'a>) -> T) -> Vec<T> {
        self.declare_table(key, "[]");
        let (values, keys) = self.read_all(key, &read);
        let is_empty = match self.node(key).map(|node| &node.item) {
            None => !self.misplaced && !self.is_recording(),
            Some(Item::List(elements)) => elements.is_empty(),
            Some(_) => false,
        };
        if is_empty {
            let path = self.path_of(key);
            let message = format!("missing {path}: write at least one [[{path}]] table");
            self.reading.miss(path, self.place_of(key), message);
        }
        self.canonical.push((key, Canonical::Segments(keys)));
        values
    }

    /// An array of inline tables, read and replaced as one value.
    pub(crate) fn records<T>(
        &mut self,
        key: &'static str,
        default: Option<&str>,
        example: &str,
        read: impl Fn(&mut Section<'a>) -> T,
    ) -> Vec<T> {
        let expects = format!("an array of tables such as {example}");
        let told = (Shape::List, expects.clone(), Domain::Words);
        self.declare_key(key, told, default.map(str::to_owned), example.to_owned());
        if self.is_recording() {
            return Vec::new();
        }
        if !self.has(key) && default.is_none() {
            self.missing(key, &expects, example);
        }
        let undone = default == Some("[]") && self.node(key).and_then(Node::text) == Some("none");
        if let (true, Some(default)) = (undone || !self.has(key), default) {
            self.emit(key, default.to_owned());
            return Vec::new();
        }
        let before = self.error_count();
        let (values, keys) = self.read_all(key, &read);
        let shown: Vec<String> = keys.iter().map(inline).collect();
        self.emit(key, format!("[{}]", shown.join(", ")));
        // Stand-ins in place of wrong elements would be reported a second time as out of order.
        if self.error_count() > before { Vec::new() } else { values }
    }

    /// Declares that two keys exclude each other: one given later displaces an inherited other, and both
    /// in one layer are an error.
    pub(crate) fn rivals(&mut self, key: &'static str, rival: &'static str) {
        self.displaces(rival, key);
        self.displaces_silently(key, rival);
    }

    /// Declares that `key` displaces an inherited `rival`, and that both in one layer are an error.
    pub(crate) fn displaces(&mut self, key: &'static str, rival: &'static str) {
        self.displaces_silently(key, rival);
        let given = |key| self.node(key).is_some_and(|node| node.text() != Some("none"));
        if given(key) && given(rival) {
            let (key_path, rival_path) = (self.path_of(key), self.path_of(rival));
            self.report(key, format!("{key_path} and {rival_path} exclude each other: remove one of them"));
        }
    }

    fn displaces_silently(&self, key: &str, rival: &'static str) {
        if let Some(catalogue) = &self.reading.catalogue {
            catalogue.borrow_mut().rivals.push((self.path_of(key), rival));
        }
    }

    /// Ends the reading of this table: reports keys that are not declared, returns the canonical ones.
    pub(crate) fn finish(self) -> Keys {
        for (key, node) in self.table.into_iter().flatten() {
            if !self.declared.contains(&key.as_str()) {
                let path = self.path_of(key);
                let message = format!("unknown key {path}; {}", self.way_out(key, &path));
                self.reading.report(node.key.clone(), message);
            }
        }
        self.canonical
    }

    /// Reports that a key is missing.
    pub(crate) fn missing(&self, key: &str, expects: &str, example: &str) {
        let path = self.path_of(key);
        let incomplete = self.reading.incomplete;
        if self.misplaced || self.is_recording() || incomplete.is_some_and(|table| path.starts_with(table)) {
            return;
        }
        let message = format!("missing key {path}: expected {expects}, for example {key} = {example}");
        self.reading.miss(path, self.place.clone(), message);
    }

    /// The valid key that may have been meant, or all of this table's keys.
    fn way_out(&self, key: &str, path: &str) -> String {
        if let Some(near) = nearest(key, self.declared.iter().copied()) {
            let near = self.path_of(near);
            self.reading.propose(&near);
            return format!("did you mean {near}?");
        }
        let known = self.reading.known;
        if self.reading.is_scenario
            && let Some(near) = known.and_then(|known| known.nearest(path))
        {
            return format!("did you mean {near}?");
        }
        let is_of_scenarios = known.is_some_and(|known| known.has_table(key));
        if !self.reading.is_scenario && self.path.is_empty() && is_of_scenarios {
            return format!(
                "{key} belongs into the scenario that the study names: a study varies its keys as factors, and sets days, \
                 seed and replications"
            );
        }
        let table = if self.path.is_empty() { "the top level".to_owned() } else { self.path.clone() };
        format!("valid keys of {table} are {}", listed(self.declared.iter().copied()))
    }

    /// The value of a key, ready to be read.
    fn cursor(&self, key: &str) -> Option<Cursor<'a>> {
        let node = self.node(key)?;
        Some(Cursor { reading: self.reading, path: self.path_of(key), node })
    }

    /// Adds a key to the canonical text.
    fn emit(&mut self, key: &'static str, text: String) {
        self.canonical.push((key, Canonical::Value(text)));
    }

    /// The table at `key`; an empty one where it is missing or no table.
    fn open(&self, key: &str) -> Section<'a> {
        let cursor = self.cursor(key);
        if let Some(section) = cursor.as_ref().and_then(Section::at) {
            return section;
        }
        let place = cursor.as_ref().map_or(&self.place, |cursor| &cursor.node.place).clone();
        if let Some(cursor) = &cursor {
            cursor.wrong_type::<()>("a table");
        }
        let misplaced = self.misplaced || cursor.is_some();
        Section { misplaced, ..Section::new(self.reading, self.path_of(key), place, None) }
    }

    /// Reads every table of an array; in a recording pass, one that is not there.
    fn read_all<T>(&self, key: &str, read: &impl Fn(&mut Section<'a>) -> T) -> (Vec<T>, Vec<Keys>) {
        if self.is_recording() {
            let mut section = Section::new(self.reading, self.path_of(key) + "[]", self.place.clone(), None);
            let value = read(&mut section);
            return (vec![value], vec![section.finish()]);
        }
        let Some(cursor) = self.cursor(key) else {
            return (Vec::new(), Vec::new());
        };
        let Some(elements) = cursor.elements() else {
            cursor.wrong_type::<()>("an array of tables");
            return (Vec::new(), Vec::new());
        };
        let mut all = (Vec::new(), Vec::new());
        for element in elements {
            match Section::at(&element) {
                Some(mut section) => {
                    all.0.push(read(&mut section));
                    all.1.push(section.finish());
                }
                None => drop(element.wrong_type::<()>("a table")),
            }
        }
        all
    }

    fn declare<K: Kind>(&mut self, key: &'static str, kind: &K, default: Option<String>) {
        if self.is_recording() {
            let example = kind.write(&kind.example());
            self.declare_key(key, (kind.shape(), kind.expects(), kind.domain()), default, example);
        } else {
            self.declared.push(key);
        }
    }

    fn declare_key(
        &mut self,
        key: &'static str,
        (shape, expects, domain): (Shape, String, Domain),
        default: Option<String>,
        example: String,
    ) {
        self.declared.push(key);
        if let Some(catalogue) = &self.reading.catalogue {
            let path = self.path_of(key);
            catalogue.borrow_mut().keys.push(Key { path, shape, expects, domain, default, example });
        }
    }

    fn declare_table(&mut self, key: &'static str, suffix: &str) {
        self.declared.push(key);
        if let Some(catalogue) = &self.reading.catalogue {
            catalogue.borrow_mut().tables.push(self.path_of(key) + suffix);
        }
    }
}
