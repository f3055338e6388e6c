//! Eight-bit encodings that old Finnish files come in, and the one that they
//! are read in by.
//!
//! Any of them decodes anything, so it is asked how Finnish each result looks
//! around its letters beyond ASCII: `ä` between letters is what one expects, a
//! sign or a capital amid a word is not. The same goes for the two that hide
//! behind another: national seven-bit codes, where `ty|` is `työ`, and UTF-8
//! that was taken for windows-1252 and encoded once more, `tyÃ¶`.

use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, WINDOWS_1252};

/// Code page 850, bytes 0x80 to 0xFF.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// A candidate's name and how it reads bytes.
type Candidate = (&'static str, fn(&[u8]) -> String);

/// The likeliest first: where nothing tells them apart the first is taken.
const CANDIDATES: [Candidate; 4] = [
    ("windows-1252", |bytes| by(WINDOWS_1252, bytes)),
    ("iso-8859-15", |bytes| by(ISO_8859_15, bytes)),
    ("ibm850", cp850),
    ("macintosh", |bytes| by(MACINTOSH, bytes)),
];

fn by(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn cp850(bytes: &[u8]) -> String {
    let table: Vec<char> = CP850.chars().collect();
    let read = |&byte: &u8| match byte.checked_sub(0x80) {
        Some(place) => table[usize::from(place)],
        None => char::from(byte),
    };
    bytes.iter().map(read).collect()
}

/// How many bytes are looked at to choose.
const SAMPLE: usize = 256 << 10;

/// A reading must look better than the next by so much, or it is a guess.
const CLEAR: i64 = 3;

/// What was chosen.
pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) text: String,
    /// Whether another reading looks nearly as good.
    pub(super) is_guess: bool,
}

/// Reads bytes of an unknown eight-bit encoding.
pub(super) fn choose(bytes: &[u8]) -> Choice {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let readings: Vec<_> = CANDIDATES
        .iter()
        .map(|(name, read)| {
            let text = read(sample);
            (finnish(&text), *name, read, text)
        })
        .collect();
    let mut best = 0;
    for (place, reading) in readings.iter().enumerate() {
        if reading.0 > readings[best].0 {
            best = place;
        }
    }
    let (score, name, read, text) = &readings[best];
    let rival = |other: &&(i64, _, _, String)| other.3 != *text;
    let next = readings.iter().filter(rival).map(|other| other.0).max();
    Choice {
        name,
        text: read(bytes),
        is_guess: *score < 0 || next.is_some_and(|next| score - next < CLEAR),
    }
}

/// How Finnish a text looks around its letters and signs beyond ASCII.
fn finnish(text: &str) -> i64 {
    let (mut before, mut score) = (' ', 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            score += worth(before, c, chars.peek().copied().unwrap_or(' '));
        }
        before = c;
    }
    score
}

/// How well a character stands between two others.
fn worth(before: char, c: char, after: char) -> i64 {
    let in_word = before.is_alphabetic() || after.is_alphabetic();
    let amid = before.is_alphabetic() && after.is_alphabetic();
    let small = before.is_lowercase() || after.is_lowercase();
    let is_back = |c: char| matches!(c, 'a' | 'o' | 'u');
    match c {
        'ä' | 'ö' if after.is_uppercase() => -6,
        // Quotes around a word are read as letters at its ends.
        'ä' | 'ö' if is_back(before) || is_back(after) => 1,
        'ö' if !before.is_alphabetic() && matches!(after, 'e' | 'i' | 'y' | 'ä') => -2,
        // A quote before a word is read so too, and few words begin so.
        'ö' if !before.is_alphabetic() && after.is_alphabetic() => 3,
        'ä' | 'ö' if in_word => 5,
        'Ä' | 'Ö' if before.is_lowercase() => -6,
        'Ä' | 'Ö' if in_word => 4,
        'å' | 'é' | 'ü' | 'š' | 'ž' | 'á' | 'è' if in_word && small => 1,
        'Å' if after.is_alphabetic() && !before.is_lowercase() => 2,
        'É' | 'Ü' | 'Š' | 'Ž' if after.is_alphabetic() && !before.is_lowercase() => 1,
        '–' | '—' if before == ' ' && after == ' ' => 4,
        '–' if before.is_ascii_digit() || after.is_ascii_digit() => 3,
        '–' | '—' if !amid => 2,
        '”' | '“' | '»' | '«' | '„' if !amid => 2,
        '’' | '‘' | '´' if before.is_alphabetic() => 2,
        '•' | '·' | '…' if !amid => 2,
        '€' if !in_word && (before == ' ' || before == '\u{a0}' || before.is_ascii_digit()) => 3,
        '§' | '°' | '½' | '±' | '×' if !in_word => 1,
        '\u{a0}' if !before.is_whitespace() => 2,
        '\u{a0}' | '\u{ad}' => 0,
        '\u{80}'..='\u{9f}' | '\u{fffd}' => -10,
        c if c.is_alphabetic() && amid => -3,
        _ if amid => -6,
        _ => -3,
    }
}

/// The letters of the Finnish seven-bit code (SFS 4017) and what stands in
/// their places in ASCII.
const SEVEN_BIT: [(char, char); 6] = [
    ('{', 'ä'),
    ('|', 'ö'),
    ('}', 'å'),
    ('[', 'Ä'),
    ('\\', 'Ö'),
    (']', 'Å'),
];

/// What a text in ASCII is, read as the Finnish seven-bit code.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SevenBit {
    /// It is in that code and reads so.
    Is(String),
    /// It may be; too little speaks for it.
    MayBe,
    /// Nothing speaks for it.
    No,
}

