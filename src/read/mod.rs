//! Bytes → text: one description file as clean UTF-8, or the reason why not.
//!
//! Limits, encodings and HTML live here so that `form` sees one kind of text:
//! NFC, no byte order mark. Nothing here knows the form, and no error about
//! one file stops a run: it is a [`Refusal`] that the caller reports. What takes
//! more than decoding is read `apart`, by another process.

pub mod apart;
mod candidates;
mod docx;
mod encoding;
mod html;
mod pdf;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::walk::Kind;

pub use encoding::Charset;

/// The largest file that is read, in bytes (32 MiB).
pub const MAX_FILE: u64 = 32 << 20;

/// The longest text that is kept of one file, in bytes (8 MiB).
pub const MAX_TEXT: usize = 8 << 20;

/// One file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// NFC-normalised text without a byte order mark.
    pub text: String,
    /// How the bytes were decoded.
    pub charset: Charset,
    /// What a person should know: lossy decoding, a cut.
    pub warnings: Vec<String>,
}

/// Why a file gives no text.
#[derive(Debug)]
pub enum Refusal {
    /// It could not be opened or read.
    Unreadable(io::Error),
    /// It changed every time it was read.
    Changing,
    /// A pipe, a device or a folder: whoever reads it may wait for ever.
    Special,
    /// Zero bytes, or nothing but white space.
    Empty,
    /// Its bytes are not text.
    Binary,
    /// More bytes than [`MAX_FILE`].
    TooLarge(u64),
    /// Too much of it could not be decoded.
    Undecodable,
    /// It had to be read apart, and that came to nothing.
    Apart(apart::Trouble),
}

impl Refusal {
    /// Whether it is a failure rather than a file that holds no description.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        match self {
            Self::Unreadable(_) | Self::Changing | Self::Undecodable => true,
            Self::Special | Self::Empty | Self::Binary | Self::TooLarge(_) => false,
            Self::Apart(trouble) => trouble.is_failure(),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "{error}"),
            Self::Changing => f.write_str("it is being written"),
            Self::Special => f.write_str("not a regular file"),
            Self::Empty => f.write_str("empty"),
            Self::Binary => f.write_str("not text"),
            Self::TooLarge(size) => {
                write!(
                    f,
                    "{} MiB large; only files of up to {} MiB are read",
                    size >> 20,
                    MAX_FILE >> 20
                )
            }
            Self::Undecodable => f.write_str("in no known encoding"),
            Self::Apart(trouble) => write!(f, "{trouble}"),
        }
    }
}

/// A file's bytes, read while it did not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes {
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What tells it from all others: the first half of its BLAKE3 hash.
    pub digest: Digest,
}

/// Half a BLAKE3 hash; 128 bits tell any two files apart.
pub type Digest = [u8; 16];

/// How often a file that changes while it is read is read again.
const TRIES: usize = 3;

/// Reads one file as text.
///
/// # Errors
/// The [`Refusal`] says why the file holds no text to work on.
pub fn read(path: &Path) -> Result<Text, Refusal> {
    text_of(load(path)?.bytes, Kind::of(path))
}

/// Reads one file's bytes.
///
/// # Errors
/// As [`read`], but for what only its text can tell.
pub fn load(path: &Path) -> Result<Bytes, Refusal> {
    load_while(path, &mut || {})
}

/// Reads a file's bytes; `meanwhile` happens while they are read.
fn load_while(path: &Path, meanwhile: &mut dyn FnMut()) -> Result<Bytes, Refusal> {
    for _ in 0..TRIES {
        if let Some(bytes) = load_once(path, meanwhile)? {
            let mut digest = Digest::default();
            let hash = blake3::hash(&bytes);
            digest.copy_from_slice(&hash.as_bytes()[..size_of::<Digest>()]);
            return Ok(Bytes { bytes, digest });
        }
    }
    Err(Refusal::Changing)
}

/// Nothing if the file changed meanwhile.
fn load_once(path: &Path, meanwhile: &mut dyn FnMut()) -> Result<Option<Vec<u8>>, Refusal> {
    let mut file = open(path).map_err(Refusal::Unreadable)?;
    let before = file.metadata().map_err(Refusal::Unreadable)?;
    if !before.is_file() {
        return Err(Refusal::Special);
    }
    let size = before.len();
    if size > MAX_FILE {
        return Err(Refusal::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // One byte more than allowed shows a file that grows while it is read.
    let mut limited = (&mut file).take(MAX_FILE + 1);
    limited
        .read_to_end(&mut bytes)
        .map_err(Refusal::Unreadable)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(Refusal::TooLarge(bytes.len() as u64));
    }
    meanwhile();
    let after = file.metadata().map_err(Refusal::Unreadable)?;
    let same = after.len() == bytes.len() as u64
        && after.len() == size
        && after.modified().ok() == before.modified().ok();
    Ok(same.then_some(bytes))
}

/// Opens a file without waiting for whoever may write to it if it became a pipe.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options.read(true).open(path)
}

