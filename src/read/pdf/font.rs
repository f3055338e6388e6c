//! A font as far as reading needs it: which characters its codes stand for, and
//! how wide they are.
//!
//! What the file says of its characters goes first, then the names of their
//! shapes, then the encoding. Widths of the fonts that every reader has, and so
//! no file brings along, are near the truth: they only part words.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier};

use super::show::stream;

/// What a letter's name stands for, from a table of names.
static GLYPHS: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let rows = include_str!("glyphs.txt").lines();
    let rows = rows.filter(|row| !row.starts_with('#'));
    let row = |row: &'static str| {
        let (name, codes) = row.split_once(' ')?;
        let codes = codes.split(' ').map(|code| u32::from_str_radix(code, 16));
        let chars = codes.map(|code| code.ok().and_then(char::from_u32));
        Some((name, chars.collect::<Option<String>>()?))
    };
    rows.filter_map(row).collect()
});

/// What stands in the format's own encoding where another has something else,
/// by code.
const STANDARD: [(u8, char); 26] = [
    (0x27, '’'),
    (0x60, '‘'),
    (0xA4, '⁄'),
    (0xA6, 'ƒ'),
    (0xA8, '¤'),
    (0xA9, '\''),
    (0xAA, '“'),
    (0xAC, '‹'),
    (0xAD, '›'),
    (0xAE, 'ﬁ'),
    (0xAF, 'ﬂ'),
    (0xB1, '–'),
    (0xB2, '†'),
    (0xB3, '‡'),
    (0xB4, '·'),
    (0xB7, '•'),
    (0xB8, '‚'),
    (0xB9, '„'),
    (0xBA, '”'),
    (0xBC, '…'),
    (0xBD, '‰'),
    (0xD0, '—'),
    (0xE1, 'Æ'),
    (0xF1, 'æ'),
    (0xF9, 'ø'),
    (0xFB, 'ß'),
];

/// A character that can't be told.
const UNKNOWN: &str = "\u{FFFD}";

/// The fonts of a file that were met.
#[derive(Default)]
pub(super) struct Fonts {
    known: HashMap<ObjectIdentifier, Rc<Font>>,
}

impl Fonts {
    pub(super) fn get(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let Some(id) = dict.obj_id() else {
            return Rc::new(Font::read(dict));
        };
        let read = || Rc::new(Font::read(dict));
        Rc::clone(self.known.entry(id).or_insert_with(read))
    }
}

/// A letter that a code stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) text: String,
    /// In heights of the font.
    pub(super) width: f64,
    /// Whether the gap between words comes behind it.
    pub(super) is_blank: bool,
}

pub(super) struct Font {
    /// Whether two bytes make a code.
    is_wide: bool,
    to_unicode: Option<CMap>,
    /// Which shape a wide code stands for, where that is not itself.
    shapes: Option<CMap>,
    /// What narrow codes stand for.
    encoding: Vec<String>,
    widths: HashMap<u32, f64>,
    /// The width of what has none of its own; `None` to be guessed.
    width: Option<f64>,
}

impl Font {
    fn read(dict: &Dict<'_>) -> Self {
        let cmap = |dict: &Dict<'_>, key| CMap::parse(&stream(dict, key)?, |_| None);
        let inner = dict
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|all| all.iter::<Dict<'_>>().next());
        let mut font = Self {
            is_wide: inner.is_some(),
            to_unicode: cmap(dict, "ToUnicode"),
            shapes: cmap(dict, "Encoding"),
            encoding: Vec::new(),
            widths: HashMap::new(),
            width: None,
        };
        match inner {
            Some(inner) => font.measure_wide(&inner),
            None => {
                font.encoding = encoding(dict);
                font.measure_narrow(dict);
            }
        }
        font
    }

