//! Texts in the encodings that are met in Vietnam: UTF-8, UTF-16, Windows-1258.
use crate::imports::rules::refusal::Refusal;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// The text with composed letters. Half a character at the end says that the file was cut.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or_default()),
        None => (guess(bytes)?, bytes),
    };
    let text = if encoding == UTF_8 {
        utf_8(bytes)?
    } else {
        let (text, is_garbled) = encoding.decode_without_bom_handling(bytes);
        if is_garbled && encoding != WINDOWS_1258 {
            return Err(Refusal::Broken);
        }
        text
    };
    if text.contains('\0') {
        return Err(Refusal::UnknownFile);
    }
    let composing = ComposingNormalizerBorrowed::new_nfc();
    Ok(composing.normalize(&text).into_owned())
}

fn utf_8(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(_cut_or_not) => Err(Refusal::Broken),
    }
}

fn guess(bytes: &[u8]) -> Result<&'static Encoding, Refusal> {
    if let Some(encoding) = wide(bytes) {
        return Ok(encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(UTF_8),
        // Everything was UTF-8, accents among it, until the last character broke off.
        Err(error)
            if error.error_len().is_none()
                && !bytes.iter().take(error.valid_up_to()).all(u8::is_ascii) =>
        {
            Err(Refusal::Broken)
        }
        Err(_) => Ok(WINDOWS_1258),
    }
}

/// UTF-16 without its mark: in a list, many characters are ASCII, so every other byte is nought.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(400)).unwrap_or_default();
    let noughts = |from: usize| {
        head.iter()
            .skip(from)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (noughts(0), noughts(1));
    if odd * 5 > head.len() && even * 20 < head.len() {
        Some(UTF_16LE)
    } else if even * 5 > head.len() && odd * 20 < head.len() {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Họ tên;SĐT\nNguyễn Thị Ước;0912345678\n";

    fn utf_16(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(write).collect()
    }

    #[test]
    fn one_list_reads_the_same_in_every_encoding() {
        let with_mark = [b"\xef\xbb\xbf".as_slice(), TEXT.as_bytes()].concat();
        let little = [b"\xff\xfe".to_vec(), utf_16(TEXT, u16::to_le_bytes)].concat();
        let big = [b"\xfe\xff".to_vec(), utf_16(TEXT, u16::to_be_bytes)].concat();
        let bare = utf_16(TEXT, u16::to_le_bytes);
        // In Windows-1258 the tone of a letter is a character of its own.
        let old = b"Ho\xf2 t\xean;S\xd0T\nNguy\xea\xden Thi\xf2 \xdd\xf5\xecc;0912345678\n";
        for bytes in [TEXT.as_bytes(), &with_mark, &little, &big, &bare] {
            assert_eq!(decode(bytes).as_deref(), Ok(TEXT));
        }
        let text = decode(old).unwrap();
        assert!(text.starts_with("Họ tên;SĐT\nNguyễn Thị Ư"), "{text}");
    }

    #[test]
    fn a_text_cut_within_a_letter_is_broken() {
        let cut = TEXT.len() - ";0912345678\n".len() - 3;
        let bytes = TEXT.as_bytes().get(..cut).unwrap();
        assert!(std::str::from_utf8(bytes).is_err());
        assert_eq!(decode(bytes), Err(Refusal::Broken));
        let mut wide = [b"\xff\xfe".to_vec(), utf_16(TEXT, u16::to_le_bytes)].concat();
        wide.pop();
        assert_eq!(decode(&wide), Err(Refusal::Broken));
    }

    #[test]
    fn what_is_no_text_is_told_so() {
        assert_eq!(
            decode(b"mot hai ba bon\0nam sau bay tam"),
            Err(Refusal::UnknownFile)
        );
    }
}
