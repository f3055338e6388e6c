//! What a file's name claims that it is.
//!
//! The one table of endings: `walk` lists files by it, `read` knows by it how to
//! read them.

use std::path::Path;

/// Kinds of files that hold descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, whatever its encoding.
    Text,
    /// A saved web page.
    Page,
    /// A PDF file.
    Pdf,
    /// A Word document.
    Docx,
}

/// Endings of names, compared without regard to case, with their kind.
const ENDINGS: [(&str, Kind); 5] = [
    ("txt", Kind::Text),
    ("html", Kind::Page),
    ("htm", Kind::Page),
    ("pdf", Kind::Pdf),
    ("docx", Kind::Docx),
];

impl Kind {
    /// The kind of a file that may hold a description, by its name.
    #[must_use]
    pub fn listed(path: &Path) -> Option<Self> {
        Self::named(path.extension()?.to_str()?)
    }

    /// The kind of a file that was asked for, whatever its name.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self::listed(path).unwrap_or(Self::Text)
    }

    /// The kind with an ending.
    #[must_use]
    pub fn named(ending: &str) -> Option<Self> {
        let own = |(own, _): &&(&str, Self)| ending.eq_ignore_ascii_case(own);
        ENDINGS.iter().find(own).map(|(_, kind)| *kind)
    }

    /// The ending by which the kind is known.
    #[must_use]
    pub fn name(self) -> &'static str {
        let own = |(_, own): &&(&'static str, Self)| *own == self;
        ENDINGS.iter().find(own).map_or("", |(ending, _)| ending)
    }
}
