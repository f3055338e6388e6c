//! Lines of the label sections: which label, which value.
//!
//! The second half of the walk. Labels count only in their own section; a
//! label of a later section leads there only if that section has no heading
//! on the page, which is how pages without headings are read.

use super::catalogue::{ENGLISH_WORDS, Field, Kind, LABELS, Label, SECTIONS, Section, labels_of};
use super::place::Place;
use super::problem::{Trouble, brief};
use super::project::Form;
use super::walk::Walk;
use super::{fill, fold, furniture, values};

/// The label sections of EURA 2014 in order: labels lead from one to the next.
const FLOW: [Section; 6] = [
    Section::Project,
    Section::Applicant,
    Section::Money,
    Section::Places,
    Section::Companies,
    Section::Persons,
];

/// No label is longer than this.
const LONGEST_LABEL: usize = 100;

/// A name of a partner is not longer than this; a paragraph is.
const LONGEST_PARTNER: usize = 200;

impl<'t> Walk<'_, 't> {
    /// A line where labels are expected.
    pub(super) fn label_line(&mut self, line: usize) {
        let text = self.page.line(line);
        if let Some((label, value)) = self.find(line) {
            self.take(label, value, line);
        } else if self.begins_table(line)
            || self.pending_value(line)
            || self.partner(line)
            || self.bare_regions(line)
        {
            // The line is placed.
        } else if self.at == Section::Top && furniture::is_title(text) {
            self.settle(Place::Title);
        } else if furniture::is_mail(text) {
            self.settle(Place::ServiceMail);
        } else if self.begins_summary() {
            self.report_headless(Section::Summary, line);
            self.move_to(Section::Summary);
            self.gather(Place::Prose(super::project::Prose::Summary), line);
        } else {
            self.stray(line);
        }
    }

    /// The label a line begins with: of this section if not met yet, else of a
    /// later section without heading, else a repeated one.
    fn find(&self, line: usize) -> Option<(&'static Label, &'t str)> {
        let text = self.page.line(line);
        let mut again = None;
        for label in labels_of(self.at) {
            let Some(value) = self.read(label, text) else {
                continue;
            };
            if !self.seen.has(label.field) {
                return Some((label, value));
            }
            again = again.or(Some((label, value)));
        }
        self.leads_on(line)
            .or_else(|| self.by_words(text))
            .or(again)
    }

    /// A label of the English form, told by its words.
    fn by_words(&self, text: &'t str) -> Option<(&'static Label, &'t str)> {
        let (name, value) = text.split_once(':')?;
        if self.outline.form != Form::Eura2014English || name.len() > LONGEST_LABEL {
            return None;
        }
        let (name, value) = (name.to_lowercase(), fold::clean(value));
        let own = ENGLISH_WORDS
            .iter()
            .map(|(field, words)| (field.label(), words));
        let mut fitting = own.filter(|(label, words)| {
            label.section == self.at && words.iter().all(|word| name.contains(word))
        });
        let (label, _) = fitting.next()?;
        fill::plausible(label.kind, value).then_some((label, value))
    }

    /// The value, if the line bears the label.
    fn read(&self, label: &Label, text: &'t str) -> Option<&'t str> {
        // EURA 2007 prints one label for both telephones; after the contact's
        // name it is the contact's.
        let contacts = label.field == Field::Phone && self.outline.form == Form::Eura2007;
        if contacts && self.seen.has(Field::ContactName) {
            return None;
        }
        let mut titles = label
            .titles(self.outline.form)
            .filter(|t| fold::may_begin(text, t));
        titles.find_map(|title| fold::value(text, title))
    }

    /// A label, with its colon, of a later section that has no heading.
    fn reach(&self, text: &'t str) -> Option<(&'static Label, &'t str)> {
        let from = match self.at {
            Section::Top => 0,
            Section::Project => 1,
            Section::Money => 3,
            Section::Places | Section::Monitoring => 4,
            Section::Companies => 5,
            Section::Persons | Section::Jobs | Section::NewCompanies => 6,
            _ => 2,
        };
        let open = FLOW[from..].iter().filter(|s| !self.outline.has(**s));
        let mut labels = open.flat_map(|s| labels_of(*s));
        labels.find_map(|label| {
            let value = self.read(label, text)?;
            (text.contains(':') || label.kind == Kind::Partners).then_some((label, value))
        })
    }

    /// A label that leads to a later section. Where free text may stand in
    /// between, another label of that section has to follow it.
    fn leads_on(&self, line: usize) -> Option<(&'static Label, &'t str)> {
        let (label, value) = self.reach(self.page.line(line))?;
        let early = matches!(label.section, Section::Project | Section::Applicant);
        let late = FLOW[2..].contains(&self.at) || self.at == Section::Monitoring;
        if early || late {
            return Some((label, value));
        }
        let next = self.page.next(line).map_or("", |l| self.page.line(l));
        let mut same = labels_of(label.section).iter();
        let followed = same.any(|l| l.field != label.field && self.read(l, next).is_some());
        followed.then_some((label, value))
    }

    /// On a page without headings: labels of a later section end free text.
    pub(super) fn leaves_text(&mut self, line: usize) -> bool {
        let found = self.leads_on(line);
        if let Some((label, value)) = found {
            self.take(label, value, line);
        }
        found.is_some()
    }

    fn take(&mut self, label: &'static Label, value: &'t str, line: usize) {
        if label.section != self.at {
            self.report_headless(label.section, line);
            self.move_to(label.section);
        }
        self.pending = None;
        let field = label.field;
        if self.filled.has(field) && !value.is_empty() {
            let message = format!(
                "\"{}\" stands twice in section {}; the first is used, this line is kept beside it",
                label.fi,
                self.at.key()
            );
            self.report(line, Trouble::FieldRepeated, message);
            return self.gather(Place::Unrecognised, line);
        }
        self.seen.add(field);
        match (label.kind, values::filled(value)) {
            (Kind::Partners, Some(partner)) => {
                self.project
                    .applicant
                    .partners
                    .push(values::partner(partner));
                self.settle(Place::Field(field));
            }
            (Kind::Marker, None) => {
                self.project.places.national |= field == Field::National;
                self.settle(Place::Field(field));
            }
            (_, Some(value)) => self.fill(field, value, line),
            (_, None) => {
                let open = value.is_empty() && !self.filled.has(field);
                self.pending = open.then_some(field);
                self.settle(Place::Field(field));
            }
        }
    }

    /// Stores a value; what cannot be read is reported and kept.
    fn fill(&mut self, field: Field, value: &'t str, line: usize) {
        self.filled.add(field);
        match fill::store(&mut self.project, field, value) {
            Ok(()) => self.settle(Place::Field(field)),
            Err(unread) => {
                let kept = unread.kind != Trouble::PeriodReversed;
                let done = if kept {
                    "the line is kept as unrecognised"
                } else {
                    "it is used as it is"
                };
                let (label, value) = (field.label().fi, brief(value));
                let message = format!("{label} \"{value}\" {}; {done}", unread.what);
                self.report(line, unread.kind, message);
                if kept {
                    self.gather(Place::Unrecognised, line);
                } else {
                    self.settle(Place::Field(field));
                }
            }
        }
    }

    /// A value on the line after its label, told by its kind.
    fn pending_value(&mut self, line: usize) -> bool {
        let Some(field) = self.pending.take() else {
            return false;
        };
        let Some(value) = values::filled(self.page.line(line)) else {
            self.settle(Place::Field(field));
            return true;
        };
        let fits = fill::plausible(field.label().kind, value);
        if fits {
            self.fill(field, value, line);
        }
        fits
    }

    /// A line of the partner list: after its title, or with a business id
    /// after the applicants label.
    fn partner(&mut self, line: usize) -> bool {
        let listed = self.seen.has(Field::Partners);
        if self.at != Section::Applicant || !(listed || self.seen.has(Field::Arrangement)) {
            return false;
        }
        let text = self.page.line(line);
        let partner = values::partner(text);
        let plain = listed && self.outline.numbered && text.len() <= LONGEST_PARTNER;
        if partner.business_id.is_none() && !plain {
            return false;
        }
        self.project.applicant.partners.push(partner);
        self.settle(Place::Partner);
        true
    }

    /// Names of regions and nothing else, where their label is missing.
    fn bare_regions(&mut self, line: usize) -> bool {
        let text = self.page.line(line);
        let open = self.at == Section::Places && !self.filled.has(Field::Regions);
        let all = open && values::list(text).all(values::is_region);
        if all {
            self.fill(Field::Regions, text, line);
        }
        all
    }

    /// Whether free text after section 2 must be the summary: nothing else
    /// follows there, and the summary has no heading of its own.
    fn begins_summary(&self) -> bool {
        let ended = [Field::ContactPhone, Field::Arrangement, Field::Partners];
        self.at == Section::Applicant
            && self.outline.form != Form::Eura2007
            && !self.outline.has(Section::Summary)
            && ended.iter().any(|f| self.seen.has(*f))
            && (!self.outline.numbered || self.outline.has(Section::TargetGroups))
    }

    /// The words for a project of the whole country, in EURA 2007 under any
    /// heading of section 3.
    pub(super) fn national_line(&mut self, text: &'t str) -> bool {
        let label = Field::National.label();
        let says = matches!(self.at, Section::Area | Section::Detail | Section::Target)
            && self.read(label, text) == Some("");
        if says {
            self.project.places.national = true;
            self.settle(Place::Field(Field::National));
        }
        says
    }

    /// Reports a section that begins without heading on a page with headings.
    fn report_headless(&mut self, section: Section, line: usize) {
        if self.outline.numbered && !self.outline.heads.is_empty() {
            let message = format!("section {} begins here without its heading", section.key());
            self.report(line, Trouble::HeadingMissing, message);
        }
    }

    /// Whether the last line is a label or heading cut short.
    pub(super) fn is_cut_label(&self, line: usize) -> bool {
        let text = self.page.line(line);
        if self.page.next(line).is_some() {
            return false;
        }
        let label = LABELS.iter().any(|l| l.fi.starts_with(text));
        let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        let heading = SECTIONS
            .iter()
            .flat_map(|s| s.fi)
            .any(|title| title.starts_with(bare));
        label || heading
    }
}

