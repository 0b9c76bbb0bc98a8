//! Whether a message is ours and went to who asks: by its code and a part of their own contact.
use super::frame::read_code;
use super::model::Purpose;
use super::store::{self, Said};
use crate::platform::clock::Moment;
use crate::platform::db::{Conn, Json};
use crate::platform::seal::Keys;
use diesel::QueryResult;
use subtle::ConstantTimeEq;

/// A message that went to who asked.
#[derive(Debug, Clone)]
pub struct Checked {
    /// In whose name.
    pub sender: String,
    /// When it left.
    pub sent_at: Moment,
    /// Why it was sent.
    pub purpose: Purpose,
    /// Which words.
    pub kind: String,
}

/// What somebody asks about.
#[derive(Debug, Clone)]
pub struct Asked {
    code: Option<String>,
    mark: Option<String>,
}

impl Asked {
    /// The code of a message, and the last three digits of one's number or the first three letters of one's address.
    pub fn new(keys: &Keys, code: &str, part: &str) -> Self {
        let code = read_code(code);
        let part = typed_part(part);
        let both = code.as_deref().zip(part);
        Self {
            mark: both.map(|(code, part)| mark(keys, code, &part)),
            code,
        }
    }
}

/// Whether this message went to who asks; a wrong code and a wrong part are the same no.
pub fn check(conn: &mut Conn, asked: &Asked) -> QueryResult<Option<Checked>> {
    let (Some(code), Some(mark)) = (&asked.code, &asked.mark) else {
        return Ok(None);
    };
    let Some(found) = store::by_code(conn, code)? else {
        return Ok(None);
    };
    let Json(said) = found.said;
    let said: Said = serde_json::from_value(said).unwrap_or_default();
    let is_theirs = |kept: &String| bool::from(kept.as_bytes().ct_eq(mark.as_bytes()));
    Ok(said.marks.iter().any(is_theirs).then_some(Checked {
        sender: said.sender,
        sent_at: found.sent_at,
        purpose: found.purpose,
        kind: found.kind,
    }))
}

/// The last three digits of a number, or the first three letters of a mail address.
pub(super) fn own_part(contact: &str) -> Option<String> {
    if contact.contains('@') {
        let start: String = contact.chars().take(3).collect();
        return Some(start.to_lowercase());
    }
    let digits = contact.chars().filter(char::is_ascii_digit);
    let mut end: Vec<char> = digits.rev().take(3).collect();
    end.reverse();
    (end.len() == 3).then(|| end.into_iter().collect())
}

/// What somebody typed: digits of a number, of which the last three count, or the start of an address, of which the
/// first three letters do.
fn typed_part(typed: &str) -> Option<String> {
    let typed: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let is_number = typed
        .chars()
        .all(|letter| letter.is_ascii_digit() || "+.-".contains(letter));
    if is_number {
        return own_part(&typed);
    }
    (typed.chars().count() >= 3).then(|| typed.to_lowercase().chars().take(3).collect())
}

/// A blind mark of that part, of use for this code only.
pub(super) fn mark(keys: &Keys, code: &str, part: &str) -> String {
    keys.lookup("check", &format!("{code} {part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_one_types_is_the_part_that_was_kept() {
        for (contact, typed) in [
            ("+84912345678", "678"),
            ("+84912345678", "0912 345 678"),
            ("Hoa.Nguyen@example.vn", "hoa"),
            ("Hoa.Nguyen@example.vn", "Hoa.Nguyen@example.vn"),
            ("an@example.vn", "an@"),
        ] {
            assert_eq!(own_part(contact), typed_part(typed), "{contact} {typed}");
        }
        for short in ["", "78", "ho", " 7 8 "] {
            assert_eq!(typed_part(short), None, "{short}");
        }
    }
}
