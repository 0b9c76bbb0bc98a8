//! Single cells of lists as people fill them in.
use super::table::Cell;
use crate::blood::{BloodGroup, Component, UnitNumber, Volume};
use crate::imports::model::GivenOutcome;
use crate::people::Sex;
use crate::platform::fold::fold;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::Phone;

/// What people write where there is nothing to write.
const NOTHING: &str = "-|--|_|.|?|x x|khong|khong co|k co|ko|ko co|chua|chua co|chua ro|chua biet|khong ro|khong biet|na|n/a|none|null|k|trong|chua xac dinh|chua xet nghiem|unknown";
/// What stands below a list.
const FEET: &str = "tong cong|tong so|nguoi lap|nguoi lap bieu|nguoi lap danh sach|thu truong don vi|chu nhiem cau lac bo|noi nhan";

/// A cell as text: whole numbers without a point, days as they are read again.
pub(super) fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.to_string(),
        Cell::Number(number) if number.fract().abs() < f64::EPSILON => format!("{number:.0}"),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Formula | Cell::Broken => String::new(),
    }
}

/// Whether a cell is filled in only to be filled in.
pub(super) fn says_nothing(text: &str) -> bool {
    let plain = fold(text);
    plain.is_empty() || NOTHING.split('|').any(|nothing| nothing == plain)
}

/// Whether the row is no longer of the list: a sum, a signature.
pub(super) fn is_foot(text: &str) -> bool {
    let plain = fold(text);
    let head = plain
        .split([':', ',', '('])
        .next()
        .unwrap_or_default()
        .trim();
    // "Tống" and "Công" are names: a sum is told from them by its accents.
    let is_sum =
        ["tổng", "cộng"].contains(&text.trim().trim_end_matches(':').to_lowercase().as_str());
    is_sum || FEET.split('|').any(|foot| foot == head)
}

fn does_not_fit() -> Phrase {
    Phrase::new(keys::FIELD_DOES_NOT_FIT)
}

pub(super) fn sex(text: &str) -> Result<Sex, Phrase> {
    match fold(text).trim_end_matches('.') {
        "nam" | "male" | "m" | "ong" | "trai" | "anh" => Ok(Sex::Male),
        "nu" | "female" | "f" | "ba" | "gai" | "chi" => Ok(Sex::Female),
        _ => Err(does_not_fit()),
    }
}

/// The digits alone; a spreadsheet that took them for a number lost the noughts in front.
/// Source: Luật Căn cước 26/2023/QH15, Art. 12: twelve digits; nine on the cards before.
pub(super) fn citizen_number(text: &str) -> Result<String, Phrase> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'' && *c != '.')
        .collect();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.len() {
        8..=9 if is_number => Ok(format!("{digits:0>9}")),
        10..=12 if is_number => Ok(format!("{digits:0>12}")),
        _ => Err(Phrase::new(keys::IMPORT_NOT_A_CITIZEN_NUMBER)),
    }
}

/// The first number of the cell; the nought that a spreadsheet dropped is put back.
pub(super) fn phone(text: &str) -> Result<Phone, Phrase> {
    let text = text.trim_start_matches('\'').trim();
    let one = |text: &str| {
        let is_short = text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_short {
            Phone::parse(&format!("0{text}"))
        } else {
            Phone::parse(text)
        }
    };
    one(text).or_else(|refused| {
        let first = text
            .split([';', ',', '/', '\n'])
            .next()
            .unwrap_or_default()
            .trim();
        if first.len() < text.len() {
            one(first)
        } else {
            Err(refused)
        }
    })
}

/// The group of one cell, or of two.
pub(super) fn group(abo: &str, rhesus: &str) -> Option<BloodGroup> {
    BloodGroup::parse(abo).or_else(|| BloodGroup::parse(&format!("{abo} {rhesus}")))
}

/// ABO without the Rhesus factor.
pub(super) fn is_half_a_group(text: &str) -> bool {
    let plain = fold(text);
    let letters = plain
        .trim_start_matches("nhom")
        .trim_start_matches(" mau")
        .trim();
    ["a", "b", "ab", "o", "0"].contains(&letters)
}

pub(super) fn component(text: &str) -> Result<Component, Phrase> {
    let plain = fold(text);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(&["hong cau", "red cell"]) {
        Ok(Component::RedCells)
    } else if has(&["tieu cau", "platelet"]) {
        Ok(Component::Platelets)
    } else if has(&["huyet tuong", "plasma"]) {
        Ok(Component::Plasma)
    } else if has(&["bach cau", "granulocyte"]) {
        Ok(Component::Granulocytes)
    } else if has(&["te bao goc", "stem"]) {
        Ok(Component::StemCells)
    } else if has(&["toan phan", "whole"]) || plain == "mau" {
        Ok(Component::WholeBlood)
    } else {
        Err(does_not_fit())
    }
}

pub(super) fn count(text: &str) -> Result<u16, Phrase> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits
        .parse()
        .map_err(|_no_number| Phrase::new(keys::FIELD_NOT_A_NUMBER))
}

