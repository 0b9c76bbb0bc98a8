//! How to reach a person: a mail address and a telephone number, never shown in logs.

use std::fmt;

use lettre::Address;
use phonenumber::{Mode, country};

use crate::platform::language::{Phrase, keys};

/// A mail address of at most 254 plain characters, its domain in lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// The longest address a mail server takes. Source: RFC 5321, §4.5.3.1.3.
    pub const MAX: usize = 254;

    /// Reads an address; spaces around it are dropped, letters with accents are refused as typing slips.
    pub fn parse(raw: &str) -> Result<Self, Phrase> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(Phrase::new(keys::FIELD_REQUIRED));
        }
        if raw.len() > Self::MAX {
            return Err(Phrase::new(keys::FIELD_TOO_LONG).with("max", Self::MAX));
        }
        let (user, domain) = raw
            .rsplit_once('@')
            .ok_or(Phrase::new(keys::FIELD_NOT_AN_EMAIL))?;
        let domain = domain.to_ascii_lowercase();
        if !raw.bytes().all(is_plain) || !is_public(&domain) || Address::new(user, &domain).is_err()
        {
            return Err(Phrase::new(keys::FIELD_NOT_AN_EMAIL));
        }
        Ok(Self(format!("{user}@{domain}")))
    }

    /// The address as a mail server wants it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form two spellings of one mailbox share; for lookups only, never for sending.
    pub fn lookup_form(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// Printable ASCII without quotes, brackets and separators, which only odd or malicious addresses have.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"(),:;<>[\\]".contains(&byte)
}

fn is_public(domain: &str) -> bool {
    domain.contains('.')
        && domain
            .split('.')
            .next_back()
            .is_some_and(|top| top.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// A telephone number as `+84912345678`; without a country code it is Vietnamese.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads a number that can exist. The first call loads the numbering plans, about 0.3 s.
    ///
    /// Source: E.164.
    pub fn parse(raw: &str) -> Result<Self, Phrase> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(Phrase::new(keys::FIELD_REQUIRED));
        }
        let has_odd = raw
            .chars()
            .any(|c| !c.is_ascii_digit() && !" +-.()/\u{a0}".contains(c));
        if has_odd || raw.len() > 40 {
            return Err(Phrase::new(keys::FIELD_NOT_A_PHONE));
        }
        phonenumber::parse(Some(country::VN), raw.replace('\u{a0}', " "))
            .ok()
            .filter(phonenumber::is_valid)
            .map(|number| Self(number.format().mode(Mode::E164).to_string()))
            .ok_or(Phrase::new(keys::FIELD_NOT_A_PHONE))
    }

    /// The number with its country code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last three digits, by which a person recognises a message as meant for them.
    pub fn last_three(&self) -> &str {
        self.0
            .len()
            .checked_sub(3)
            .and_then(|at| self.0.get(at..))
            .unwrap_or_default()
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Email, Phone};
    use crate::platform::language::{Key, keys};

    fn refused(raw: &str) -> Key {
        Email::parse(raw).expect_err("a refusal").key()
    }

    #[test]
    fn an_address_is_kept_with_its_domain_in_lower_case() {
        let email = Email::parse(" Hoa.Nguyen+mau@Example.VN\n").expect("an address");
        assert_eq!(email.as_str(), "Hoa.Nguyen+mau@example.vn");
        assert_eq!(email.lookup_form(), "hoa.nguyen+mau@example.vn");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let plain = "hoa hoa@ @example.vn hoa@example hoa@@example.vn hoa@exâmple.vn hoạ@example.vn hoa@[127.0.0.1] \
                     hoa@127.0.0.1 <hoa@example.vn> hoa@example.vn,an@example.vn hoa@.vn hoa@example..vn hoa@-example.vn";
        let odd = [
            "a b@example.vn",
            "hoa@example.vn\r\nBcc: x@y.vn",
            "hoa\0@example.vn",
            "\"a b\"@example.vn",
        ];
        for raw in plain.split(' ').chain(odd) {
            assert_eq!(refused(raw), keys::FIELD_NOT_AN_EMAIL, "{raw:?}");
        }
        assert_eq!(refused("  "), keys::FIELD_REQUIRED);
        assert_eq!(
            refused(&format!("{}@{}.vn", "a".repeat(60), "b.".repeat(100))),
            keys::FIELD_TOO_LONG
        );
    }

    #[test]
    fn one_number_has_one_form_however_it_is_written() {
        for raw in [
            "0912345678",
            "091 234 56 78",
            "+84 912 345 678",
            "84912345678",
            "(091) 234-5678",
            "091.234.5678",
            "0084912345678",
        ] {
            assert_eq!(
                Phone::parse(raw).map(String::from).as_deref(),
                Ok("+84912345678"),
                "{raw}"
            );
        }
        let phone = Phone::parse("+1 202 456 1414").expect("a foreign number");
        assert_eq!(
            (phone.as_str(), phone.last_three()),
            ("+12024561414", "414")
        );
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for raw in [
            "12",
            "091234567",
            "09123456789",
            "0123456789012",
            "hoa",
            "0912345678 ext. 5",
            "0912345678\0",
            "+",
            "++84912345678x",
            "①912345678",
        ] {
            assert_eq!(
                Phone::parse(raw).map_err(|phrase| phrase.key()),
                Err(keys::FIELD_NOT_A_PHONE),
                "{raw:?}"
            );
        }
    }

    #[test]
    fn contacts_are_not_shown_in_logs() {
        let email = Email::parse("hoa@example.vn").expect("an address");
        let phone = Phone::parse("0912345678").expect("a number");
        assert_eq!(format!("{email:?} {phone:?}"), "Email(…) Phone(…)");
    }

    proptest! {
        #[test]
        fn no_line_end_and_no_nul_survives(raw in "[a-z\r\n\0\t. ]{0,9}@[a-z\r\n\0. ]{0,9}|(?s).{0,30}") {
            if let Ok(email) = Email::parse(&raw) {
                prop_assert!(email.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
            }
        }

        #[test]
        fn a_number_is_a_plus_and_digits(raw in "[0-9+ .()/\r\n\0-]{0,16}|0[35789][0-9]{8}|(?s).{0,30}") {
            if let Ok(phone) = Phone::parse(&raw) {
                let digits = phone.as_str().strip_prefix('+').expect("a plus");
                prop_assert!((7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
                prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
            }
        }
    }
}
