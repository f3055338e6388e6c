//! The walk through a page: each line to its one place.
//!
//! Headings come from the outline and rows from the table; the walk knows in
//! which section it stands and hands labels to `labels.rs`. Text is gathered
//! as slices of the source that span whole blocks. It never looks back, so the
//! time is linear in the text.

use super::catalogue::{Body, CONTACTS, Field, LABELS, Section};
use super::outline::{Head, Outline};
use super::page::Page;
use super::place::Place;
use super::problem::{Problem, Trouble};
use super::project::{Form, Passage, Project, Prose, Unrecognised};
use super::table::Mark;
use super::{contact, furniture, values};

/// The walk's state.
pub(super) struct Walk<'p, 't> {
    pub(super) page: &'p Page<'t>,
    pub(super) outline: &'p Outline<'t>,
    pub(super) project: Project<'t>,
    pub(super) problems: Vec<Problem>,
    pub(super) places: Vec<Place>,
    /// The section the walk stands in.
    pub(super) at: Section,
    /// In EURA 2007: the title that passages bear, and where they belong.
    title: Option<&'t str>,
    pub(super) prose: Option<Prose>,
    /// Labels met, and labels whose value was taken.
    pub(super) seen: Fields,
    pub(super) filled: Fields,
    /// A label that ended its line without a value.
    pub(super) pending: Option<Field>,
    /// Questions and rows met, one bit each.
    pub(super) questions: u8,
    pub(super) rows: u16,
    pub(super) marks: Vec<(usize, Mark)>,
    pub(super) marked: bool,
    pub(super) next_mark: usize,
    next_head: usize,
    /// Where text between rows belongs.
    pub(super) comment: Option<Place>,
    pub(super) block: Option<Block<'t>>,
}

/// A set of fields.
#[derive(Default)]
pub(super) struct Fields(u64);

const _: () = assert!(LABELS.len() <= 64, "a set of fields has one bit a field");

impl Fields {
    pub(super) fn has(&self, field: Field) -> bool {
        self.0 & (1 << field as u64) != 0
    }

    pub(super) fn add(&mut self, field: Field) {
        self.0 |= 1 << field as u64;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0 == 0
    }
}

/// Adjoining lines with one place, being gathered.
pub(super) struct Block<'t> {
    place: Place,
    title: Option<&'t str>,
    line: usize,
    start: usize,
    end: usize,
}

impl<'p, 't> Walk<'p, 't> {
    pub(super) fn new(page: &'p Page<'t>, outline: &'p Outline<'t>) -> Self {
        Walk {
            page,
            outline,
            project: Project {
                form: outline.form,
                ..Project::default()
            },
            problems: Vec::new(),
            places: Vec::with_capacity(page.len()),
            at: Section::Top,
            title: None,
            prose: None,
            seen: Fields::default(),
            filled: Fields::default(),
            pending: None,
            questions: 0,
            rows: 0,
            marks: Vec::new(),
            marked: false,
            next_mark: 0,
            next_head: 0,
            comment: None,
            block: None,
        }
    }

    /// Goes through all lines.
    pub(super) fn run(&mut self) {
        for line in 0..self.page.len() {
            self.step(line);
        }
        self.close_block();
        let fund = self.project.code.and_then(values::fund_of);
        self.project.fund = self.outline.titled.or(fund);
    }

    fn step(&mut self, line: usize) {
        let text = self.page.line(line);
        if text.is_empty() {
            self.places.push(Place::Blank);
        } else if line >= self.outline.stop {
            self.gather(Place::Unrecognised, line);
        } else if let Some(head) = self.head_at(line) {
            self.enter(head);
        } else if furniture::is_debris(text) {
            self.settle(Place::Debris);
        } else {
            match self.at.entry().body {
                Body::Labels => self.label_line(line),
                Body::Text(prose) => self.text_line(self.prose.unwrap_or(prose), line),
                Body::Table => self.table_line(line),
                Body::Kept => self.gather(Place::Unrecognised, line),
            }
        }
    }

