//! A PDF file → the lines that a person sees on its pages.
//!
//! `show` follows the drawing of a page and notes each piece of text with its
//! place, `font` knows what characters its codes are, `lay` makes lines and
//! paragraphs of the pieces. Pictures are not looked at, so scanned pages hold
//! nothing. Runs in a process apart, for files may be made to do harm: see
//! `apart`.

mod font;
mod lay;
mod place;
mod show;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::apart::Trouble;

/// How far into the file its mark may stand.
const HEAD: usize = 1024;

const MARK: &[u8] = b"%PDF-";

/// The text of all pages; a character that can't be told is U+FFFD.
pub(super) fn text_of(bytes: Vec<u8>, most: usize) -> Result<String, Trouble> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if !head.windows(MARK.len()).any(|window| window == MARK) {
        return Err(Trouble::Other);
    }
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => Trouble::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Trouble::Damaged,
    })?;
    if pdf.pages().is_empty() {
        return Err(Trouble::Damaged);
    }
    let (mut pages, mut shown) = (Vec::new(), 0);
    let mut fonts = font::Fonts::default();
    for page in pdf.pages().iter() {
        let drawn = show::page(page, &mut fonts);
        shown += drawn
            .pieces
            .iter()
            .map(|piece| piece.text.len())
            .sum::<usize>();
        pages.push(drawn);
        if shown > most {
            break;
        }
    }
    let text = lay::text(pages);
    match text.trim().is_empty() {
        true => Err(Trouble::Pictures),
        false => Ok(text),
    }
}