/// Reads ASCII as the Finnish seven-bit code if it looks like it: braces and
/// bars stand in words, in the company of the vowels that `ä` and `ö` keep.
pub(super) fn seven_bit(text: &str) -> SevenBit {
    // What closes as many braces as it opens, and that at ends of words, is code.
    let count = |sign: char| text.matches(sign).count();
    let amid =
        |end: (usize, &str)| text[end.0 + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    let braces = count('}') > 0 && count('}') == count('{') && !text.match_indices('}').any(amid);
    if !text.is_ascii() || !text.contains(['{', '|', '}', '[', '\\', ']']) {
        return SevenBit::No;
    }
    if braces {
        let is_code = text.contains(['\\', '"', ';', '=', '(']);
        let is_amid = text.split(' ').any(has_sign_amid);
        return if is_amid && !is_code {
            SevenBit::MayBe
        } else {
            SevenBit::No
        };
    }
    let (mut read, mut fit, mut unfit, mut amid) = (String::new(), 0_usize, 0_usize, 0_usize);
    let is_part = |c: char| c.is_ascii_alphabetic() || letter(c).is_some();
    let mut rest = text;
    while let Some(begin) = rest.find(is_part) {
        let (before, from) = rest.split_at(begin);
        let (word, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        read.push_str(before);
        let signs = word.chars().filter(|c| letter(*c).is_some()).count();
        if signs == word.len() {
            unfit += signs;
            read.push_str(word);
        } else {
            amid += usize::from(has_sign_amid(word));
            let word: Vec<char> = word.chars().map(|c| letter(c).unwrap_or(c)).collect();
            let good = (0..word.len()).filter(|place| fits(&word, *place)).count();
            fit += good;
            unfit += signs - good;
            read.extend(word);
        }
        rest = after;
    }
    read.push_str(rest);
    match (fit, unfit) {
        (0, _) if amid == 0 => SevenBit::No,
        _ if fit > unfit * 2 => SevenBit::Is(read),
        _ => SevenBit::MayBe,
    }
}

/// Whether a small letter's sign stands where only a letter would: `f|retag`,
/// `|ar`, `]boland`. Such a word fits no Finnish one, but may be one all the same.
fn has_sign_amid(word: &str) -> bool {
    let bytes = word.as_bytes();
    let is_sign = |place: usize| match bytes[place] {
        b'{' | b'|' | b'}' => true,
        other => other == b']' && place == 0,
    };
    let is_led = |place: usize| match place {
        0 => true,
        1 => bytes[0].is_ascii_alphabetic(),
        _ => bytes[place - 1].is_ascii_lowercase(),
    };
    let is_followed = |place: usize| bytes.get(place + 1).is_some_and(u8::is_ascii_lowercase);
    (0..bytes.len()).any(|place| is_sign(place) && is_led(place) && is_followed(place))
}

fn letter(sign: char) -> Option<char> {
    let found = SEVEN_BIT.iter().find(|(ascii, _)| *ascii == sign);
    found.map(|(_, letter)| *letter)
}

/// Whether a Finnish word has a letter beyond ASCII here: of the vowels around
/// it the next one on one side goes with it, and so does the case.
fn fits(word: &[char], place: usize) -> bool {
    let c = word[place];
    if c.is_ascii() {
        return false;
    }
    let before = place.checked_sub(1).map(|before| word[before]);
    let cased = match c.is_lowercase() {
        true => word.get(place + 1).is_none_or(|next| !next.is_uppercase()),
        false => before.is_none_or(|before| !before.is_lowercase()),
    };
    let is_front = |c: &char| match c.to_lowercase().next() {
        Some('ä' | 'ö' | 'y') => Some(true),
        Some('a' | 'o' | 'u') => Some(false),
        _ => None,
    };
    let left = word[..place].iter().rev().find_map(is_front);
    let right = word[place + 1..].iter().find_map(is_front);
    let suits = left == Some(true) || right != Some(false);
    // A compound mixes its vowels; bars stand between words in tables, braces do not.
    cased && (suits || matches!(c, 'å' | 'Å') || (c == 'ä' && before.is_some()))
}

/// Mends UTF-8 that was taken for windows-1252 and encoded once more.
pub(super) fn twice_encoded(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'Å', 'â']) {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let bytes: Vec<Option<u8>> = chars.iter().map(|c| byte_of(*c)).collect();
    let (mut mended, mut at, mut letters, mut plain) = (String::new(), 0, 0_usize, 0_usize);
    while at < chars.len() {
        match sequence(&bytes[at..]) {
            Some((c, length)) => {
                // Letters of Finland's languages, the Sámi ones too.
                let is_letter = c.is_alphabetic() && c < '\u{250}';
                let is_sign = "§°½\u{a0}\u{ad}€".contains(c) || ('–'..='•').contains(&c);
                letters += usize::from(is_letter || is_sign);
                mended.push(c);
                at += length;
            }
            None => {
                plain += usize::from("äöÄÖ".contains(chars[at]));
                mended.push(chars[at]);
                at += 1;
            }
        }
    }
    (letters > plain).then_some(mended)
}

/// The byte that windows-1252 has for a character, the gaps filled as Latin-1
/// has them.
fn byte_of(c: char) -> Option<u8> {
    let code = u32::from(c);
    if code < 0x100 {
        return u8::try_from(code).ok();
    }
    let mut buffer = [0; 4];
    let (bytes, _, lost) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    (!lost && bytes.len() == 1).then(|| bytes[0])
}

/// A character beyond ASCII whose UTF-8 the bytes begin with, and its length.
fn sequence(bytes: &[Option<u8>]) -> Option<(char, usize)> {
    let length = match (*bytes.first()?)? {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let taken: Option<Vec<u8>> = bytes.get(..length)?.iter().copied().collect();
    let text = String::from_utf8(taken?).ok()?;
    Some((text.chars().next()?, length))
}
