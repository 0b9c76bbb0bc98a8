//! Names and traits of invented people: the n-th is always the same.
use crate::blood::BloodGroup;
use crate::people::Sex;

const FAMILY: [&str; 12] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
];
const MIDDLE_FEMALE: [&str; 8] = ["Thị", "Ngọc", "Thanh", "Thu", "Minh", "Kim", "Bích", "Hồng"];
const MIDDLE_MALE: [&str; 8] = [
    "Văn", "Đức", "Quang", "Hữu", "Công", "Minh", "Xuân", "Thanh",
];
const GIVEN_FEMALE: [&str; 14] = [
    "An", "Bình", "Chi", "Dung", "Giang", "Hà", "Hương", "Lan", "Linh", "Mai", "Nga", "Oanh",
    "Thảo", "Yến",
];
const GIVEN_MALE: [&str; 14] = [
    "Bảo", "Cường", "Dũng", "Đạt", "Hải", "Hiếu", "Khoa", "Long", "Nam", "Phúc", "Quân", "Sơn",
    "Tuấn", "Vinh",
];

/// A number that looks random and is the same every time: the fractional part of n times an irrational number.
pub(super) fn dice(n: u64, salt: u64, sides: u64) -> u64 {
    let mixed = (n + 1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(salt.wrapping_mul(0xD1B5_4A32_D192_ED03));
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed ^ (mixed >> 29)) % sides.max(1)
}

fn pick<const N: usize>(list: [&'static str; N], n: u64, salt: u64) -> &'static str {
    let index = usize::try_from(dice(n, salt, N as u64)).unwrap_or_default();
    list.get(index).copied().unwrap_or("An")
}

/// Women and men by turns.
pub(super) fn sex(n: u64) -> Sex {
    if n.is_multiple_of(2) {
        Sex::Female
    } else {
        Sex::Male
    }
}

/// The name of the n-th invented person.
pub(super) fn name(n: u64) -> String {
    let family = pick(FAMILY, n, 1);
    match sex(n) {
        Sex::Female => format!(
            "{family} {} {}",
            pick(MIDDLE_FEMALE, n, 2),
            pick(GIVEN_FEMALE, n, 3)
        ),
        Sex::Male => format!(
            "{family} {} {}",
            pick(MIDDLE_MALE, n, 2),
            pick(GIVEN_MALE, n, 3)
        ),
    }
}

/// Groups about as common as in Vietnam, with a few more Rh− so that a call finds somebody.
pub(super) fn group(n: u64) -> BloodGroup {
    match dice(n, 4, 1000) {
        0..=5 => BloodGroup::ONegative,
        6..=8 => BloodGroup::BNegative,
        9..=449 => BloodGroup::OPositive,
        450..=749 => BloodGroup::BPositive,
        750..=949 => BloodGroup::APositive,
        _ => BloodGroup::AbPositive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_always_the_same_person_and_others_differ() {
        assert_eq!((name(7), group(7)), (name(7), group(7)));
        let names: std::collections::HashSet<String> = (0..200).map(name).collect();
        assert!(names.len() > 120, "{}", names.len());
    }
}
