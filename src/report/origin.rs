//! Which world results are of: the rules that it starts from, and what the command line set on top of its file.

use crate::scenario::Study;

/// How many characters of settings a chart names.
const MOST_CHARACTERS: usize = 80;
/// How many characters of one setting are shown elsewhere; the manifest has all.
const MOST_SHOWN: usize = 200;

/// What the name of a scenario or study does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The preset that the rules start from; none if there is none, or if a factor varies it.
    pub preset: Option<String>,
    /// What the command line set, each as `KEY=VALUE`.
    pub overrides: Vec<String>,
    /// The command line that repeats it, without what changes no result.
    pub command: String,
}

impl Origin {
    /// That of a study with settings on its scenario; the preset is left out if a factor varies it.
    pub fn of_study(study: &Study, overrides: Vec<String>) -> Self {
        let is_varied =
            study.factors.iter().any(|factor| factor.keys.iter().any(|key| key == "policy.preset"));
        let preset = study.source().preset().filter(|_| !is_varied).map(str::to_owned);
        Self { preset, overrides, ..Self::default() }
    }

    /// The rules and the settings in sentences without their ends.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        sentences.extend(self.preset.as_ref().map(|preset| format!("rules start from the preset {preset}")));
        if !self.overrides.is_empty() {
            let settings: Vec<String> = self.overrides.iter().map(|setting| shown(setting)).collect();
            sentences.push(format!("set on the command line: {}", settings.join(", ")));
        }
        sentences
    }

    /// What a file says of itself; with settings on top of it that may not be so any more, which is said.
    pub fn described(&self, description: &str) -> String {
        if self.overrides.is_empty() || description.is_empty() {
            return description.to_owned();
        }
        format!("The file, without what was set on the command line, says of itself: {description}")
    }

    /// A name with the settings behind it, for the headings of charts.
    pub fn named(&self, name: &str) -> String {
        let mut room = MOST_CHARACTERS;
        let mut shown: Vec<&str> = Vec::new();
        for setting in &self.overrides {
            let Some(left) = room.checked_sub(setting.chars().count() + 2) else { break };
            room = left;
            shown.push(setting);
        }
        let more = self.overrides.len() - shown.len();
        let settings = match (shown.is_empty(), more) {
            (true, 0) => return name.to_owned(),
            (false, 0) => shown.join(", "),
            (true, _) => format!("{more} setting(s) of the command line"),
            (false, _) => format!("{} and {more} more", shown.join(", ")),
        };
        format!("{name} with {settings}")
    }
}

/// A setting without control characters, and cut where it is very long.
fn shown(setting: &str) -> String {
    let plain = |letter: char| -> String {
        if letter.is_control() { letter.escape_default().to_string() } else { letter.to_string() }
    };
    let cut = if setting.chars().nth(MOST_SHOWN).is_some() { "..." } else { "" };
    setting.chars().take(MOST_SHOWN).map(plain).collect::<String>() + cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_with_its_settings_and_those_that_have_no_room_are_counted() {
        let named = |overrides: &[&str]| {
            let overrides = overrides.iter().map(|&setting| setting.to_owned()).collect();
            Origin { overrides, ..Origin::default() }.named("base")
        };
        let long = format!("buyers[*].claim_given_defect={}", "1".repeat(90));
        assert_eq!(named(&[]), "base");
        assert_eq!(named(&["a=1", "b=2"]), "base with a=1, b=2");
        assert_eq!(named(&["a=1", &long, "b=2"]), "base with a=1 and 2 more");
        assert_eq!(named(&[&long]), "base with 1 setting(s) of the command line");
    }

    #[test]
    fn what_a_file_says_of_itself_is_told_apart_from_what_was_set() {
        let mut origin = Origin { preset: Some("ebay".into()), ..Origin::default() };
        assert_eq!(origin.described("AliExpress rules"), "AliExpress rules");
        origin.overrides.push("policy.preset=ebay".into());
        let said = "The file, without what was set on the command line, says of itself: AliExpress rules";
        assert_eq!(origin.described("AliExpress rules"), said);
        let sentences = ["rules start from the preset ebay", "set on the command line: policy.preset=ebay"];
        assert_eq!(origin.sentences(), sentences);
    }
}
