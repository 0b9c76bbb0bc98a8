//! What stands around the words of every message: the code to check it by, what we never ask, and the same as HTML.
use super::letter::Letter;
use super::model::Recipient;
use crate::platform::config::Site;
use crate::platform::language::{Language, Phrase, keys, say};
use askama::Template;

/// How many letters and digits a code has.
const LENGTH: usize = 8;
/// Without I, L, O and U: read out or typed, none is taken for another. Source: Crockford's Base32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code, 40 bits of chance.
pub(super) fn code(chance: [u8; LENGTH]) -> String {
    let letter = |byte: u8| {
        ALPHABET
            .get(usize::from(byte % 32))
            .copied()
            .unwrap_or(b'0')
    };
    chance
        .into_iter()
        .map(|byte| char::from(letter(byte)))
        .collect()
}

/// The code somebody typed, as rows keep it: without spaces and dashes, and with what looks alike set right.
pub(super) fn read_code(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|letter| !" -–".contains(*letter));
    let code: String = letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let is_ours = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
    is_ours.then_some(code)
}

/// As it is shown: `K7M2-Q9TX`.
pub fn shown(code: &str) -> String {
    match code.split_at_checked(LENGTH / 2) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}

/// What we never do, said in every message.
pub(super) fn never(language: Language) -> String {
    say(language, &keys::MAIL_FOOTER_NEVER.into())
}

/// A message as a mail carries it.
#[derive(Debug, Clone)]
pub(super) struct Framed {
    pub(super) text: String,
    pub(super) html: String,
}

/// Text and HTML with everything around them.
pub(super) fn frame(
    letter: &Letter,
    code: &str,
    to: &Recipient,
    site: &Site,
) -> Result<Framed, askama::Error> {
    let language = to.language;
    let place = site.public_url.split_once("://");
    let check = Phrase::new(keys::MAIL_FOOTER_CHECK)
        .with("code", shown(code))
        .with(
            "address",
            format!("{}/v", place.map_or("", |(_, host)| host)),
        );
    let footer = [say(language, &check), never(language)];
    let body = letter.text.trim_end();
    let page = Page {
        language: language.code(),
        subject: &letter.subject,
        paragraphs: paragraphs(body),
        footer: &footer,
    };
    Ok(Framed {
        text: format!("{body}\n\n-- \n{}\n", footer.join("\n")),
        html: page.render()?,
    })
}

/// The HTML of a mail: no picture, no script, nothing that tells us it was opened.
#[derive(Template)]
#[template(path = "letter.html")]
struct Page<'a> {
    language: &'static str,
    subject: &'a str,
    paragraphs: Vec<Vec<Vec<Piece<'a>>>>,
    footer: &'a [String],
}

/// A part of a line.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    Words(&'a str),
    Link(&'a str),
}

/// Paragraphs of lines of pieces.
fn paragraphs(text: &str) -> Vec<Vec<Vec<Piece<'_>>>> {
    let blocks = text.split("\n\n").filter(|block| !block.trim().is_empty());
    blocks
        .map(|block| block.lines().map(pieces).collect())
        .collect()
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((before, link, after)) = next_link(rest) {
        found.push(Piece::Words(before));
        found.push(Piece::Link(link));
        rest = after;
    }
    found.push(Piece::Words(rest));
    found.retain(|piece| *piece != Piece::Words(""));
    found
}

fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.find("https://").or_else(|| text.find("http://"))?;
    let (before, from) = text.split_at_checked(at)?;
    let end = from.find([' ', '\n', ')', '>']).unwrap_or(from.len());
    let (link, after) = from.split_at_checked(end)?;
    let plain = link.trim_end_matches(['.', ',', ';']);
    let (link, dot) = link.split_at_checked(plain.len())?;
    let after = text
        .split_at_checked(text.len() - after.len() - dot.len())?
        .1;
    Some((before, link, after))
}

/// Whether a line of a message would end early: a name or subject with a line break would write headers of its own.
pub(super) fn has_break(letter: &Letter, to: &Recipient) -> bool {
    let sender = letter.sender.as_deref().unwrap_or_default();
    let short = letter.short.as_ref();
    [
        letter.subject.as_str(),
        to.given_name.as_str(),
        sender,
        letter.unsubscribe.as_deref().unwrap_or_default(),
        short.map_or("", |short| short.title.as_str()),
    ]
    .iter()
    .any(|line| line.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::config::Settings;

    fn hoa(given_name: &str) -> Recipient {
        Recipient {
            language: Language::Vi,
            given_name: given_name.to_owned(),
            zone: chrono_tz::Asia::Ho_Chi_Minh,
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let made = code([0, 31, 32, 10, 255, 7, 1, 18]);
        assert_eq!(made, "0Z0AZ71J");
        assert_eq!(shown(&made), "0Z0A-Z71J");
        assert_eq!(read_code(" oz0a–z7lj "), Some(made));
        for wrong in ["", "0Z0A-Z71", "0Z0AZ71J0", "0Z0AZ71U", "ộZ0AZ71J"] {
            assert_eq!(read_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_message_says_how_to_check_it_and_html_is_escaped() {
        let letter = Letter {
            subject: "Chào".to_owned(),
            text: "Chào <b>Hoa</b> & bạn,\n\nXem tại https://a.vn/d/1?x=1&y=2. Hẹn gặp!\n"
                .to_owned(),
            ..Letter::default()
        };
        let site = Settings::defaults().unwrap().site;
        let framed = frame(&letter, "0Z0AZ71J", &hoa("Hoa"), &site).unwrap();
        assert!(framed.text.contains("0Z0A-Z71J") && framed.text.contains("127.0.0.1:8080/v"));
        assert!(framed.html.contains("0Z0A-Z71J") && !framed.html.contains("<b>"));
        assert!(
            framed
                .html
                .contains("<a href=\"https://a.vn/d/1?x=1&#38;y=2\">"),
            "{}",
            framed.html
        );
        assert!(framed.html.contains("</a>. Hẹn gặp!"), "{}", framed.html);
    }

    #[test]
    fn a_line_break_in_a_name_or_subject_is_seen() {
        let letter = |subject: &str| Letter {
            subject: subject.to_owned(),
            ..Letter::default()
        };
        assert!(!has_break(&letter("Chào"), &hoa("Hoa")));
        assert!(has_break(&letter("Chào\r\nBcc: x@y.vn"), &hoa("Hoa")));
        assert!(has_break(&letter("Chào"), &hoa("Hoa\nX")));
    }
}
