//! What a result answers, by which the results of two questions are told apart.

use super::former::manifest_in;
use super::hash::hexadecimal;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Letters of the hash that the name of a folder has.
const SHOWN: usize = 8;

/// The hash of everything that a result depends on but for the version of the program: two commands with the same one write
/// the same tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionHash(String);

impl QuestionHash {
    /// The SHA-256 of what was asked, part by part.
    pub fn of<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            let part = part.as_ref();
            // With its length, so that no two lists of parts are the same text.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hexadecimal(&hash.finalize()))
    }

    /// In hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder in `parent` for results called `name`: the one of that name, unless results of another question are in it.
    pub fn folder(&self, parent: &Path, name: &str) -> PathBuf {
        let plain = parent.join(name);
        match manifest_in(&plain) {
            Some(manifest) if manifest.question_sha256.as_deref() != Some(self.as_str()) => {
                parent.join(format!("{name}-{}", &self.0[..SHOWN]))
            }
            _ => plain,
        }
    }
}

impl From<String> for QuestionHash {
    fn from(hexadecimal: String) -> Self {
        // What is not made by this program is hashed into something that is.
        if hexadecimal.len() == 64 && hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Self(hexadecimal)
        } else {
            Self::of([hexadecimal])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::QuestionHash;

    #[test]
    fn parts_are_told_apart_from_what_they_make_together() {
        assert_eq!(QuestionHash::of(["run", "a"]), QuestionHash::of(["run", "a"]));
        assert_ne!(QuestionHash::of(["run", "a"]), QuestionHash::of(["runa"]));
        assert_ne!(QuestionHash::of(["run", "a"]), QuestionHash::of(["a", "run"]));
    }

    #[test]
    fn a_name_has_one_folder_for_each_question() {
        let parent = tempfile::tempdir().expect("a folder");
        let (first, second) = (QuestionHash::of(["first"]), QuestionHash::of(["second"]));
        assert_eq!(first.folder(parent.path(), "x"), parent.path().join("x"));
        let manifest = format!(
            r#"{{"version":"0","command":"run","scenario":"","question_sha256":"{}"}}"#,
            first.as_str()
        );
        std::fs::create_dir(parent.path().join("x")).expect("a folder");
        std::fs::write(parent.path().join("x/manifest.json"), manifest).expect("a file");
        assert_eq!(first.folder(parent.path(), "x"), parent.path().join("x"));
        let beside = parent.path().join(format!("x-{}", &second.as_str()[..8]));
        assert_eq!(second.folder(parent.path(), "x"), beside);
    }
}
