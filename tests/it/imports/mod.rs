//! Which file of a crate uses which, read from its source: what each file defines, and where the paths in it lead.
//!
//! A path leads to the file that defines what it names, through any number of re-exports. A `mod` or a re-export in a folder's
//! `mod.rs` uses nothing; tests at the end of a file and files of tests are left out.

#![allow(unreachable_pub, reason = "items for every module of the test crate")]

mod modules;
mod tokens;

use modules::{Module, read};
use std::collections::{BTreeMap, BTreeSet};

/// Files by path, each with those that it uses.
pub type Arrows = BTreeMap<String, BTreeSet<String>>;

/// The arrows between the files of a crate, given as paths from its source folder with their texts.
pub fn arrows(files: &BTreeMap<String, String>) -> Arrows {
    let mut modules: BTreeMap<Vec<String>, Module> =
        files.iter().map(|(path, text)| (module_of(path), read(path, text))).collect();
    let declared: BTreeSet<Vec<String>> = modules
        .iter()
        .flat_map(|(place, module)| module.children.iter().map(|name| child(place, name)))
        .collect();
    modules.retain(|place, _| place.is_empty() || declared.contains(place));
    let mut arrows = Arrows::new();
    for (place, module) in &modules {
        let used = arrows.entry(module.file.clone()).or_default();
        for path in &module.paths {
            let found = Search { modules: &modules, visited: BTreeSet::new() }.file_of(place, path);
            used.extend(found.filter(|file| *file != module.file));
        }
    }
    arrows
}

/// The path of the module that a file holds.
fn module_of(file: &str) -> Vec<String> {
    let mut path: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if path.last().is_some_and(|last| last == "mod" || last == "lib") {
        path.pop();
    }
    path
}

/// The path of a module below another.
fn child(place: &[String], name: &str) -> Vec<String> {
    [place, &[name.to_owned()]].concat()
}

/// A search for what a path names.
struct Search<'a> {
    modules: &'a BTreeMap<Vec<String>, Module>,
    /// Names asked for so far, so that re-exports of one another end.
    visited: BTreeSet<(Vec<String>, String)>,
}

impl Search<'_> {
    /// The file that defines what `path` names where it stands in the module at `place`; `None` for other crates and for
    /// folders as such.
    fn file_of(&mut self, place: &[String], path: &[String]) -> Option<String> {
        let mut at = place.to_vec();
        let mut rest = path;
        let is_relative = !matches!(path[0].as_str(), "crate" | "self" | "super");
        while let Some((first, after)) = rest.split_first() {
            match first.as_str() {
                "crate" => at.clear(),
                "self" => {}
                "super" => drop(at.pop()),
                _ => break,
            }
            rest = after;
        }
        let is_known = |search: &Self| {
            let module = &search.modules[place];
            search.child(place, &path[0]).is_some()
                || module.binds(&path[0])
                || module.items.contains(&path[0])
        };
        if is_relative && !is_known(self) {
            return None;
        }
        self.descend(&at, rest, path)
    }

    fn descend(&mut self, at: &[String], rest: &[String], whole: &[String]) -> Option<String> {
        let module = self.modules.get(at).unwrap_or_else(|| panic!("{}: no such module", whole.join("::")));
        let Some((name, after)) = rest.split_first() else {
            return (!module.is_folder).then(|| module.file.clone());
        };
        let child = self.child(at, name);
        if let Some(child) = child.as_ref().filter(|_| !after.is_empty()) {
            return self.descend(child, after, whole);
        }
        if name == "*" || module.items.contains(name) {
            return Some(module.file.clone());
        }
        if self.visited.insert((at.to_vec(), name.clone())) {
            let bound: Vec<Vec<String>> =
                module.bound(name).map(|path| [path.as_slice(), after].concat()).collect();
            if !bound.is_empty() {
                return bound.iter().find_map(|path| self.file_of(at, path));
            }
        }
        if let Some(child) = child {
            return self.descend(&child, after, whole);
        }
        panic!("{}: {} is not defined in {}", whole.join("::"), name, module.file);
    }

    fn child(&self, at: &[String], name: &str) -> Option<Vec<String>> {
        Some(child(at, name)).filter(|child| self.modules.contains_key(child))
    }
}

/// The circles: sets of files of which each leads to each other, in order.
pub fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        arrows.keys().map(|file| (file, reach(arrows, file))).collect();
    let mut circles = BTreeSet::new();
    for (file, others) in &reached {
        if others.contains(file) {
            let circle = others.iter().filter(|other| reached.get(**other).is_some_and(|r| r.contains(file)));
            circles.insert(circle.map(|other| (*other).clone()).collect::<Vec<_>>());
        }
    }
    circles.into_iter().collect()
}

/// Every file that arrows lead to from `file`.
fn reach<'a>(arrows: &'a Arrows, file: &'a String) -> BTreeSet<&'a String> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&String> = vec![file];
    while let Some(file) = next.pop() {
        next.extend(arrows.get(file).into_iter().flatten().filter(|used| found.insert(*used)));
    }
    found
}
