//! Makes names findable: "Đặng Thị Ánh" is found by who types "dang thi anh".

use deunicode::deunicode_char;

/// The text in lower case, without accents, with single spaces; the same for composed and decomposed letters.
pub fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            plain.push(' ');
        } else {
            plain.push_str(deunicode_char(c).unwrap_or_default());
        }
    }
    let lower = plain.to_lowercase();
    lower.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sorts people as Vietnamese lists do: by the given name, which stands last, then by the rest.
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    match folded.rsplit_once(' ') {
        Some((rest, given)) => format!("{given} {rest}"),
        None => folded,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{fold, name_key};

    #[test]
    fn vietnamese_loses_its_accents_only() {
        assert_eq!(fold("Đặng Thị Ánh"), "dang thi anh");
        assert_eq!(fold("NGUYỄN  VĂN\tƯỚC "), "nguyen van uoc");
        assert_eq!(fold("Quỳ Hợp, Nghệ An (cũ)"), "quy hop, nghe an (cu)");
        assert_eq!(
            fold("ăâđêôơư ạảấầẩẫậắằẳẵặ ẹẻẽếềểễệ"),
            "aadeoou aaaaaaaaaaaa eeeeeeee"
        );
    }

    #[test]
    fn letters_typed_in_pieces_fold_the_same() {
        assert_eq!(
            fold("Nguye\u{302}\u{303}n U\u{31b}\u{301}c"),
            fold("Nguyễn Ức")
        );
        assert_eq!(fold("Đa\u{323}\u{306}ng"), "dang");
    }

    #[test]
    fn what_has_no_letters_folds_to_nothing() {
        assert_eq!(fold(" \u{200b}\n"), "");
    }

    #[test]
    fn people_are_sorted_by_their_given_name() {
        let mut people = [
            "Trần Văn Bình",
            "Nguyễn Thị Anh",
            "Lê Ánh",
            "An",
            "Đỗ Văn An",
        ];
        people.sort_by_key(|name| name_key(name));
        assert_eq!(
            people,
            [
                "An",
                "Đỗ Văn An",
                "Lê Ánh",
                "Nguyễn Thị Anh",
                "Trần Văn Bình"
            ]
        );
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,40}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert!(folded.is_ascii() && !folded.contains("  "));
        }
    }
}
