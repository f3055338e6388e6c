//! Descriptions that were saved as PDF files or Word documents are read as
//! their text would be, and what is wrong with such a file is told and harms
//! nothing: they are made here, sound and otherwise.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::house::{House, corpus};

/// A description of the sample.
fn sample(name: &str) -> String {
    std::fs::read_to_string(corpus().join(name)).unwrap()
}

/// A Word document of a text's lines.
pub(crate) fn docx(text: &str) -> Vec<u8> {
    let mut body = String::new();
    for line in text.lines() {
        let line = line.replace('&', "&amp;").replace('<', "&lt;");
        let (begin, end) = line.split_at(line.floor_char_boundary(line.len() / 2));
        write!(
            body,
            "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>\
             <w:r><w:t xml:space=\"preserve\">{begin}</w:t></w:r>\
             <w:r><w:t xml:space=\"preserve\">{end}</w:t></w:r></w:p>"
        )
        .unwrap();
    }
    archive(format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes())
}

fn archive(document: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    archive.start_file("word/document.xml", packed).unwrap();
    archive.write_all(document).unwrap();
    archive.finish().unwrap().into_inner()
}

/// A PDF file of objects, the first of which is its catalogue; no table says
/// where they are, as in many a file that was mended.
struct Objects(Vec<Vec<u8>>);

impl Objects {
    fn file(&self, trailer: &str) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in self.0.iter().enumerate() {
            places.push(file.len());
            writeln!(file, "{} 0 obj", number + 1).unwrap();
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let (table, count) = (file.len(), places.len() + 1);
        write!(file, "xref\n0 {count}\n0000000000 65535 f \n").unwrap();
        for place in places {
            writeln!(file, "{place:010} 00000 n ").unwrap();
        }
        write!(
            file,
            "trailer\n<</Size {count} /Root 1 0 R {trailer}>>\nstartxref\n{table}\n%%EOF\n"
        )
        .unwrap();
        file
    }
}

fn stream(dict: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dict} /Length {}>>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// How a made file writes its letters.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Letters {
    /// A byte each, as windows-1252 has them.
    Narrow,
    /// Two bytes each that mean nothing, with a list of what they stand for.
    Numbered,
}

/// About how wide letters are, in thousandths; the file says the same.
const WIDTH: usize = 500;
const SIZE: usize = 10;
const PAGE: (usize, usize) = (595, 842);
const MARGIN: usize = 60;

/// The lines of a text, folded to the width of a page: those that begin a
/// paragraph are marked.
fn folded(text: &str) -> Vec<(bool, String)> {
    let most = (PAGE.0 - 2 * MARGIN) * 1000 / (WIDTH * SIZE);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut is_first = true;
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > most {
                lines.push((is_first, std::mem::take(&mut line)));
                is_first = false;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push((is_first, line));
    }
    lines
}

/// The drawing of one page.
fn drawing(lines: &[(bool, String)], letters: Letters) -> Vec<u8> {
    let mut drawing = format!("BT /F1 {SIZE} Tf {MARGIN} {} Td\n", PAGE.1 - MARGIN).into_bytes();
    for (is_first, line) in lines {
        // Paragraphs stand a little apart.
        let step = if *is_first { 15 } else { 12 };
        writeln!(drawing, "0 -{step} Td").unwrap();
        drawing.push(b'<');
        for unit in line.encode_utf16() {
            match letters {
                Letters::Numbered => write!(drawing, "{:04X}", unit ^ 0x1111).unwrap(),
                Letters::Narrow => {
                    let char = char::from_u32(unit.into()).unwrap().to_string();
                    let (byte, _, lossy) = encoding_rs::WINDOWS_1252.encode(&char);
                    assert!(!lossy, "{char}");
                    write!(drawing, "{:02X}", byte[0]).unwrap();
                }
            }
        }
        drawing.extend(b"> Tj\n");
    }
    drawing.extend(b"ET\n");
    drawing
}