#[cfg(test)]
mod tests {
    use crate::form::project::Prose;
    use crate::form::{Place, Trouble, parse};

    #[test]
    fn the_same_label_fills_two_sections() {
        let text = "1 Hanke\n2 Hakijan perustiedot\nJakeluosoite: A\n\
            6 Maantieteellinen kohdealue\nJakeluosoite: B\n";
        let project = parse(text).project;
        assert_eq!(project.applicant.address.street, Some("A"));
        assert_eq!(project.places.site.street, Some("B"));
    }

    #[test]
    fn a_second_value_is_kept_and_told_but_fills_an_empty_first() {
        let text = "1 Hanke\nHankekoodi: S29001\nHankekoodi: S29002\n\
            Toimintalinja:\nToimintalinja: 3. Työ\n";
        let parsed = parse(text);
        assert_eq!(parsed.project.code, Some("S29001"));
        assert_eq!(parsed.project.axis, Some("3. Työ"));
        assert_eq!(parsed.problems[0].kind, Trouble::FieldRepeated);
        assert_eq!(parsed.lines[2], Place::Unrecognised);
    }

    #[test]
    fn an_empty_second_label_takes_nothing_from_a_filled_first() {
        let text = "1 Hanke\n6 Maantieteellinen kohdealue\nKunnat: Kemi\nKunnat:\nOulu\n";
        let project = parse(text).project;
        assert_eq!(project.places.municipalities, ["Kemi"]);
        assert_eq!(project.unrecognised[0].text, "Oulu");
    }

