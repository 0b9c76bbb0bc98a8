//! Which passwords are taken: long enough, and not one that everybody tries first.
use crate::platform::language::{Phrase, keys};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::fmt;

/// The passwords tried first, in lower case, one a line.
const COMMON: &str = include_str!("../../../config/passwords.txt");

/// 8 to 128 characters of any kind, nothing cut off; never shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Password(String);

impl Password {
    /// The fewest characters.
    pub(crate) const MIN: usize = 8;
    /// The most characters, so that hashing stays bounded.
    pub(crate) const MAX: usize = 128;

    /// Reads a password to come in with: letters typed in pieces are put together, as every keyboard writes them its own way.
    pub(crate) fn given(raw: &str) -> Result<Self, Phrase> {
        if raw.chars().count() > Self::MAX {
            return Err(Phrase::new(keys::FIELD_TOO_LONG).with("max", Self::MAX));
        }
        let whole = ComposingNormalizerBorrowed::new_nfc().normalize(raw);
        Ok(Self(whole.into_owned()))
    }

    /// Reads a password to be set.
    pub(crate) fn chosen(raw: &str) -> Result<Self, Phrase> {
        let password = Self::given(raw)?;
        if password.0.chars().count() < Self::MIN {
            return Err(Phrase::new(keys::FIELD_TOO_SHORT).with("min", Self::MIN));
        }
        if is_common(&password.0) {
            return Err(Phrase::new(keys::FIELD_COMMON_PASSWORD));
        }
        Ok(password)
    }

    /// What is hashed.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// In the list, or of one or two characters only.
fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let mut kinds: Vec<char> = lower.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() < 3 || COMMON.lines().any(|common| common == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(raw: &str) -> Option<&'static str> {
        Password::chosen(raw)
            .err()
            .map(|phrase| phrase.key().name())
    }

    #[test]
    fn eight_characters_are_enough_whatever_they_are() {
        assert_eq!(refused("hạt gạo ta"), None);
        assert_eq!(refused("bảy chữ"), Some("field.too-short"));
        assert_eq!(refused(&"ab1".repeat(42)), None);
        assert_eq!(refused(&"ab1".repeat(43)), Some("field.too-long"));
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for common in [
            "12345678",
            "Matkhau123",
            "PASSWORD",
            "aaaaaaaaaa",
            "ABABABABAB",
        ] {
            assert_eq!(refused(common), Some("field.common-password"), "{common}");
        }
    }

    #[test]
    fn letters_typed_in_pieces_are_the_same_password() {
        let composed = Password::given("mật khẩu dài").unwrap();
        assert_eq!(
            Password::given("ma\u{323}\u{302}t kh\u{61}\u{302}\u{309}u da\u{300}i").unwrap(),
            composed
        );
    }
}
