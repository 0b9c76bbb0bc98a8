//! The words of the service in Vietnamese and English, and how each language writes numbers and days.

mod format;
mod phrase;

pub use phrase::{Arg, Key, Phrase, keys, say};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[cfg(test)]
#[path = "../../../build/messages.rs"]
mod message_files;

/// A language people can be spoken to in; on the wire and in the database `vi` or `en`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Vietnamese, spoken where nobody asked for anything else.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Every language, the default one first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The ISO 639-1 code, as in `Content-Language` and `lang="…"`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a tag such as `vi`, `en-GB` or `EN_us`, if we speak it.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).trim();
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// The language the caller prefers among ours; Vietnamese where none of them is asked for.
    ///
    /// Source: RFC 9110, §12.5.4.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::default(), 0);
        for range in header.split(',') {
            if let Some((language, quality)) = parse_range(range)
                && quality > best.1
            {
                best = (language, quality);
            }
        }
        best.0
    }
}

/// One range of the header with its quality in thousandths; `*` stands for the default language.
fn parse_range(range: &str) -> Option<(Language, u16)> {
    let mut parts = range.split(';');
    let tag = parts.next()?.trim();
    let language = if tag == "*" {
        Some(Language::default())
    } else {
        Language::parse(tag)
    }?;
    let quality = parts.find_map(|part| part.trim().strip_prefix("q="));
    Some((language, quality.map_or(Some(1000), parse_quality)?))
}

fn parse_quality(quality: &str) -> Option<u16> {
    let (whole, thousandths) = quality
        .trim()
        .split_once('.')
        .unwrap_or((quality.trim(), ""));
    let is_digits = thousandths.len() <= 3 && thousandths.bytes().all(|b| b.is_ascii_digit());
    match whole {
        "1" => Some(1000),
        "0" if is_digits => format!("{thousandths:0<3}").parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, En, Vi};

    #[test]
    fn the_caller_gets_the_language_preferred_most() {
        for (header, language) in [
            ("en", En),
            ("en-GB,en;q=0.9,vi;q=0.8", En),
            ("vi-VN,vi;q=0.9,en-US;q=0.6,en;q=0.5", Vi),
            ("en;q=0.3, vi;q=0.7", Vi),
            ("fr, en;q=0.2", En),
            ("vi;q=0, en;q=0.001", En),
            ("EN-us", En),
            ("en; q=0.85, *;q=0.9", Vi),
        ] {
            assert_eq!(Language::from_accept_language(header), language, "{header}");
        }
    }

    #[test]
    fn anything_else_is_answered_in_vietnamese() {
        for header in [
            "",
            "*",
            "fr-CH, de;q=0.5",
            "english",
            ";;;",
            "en;q=2",
            "en;q=x",
            "en;q=0",
            ",,,q=1",
        ] {
            assert_eq!(Language::from_accept_language(header), Vi, "{header}");
        }
    }

    #[test]
    fn a_code_reads_back() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.code()), Some(language));
        }
        assert_eq!(Language::parse("fr"), None);
        assert_eq!(Language::parse(""), None);
    }
}
