//! How a sentence or a title begins.

/// Words with their first letter in capitals; a key, such as `sellers[*].steering`, stays as it is typed.
pub(super) fn capitalised(words: &str) -> String {
    let first_word = words.split(' ').next().unwrap_or_default();
    if first_word.contains(['.', '[', '_']) {
        return words.to_owned();
    }
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_with_a_capital_and_keys_as_they_are_typed() {
        assert_eq!(capitalised("dispute rate"), "Dispute rate");
        assert_eq!(capitalised("sellers[*].steering moves"), "sellers[*].steering moves");
        assert_eq!(capitalised("policy.preset"), "policy.preset");
        assert_eq!(capitalised(""), "");
    }
}
