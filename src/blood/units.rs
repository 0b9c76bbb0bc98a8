//! The number on a bag: ISBT 128 with its check character, or the plain code of a facility without a licence.
use std::fmt;

use serde::{Deserialize, Serialize};

/// The number of one bag, as printed on it. Never made here, only read.
///
/// An ISBT 128 donation identification number keeps its 13 characters, whatever way it was typed or scanned, so that one
/// bag is one number; a local code is kept as given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct UnitNumber(String);

/// Why a text is no unit number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnitNumberRefusal {
    /// Nothing was typed.
    #[error("the unit number is empty")]
    Empty,
    /// A digit or letter of an ISBT 128 number was misread.
    #[error("the check character does not belong to this number")]
    WrongCheckCharacter,
    /// Scanned, but not the barcode of the donation: the product, the group or the expiry, perhaps.
    #[error("this barcode is not the donation number of the bag")]
    OtherBarcode,
    /// More than 20 characters.
    #[error("a local unit number has at most 20 characters")]
    TooLong,
    /// Something else than letters, digits, dash and slash.
    #[error("a local unit number has letters, digits, dash and slash only")]
    WrongCharacter,
}

/// `G1234`, two digits of the year, six of the sequence.
const DIN_LENGTH: usize = 13;
const FACILITY_LENGTH: usize = 5;
const LOCAL_LENGTH: usize = 20;
/// ISO/IEC 7064 mod 37-2: a character's value is its place here.
const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
/// Flag digits of a barcode from 60 to 96 carry the check value; the others mean other things.
const FIRST_CHECK_FLAG: usize = 60;
const MODULUS: usize = 37;

impl UnitNumber {
    /// Reads a typed number (`G1234 98 654321 H`, with or without the check character), scanned data
    /// (`=G12349865432177`) or a local code of 1 to 20 letters, digits, dashes and slashes. Digits alone are a local code.
    pub fn parse(text: &str) -> Result<Self, UnitNumberRefusal> {
        let text = text.trim();
        if let Some(scanned) = text.strip_prefix('=') {
            return read_scanned(scanned)?.checked();
        }
        match read_typed(text) {
            Some(donation) => donation.checked(),
            None => local_code(text),
        }
    }

    /// The text to store and to compare: 13 characters of ISBT 128, or the local code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The check character printed in a box beside an ISBT 128 number; `None` for a local code.
    pub fn check_character(&self) -> Option<char> {
        read_typed(&self.0)
            .and_then(|donation| check_value(&donation.din))
            .and_then(|value| ALPHABET.chars().nth(value))
    }
}

/// A text with the shape of an ISBT 128 number, and the check value that came with it.
struct Donation {
    din: String,
    check: Option<usize>,
}

impl Donation {
    fn checked(self) -> Result<UnitNumber, UnitNumberRefusal> {
        if self.check.is_some() && self.check != check_value(&self.din) {
            return Err(UnitNumberRefusal::WrongCheckCharacter);
        }
        Ok(UnitNumber(self.din))
    }
}

fn read_scanned(data: &str) -> Result<Donation, UnitNumberRefusal> {
    let data = data.to_ascii_uppercase();
    data.split_at_checked(DIN_LENGTH)
        .filter(|(din, flags)| is_din(din) && flags.len() == 2 && is_digits(flags))
        .and_then(|(din, flags)| Some((din, flags.parse::<usize>().ok()?)))
        .map(|(din, flag)| Donation {
            din: din.to_owned(),
            check: flag
                .checked_sub(FIRST_CHECK_FLAG)
                .filter(|value| *value < MODULUS),
        })
        .ok_or(UnitNumberRefusal::OtherBarcode)
}

/// `None` where the text does not have the shape of an ISBT 128 number.
fn read_typed(text: &str) -> Option<Donation> {
    let compact = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .collect::<String>()
        .to_ascii_uppercase();
    let (din, check) = compact.split_at_checked(DIN_LENGTH)?;
    if !is_din(din) || is_digits(&compact) || check.len() > 1 {
        return None;
    }
    Some(Donation {
        din: din.to_owned(),
        check: match check.chars().next() {
            Some(letter) => Some(ALPHABET.find(letter)?),
            None => None,
        },
    })
}

fn local_code(text: &str) -> Result<UnitNumber, UnitNumberRefusal> {
    if !text.chars().any(char::is_alphanumeric) {
        return Err(if text.is_empty() {
            UnitNumberRefusal::Empty
        } else {
            UnitNumberRefusal::WrongCharacter
        });
    }
    if text.chars().count() > LOCAL_LENGTH {
        return Err(UnitNumberRefusal::TooLong);
    }
    let is_plain =
        |letter: char| letter.is_alphabetic() || letter.is_ascii_digit() || "-/".contains(letter);
    if !text.chars().all(is_plain) {
        return Err(UnitNumberRefusal::WrongCharacter);
    }
    Ok(UnitNumber(text.to_owned()))
}

