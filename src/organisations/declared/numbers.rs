//! How exact a declared number is, and how the field prints it: "gần 2.900".
use crate::platform::language::{Language, Phrase, keys, say};

/// How exact a declared number is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Exactness {
    /// The very number.
    Exact,
    /// Somewhat more than it: "trên".
    Over,
    /// Somewhat less than it: "gần".
    JustUnder,
    /// About it: "khoảng".
    Rounded,
    /// It or more: "ít nhất".
    AtLeast,
    /// Worked out from other published numbers.
    Derived,
}

impl Exactness {
    /// The number as a report prints it.
    pub fn print(self, value: f64, language: Language) -> String {
        let number = plain(value, language);
        let key = match self {
            Self::Exact | Self::Derived => return number,
            Self::Over => keys::FIGURES_OVER,
            Self::JustUnder => keys::FIGURES_JUST_UNDER,
            Self::Rounded => keys::FIGURES_ROUNDED,
            Self::AtLeast => keys::FIGURES_AT_LEAST,
        };
        say(language, &Phrase::new(key).with("number", number))
    }
}

crate::text_column! {
    pub Exactness {
        Exact => "exact",
        Over => "over",
        JustUnder => "just_under",
        Rounded => "rounded",
        AtLeast => "at_least",
        Derived => "derived",
    }
}

/// A number with at most two places, those that are noughts dropped.
pub(in crate::organisations) fn plain(value: f64, language: Language) -> String {
    let places = (0..2)
        .find(|places| {
            let scale = 10_f64.powi(*places);
            ((value * scale).round() / scale - value).abs() < 1e-9
        })
        .unwrap_or(2);
    language.decimal(value, usize::try_from(places).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::Exactness::{AtLeast, Exact, JustUnder, Over, Rounded};
    use crate::platform::language::Language::{En, Vi};

    #[test]
    fn a_number_is_printed_as_exactly_as_it_was_declared() {
        for (exactness, value, vi, en) in [
            (Exact, 6.0, "6", "6"),
            (JustUnder, 2900.0, "gần 2.900", "nearly 2,900"),
            (Over, 23500.0, "trên 23.500", "over 23,500"),
            (Rounded, 24200.0, "khoảng 24.200", "about 24,200"),
            (AtLeast, 5e8, "ít nhất 500.000.000", "at least 500,000,000"),
            (Exact, 109.5, "109,5", "109.5"),
            (Exact, 12.75, "12,75", "12.75"),
        ] {
            assert_eq!(exactness.print(value, Vi), vi);
            assert_eq!(exactness.print(value, En), en);
        }
    }
}
