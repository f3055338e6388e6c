//! A Word document (.docx) → its paragraphs, a line each.
//!
//! Of the archive only the document itself is unpacked, and only so far. Cells
//! of a table's row stand on one line. What was deleted, fields' instructions
//! and second versions of drawings are left out. Runs in a process apart, as
//! `pdf` does.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::apart::Trouble;

/// How much is unpacked at the most, in bytes: text of 8 MiB with all its markup.
const MOST_UNPACKED: u64 = 128 << 20;

/// Where the document stands in the archive.
const DOCUMENT: &str = "word/document.xml";

/// How archives begin, and how the files of older programs do.
const ARCHIVE: &[u8] = b"PK";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// What a document with a password holds, in the letters of that format.
const ENCRYPTED: &str = "EncryptedPackage";

/// The paragraphs of a document.
pub(super) fn text_of(bytes: Vec<u8>, most: usize) -> Result<String, Trouble> {
    if bytes.starts_with(COMPOUND) {
        let name: Vec<u8> = ENCRYPTED
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let is_locked = bytes.windows(name.len()).any(|window| window == name);
        return Err(if is_locked {
            Trouble::Locked
        } else {
            Trouble::Other
        });
    }
    if !bytes.starts_with(ARCHIVE) {
        return Err(Trouble::Other);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Trouble::Damaged)?;
    let document = match archive.by_name(DOCUMENT) {
        Ok(document) => document,
        Err(ZipError::FileNotFound) => return Err(Trouble::Other),
        Err(_) => return Err(Trouble::Damaged),
    };
    let mut limited = document.take(MOST_UNPACKED);
    let text = paragraphs(&mut limited, most)?;
    match limited.limit() {
        0 => Err(Trouble::Heavy),
        _ => Ok(text),
    }
}

/// What stands where in a document.
#[derive(Default)]
struct Writer {
    text: String,
    /// Elements that are open and whose content is left out.
    hidden: usize,
    /// Whether text that comes is a paragraph's.
    is_text: bool,
    /// Cells that were begun in the rows that are open.
    cells: Vec<usize>,
}

/// Elements that hold nothing of the text: properties, and the older version
/// of what stands beside it.
const HIDDEN: [&str; 4] = ["pPr", "rPr", "sectPr", "Fallback"];

fn paragraphs(source: &mut dyn Read, most: usize) -> Result<String, Trouble> {
    let mut reader = Reader::from_reader(BufReader::new(source));
    let (mut writer, mut buffer) = (Writer::default(), Vec::new());
    while writer.text.len() <= most {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => writer.begin(element.local_name().as_ref()),
            Ok(Event::Empty(element)) => {
                writer.begin(element.local_name().as_ref());
                writer.end(element.local_name().as_ref());
            }
            Ok(Event::End(element)) => writer.end(element.local_name().as_ref()),
            Ok(Event::Text(text)) => writer.add(&text),
            Ok(Event::GeneralRef(reference)) => writer.refer(&reference),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => return Err(Trouble::Damaged),
        }
    }
    Ok(writer.text)
}

impl Writer {
    fn begin(&mut self, name: &str) {
        if self.hidden > 0 || HIDDEN.contains(&name) {
            self.hidden += 1;
            return;
        }
        match name {
            "t" => self.is_text = true,
            "tab" | "ptab" => self.text.push('\t'),
            "br" | "cr" => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('\u{2011}'),
            "tr" => self.cells.push(0),
            "tc" => self.begin_cell(),
            _ => {}
        }
    }

    /// A cell stands behind the one before it.
    fn begin_cell(&mut self) {
        let Some(cells) = self.cells.last_mut() else {
            return;
        };
        *cells += 1;
        if *cells > 1 {
            self.text.truncate(self.text.trim_end().len());
            self.text.push('\t');
        }
    }

    fn end(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        match name {
            "t" => self.is_text = false,
            "p" => self.text.push('\n'),
            "tr" => _ = self.cells.pop(),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if self.is_text && self.hidden == 0 {
            self.text.push_str(text);
        }
    }

    /// `&amp;` and its like.
    fn refer(&mut self, reference: &BytesRef<'_>) {
        let char = match reference.resolve_char_ref() {
            Ok(Some(char)) => Some(char.to_string()),
            _ => resolve_xml_entity(reference).map(str::to_owned),
        };
        self.add(char.as_deref().unwrap_or("\u{FFFD}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &str) -> String {
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        paragraphs(&mut document.as_bytes(), 1 << 20).ok().unwrap()
    }

    #[test]
    fn paragraphs_are_lines_and_their_properties_are_not() {
        let body = "<w:p><w:pPr><w:tabs><w:tab w:pos='1'/></w:tabs></w:pPr><w:r><w:t>Ty\u{f6} </w:t></w:r>\
                    <w:r><w:t>&amp; p&#228;iv\u{e4}</w:t><w:tab/><w:t>1</w:t></w:r></w:p>\n\
                    <w:p><w:del><w:r><w:delText>ei</w:delText></w:r></w:del></w:p>";
        assert_eq!(text(body), "Ty\u{f6} & p\u{e4}iv\u{e4}\t1\n\n");
    }

    #[test]
    fn cells_of_a_row_stand_on_one_line() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let row = format!(
            "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
            cell("Suunniteltu:"),
            cell("45")
        );
        assert_eq!(text(&row), "Suunniteltu:\t45\n");
    }

    #[test]
    fn what_is_no_document_says_what_it_is_not() {
        let trouble = |bytes: &[u8]| text_of(bytes.to_vec(), 1 << 20).unwrap_err();
        assert_eq!(trouble(b"<html>"), Trouble::Other);
        assert_eq!(trouble(b"PK\x03\x04 and no more"), Trouble::Damaged);
        let mut locked = COMPOUND.to_vec();
        locked.extend(ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(trouble(&locked), Trouble::Locked);
    }
}