fn is_din(text: &str) -> bool {
    text.split_at_checked(FACILITY_LENGTH)
        .is_some_and(|(facility, serial)| {
            text.len() == DIN_LENGTH
                && facility
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && is_digits(serial)
        })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// ISO/IEC 7064 mod 37-2 over the 13 characters; `None` only where one is outside the alphabet.
fn check_value(din: &str) -> Option<usize> {
    let sum = din.chars().try_fold(0_usize, |sum, letter| {
        Some((sum + ALPHABET.find(letter)?) * 2 % MODULUS)
    })?;
    Some((MODULUS + 1 - sum) % MODULUS)
}

impl fmt::Display for UnitNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for UnitNumber {
    type Error = UnitNumberRefusal;

    fn try_from(text: String) -> Result<Self, UnitNumberRefusal> {
        Self::parse(&text)
    }
}

impl From<UnitNumber> for String {
    fn from(number: UnitNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    const VECTORS: &str = include_str!("../../tests/fixtures/isbt128-din.csv");

    #[derive(Deserialize)]
    struct Vector {
        din: String,
        check_character: char,
        flag_digits: usize,
    }

    fn vectors() -> Vec<Vector> {
        let mut reader = csv::Reader::from_reader(VECTORS.as_bytes());
        reader
            .deserialize()
            .collect::<Result<_, _>>()
            .unwrap_or_default()
    }

    fn read(text: &str) -> Result<String, UnitNumberRefusal> {
        UnitNumber::parse(text).map(String::from)
    }

    #[test]
    fn published_numbers_are_read_in_every_form() {
        assert_eq!(vectors().len(), 2);
        for Vector {
            din,
            check_character,
            flag_digits,
        } in vectors()
        {
            let (facility, serial) = din.split_at(5);
            let (year, sequence) = serial.split_at(2);
            for form in [
                din.clone(),
                format!("{din}{check_character}"),
                format!("{din} {check_character}").to_lowercase(),
                format!("{facility} {year} {sequence} {check_character}"),
                format!(" {facility}-{year}-{sequence}-{check_character} "),
                format!("={din}{flag_digits}"),
                format!("={din}00"),
            ] {
                assert_eq!(read(&form), Ok(din.clone()), "{form:?}");
            }
            let number = UnitNumber::parse(&din);
            assert_eq!(
                number.ok().and_then(|number| number.check_character()),
                Some(check_character)
            );
        }
    }

    #[test]
    fn the_british_grouping_is_read_too() {
        assert_eq!(read("G123 498 654 321 H"), Ok("G123498654321".to_owned()));
    }

    #[test]
    fn every_wrong_check_character_is_refused() {
        for Vector {
            din,
            check_character,
            flag_digits,
        } in vectors()
        {
            for letter in ALPHABET.chars().filter(|letter| *letter != check_character) {
                assert_eq!(
                    read(&format!("{din}{letter}")),
                    Err(UnitNumberRefusal::WrongCheckCharacter)
                );
            }
            for flag in (60..=96).filter(|flag| *flag != flag_digits) {
                assert_eq!(
                    read(&format!("={din}{flag}")),
                    Err(UnitNumberRefusal::WrongCheckCharacter)
                );
            }
        }
    }

    #[test]
    fn a_misread_or_swapped_digit_is_noticed() {
        for wrong in [
            "G123498654312H",
            "G123498654320H",
            "G124398654321H",
            "C123498654321H",
        ] {
            assert_eq!(
                read(wrong),
                Err(UnitNumberRefusal::WrongCheckCharacter),
                "{wrong}"
            );
        }
    }

    #[test]
    fn flag_digits_that_carry_no_check_are_let_pass() {
        for flag in ["00", "01", "08", "59", "97", "99"] {
            assert!(read(&format!("=G123498654321{flag}")).is_ok(), "{flag}");
        }
    }

    #[test]
    fn another_barcode_of_the_bag_is_refused() {
        for data in [
            "",
            "%5100",
            "<E0791V00",
            "G123498654321",
            "G1234986543217",
            "G123498654321777",
            "g12349865432!77",
            "Gđ23498654321",
        ] {
            assert_eq!(
                read(&format!("={data}")),
                Err(UnitNumberRefusal::OtherBarcode),
                "{data:?}"
            );
        }
    }

    #[test]
    fn a_local_code_is_kept_as_given() {
        for code in [
            "1",
            "hn-26/000123",
            "BVĐK-0042",
            "12345678901234",
            "1234567890123",
            "VN001-26-00012",
            "ABCDEFGHIJKLMNOPQRST",
        ] {
            assert_eq!(read(code), Ok(code.to_owned()));
            assert_eq!(
                UnitNumber::parse(code)
                    .ok()
                    .and_then(|number| number.check_character()),
                None
            );
        }
        assert_eq!(read("  26/0042\n"), Ok("26/0042".to_owned()));
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let refusals = [
            ("", UnitNumberRefusal::Empty),
            ("   ", UnitNumberRefusal::Empty),
            ("--/", UnitNumberRefusal::WrongCharacter),
            ("26 0042", UnitNumberRefusal::WrongCharacter),
            ("26_0042", UnitNumberRefusal::WrongCharacter),
            ("26\u{0}0042", UnitNumberRefusal::WrongCharacter),
            ("ABCDEFGHIJKLMNOPQRSTU", UnitNumberRefusal::TooLong),
        ];
        for (text, refusal) in refusals {
            assert_eq!(read(text), Err(refusal), "{text:?}");
        }
    }

    #[test]
    fn json_carries_the_stored_text() {
        let number = serde_json::from_str::<UnitNumber>("\"=G12349865432177\"").ok();
        assert_eq!(
            number.and_then(|number| serde_json::to_value(number).ok()),
            Some("G123498654321".into())
        );
        assert!(serde_json::from_str::<UnitNumber>("\"G123498654321X\"").is_err());
    }

    proptest! {
        #[test]
        fn a_stored_number_reads_back_as_itself(text in "(=?[A-Z0-9]{5}[0-9]{8}[0-9A-Z*]{0,2})|([A-Za-z0-9/-]{1,20})|.{0,24}") {
            if let Ok(number) = UnitNumber::parse(&text) {
                prop_assert_eq!(UnitNumber::parse(number.as_str()), Ok(number));
            }
        }
    }
}
