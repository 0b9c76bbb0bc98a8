//! A sentence to say: its key and what goes into it, put into words only when the reader's language is known.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Language;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The name of one sentence in `config/messages`; exists only for sentences both languages have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(&'static str);

impl Key {
    /// The key of this name, such as `problem.not-found.title`, if there is such a sentence.
    pub fn find(name: &str) -> Option<Self> {
        row(name).map(|(key, _, _)| Self(key))
    }

    /// The name, with dots, as the message files nest it.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// Kept by its name, so that a sentence can wait in a row until its reader's language is known.
impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::find(&name).ok_or_else(|| de::Error::custom("there is no such sentence"))
    }
}

fn row(name: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let at = SENTENCES
        .binary_search_by_key(&name, |(key, _, _)| key)
        .ok()?;
    SENTENCES.get(at).copied()
}

/// What fills a `{placeholder}`; numbers and days are written the reader's way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// Shown as it is.
    Text(String),
    /// A whole number, with thousands marked.
    Number(i64),
    /// A day, as 21/11/2026.
    Day(NaiveDate),
    /// Another sentence or word.
    Phrase(Phrase),
}

impl Arg {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => language.number(*number),
            Self::Day(day) => language.short_date(*day),
            Self::Phrase(phrase) => say(language, phrase),
        }
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<NaiveDate> for Arg {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

/// A sentence with what fills it, not yet in any language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    key: Key,
    args: Vec<(Cow<'static, str>, Arg)>,
}

impl Phrase {
    /// The sentence of this key, with nothing filled in yet.
    pub const fn new(key: Key) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    /// Fills the placeholder of this name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Fills the placeholders of these names.
    #[must_use]
    pub fn with_all(self, values: &BTreeMap<&'static str, String>) -> Self {
        let values = values.iter();
        values.fold(self, |phrase, (name, value)| {
            phrase.with(name, value.as_str())
        })
    }

    /// The same sentence under another key; problems have a title and a detail with the same arguments.
    #[must_use]
    pub fn under(&self, key: Key) -> Self {
        Self {
            key,
            args: self.args.clone(),
        }
    }

    /// Which sentence this is.
    pub const fn key(&self) -> Key {
        self.key
    }

    fn value(&self, name: &str) -> Option<&Arg> {
        self.args
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, value)| value)
    }
}

impl From<Key> for Phrase {
    fn from(key: Key) -> Self {
        Self::new(key)
    }
}

/// The sentence in the reader's language; a placeholder that was given nothing stays visible.
pub fn say(language: Language, phrase: &Phrase) -> String {
    let Some((_, vi, en)) = row(phrase.key.0) else {
        return phrase.key.0.to_owned();
    };
    let mut rest = match language {
        Language::Vi => vi,
        Language::En => en,
    };
    let mut said = String::with_capacity(rest.len());
    while let Some((before, (name, after))) = rest
        .split_once('{')
        .and_then(|(before, from)| Some((before, from.split_once('}')?)))
    {
        said.push_str(before);
        said.push_str(
            &phrase
                .value(name)
                .map_or_else(|| format!("{{{name}}}"), |value| value.say(language)),
        );
        rest = after;
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::Language::{En, Vi};
    use super::{Key, Phrase, SENTENCES, keys, say};

    #[test]
    fn every_key_of_the_files_is_found_and_no_other() {
        for (name, vi, en) in SENTENCES {
            let key = Key::find(name).expect("a key of the table");
            assert_eq!(say(Vi, &Phrase::new(key)), *vi);
            assert_eq!(say(En, &Phrase::new(key)), *en);
        }
        assert_eq!(Key::find("field.required"), Some(keys::FIELD_REQUIRED));
        for name in ["", "field", "field.", "zzz", "problem.not-found"] {
            assert_eq!(Key::find(name), None, "{name}");
        }
    }

    #[test]
    fn numbers_and_days_are_written_the_readers_way() {
        let phrase = Phrase::new(keys::FIELD_TOO_LONG).with("max", 2896);
        assert_eq!(say(Vi, &phrase), "Nhập tối đa 2.896 ký tự.");
        assert_eq!(say(En, &phrase), "Use at most 2,896 characters.");
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE)
            .with("min", day)
            .with("max", "…");
        assert_eq!(
            say(En, &phrase),
            "The value must be between 21/11/2026 and …."
        );
    }

    #[test]
    fn a_sentence_can_be_kept_and_said_later() {
        let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE)
            .with("min", 1)
            .with("max", Phrase::new(keys::FIELD_NOT_A_NUMBER));
        let kept = serde_json::to_string(&phrase).expect("JSON");
        let read: Phrase = serde_json::from_str(&kept).expect("a phrase");
        assert_eq!(read, phrase);
        assert!(serde_json::from_str::<Phrase>(r#"{"key": "no.such", "args": []}"#).is_err());
    }

    #[test]
    fn what_a_person_typed_is_never_taken_for_a_placeholder() {
        let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE)
            .with("min", "{max}")
            .with("max", 5);
        assert_eq!(say(En, &phrase), "The value must be between {max} and 5.");
    }

    #[test]
    fn a_phrase_can_stand_inside_another_and_a_gap_stays_visible() {
        let inner = Phrase::new(keys::FIELD_NOT_A_NUMBER);
        let phrase = Phrase::new(keys::FIELD_NOT_A_CHOICE).with("choices", inner);
        assert_eq!(say(En, &phrase), "Choose one of: Please enter a number..");
        assert_eq!(
            say(En, &keys::FIELD_TOO_LONG.into()),
            "Use at most {max} characters."
        );
    }
}
