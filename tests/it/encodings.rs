//! Files in the encodings of thirty years are read rightly: texts of the sample,
//! from three words up, in nine encodings. None may be garbage without a word.
//! `ESR_SEARCH_CRASHES` says how many texts instead of twelve hundred.

use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, WINDOWS_1252};
use esr_search::read;
use esr_search::walk::Kind;

use crate::house::corpus;
use crate::small::rounds;

/// Code page 850 from 0x80 on, where the letters and signs of the sample are.
const CP850: [(char, u8); 10] = [
    ('ä', 0x84),
    ('ö', 0x94),
    ('å', 0x86),
    ('Ä', 0x8E),
    ('Ö', 0x99),
    ('Å', 0x8F),
    ('é', 0x82),
    ('§', 0xF5),
    ('½', 0xAB),
    ('°', 0xF8),
];

const SEVEN_BIT: &str = "{|}[\\]";

/// The bytes of a text in an encoding that has all its characters.
fn encoded(text: &str, name: &str) -> Option<Vec<u8>> {
    let table = |encoding: &'static Encoding| -> Vec<char> {
        let high: Vec<u8> = (0x80..=0xFF).collect();
        encoding
            .decode_without_bom_handling(&high)
            .0
            .chars()
            .collect()
    };
    let by = |table: &[char]| -> Option<Vec<u8>> {
        let byte = |c: char| match c.is_ascii() {
            true => Some(c as u8),
            false => table
                .iter()
                .position(|t| *t == c)
                .map(|at| u8::try_from(at + 0x80).unwrap()),
        };
        text.chars().map(byte).collect()
    };
    match name {
        "utf-8" => Some(text.into()),
        "utf-16le" => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        "utf-16be" => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        "windows-1252" => by(&table(WINDOWS_1252)),
        "iso-8859-15" => by(&table(ISO_8859_15)),
        "macintosh" => by(&table(MACINTOSH)),
        "ibm850" => {
            let known = |c| {
                CP850
                    .iter()
                    .find(|(letter, _)| *letter == c)
                    .map(|(_, byte)| *byte)
            };
            text.chars()
                .map(|c| {
                    if c.is_ascii() {
                        Some(c as u8)
                    } else {
                        known(c)
                    }
                })
                .collect()
        }
        "sfs-4017" => {
            let free = !text.contains(|c| SEVEN_BIT.contains(c));
            let sign = |c: char| match "äöåÄÖÅ".chars().position(|letter| letter == c) {
                Some(at) => SEVEN_BIT.as_bytes().get(at).copied(),
                None => c.is_ascii().then_some(c as u8),
            };
            free.then(|| text.chars().map(sign).collect()).flatten()
        }
        _ => {
            let latin = table(WINDOWS_1252);
            let high = |byte: u8| byte.checked_sub(0x80).map(|at| latin[usize::from(at)]);
            let twice: String = text
                .bytes()
                .map(|b| high(b).unwrap_or(char::from(b)))
                .collect();
            Some(twice.into_bytes())
        }
    }
}

const NAMES: [&str; 9] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "iso-8859-15",
    "ibm850",
    "macintosh",
    "sfs-4017",
    "utf-8 twice",
];

/// Whole files of the sample, and runs of 3 to 200 words of them.
fn texts() -> Vec<String> {
    let entries = std::fs::read_dir(corpus()).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let bytes = paths.iter().map(|path| std::fs::read(path).unwrap());
    let files: Vec<String> = bytes
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .collect();
    let files: Vec<String> = files
        .iter()
        .map(|text| text.trim_start_matches('\u{feff}').to_owned())
        .filter(|text| {
            read::text_of(text.clone().into(), Kind::Text).is_ok_and(|t| t.text == *text)
        })
        .collect();
    let mut texts = files.clone();
    for round in 0..rounds(1_200) {
        let words: Vec<_> = files[round * 7 % files.len()].split_whitespace().collect();
        let count = [3, 4, 5, 8, 15, 40, 200][round % 7].min(words.len());
        let from = round * 7_919 % (words.len() - count + 1);
        texts.push(words[from..from + count].join(" "));
    }
    texts
}

#[test]
fn ten_thousand_texts_in_nine_encodings_are_read_rightly() {
    let (mut all, mut right, mut silent) = (0_usize, 0_usize, Vec::new());
    for text in texts() {
        for name in NAMES {
            let Some(bytes) = encoded(&text, name) else {
                continue;
            };
            all += 1;
            match read::text_of(bytes, Kind::Text) {
                Ok(read) if read.text == text => right += 1,
                Ok(read) if read.warnings.is_empty() => silent.push((name, text.clone())),
                _ => {}
            }
        }
    }
    silent
        .iter_mut()
        .for_each(|(_, text)| *text = text.chars().take(80).collect());
    eprintln!(
        "{right} of {all} texts right, {} wrong without a warning",
        silent.len()
    );
    assert!(all > 9_000, "{all}");
    assert!(right * 1_000 >= all * 995, "{right} of {all}: {silent:#?}");
    assert!(silent.is_empty(), "{silent:#?}");
}
