//! Which encoding the bytes are in, and their text.
//!
//! The order of the questions: byte order mark, binary or not, valid UTF-8,
//! UTF-16 without a mark, a declared charset, UTF-8 with a few broken bytes,
//! and windows-1252 last, since it decodes anything.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Refusal;

/// The encoding a file was read in, by its WHATWG name in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset(pub &'static str);

impl Charset {
    fn of(encoding: &'static Encoding) -> Self {
        Self(match encoding.name() {
            "UTF-8" => "utf-8",
            "UTF-16LE" => "utf-16le",
            "UTF-16BE" => "utf-16be",
            other => other,
        })
    }
}

pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) charset: Charset,
    pub(super) warnings: Vec<String>,
}

/// How much of the file decides whether it is binary.
const HEAD: usize = 64 << 10;

/// A text may lose one character in this many before it counts as garbage.
const LOSS: usize = 200;

/// Decodes the bytes; `hint` is the charset that a page declares of itself.
pub(super) fn decode(bytes: Vec<u8>, hint: Option<&'static Encoding>) -> Result<Decoded, Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return lossy(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = bare_utf16(&bytes) {
        return lossy(encoding, &bytes);
    }
    if is_binary(&bytes) {
        return Err(Refusal::Binary);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            return Ok(Decoded {
                text,
                charset: Charset::of(UTF_8),
                warnings: Vec::new(),
            });
        }
        Err(error) => error.into_bytes(),
    };
    match hint {
        Some(encoding) if encoding != UTF_8 => lossy(encoding, &bytes),
        _ if is_mostly_utf8(&bytes) => lossy(UTF_8, &bytes),
        _ => lossy(WINDOWS_1252, &bytes),
    }
}

fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, Refusal> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if broken {
        let lost = text.chars().filter(|&c| c == '\u{FFFD}').count();
        if lost * LOSS > text.chars().count().max(LOSS) {
            return Err(Refusal::Undecodable);
        }
        let name = Charset::of(encoding).0;
        warnings.push(format!("{lost} characters could not be read as {name}"));
    }
    Ok(Decoded {
        text: text.into_owned(),
        charset: Charset::of(encoding),
        warnings,
    })
}

/// UTF-16 without a mark: Latin text has a zero in every second byte.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() / 2 * 7 / 10;
    match (even, odd) {
        (0, odd) if odd > most => Some(UTF_16LE),
        (even, 0) if even > most => Some(UTF_16BE),
        _ => None,
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let control = |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C | 0x0B);
    head.contains(&0) || head.iter().filter(control).count() * 10 > head.len()
}

/// UTF-8 that a transfer broke in a few places, not another encoding: whole
/// multi-byte characters outnumber the broken bytes.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), None).ok().unwrap()
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_not_part_of_the_text() {
        let utf8 = decoded("\u{feff}Hämeenlinna".as_bytes());
        assert_eq!(
            (utf8.text.as_str(), utf8.charset.0),
            ("Hämeenlinna", "utf-8")
        );
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend("Työ".encode_utf16().flat_map(u16::to_le_bytes));
        let utf16 = decoded(&bytes);
        assert_eq!((utf16.text.as_str(), utf16.charset.0), ("Työ", "utf-16le"));
    }

    #[test]
    fn utf16_is_known_without_a_mark() {
        let bytes: Vec<u8> = "Hankekoodi: S20001\nNimi: Työtä"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decoded(&bytes).text, "Hankekoodi: S20001\nNimi: Työtä");
    }

    #[test]
    fn old_windows_files_keep_their_letters_and_euros() {
        let text = decoded(b"Ty\xf6llisyys maksaa 5 \x80, \xe5\xe4\xf6 \x96 hanke");
        assert_eq!(text.text, "Työllisyys maksaa 5 €, åäö – hanke");
        assert_eq!(text.charset.0, "windows-1252");
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf8_into_garbage() {
        let mut bytes = "äöåäöåäöå työllisyyden hyvä ".repeat(20).into_bytes();
        bytes.push(0xC3);
        let text = decoded(&bytes);
        assert!(text.text.starts_with("äöå"), "{}", text.text);
        assert_eq!(text.warnings.len(), 1);
    }
}
