//! Whether a note looks as if it said who the patient is: a name, a telephone number, a citizen number.
//!
//! It only warns: a street named after a person or the number of a ward is no harm, so whoever posts may say that
//! they looked at it again.
use crate::platform::fold::fold;

/// What two thirds of all names in Vietnam begin with, and most of the rest.
const SURNAMES: [&str; 30] = [
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do",
    "ho", "ngo", "duong", "ly", "dao", "doan", "vuong", "trinh", "truong", "dinh", "lam", "phung",
    "mai", "to", "ha", "cao", "chau", "ta",
];
/// What stands before a person and seldom before anything else.
const TITLES: [&str; 17] = [
    "bn", "nhân", "nhan", "nhi", "anh", "chị", "chi", "ông", "ong", "bà", "ba", "cháu", "chau",
    "bé", "be", "em", "sản",
];
/// What stands before a place that bears a person's name.
const PLACES: [&str; 16] = [
    "duong", "pho", "ngo", "ngach", "phuong", "quan", "truong", "vien", "toa", "cong", "so",
    "khoa", "cau", "nha", "tinh", "huyen",
];

/// Places whose names begin like a person's.
const PLACE_NAMES: [&str; 11] = [
    "ha noi",
    "ho chi minh",
    "ha tinh",
    "ha giang",
    "ha nam",
    "ha long",
    "ha dong",
    "cao bang",
    "lam dong",
    "do son",
    "le chan",
];

/// The parts of the note that look private, as they stand in it; none where nothing does.
pub(in crate::calls) fn private_parts(note: &str) -> Vec<String> {
    let mut parts = numbers(note);
    parts.extend(names(note));
    parts
}

/// Runs of digits as long as a telephone or a citizen number, with the usual marks between them.
fn numbers(note: &str) -> Vec<String> {
    let is_mark = |letter: char| matches!(letter, ' ' | '.' | '-' | '\u{a0}');
    let is_part = |letter: char| letter.is_ascii_digit() || letter == '+' || is_mark(letter);
    let runs = note.split(|letter: char| !is_part(letter));
    let runs = runs.map(|run| run.trim_matches(is_mark).to_owned());
    runs.filter(|run| is_private_number(run)).collect()
}

fn is_private_number(run: &str) -> bool {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let is_phone = (digits.starts_with('0') && matches!(digits.len(), 10 | 11))
        || (digits.starts_with("84") && matches!(digits.len(), 11 | 12));
    is_phone || matches!(digits.len(), 9 | 12)
}

/// A surname or a title with what looks like a name after it, unless a place bears it.
fn names(note: &str) -> Vec<String> {
    let words: Vec<&str> = note
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let length = name_at(before.copied(), rest);
        if length > 0 {
            found.push(rest.get(..length).unwrap_or_default().join(" "));
        }
        at += length.max(1);
    }
    found
}

/// How many words from here on are a name.
fn name_at(before: Option<&str>, rest: &[&str]) -> usize {
    let Some((first, after)) = rest.split_first() else {
        return 0;
    };
    let of_place = before.is_some_and(|word| PLACES.contains(&fold(word).as_str()));
    let capitals = after.iter().take(4).take_while(|word| is_capital(word));
    let follow = capitals.count();
    let first_folded = fold(first);
    let is_titled =
        TITLES.contains(&first.to_lowercase().as_str()) && follow >= 1 && !is_group(after);
    let is_named = is_capital(first) && SURNAMES.contains(&first_folded.as_str()) && follow >= 1;
    if is_titled || (is_named && !of_place && !is_place(rest)) {
        follow + 1
    } else {
        0
    }
}

fn is_place(words: &[&str]) -> bool {
    let said = fold(&words.iter().take(3).copied().collect::<Vec<_>>().join(" "));
    PLACE_NAMES.iter().any(|place| {
        let rest = said.strip_prefix(place);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// "BN O−" and "BN ICU" name a group or a ward.
fn is_group(after: &[&str]) -> bool {
    after.first().is_some_and(|word| {
        word.chars().count() <= 4 && word.chars().all(|letter| letter.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_seen_with_and_without_a_title() {
        for (note, part) in [
            ("Cần gấp cho Nguyễn Văn An, giường 12", "Nguyễn Văn An"),
            ("BN Hoa sinh mổ", "BN Hoa"),
            ("bệnh nhân Thu Hà băng huyết", "nhân Thu Hà"),
            ("gặp chị Lan ở cổng", "chị Lan"),
            ("NGUYEN THI MAI cap cuu", "NGUYEN THI MAI"),
        ] {
            assert_eq!(private_parts(note), [part], "{note}");
        }
    }

    #[test]
    fn telephone_and_citizen_numbers_are_seen_however_they_are_written() {
        for number in [
            "0912345678",
            "0912 345 678",
            "091.234.5678",
            "+84 912 345 678",
            "024-3000-0000",
            "001096012345",
            "123456789",
        ] {
            let note = format!("Liên hệ {number} trước khi đến");
            assert_eq!(private_parts(&note), [number], "{note}");
        }
    }

    #[test]
    fn the_way_to_a_place_is_no_patient() {
        for note in [
            "Vào cổng sau, đường Nguyễn Trãi, tầng 3",
            "Phố Trần Hưng Đạo, gửi xe miễn phí",
            "Đến trước 18:00 ngày 21/11/2026, mang căn cước",
            "Khoa Cấp cứu, phòng 203; hỏi BN ICU",
            "Số liệu minh họa",
            "Xe đón ở Hà Nội và TP Hồ Chí Minh",
            "Bệnh viện Lê Lợi, quận Đống Đa",
            "Có người đón ở cổng; anh chị nhớ ăn sáng",
            "",
        ] {
            assert_eq!(private_parts(note), [""; 0], "{note}");
        }
    }
}
