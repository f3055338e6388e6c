//! Headings of forms that were not seen whole.
//!
//! EAKR, English and EURA 2007 pages print sections whose titles the catalogue
//! lacks or only guesses. Here a numbered line may be a heading because it
//! carries on the numbering and looks like a title. Apart from the outline so
//! that the well-known form is never judged so leniently.

use super::catalogue::{Body, OLD_DETAILS, SECTIONS, Section};
use super::outline::{Head, Number, Outline, numbered};
use super::page::Page;
use super::project::{Form, Prose};

impl<'t> Outline<'t> {
    /// Adds numbered headings that the catalogue does not know, on forms that
    /// were not seen whole: each must carry on the numbering.
    pub(super) fn add_unknown(&mut self, page: &Page<'t>) {
        let known = std::mem::take(&mut self.heads);
        let mut coming = known.iter().peekable();
        let mut listed = false;
        for line in 0..self.stop {
            if let Some(head) = coming.next_if(|h| h.line == line) {
                self.heads.push(*head);
                listed = false;
                continue;
            }
            let Some((number, title)) = numbered(page.line(line)) else {
                continue;
            };
            let before_next = coming.peek().is_none_or(|h| number < h.number);
            let fits = before_next && self.carries_on(number) && title_like(title);
            if fits && (number.1 > 0 || page.stands_alone(line) && !listed) {
                let head = self.unknown(line, number, title);
                self.heads.push(head);
                listed = false;
            } else {
                listed |= number.1 == 0;
            }
        }
    }

    /// Whether a number is the next after the last heading's.
    fn carries_on(&self, number: Number) -> bool {
        self.heads.last().is_some_and(|last| {
            let (major, minor) = last.number;
            number == (major + 1, 0) || number == (major, minor + 1)
        })
    }

    /// A heading the catalogue has no title for, placed by what is known of
    /// its form.
    fn unknown(&self, line: usize, number: Number, title: &'t str) -> Head<'t> {
        let section = match (self.form, self.parent(number)) {
            (Form::Eura2007, Some(parent)) => detail(parent, title),
            (Form::Eura2014English, _) => {
                let same = SECTIONS.iter().find(|s| s.number == number);
                same.map_or(Section::Unknown, |s| s.section)
            }
            _ => Section::Unknown,
        };
        Head {
            line,
            number,
            section,
            title,
            prose: None,
            confirmed: false,
            alone: true,
        }
    }

    /// The section of EURA 2007 that a subsection stands in.
    fn parent(&self, number: Number) -> Option<Section> {
        let head = self
            .heads
            .iter()
            .find(|h| number.1 > 0 && h.number == (number.0, 0))?;
        matches!(head.section, Section::Area | Section::Goals).then_some(head.section)
    }

    /// Tells where the free text of EURA 2007's subsections belongs, unless
    /// their own section does.
    pub(super) fn nest(&mut self) {
        for index in 0..self.heads.len() {
            let Head {
                number, section, ..
            } = self.heads[index];
            let own = section != Section::Detail && section.entry().body != Body::Labels;
            self.heads[index].prose = match self.parent(number) {
                Some(Section::Area) if !own => Some(Prose::Target),
                Some(_) if !own => Some(Prose::Summary),
                _ => None,
            };
        }
    }
}

/// Whether a text looks like a title: short, capital first, no sentence.
fn title_like(title: &str) -> bool {
    title.len() <= 120
        && title.starts_with(char::is_uppercase)
        && !title.ends_with(['.', ';', ':', ',', '!', '?'])
}

/// Which section a subsection of EURA 2007 is, by words of its title.
fn detail(parent: Section, title: &str) -> Section {
    let title = title.to_lowercase();
    let fits = |d: &&(Section, &str, Section)| d.0 == parent && title.contains(d.1);
    OLD_DETAILS
        .iter()
        .find(fits)
        .map_or(Section::Detail, |d| d.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(text: &str) -> Vec<(usize, Section)> {
        let outline = Outline::of(&Page::new(text));
        outline.heads.iter().map(|h| (h.line, h.section)).collect()
    }

    #[test]
    fn eura_2007_knows_its_subsections_by_words() {
        let text = "1. Projekti\nProjektikoodi: S10512\n\
            3. Projektin toteutusalue ja kohderyhmän kuvaus\n3.1 Projektin toteutusalue\n\
            3.2 Välilliset ryhmät\n3.3 Muuta\n5. Projektin julkinen rahoitus, euroa\n";
        let sections: Vec<_> = heads(text).into_iter().map(|h| h.1).collect();
        assert_eq!(
            sections[2..],
            [
                Section::Places,
                Section::IndirectTarget,
                Section::Detail,
                Section::Money
            ]
        );
    }

    #[test]
    fn an_unknown_section_is_seen_only_on_forms_not_seen_whole() {
        let page = |code: &str| {
            format!(
                "1 Hanke\n\nHankekoodi: {code}\n\n2 Hakijan perustiedot\n\n3 Jotain uutta\n\nx\n"
            )
        };
        assert_eq!(heads(&page("A78153"))[2].1, Section::Unknown);
        assert_eq!(heads(&page("S20015")).len(), 2);
    }

    #[test]
    fn a_list_in_free_text_is_not_a_row_of_sections() {
        let text = "1 Hanke\n\nHankekoodi: A78153\n\n2 Hakijan perustiedot\n\n\
            3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n1 Hallinto\n\n2 Viestintä\n\n\
            3 Koulutus\n\n4 Verkostot\n\nx\n";
        assert_eq!(heads(text).len(), 3);
    }

    #[test]
    fn sentences_and_small_letters_are_no_titles() {
        assert!(title_like("Projektin tulokset"));
        for text in ["miljoonaa euroa", "Tämä on lause.", "Tavoitteet:"] {
            assert!(!title_like(text), "{text}");
        }
    }
}