/// The objects of a font; the first is object `at`.
fn font(text: &str, letters: Letters, at: usize) -> Vec<Vec<u8>> {
    let widths = format!("{WIDTH} ").repeat(256);
    match letters {
        Letters::Narrow => vec![
            format!(
                "<</Type/Font/Subtype/TrueType/BaseFont/Made/FirstChar 0/LastChar 255\
                 /Widths [{widths}]/Encoding/WinAnsiEncoding>>"
            )
            .into_bytes(),
        ],
        Letters::Numbered => {
            let mut units: Vec<_> = text.encode_utf16().collect();
            units.sort_unstable();
            units.dedup();
            let mut list = String::from("1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
            for some in units.chunks(100) {
                writeln!(list, "{} beginbfchar", some.len()).unwrap();
                for unit in some {
                    writeln!(list, "<{:04X}> <{unit:04X}>", unit ^ 0x1111).unwrap();
                }
                list.push_str("endbfchar\n");
            }
            let (inner, told) = (at + 1, at + 2);
            vec![
                format!(
                    "<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H\
                     /DescendantFonts [{inner} 0 R]/ToUnicode {told} 0 R>>"
                )
                .into_bytes(),
                format!("<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/DW {WIDTH}>>")
                    .into_bytes(),
                stream(
                    "",
                    format!("/CIDInit /ProcSet findresource begin begincmap\n{list}endcmap end")
                        .as_bytes(),
                ),
            ]
        }
    }
}

/// A PDF file of a text.
fn pdf(text: &str, letters: Letters) -> Vec<u8> {
    let lines = folded(text);
    let pages: Vec<_> = lines.chunks(45).collect();
    let first = 3 + 2 * pages.len();
    let kids: String = (0..pages.len())
        .map(|page| format!("{} 0 R ", 3 + 2 * page))
        .collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Kids [{kids}]/Count {}/MediaBox [0 0 {} {}]\
             /Resources <</Font <</F1 {first} 0 R>>>>>>",
            pages.len(),
            PAGE.0,
            PAGE.1
        )
        .into_bytes(),
    ];
    for (number, page) in pages.iter().enumerate() {
        let content = 4 + 2 * number;
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {content} 0 R>>").into_bytes());
        objects.push(stream("", &drawing(page, letters)));
    }
    objects.extend(font(text, letters, first));
    Objects(objects).file("")
}

/// A PDF file of one page with this drawing, packed as `filter` says.
fn one_page(filter: &str, content: &[u8]) -> Objects {
    Objects(vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids [3 0 R]/Count 1/MediaBox [0 0 595 842]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources <</XObject <</F 4 0 R>>>>>>".to_vec(),
        stream(filter, content),
    ])
}

/// What the program reads in a file, but for its name and the lines of problems.
fn parsed(house: &House, name: &str) -> Value {
    let ran = house.run(&["parse", "--json", &format!("files/{name}")]);
    assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
    let mut project = ran.json().remove(0);
    project["path"] = Value::Null;
    project["problems"] = Value::Null;
    flat(&mut project);
    project
}

/// Takes line ends and runs of blanks for one blank, and lines' numbers away.
fn flat(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Array(values) => values.iter_mut().for_each(flat),
        Value::Object(members) => {
            members.remove("line");
            members.values_mut().for_each(flat);
        }
        _ => {}
    }
}

