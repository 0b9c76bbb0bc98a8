//! Reads a blood group from whatever people write: signs, words, Vietnamese or English.
use super::BloodGroup;
use super::groups::{Abo, Sign};

/// Lower case without Vietnamese marks, every dash and plus in its plain form, brackets and points as spaces.
fn plain(text: &str) -> String {
    let folded = text
        .to_lowercase()
        .chars()
        .filter_map(fold)
        .collect::<String>();
    let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        "nhom mau",
        "nhom",
        "blood group",
        "blood type",
        "group",
        "type",
    ]
    .iter()
    .find_map(|lead| words.strip_prefix(lead))
    .unwrap_or(&words)
    .trim()
    .to_owned()
}

fn fold(letter: char) -> Option<char> {
    Some(match letter {
        '\u{0300}'..='\u{036f}' => return None,
        'ă' | 'â' | 'á' | 'à' => 'a',
        'ư' => 'u',
        'ơ' | 'ó' => 'o',
        'í' => 'i',
        'đ' => 'd',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{fe62}' | '\u{ff0b}' => '+',
        '(' | ')' | '[' | ']' | '.' | ',' | ':' | '/' | '_' => ' ',
        other => other,
    })
}

/// `AB` before `A` and `B`, and the zero that many type for an O.
const ABO: [(&str, Abo); 5] = [
    ("ab", Abo::Ab),
    ("a", Abo::A),
    ("b", Abo::B),
    ("o", Abo::O),
    ("0", Abo::O),
];

/// The group that a text of any usual spelling names.
pub(super) fn read(text: &str) -> Option<BloodGroup> {
    let plain = plain(text);
    let rh_first = plain.starts_with("rh");
    ABO.into_iter().find_map(|(letters, abo)| {
        let rest = if rh_first {
            plain.strip_suffix(letters)
        } else {
            plain.strip_prefix(letters)
        }?;
        Some(BloodGroup::of(abo, read_sign(rest)?))
    })
}

/// What is left beside ABO: a sign or a word for it, with or without "Rh" and "D".
fn read_sign(rest: &str) -> Option<Sign> {
    let joined = rest.replace(' ', "").replace("-rh", "rh");
    let without_rh = joined.replace("rh", "");
    let without_d = without_rh.strip_prefix('d').map(str::to_owned);
    let bare = [Some(joined.replace("rhd", "")), Some(without_rh), without_d];
    bare.iter().flatten().find_map(|sign| match sign.as_str() {
        "+" | "pos" | "positive" | "plus" | "+ve" | "duong" | "duongtinh" | "duong+"
        | "duongtinh+" => Some(Sign::Positive),
        "-" | "neg" | "negative" | "minus" | "-ve" | "am" | "amtinh" | "am-" | "amtinh-" => {
            Some(Sign::Negative)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spellings, parted by bars.
    const POSITIVE: [(BloodGroup, &str); 4] = [
        (
            BloodGroup::OPositive,
            "O+|o +|0+|o rh+|O Rh(D)+|Rh+ O|O dương|O RhD dương tính|ORh+|O pos|O_POS",
        ),
        (
            BloodGroup::APositive,
            "A+|a＋|A Rh dương|A-Rh+|A RhD positive",
        ),
        (
            BloodGroup::BPositive,
            "B+|B dương|b duong|nhóm B Rh(+)|B dương tính (Rh+)|B D+",
        ),
        (
            BloodGroup::AbPositive,
            "AB+|ab rh(d) dương|Rh+ AB|AB plus| AB + ",
        ),
    ];
    const NEGATIVE: [(BloodGroup, &str); 4] = [
        (
            BloodGroup::ONegative,
            "O-|O\u{2212}|O –|O Rh(D) âm|O Rh âm tính|Nhóm máu: O-|o neg|O (-)|O-ve",
        ),
        (
            BloodGroup::ANegative,
            "A-|A\u{2212}|A âm|a a\u{302}m|A minus|Rh- A",
        ),
        (BloodGroup::BNegative, "B-|B âm|B RHD NEGATIVE"),
        (BloodGroup::AbNegative, "AB-|AB—|ab âm|type AB neg"),
    ];

    #[test]
    fn every_usual_spelling_is_understood() {
        for (group, spellings) in POSITIVE.into_iter().chain(NEGATIVE) {
            for spelling in spellings.split('|') {
                assert_eq!(BloodGroup::parse(spelling), Some(group), "{spelling:?}");
            }
        }
    }

    #[test]
    fn a_group_without_rhd_or_with_two_signs_is_refused() {
        for text in [
            "", "O", "AB", "C+", "+", "O+-", "O±", "A, B+", "A B+", "dương", "âm", "-A", "OO+",
            "rh", "rh+", "O+ 1",
        ] {
            assert_eq!(BloodGroup::parse(text), None, "{text:?}");
        }
    }
}
