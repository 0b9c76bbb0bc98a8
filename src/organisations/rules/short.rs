//! Names as people shorten them: who types "clb" means every câu lạc bộ, and the other way round.

/// Words, folded, with what is written instead of them.
const SHORT: [(&str, &str); 7] = [
    ("cau lac bo", "clb"),
    ("benh vien", "bv"),
    ("chu thap do", "ctd"),
    ("dai hoc", "dh"),
    ("cao dang", "cd"),
    ("trung hoc pho thong", "thpt"),
    ("uy ban nhan dan", "ubnd"),
];

/// A folded name written out, and shortened; whoever is called by either is meant.
pub(in crate::organisations) fn spellings(name: &str) -> [String; 2] {
    let write = |from_to: fn(&(&'static str, &'static str)) -> (&'static str, &'static str)| {
        let words = SHORT.iter().map(from_to);
        words.fold(format!(" {name} "), |name, (from, to)| {
            name.replace(&format!(" {from} "), &format!(" {to} "))
        })
    };
    [write(|(long, short)| (*short, *long)), write(|both| *both)].map(|name| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_out_and_shortened() {
        let both = ["cau lac bo mau hiem", "clb mau hiem"];
        assert_eq!(spellings("clb mau hiem"), both);
        assert_eq!(spellings("cau lac bo mau hiem"), both);
        assert_eq!(
            spellings("clb bv bach mai"),
            ["cau lac bo benh vien bach mai", "clb bv bach mai"]
        );
    }

    #[test]
    fn only_whole_words_are_short_ones() {
        assert_eq!(spellings("clba"), ["clba", "clba"]);
        assert_eq!(spellings("ha"), ["ha", "ha"]);
    }
}
