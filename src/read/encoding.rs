//! Which encoding the bytes are in, and their text.
//!
//! The order of the questions: byte order mark, UTF-16 without a mark, binary or
//! not, valid UTF-8 (and what hides behind it), a declared charset, UTF-8 with a
//! few broken bytes, and the eight-bit encodings last, since they decode
//! anything: `candidates` tells them apart.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Refusal;
use super::candidates::{self, SevenBit};

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

/// Decodes the bytes; `hint` is the charset that a page declares of itself,
/// `is_page` whether it is one: its scripts have braces of their own.
pub(super) fn decode(
    bytes: Vec<u8>,
    hint: Option<&'static Encoding>,
    is_page: bool,
) -> Result<Decoded, Refusal> {
    if let Some((name, text)) = utf32(&bytes) {
        return checked(text, name, Vec::new());
    }
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
        Ok(text) => return disguised(text, is_page),
        Err(error) => error.into_bytes(),
    };
    match hint {
        Some(encoding) if encoding.is_single_byte() => lossy(encoding, &bytes),
        _ if is_mostly_utf8(&bytes) => lossy(UTF_8, &bytes),
        _ => {
            let choice = candidates::choose(&bytes);
            let guess = || format!("probably in {}, but that is a guess", choice.name);
            let warnings = choice.is_guess.then(guess).into_iter().collect();
            checked(choice.text, choice.name, warnings)
        }
    }
}

/// Text that is UTF-8, but may be another encoding's in disguise.
fn disguised(text: String, is_page: bool) -> Result<Decoded, Refusal> {
    if let Some(mended) = candidates::twice_encoded(&text) {
        let warning = "was encoded as UTF-8 twice; mended".to_owned();
        return checked(mended, "utf-8", vec![warning]);
    }
    if is_page {
        return checked(text, "utf-8", Vec::new());
    }
    match candidates::seven_bit(&text) {
        SevenBit::Is(read) => {
            let warning = "read as seven-bit Finnish (SFS 4017), where { is ä and | is ö";
            checked(read, "sfs-4017", vec![warning.to_owned()])
        }
        SevenBit::MayBe => {
            let warning = "has braces or bars in words; it may be seven-bit Finnish (SFS 4017)";
            checked(text, "utf-8", vec![warning.to_owned()])
        }
        SevenBit::No => checked(text, "utf-8", Vec::new()),
    }
}

fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, Refusal> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    checked(text.into_owned(), Charset::of(encoding).0, Vec::new())
}

/// Refuses what lost too many characters, here or long ago.
pub(super) fn checked(
    text: String,
    name: &'static str,
    mut warnings: Vec<String>,
) -> Result<Decoded, Refusal> {
    let lost = text.matches('\u{FFFD}').count();
    if lost > 0 {
        if lost * LOSS > text.chars().count().max(LOSS) {
            return Err(Refusal::Undecodable);
        }
        warnings.push(format!("{lost} characters could not be read as {name}"));
    }
    Ok(Decoded {
        text,
        charset: Charset(name),
        warnings,
    })
}

/// UTF-32 with its mark, which begins as that of UTF-16 does.
fn utf32(bytes: &[u8]) -> Option<(&'static str, String)> {
    let (name, read): (_, fn([u8; 4]) -> u32) = match bytes.get(..4)? {
        [0xFF, 0xFE, 0, 0] => ("utf-32le", u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF] => ("utf-32be", u32::from_be_bytes),
        _ => return None,
    };
    let (whole, _) = bytes[4..].as_chunks::<4>();
    let char = |unit: &[u8; 4]| char::from_u32(read(*unit)).unwrap_or('\u{FFFD}');
    Some((name, whole.iter().map(char).collect()))
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
        decode(bytes.to_vec(), None, false).ok().unwrap()
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
    fn utf32_is_known_by_its_mark() {
        let mut bytes = vec![0xFF, 0xFE, 0, 0];
        bytes.extend("Työ".chars().flat_map(|c| u32::from(c).to_le_bytes()));
        let utf32 = decoded(&bytes);
        assert_eq!((utf32.text.as_str(), utf32.charset.0), ("Työ", "utf-32le"));
    }

    #[test]
    fn text_that_lost_its_letters_long_ago_is_refused() {
        let garbage = "Ty\u{FFFD}llisyyden edist\u{FFFD}minen ja v\u{FFFD}est\u{FFFD} ".repeat(9);
        let refused = decode(garbage.into_bytes(), None, false);
        assert!(matches!(refused, Err(Refusal::Undecodable)));
    }

    #[test]
    fn tables_and_code_are_no_seven_bit_finnish() {
        for text in [
            "Nimi|Kunta|Koodi",
            "| nimi | kunta |",
            "\\textbf{nimi}",
            "{\"a\": [1, 2]}",
            "[1] x[i]",
        ] {
            assert_eq!(decoded(text.as_bytes()).text, text);
        }
        assert_eq!(
            decoded(b"Ty|llisyyden edist{minen").text,
            "Työllisyyden edistäminen"
        );
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
