//! Names shown so that who knows somebody recognises them, and nobody else learns a name.

/// The given name, and the first letters of what stands before it: "N. V. An".
pub(in crate::imports) fn masked(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((given, before)) = words.split_last() else {
        return String::new();
    };
    let initials = before
        .iter()
        .filter_map(|word| word.chars().next())
        .map(|letter| format!("{letter}."));
    let shown: Vec<String> = initials.chain([(*given).to_owned()]).collect();
    shown.join(" ")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_name_keeps_its_given_name_only() {
        assert_eq!(masked("Đặng Thị Ánh"), "Đ. T. Ánh");
        assert_eq!(masked("An"), "An");
        assert_eq!(masked(""), "");
    }
}