/// Millilitres; nought says that nothing was given.
pub(super) fn volume(text: &str) -> Result<Option<Volume>, Phrase> {
    let plain = fold(text);
    let digits = plain.trim_end_matches("ml").trim_end_matches("cc").trim();
    let ml: i32 = digits
        .parse()
        .map_err(|_no_number| Phrase::new(keys::FIELD_NOT_A_NUMBER))?;
    if ml == 0 {
        return Ok(None);
    }
    Volume::parse(ml).map(Some).ok_or_else(|| {
        Phrase::new(keys::FIELD_OUT_OF_RANGE)
            .with("min", Volume::SMALLEST_ML)
            .with("max", Volume::LARGEST_ML)
    })
}

pub(super) fn unit_number(text: &str) -> Result<UnitNumber, Phrase> {
    UnitNumber::parse(text).map_err(|_refusal| Phrase::new(keys::IMPORT_NOT_A_UNIT_NUMBER))
}

/// What came of a visit. "Không đạt" is told before "đạt".
pub(super) fn outcome(text: &str) -> Result<GivenOutcome, Phrase> {
    let plain = fold(text);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(&[
        "hoan",
        "khong dat",
        "khong du",
        "chua du",
        "chua dat",
        "defer",
        "tam dung",
        "tu choi",
    ]) {
        Ok(GivenOutcome::Deferred)
    } else if has(&["bo ve", "ra ve", "khong hien", "left", "khong den"]) || plain == "ve" {
        Ok(GivenOutcome::Left)
    } else if has(&["hien", "dat", "collected", "gave", "donated", "thanh cong"])
        || ["x", "1", "ok", "co", "yes"].contains(&plain.as_str())
    {
        Ok(GivenOutcome::Collected)
    } else {
        Err(does_not_fit())
    }
}

/// A mark on a paper form, or that there is none.
pub(super) fn yes(text: &str) -> Result<bool, Phrase> {
    let plain = fold(text);
    match plain.as_str() {
        "x" | "v" | "co" | "yes" | "y" | "1" | "true" | "dong y" | "da ky" | "roi" | "ok" => {
            Ok(true)
        }
        "0" | "no" | "n" | "false" | "khong dong y" => Ok(false),
        _ => Err(does_not_fit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_lost_their_noughts_are_whole_again() {
        assert_eq!(citizen_number("1090123456").as_deref(), Ok("001090123456"));
        assert_eq!(
            citizen_number("'001090123456").as_deref(),
            Ok("001090123456")
        );
        assert_eq!(citizen_number("12345678").as_deref(), Ok("012345678"));
        assert!(citizen_number("1234567").is_err() && citizen_number("00109012345a").is_err());
        for text in [
            "912345678",
            "0912345678",
            "0912 345 678 / 0987654321",
            "+84912345678",
            "0912345678; 0987654321",
        ] {
            assert_eq!(
                phone(text).map(String::from).as_deref(),
                Ok("+84912345678"),
                "{text}"
            );
        }
        assert!(phone("0912").is_err());
    }

    #[test]
    fn a_group_may_stand_in_two_cells_and_half_a_group_is_none() {
        assert_eq!(group("O", "+"), Some(BloodGroup::OPositive));
        assert_eq!(group("AB", "Rh âm"), Some(BloodGroup::AbNegative));
        assert_eq!(group("B+", ""), Some(BloodGroup::BPositive));
        assert_eq!(group("O", ""), None);
        assert!(is_half_a_group("O") && is_half_a_group("Nhóm máu AB") && !is_half_a_group("C"));
    }

    #[test]
    fn outcomes_volumes_and_marks_read_as_they_are_written() {
        let read = |text| outcome(text).ok();
        assert_eq!(read("Đã hiến"), Some(GivenOutcome::Collected));
        assert_eq!(read("Đạt"), Some(GivenOutcome::Collected));
        assert_eq!(read("Không đạt (Hb thấp)"), Some(GivenOutcome::Deferred));
        assert_eq!(read("Trì hoãn"), Some(GivenOutcome::Deferred));
        assert_eq!(read("Bỏ về"), Some(GivenOutcome::Left));
        assert_eq!(read("tốt"), None);
        assert_eq!(volume("350 ml").ok().flatten().map(Volume::ml), Some(350));
        assert_eq!(volume("0"), Ok(None));
        assert!(volume("3500").is_err() && volume("nhiều").is_err());
        assert_eq!((yes("x"), yes("Không đồng ý")), (Ok(true), Ok(false)));
        assert_eq!(
            (sex("Nữ").ok(), sex("NAM").ok(), sex("?").ok()),
            (Some(Sex::Female), Some(Sex::Male), None)
        );
        assert_eq!(component("Máu toàn phần").ok(), Some(Component::WholeBlood));
    }

    #[test]
    fn feet_and_empty_words_say_nothing() {
        assert!(
            is_foot("Tổng cộng: 45 người")
                && is_foot("Người lập biểu")
                && !is_foot("Tống")
                && !is_foot("Công")
                && is_foot("Cộng:")
        );
        assert!(says_nothing("Không có") && says_nothing(" - ") && !says_nothing("O+"));
    }
}
