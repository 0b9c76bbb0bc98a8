//! The rules that come with the program, read once and shared by everyone who asks.
use super::{RuleBook, RuleSet, RuleSetError};
use std::sync::LazyLock;

/// Vietnam's rules; those compiled in are proved readable by a test.
static BOOK: LazyLock<Option<RuleBook>> = LazyLock::new(|| RuleBook::compiled_in("VN").ok());

/// The rule set of this id, as `settings.eligibility.rule_set` names it.
pub fn find_rules(id: &str) -> Result<&'static RuleSet, RuleSetError> {
    let unknown = || RuleSetError::Unknown(id.to_owned());
    BOOK.as_ref().ok_or_else(unknown)?.find(id)
}

/// The ids of the rule sets at hand, as a facility may choose among them.
pub fn rule_set_ids() -> Vec<&'static str> {
    BOOK.as_ref().map(RuleBook::ids).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::find_rules;

    #[test]
    fn the_national_rules_are_at_hand_and_others_are_named_as_unknown() {
        assert_eq!(
            find_rules("vn-2013").map(|set| set.id().to_owned()).ok(),
            Some("vn-2013".to_owned())
        );
        assert!(find_rules("vn-1913").is_err());
    }
}