#[test]
fn a_description_is_the_same_as_text_as_pdf_and_as_a_word_document() {
    let house = House::new();
    for name in ["S26011.txt", "S26155.txt", "S26277.txt"] {
        let text = sample(name);
        house.write("plain.txt", &text);
        house.write("word.docx", docx(&text));
        house.write("narrow.pdf", pdf(&text.replace('−', "-"), Letters::Narrow));
        house.write("numbered.PDF", pdf(&text, Letters::Numbered));
        let plain = parsed(&house, "plain.txt");
        for other in ["word.docx", "narrow.pdf", "numbered.PDF"] {
            let read = parsed(&house, other);
            for (key, value) in plain.as_object().unwrap() {
                assert_eq!(&read[key], value, "{name} as {other}: {key}");
            }
        }
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told_and_the_others_are_read() {
    let house = House::new();
    let text = sample("S26011.txt");
    house.write("sound.pdf", pdf(&text, Letters::Narrow));
    house.write("sound.docx", docx(&text.replace("S26011", "S26012")));
    let empty = one_page("", b"0 0 m 100 100 l S");
    let mut locked = b"\xD0\xCF\x11\xE0".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let cut = docx(&text);
    let damaged = &cut[..cut.len() / 2];
    let guarded = "/ID [<00112233445566778899AABBCCDDEEFF> <00>] /Encrypt <</Filter/Standard/V 2/R 3\
                   /Length 128/P -4/O <0101010101010101010101010101010101010101010101010101010101010101>\
                   /U <0202020202020202020202020202020202020202020202020202020202020202>>>";
    let cases: [(&str, Vec<u8>, &str, &str); 9] = [
        ("scanned.pdf", empty.file(""), "skipped", "no text"),
        ("locked.pdf", empty.file(guarded), "skipped", "password"),
        ("locked.docx", locked, "skipped", "password"),
        (
            "cut.pdf",
            b"%PDF-1.7\n1 0 obj <</Type".to_vec(),
            "failed",
            "damaged",
        ),
        ("cut.docx", damaged.to_vec(), "failed", "damaged"),
        (
            "page.pdf",
            b"<html>moved</html>".to_vec(),
            "skipped",
            "not what its name says",
        ),
        ("empty.pdf", Vec::new(), "skipped", "empty"),
        ("blank.docx", docx("\n\n"), "skipped", "empty"),
        ("sheet.docx", archive(b"<sheet/"), "failed", "damaged"),
    ];
    for (name, bytes, ..) in &cases {
        house.write(name, bytes);
    }
    let ran = house.run(&["index", "files", "--report", "json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let report = &ran.json()[0];
    assert_eq!(report["documents"], 2, "{report}");
    for (name, _, class, reason) in &cases {
        let items = report["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["path"] == **name);
        let item = item.unwrap_or_else(|| panic!("{name} is not told of: {report}"));
        assert_eq!(item["class"], **class, "{item}");
        assert!(item["reasons"].to_string().contains(reason), "{item}");
    }
}

/// A page that is drawn of itself, and again, and again.
fn endless() -> Vec<u8> {
    let mut drawing = "/F Do ".repeat(400).into_bytes();
    drawing.extend(b"BT ET");
    one_page("/Type/XObject/Subtype/Form", &drawing).file("")
}

/// A gigabyte of blanks, in so many kilobytes.
fn swelling() -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    archive.start_file("word/document.xml", packed).unwrap();
    archive.write_all(b"<w:document><w:p><w:t>").unwrap();
    for _ in 0..200 {
        archive.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn files_made_to_hang_or_to_swell_are_left_out_and_the_last_good_version_stays() {
    let house = House::new();
    let text = sample("S26011.txt");
    house.write("endless.pdf", pdf(&text, Letters::Numbered));
    house.write("swelling.docx", docx(&text.replace("S26011", "S26012")));
    house.write("plain.txt", text.replace("S26011", "S26013"));
    let ran = house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    house.write("endless.pdf", endless());
    house.write("swelling.docx", swelling());
    let ran = house.run(&["index", "files", "--report", "json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let report = &ran.json()[0];
    assert_eq!(
        (&report["failed"], &report["documents"]),
        (&2.into(), &3.into()),
        "{report}"
    );
    for item in report["items"].as_array().unwrap() {
        assert!(
            item["reasons"][0]
                .as_str()
                .unwrap()
                .starts_with("takes more than"),
            "{item}"
        );
    }
    let mut found = house.search(&["osatyökykyiset"]);
    found.sort();
    assert_eq!(found, ["S26011", "S26012", "S26013"]);
    // What was too much once is not tried every night.
    let ran = house.run(&["index", "files", "--report", "json"]);
    let report = &ran.json()[0];
    assert_eq!(
        (&report["changed"], &report["failed"]),
        (&false.into(), &2.into())
    );
}