    #[test]
    fn an_empty_website_does_not_swallow_the_next_line() {
        let text = "1 Hanke\n2 Hakijan perustiedot\nWWW-osoite:\nTuulinen päivä\n";
        let parsed = parse(text);
        assert_eq!(parsed.project.applicant.website, None);
        assert_eq!(parsed.project.unrecognised[0].text, "Tuulinen päivä");
    }

    #[test]
    fn partners_end_where_an_unnumbered_page_has_no_business_id() {
        let text = "Hankekoodi: S29001\nHakijan virallinen nimi: X\n\
            Hakijoiden lukumäärä tai tuen siirto -menettely:\nOsatoteuttajat\n\
            Y, Mikroyritys, 8123456-7\nHanke auttaa.\n";
        let parsed = parse(text);
        assert_eq!(parsed.project.applicant.partners[0].name, "Y, Mikroyritys");
        assert_eq!(parsed.project.prose(Prose::Summary), "Hanke auttaa.");
        assert_eq!(parsed.problems, []);
    }

    #[test]
    fn bare_names_of_regions_are_regions() {
        let text = "1 Hanke\n6 Maantieteellinen kohdealue\nLappi, Kainuu\n";
        assert_eq!(parse(text).project.places.regions, ["Lappi", "Kainuu"]);
    }
}