    fn head_at(&mut self, line: usize) -> Option<Head<'t>> {
        let head = self
            .outline
            .heads
            .get(self.next_head)
            .filter(|h| h.line == line)?;
        self.next_head += 1;
        Some(*head)
    }

    /// Begins a section at its heading.
    fn enter(&mut self, head: Head<'t>) {
        self.move_to(head.section);
        self.prose = head.prose;
        self.title = (self.outline.form == Form::Eura2007).then_some(head.title);
        if head.section == Section::Unknown {
            let printed = head.printed();
            let message =
                format!("section \"{printed}\" is unknown; its text is kept as unrecognised");
            self.report(head.line, Trouble::SectionUnknown, message);
            self.gather(Place::Unrecognised, head.line);
        } else {
            self.settle(Place::Heading(head.section));
        }
        if head.section.entry().body == Body::Table {
            self.mark_table(head.line + 1);
        }
    }

    /// Stands in `section` from here on.
    pub(super) fn move_to(&mut self, section: Section) {
        self.close_block();
        self.at = section;
        self.prose = None;
        self.title = None;
        self.pending = None;
        self.comment = None;
    }

    /// A line of free text, unless the page has no headings and a label shows
    /// that the next section has begun.
    fn text_line(&mut self, prose: Prose, line: usize) {
        let text = self.page.line(line);
        if !self.outline.numbered && (self.leaves_text(line) || self.begins_table(line)) {
            return;
        }
        if self.outline.form == Form::Eura2007 && self.national_line(text) {
            return;
        }
        let is_service = || {
            furniture::is_service_mail(text) || !self.outline.numbered && furniture::is_mail(text)
        };
        if self.page.next(line).is_none() && is_service() {
            self.settle(Place::ServiceMail);
        } else {
            self.gather(Place::Prose(prose), line);
        }
    }

    /// Text that the form has no room for.
    pub(super) fn stray(&mut self, line: usize) {
        if let Some(prose) = self.prose {
            return self.gather(Place::Prose(prose), line);
        }
        let text = self.page.line(line);
        let opened = self
            .block
            .as_ref()
            .is_some_and(|b| b.place == Place::Unrecognised);
        let name = self.at.key();
        if let Some(label) = label_like(text) {
            let message = format!(
                "\"{label}\" is no label of section {name}; the line is kept as unrecognised"
            );
            self.report(line, Trouble::LabelUnknown, message);
        } else if !opened && !self.is_cut_label(line) {
            let message =
                format!("section {name} has no place for this text; it is kept as unrecognised");
            self.report(line, Trouble::TextStray, message);
        }
        self.gather(Place::Unrecognised, line);
    }

    pub(super) fn report(&mut self, line: usize, kind: Trouble, message: String) {
        self.problems.push(Problem::at(line, kind, message));
    }

    /// Gives the line its place, apart from any block of text.
    pub(super) fn settle(&mut self, place: Place) {
        self.close_block();
        self.places.push(place);
    }

    /// Gives the line its place and adds it to the block of that place.
    pub(super) fn gather(&mut self, place: Place, line: usize) {
        if place == Place::Unrecognised && self.is_of_a_contact(line) {
            return;
        }
        let text = self.page.line(line);
        let start = self.page.offset(text);
        let end = start + text.len();
        match &mut self.block {
            Some(block) if block.place == place => block.end = end,
            _ => {
                self.close_block();
                self.block = Some(Block {
                    place,
                    title: self.title,
                    line,
                    start,
                    end,
                });
            }
        }
        self.places.push(place);
    }

    /// A contact person's data outside its place stays a contact person's: a
    /// second one, one in a description that is pasted into another, one behind
    /// a label that is not quite as the form has it.
    fn is_of_a_contact(&mut self, line: usize) -> bool {
        let text = self.page.line(line);
        let found = CONTACTS.iter().find_map(|field| {
            let mut titles = field.label().titles(self.outline.form);
            let value = titles.find_map(|title| contact::behind(text, title));
            Some((*field, value.filter(|value| !value.is_empty())?))
        });
        let other = contact::behind_any(text).map(|value| (Field::ContactName, value));
        let found = found.or(other);
        if let Some((field, value)) = found {
            self.project.applicant.contact.others.push(value);
            self.settle(Place::Field(field));
        }
        found.is_some()
    }

    /// Stores the gathered block where its place says.
    fn close_block(&mut self) {
        let Some(block) = self.block.take() else {
            return;
        };
        let text = self.page.slice(block.start, block.end);
        let line = u32::try_from(block.line + 1).unwrap_or(u32::MAX);
        let given = values::filled(text).is_some();
        let comment = match block.place {
            Place::Prose(prose) if given => {
                let passage = Passage {
                    prose,
                    title: block.title,
                    text,
                    line,
                };
                return self.project.passages.push(passage);
            }
            Place::QuestionComment(i) => &mut self.project.equality[usize::from(i)].comment,
            Place::RowComment(i) => &mut self.project.sustainability[usize::from(i)].comment,
            Place::Unrecognised => {
                return self.project.unrecognised.push(Unrecognised { text, line });
            }
            _ => return,
        };
        match comment {
            None if given => *comment = Some(text),
            Some(_) if given => self.project.unrecognised.push(Unrecognised { text, line }),
            _ => {}
        }
    }
}

/// What stands before the colon, if it looks like a label.
fn label_like(text: &str) -> Option<&str> {
    let (label, value) = text.split_once(':')?;
    let short = (2..=80).contains(&label.len()) && !label.contains(". ");
    let named = label.starts_with(char::is_uppercase) && !value.starts_with("//");
    (short && named).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::parse;

    #[test]
    fn text_before_the_form_and_unknown_labels_are_told_and_kept() {
        let text = "Etusivu\nHaku\n1 Hanke\nHankekoodi: S29001\nSää: tuulinen\n";
        let parsed = parse(text);
        let kinds: Vec<_> = parsed.problems.iter().map(|p| p.kind).collect();
        assert_eq!(
            kinds,
            [
                Trouble::TextStray,
                Trouble::LabelUnknown,
                Trouble::Truncated
            ]
        );
        let kept: Vec<_> = parsed.project.unrecognised.iter().map(|u| u.text).collect();
        assert_eq!(kept, ["Etusivu\nHaku", "Sää: tuulinen"]);
    }

    #[test]
    fn debris_parts_a_text_in_two() {
        let text = "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\na\n![]() |\nb\n";
        let parsed = parse(text);
        let texts: Vec<_> = parsed
            .project
            .passages
            .iter()
            .map(|p| (p.text, p.line))
            .collect();
        assert_eq!(texts, [("a", 3), ("b", 5)]);
    }

    #[test]
    fn a_label_is_short_and_begins_with_a_capital() {
        assert_eq!(label_like("Sää: tuulinen"), Some("Sää"));
        for text in [
            "http://x.fi",
            "sää: y",
            "Ensin. Sitten: z",
            "ei kaksoispistettä",
        ] {
            assert_eq!(label_like(text), None, "{text}");
        }
    }
}
