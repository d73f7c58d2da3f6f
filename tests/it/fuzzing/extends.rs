//! Scenarios of several files.

use super::confined::{Folder, document_stays_inside};
use super::errors::accepted;
use super::scenario::assert_resolves_to_itself;
use redress::scenario::Source;

/// What begins a line that names the next file.
const MARK: &str = "=== ";

/// The most files of one input.
const MOST_FILES: usize = 8;

/// Any files beside each other, the first of which is the scenario, are read or refused, whatever extends
/// what. A line `=== NAME` begins a file; presets are files in `policies`.
pub fn any_chain_of_files_is_read_or_refused(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let files = files(text);
    let plain = |name: &str| {
        let is_part =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        name.len() < 64 && name.strip_suffix(".toml").is_some_and(|stem| stem.split('/').all(is_part))
    };
    if files.len() > MOST_FILES
        || !files.iter().all(|(name, text)| plain(name) && document_stays_inside(text.as_bytes()))
    {
        return false;
    }
    let folder = Folder::new();
    for (name, text) in files.iter().skip(1).chain(files.first()) {
        folder.write(name, text.as_bytes());
    }
    let path = folder.write(files[0].0, files[0].1.as_bytes());
    if let Some(scenario) = accepted(Source::read(&path).and_then(|source| source.resolve())) {
        assert_resolves_to_itself(&scenario);
    }
    true
}

/// The files of an input with their names; the first needs none.
fn files(text: &str) -> Vec<(&str, &str)> {
    let mut files = Vec::new();
    let mut rest = ("x.toml", text);
    loop {
        let mark = rest.1.match_indices(MARK).find(|(at, _)| *at == 0 || rest.1[..*at].ends_with('\n'));
        let Some((at, _)) = mark else {
            files.push(rest);
            return files;
        };
        if at > 0 {
            files.push((rest.0, &rest.1[..at]));
        }
        let after = &rest.1[at + MARK.len()..];
        rest = after.split_once('\n').unwrap_or((after, ""));
    }
}
