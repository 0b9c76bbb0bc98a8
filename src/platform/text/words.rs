//! Names, single lines and notes: composed letters, no stray spaces, nothing invisible.

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;
use serde::Serialize;

use crate::platform::language::{Phrase, keys};

/// What a person is called, 1 to 100 characters with at least one letter; kept out of logs.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PersonName(String);

impl PersonName {
    /// The longest name, in characters.
    pub const MAX: usize = 100;

    /// Reads a name, with runs of spaces folded into one.
    pub fn parse(raw: &str) -> Result<Self, Phrase> {
        let name = one_line(raw, Self::MAX)?;
        if name.chars().any(char::is_alphabetic) {
            Ok(Self(name))
        } else {
            Err(Phrase::new(keys::FIELD_NOT_A_NAME))
        }
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(…)")
    }
}

/// A text on one line, such as the name of a drive or a place; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Line(String);

impl Line {
    /// Reads a line of at most `max` characters, with runs of spaces folded into one.
    pub fn parse(raw: &str, max: usize) -> Result<Self, Phrase> {
        one_line(raw, max).map(Self)
    }
}

/// A text that may have several lines, such as directions to a place; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Note(String);

impl Note {
    /// Reads a note of at most `max` characters; line ends become `\n`.
    pub fn parse(raw: &str, max: usize) -> Result<Self, Phrase> {
        let raw = raw
            .replace("\r\n", "\n")
            .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
        if raw.chars().any(|c| is_forbidden(c) && c != '\n') {
            return Err(forbidden(&raw));
        }
        let lines: Vec<_> = raw
            .lines()
            .map(|line| line.trim_end_matches(is_blank))
            .collect();
        sized(lines.join("\n").trim_matches(is_blank), max).map(Self)
    }
}

macro_rules! reads_as_text {
    ($($type:ident),+) => {$(
        impl $type {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.0
            }
        }
    )+};
}

reads_as_text!(PersonName, Line, Note);

fn one_line(raw: &str, max: usize) -> Result<String, Phrase> {
    let raw = raw.trim_matches(is_blank);
    if raw.chars().any(is_forbidden) {
        return Err(forbidden(raw));
    }
    let words: Vec<_> = raw
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .collect();
    sized(&words.join(" "), max)
}

fn sized(text: &str, max: usize) -> Result<String, Phrase> {
    let text = ComposingNormalizerBorrowed::new_nfc()
        .normalize(text)
        .into_owned();
    match text.chars().count() {
        0 => Err(Phrase::new(keys::FIELD_REQUIRED)),
        count if count > max => Err(Phrase::new(keys::FIELD_TOO_LONG).with("max", max)),
        _ => Ok(text),
    }
}

/// Spaces of every width, and the marks of no width that come along when people copy and paste.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Control characters, line ends, and the marks that turn the direction of writing and so can disguise a text.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn forbidden(text: &str) -> Phrase {
    let is_line_end = |c| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    Phrase::new(if text.contains('\0') {
        keys::FIELD_NUL
    } else if text.chars().all(|c| !is_forbidden(c) || is_line_end(c)) {
        keys::FIELD_NOT_ONE_LINE
    } else {
        keys::FIELD_CONTROL_CHARACTER
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Line, Note, PersonName};
    use crate::platform::language::{Key, keys};

    fn refused(raw: &str) -> Key {
        PersonName::parse(raw).expect_err("a refusal").key()
    }

    #[test]
    fn a_name_loses_stray_spaces_and_keeps_its_accents() {
        let name =
            PersonName::parse("\u{feff} Nguyễn\u{a0} Thị\t  Hồng\u{200b} \r\n").expect("a name");
        assert_eq!(name.as_str(), "Nguyễn Thị Hồng");
    }

    #[test]
    fn letters_typed_in_pieces_are_composed() {
        let name = PersonName::parse("Nguye\u{302}\u{303}n Hoa\u{300}").expect("a name");
        assert_eq!(name.as_str(), "Nguyễn Hoà");
    }

    #[test]
    fn what_is_no_name_is_refused_with_the_reason() {
        for (raw, key) in [
            ("", keys::FIELD_REQUIRED),
            (" \u{200b}\n", keys::FIELD_REQUIRED),
            ("0912 345 678", keys::FIELD_NOT_A_NAME),
            ("Hoa\nBcc: x", keys::FIELD_NOT_ONE_LINE),
            ("Hoa\u{2028}x", keys::FIELD_NOT_ONE_LINE),
            ("Ho\0a", keys::FIELD_NUL),
            ("Hoa\u{1b}[31m", keys::FIELD_CONTROL_CHARACTER),
            ("Hoa\u{202e}nA", keys::FIELD_CONTROL_CHARACTER),
        ] {
            assert_eq!(refused(raw), key, "{raw:?}");
        }
    }

    #[test]
    fn a_name_of_a_hundred_letters_is_the_longest() {
        assert!(PersonName::parse(&"ễ".repeat(100)).is_ok());
        assert!(PersonName::parse(&"e\u{302}\u{303}".repeat(100)).is_ok());
        assert_eq!(refused(&"ễ".repeat(101)), keys::FIELD_TOO_LONG);
    }

    #[test]
    fn a_note_keeps_its_lines_and_nothing_invisible() {
        let note = Note::parse("\n Cổng sau  \r\n\r\nHỏi bảo vệ\r ", 100).expect("a note");
        assert_eq!(note.as_str(), "Cổng sau\n\nHỏi bảo vệ");
        assert_eq!(
            Note::parse("a\0b", 100).map_err(|phrase| phrase.key()),
            Err(keys::FIELD_NUL)
        );
        assert_eq!(
            Note::parse("a\u{7}b", 100).map_err(|phrase| phrase.key()),
            Err(keys::FIELD_CONTROL_CHARACTER)
        );
        assert_eq!(
            Note::parse("abc", 2).map_err(|phrase| phrase.key()),
            Err(keys::FIELD_TOO_LONG)
        );
    }

    #[test]
    fn a_name_is_not_shown_in_logs() {
        assert_eq!(
            format!("{:?}", PersonName::parse("Hoa").expect("a name")),
            "PersonName(…)"
        );
    }

    proptest! {
        #[test]
        fn no_line_end_and_no_control_survives_in_one_line(raw in "(?s)[a-zđễ\r\n\0\t\u{1b}\u{2028} ]{0,20}|.{0,20}") {
            for text in [PersonName::parse(&raw).map(String::from), Line::parse(&raw, 15).map(String::from)].into_iter().flatten() {
                prop_assert!(!text.chars().any(char::is_control));
                prop_assert_eq!(text.trim(), text.as_str());
                prop_assert!(!text.is_empty() && !text.contains("  "));
                prop_assert_eq!(PersonName::parse(&format!("a {text}")).map(String::from), Ok(format!("a {text}")));
            }
        }

        #[test]
        fn no_nul_and_no_carriage_return_survives_in_a_note(raw in "(?s)[a-z\r\n\0\t ]{0,20}|.{0,20}") {
            if let Ok(note) = Note::parse(&raw, 30) {
                prop_assert!(!note.as_str().contains(['\0', '\r']));
                prop_assert_eq!(Note::parse(note.as_str(), 30), Ok(note.clone()));
            }
        }
    }
}