/// Reads standard input as one description, with the limits of [`read`].
///
/// # Errors
/// As [`read`].
pub fn read_stdin() -> Result<Text, Refusal> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(Refusal::Unreadable)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(Refusal::TooLarge(bytes.len() as u64));
    }
    text_of(bytes, Kind::Text)
}

/// Decodes, cleans and cuts what is of a kind by its name.
///
/// # Errors
/// As [`read`].
pub fn text_of(bytes: Vec<u8>, kind: Kind) -> Result<Text, Refusal> {
    let decoded = match kind {
        Kind::Text | Kind::Page => decode(bytes, kind)?,
        Kind::Pdf | Kind::Docx if bytes.is_empty() => return Err(Refusal::Empty),
        Kind::Pdf | Kind::Docx => {
            encoding::checked(apart::text_of(kind, &bytes)?, kind.name(), Vec::new())?
        }
    };
    let (mut text, mut warnings) = (decoded.text, decoded.warnings);
    if text.len() > MAX_TEXT {
        text.truncate(text.floor_char_boundary(MAX_TEXT));
        warnings.push(format!(
            "longer than {} MiB; the rest was cut",
            MAX_TEXT >> 20
        ));
    }
    if let Cow::Owned(normalised) = to_nfc(&text) {
        text = normalised;
    }
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(Text {
        text,
        charset: decoded.charset,
        warnings,
    })
}

/// The text of bytes, and what a reader sees of it if it is a page.
fn decode(bytes: Vec<u8>, kind: Kind) -> Result<encoding::Decoded, Refusal> {
    let is_page = kind == Kind::Page || html::looks_like_html(&bytes);
    let declared = || html::declared_charset(&bytes);
    let hint = is_page.then(declared).flatten();
    let mut decoded = encoding::decode(bytes, hint, is_page)?;
    if is_page {
        decoded.text = html::text_of_page(&decoded.text);
    }
    Ok(decoded)
}

/// Normalisation form C; borrowed when nothing has to change.
fn to_nfc(text: &str) -> Cow<'_, str> {
    // All that begins below byte 0xCC is below U+0300 and stands for itself.
    if text.bytes().all(|byte| byte < 0xCC) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(bytes: &[u8]) -> Result<Text, Refusal> {
        text_of(bytes.to_vec(), Kind::Text)
    }

    #[test]
    fn letters_and_their_dots_become_one_character() {
        let text = plain("tyo\u{308}llisyys – a\u{308}a\u{308}ni".as_bytes()).unwrap();
        assert_eq!(text.text, "työllisyys – ääni");
    }

    #[test]
    fn white_space_alone_is_empty() {
        assert!(matches!(plain(b""), Err(Refusal::Empty)));
        assert!(matches!(
            plain("\u{feff} \r\n\t\u{a0}".as_bytes()),
            Err(Refusal::Empty)
        ));
    }

    #[test]
    fn a_picture_named_txt_is_binary() {
        let picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x02\x00";
        assert!(matches!(plain(picture), Err(Refusal::Binary)));
    }

    #[test]
    fn a_text_over_the_limit_is_cut_at_a_character_with_a_warning() {
        let long = "ä".repeat(MAX_TEXT / 2 + 10);
        let text = plain(long.as_bytes()).unwrap();
        assert_eq!(text.text.len(), MAX_TEXT);
        assert_eq!(text.warnings, ["longer than 8 MiB; the rest was cut"]);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_read_again_but_not_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        std::fs::write(&path, "yksi").unwrap();
        let grow = || {
            let mut file = File::options().append(true).open(&path).unwrap();
            io::Write::write_all(&mut file, b" ja").unwrap();
        };
        let mut left = 2;
        let mut twice = || {
            if left > 0 {
                left -= 1;
                grow();
            }
        };
        assert_eq!(load_while(&path, &mut twice).unwrap().bytes, b"yksi ja ja");
        let mut times = 0;
        let mut always = || {
            times += 1;
            grow();
        };
        let ended = load_while(&path, &mut always);
        assert!(matches!(ended, Err(Refusal::Changing)));
        assert_eq!(times, TRIES);
    }

    #[cfg(unix)]
    #[test]
    fn what_became_a_pipe_or_a_folder_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("pipe.txt");
        let (kind, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR);
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, kind, mode, 0).unwrap();
        assert!(matches!(read(&pipe), Err(Refusal::Special)));
        assert!(matches!(read(dir.path()), Err(Refusal::Special)));
    }

    #[test]
    fn a_file_over_the_limit_is_refused_by_its_size() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("big.txt");
        File::create(&path).unwrap().set_len(MAX_FILE + 1).unwrap();
        assert!(matches!(read(&path), Err(Refusal::TooLarge(_))));
    }
}
