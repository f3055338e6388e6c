//! Where each line of a description went, and the ledger that shows it.
//!
//! The parser owes an account of its input: one place for every line. Apart
//! from the walk so that the account can be printed and tested without it.
//! The ledger is data; showing it is for others.

use std::fmt;

use super::Parsed;
use super::catalogue::{Field, QUESTIONS, ROWS, Section};
use super::page;
use super::project::Prose;

/// The one place where a line ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The line holds nothing.
    Blank,
    /// One of the title lines at the top.
    Title,
    /// A heading of the form.
    Heading(Section),
    /// A label with its value, or the value on the line after its label.
    Field(Field),
    /// A partner.
    Partner,
    /// Free text.
    Prose(Prose),
    /// A question of section 8.1 with its answer, from 0.
    Question(u8),
    /// The comment on a question.
    QuestionComment(u8),
    /// The head or a group line of the table of section 8.2.
    TableHead,
    /// A row of the table with its scores, from 0.
    Row(u8),
    /// The comment on a row.
    RowComment(u8),
    /// The service's own e-mail address.
    ServiceMail,
    /// What a conversion left of images and frames.
    Debris,
    /// Nothing of the form claims it; kept and searchable.
    Unrecognised,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let question = |i: u8| QUESTIONS.get(usize::from(i)).map_or("", |e| e.key);
        let row = |i: u8| ROWS.get(usize::from(i)).map_or("", |e| e.key);
        match *self {
            Place::Blank => f.write_str("blank"),
            Place::Title => f.write_str("title"),
            Place::Heading(section) => write!(f, "heading {}", section.key()),
            Place::Field(field) => write!(f, "field {}", field.key()),
            Place::Partner => f.write_str("partner"),
            Place::Prose(prose) => write!(f, "text {}", prose.key()),
            Place::Question(i) => write!(f, "question {}", question(i)),
            Place::QuestionComment(i) => write!(f, "comment {}", question(i)),
            Place::TableHead => f.write_str("table"),
            Place::Row(i) => write!(f, "row {}", row(i)),
            Place::RowComment(i) => write!(f, "comment {}", row(i)),
            Place::ServiceMail => f.write_str("service mail"),
            Place::Debris => f.write_str("debris"),
            Place::Unrecognised => f.write_str("unrecognised"),
        }
    }
}

/// One line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'t> {
    /// Line number, from 1.
    pub line: usize,
    /// Where the line went.
    pub place: Place,
    /// The line without its end.
    pub text: &'t str,
}

impl fmt::Display for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>5}  {:<30} {}",
            self.line,
            self.place.to_string(),
            self.text
        )
    }
}

/// The account of a parsed text, line by line; `text` is what was parsed.
pub fn ledger<'t>(text: &'t str, parsed: &Parsed<'_>) -> impl Iterator<Item = Record<'t>> {
    let places = parsed.lines.clone().into_iter();
    let numbered = page::lines(text).zip(places).enumerate();
    numbered.map(|(index, (text, place))| Record {
        line: index + 1,
        place,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_names_each_line_once() {
        let text = "1 Hanke\r\n\r\nHankekoodi: S20015\r\nNatura 2000 -ohjelman kohteet 0 0\r\n";
        let records: Vec<_> = ledger(text, &super::super::parse(text)).collect();
        let places: Vec<_> = records.iter().map(|r| r.place.to_string()).collect();
        assert_eq!(
            places,
            ["heading project", "blank", "field code", "unrecognised"]
        );
        assert_eq!(records[2].text, "Hankekoodi: S20015");
        assert!(records[2].to_string().starts_with("    3  field code"));
    }
}