    fn measure_narrow(&mut self, dict: &Dict<'_>) {
        let first = dict.get::<Number>("FirstChar").map_or(0, as_code);
        // A font that is drawn has a measure of its own.
        let measure = dict.get::<Array<'_>>("FontMatrix");
        let measure = measure.and_then(|matrix| matrix.iter::<Number>().next());
        let unit = measure.map_or(0.001, |number| number.as_f64().abs());
        if let Some(widths) = dict.get::<Array<'_>>("Widths") {
            let widths = widths.iter::<Number>().take(256);
            self.widths = (first..).zip(widths.map(|w| w.as_f64() * unit)).collect();
        }
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
        let missing = descriptor.and_then(|d| d.get::<Number>("MissingWidth"));
        self.width = missing.map(|width| width.as_f64() * unit);
        let name = dict.get::<Name<'_>>("BaseFont");
        if self.widths.is_empty() && name.is_some_and(|name| name.starts_with(b"Courier")) {
            self.width = Some(0.6);
        }
    }

    /// Widths are lists behind a first code, or one for a range of codes.
    fn measure_wide(&mut self, inner: &Dict<'_>) {
        let default = inner.get::<Number>("DW");
        self.width = Some(default.map_or(1.0, |width| width.as_f64() / 1000.0));
        let Some(all) = inner.get::<Array<'_>>("W") else {
            return;
        };
        let mut objects = all.iter::<Object<'_>>();
        while let (Some(Object::Number(first)), Some(next)) = (objects.next(), objects.next()) {
            let first = as_code(first);
            match next {
                Object::Array(list) => {
                    let widths = list.iter::<Number>().map(|w| w.as_f64() / 1000.0);
                    self.widths.extend((first..).zip(widths));
                }
                Object::Number(last) => {
                    let Some(Object::Number(width)) = objects.next() else {
                        return;
                    };
                    let width = width.as_f64() / 1000.0;
                    let last = as_code(last).min(first.saturating_add(0xFFFF));
                    self.widths.extend((first..=last).map(|code| (code, width)));
                }
                _ => return,
            }
        }
    }

    /// The letters that codes stand for.
    pub(super) fn letters<'a>(&'a self, codes: &'a [u8]) -> impl Iterator<Item = Letter> + 'a {
        let size = if self.is_wide { 2 } else { 1 };
        codes.chunks(size).map(|bytes| {
            let code = bytes
                .iter()
                .fold(0, |code, byte| code << 8 | u32::from(*byte));
            let text = self.text(code);
            Letter {
                width: self.width_of(code, &text),
                is_blank: !self.is_wide && code == 0x20,
                text,
            }
        })
    }

    fn text(&self, code: u32) -> String {
        let told = self.to_unicode.as_ref();
        let told = told.and_then(|cmap| cmap.lookup_bf_string(code));
        let told = told.map(|told| match told {
            BfString::Char(char) => char.to_string(),
            BfString::String(text) => text,
        });
        let told = told.filter(|text| !text.is_empty() && !text.contains('\0'));
        told.unwrap_or_else(|| {
            let own = self.encoding.get(code as usize);
            own.map_or(UNKNOWN, String::as_str).to_owned()
        })
    }

    fn width_of(&self, code: u32, text: &str) -> f64 {
        let shape = self.shapes.as_ref().filter(|_| self.is_wide);
        let shape = shape.and_then(|shapes| shapes.lookup_cid_code(code, 2));
        let known = self.widths.get(&shape.unwrap_or(code)).copied();
        known.or(self.width).unwrap_or_else(|| guess(text))
    }
}

/// About how wide a letter is in a font like Helvetica.
fn guess(text: &str) -> f64 {
    match text.chars().next().unwrap_or(' ') {
        ' ' | '\u{a0}' | 'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|'
        | '!' | '/' => 0.28,
        '-' | 'r' | '(' | ')' => 0.33,
        'm' | 'M' | 'w' | 'W' | '—' | '%' | '@' => 0.85,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 0.5,
        char if char.is_uppercase() => 0.69,
        _ => 0.556,
    }
}

fn as_code(number: Number) -> u32 {
    u32::try_from(number.as_i64()).unwrap_or_default()
}

/// What the codes of a font of one byte stand for.
fn encoding(dict: &Dict<'_>) -> Vec<String> {
    let named = |name: &[u8]| match name {
        b"WinAnsiEncoding" => Some(by(WINDOWS_1252)),
        b"MacRomanEncoding" => Some(by(MACINTOSH)),
        _ => None,
    };
    let own = dict.get::<Dict<'_>>("Encoding");
    let base = match &own {
        Some(own) => own.get::<Name<'_>>("BaseEncoding"),
        None => dict.get::<Name<'_>>("Encoding"),
    };
    let mut table = base.and_then(|name| named(&name)).unwrap_or_else(standard);
    let differences = own.and_then(|own| own.get::<Array<'_>>("Differences"));
    let mut code = 0_usize;
    for object in differences.iter().flat_map(|all| all.iter::<Object<'_>>()) {
        match object {
            Object::Number(number) => code = as_code(number) as usize,
            Object::Name(name) => {
                if let Some(place) = table.get_mut(code) {
                    *place = glyph(&name);
                }
                code += 1;
            }
            _ => {}
        }
    }
    table
}

/// All codes of an encoding of one byte.
fn by(encoding: &'static Encoding) -> Vec<String> {
    let char = |byte: u8| encoding.decode_without_bom_handling(&[byte]).0.into_owned();
    (0..=u8::MAX).map(char).collect()
}

fn standard() -> Vec<String> {
    let mut table = by(WINDOWS_1252);
    for (code, char) in STANDARD {
        table[usize::from(code)] = char.to_string();
    }
    table
}

/// What the name of a letter's shape stands for.
fn glyph(name: &[u8]) -> String {
    let name = std::str::from_utf8(name).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    if let Some(known) = GLYPHS.get(stem) {
        return known.clone();
    }
    let mut chars = stem.chars();
    if let (Some(char), None) = (chars.next(), chars.next()) {
        return char.to_string();
    }
    let hex = stem.strip_prefix("uni").or_else(|| stem.strip_prefix('u'));
    let code = hex.and_then(|hex| u32::from_str_radix(hex.get(..4).unwrap_or(hex), 16).ok());
    let char = code.and_then(char::from_u32);
    char.map_or_else(|| UNKNOWN.to_owned(), |char| char.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_known_by_the_names_of_their_shapes() {
        let names = ["adieresis", "A", "ffi", "uni00E5", "Euro", "a.sc", "g17"];
        let known: Vec<_> = names.iter().map(|name| glyph(name.as_bytes())).collect();
        assert_eq!(known, ["ä", "A", "ffi", "å", "€", "a", UNKNOWN]);
    }

    #[test]
    fn encodings_of_one_byte_have_the_letters_of_finnish() {
        let at = |table: &[String], code: usize| table[code].clone();
        assert_eq!(at(&by(WINDOWS_1252), 0xE4), "ä");
        assert_eq!(at(&by(MACINTOSH), 0x8A), "ä");
        assert_eq!(at(&standard(), 0xB1), "–");
    }
}
