//! A project as spans of its text, to be read again without parsing.
//!
//! Who keeps a description keeps beside it where its values stand. All values go
//! through one list, both ways. What is alike in most descriptions (what there is,
//! and how far it stands behind what is before it) is written first and what is
//! not (how long it is) behind it, since so it packs best.

use jiff::civil::Date;

use super::contact::{Cuts, range_in};
use super::digits::{pull, push};
use super::project::{Answer, Form, Fund, Impact, Partner, Passage, Project, Prose, Status};
use super::project::{Contact, Unrecognised};

/// Where in a text that was parsed the values of its project stand, but for the
/// contact person's, which `cuts` have taken out of the text. None if a value is
/// no part of the text.
#[must_use]
pub fn spans(project: &Project<'_>, text: &str, cuts: &Cuts) -> Option<String> {
    let mut writer = Writer {
        text,
        cuts,
        shape: Vec::new(),
        sizes: Vec::new(),
        at: 0,
        fits: true,
    };
    each(&mut writer, &mut project.clone());
    let mut spans = Vec::with_capacity(writer.shape.len() + writer.sizes.len() + 2);
    push(writer.shape.len() as u64, &mut spans);
    spans.append(&mut writer.shape);
    spans.append(&mut writer.sizes);
    String::from_utf8(spans).ok().filter(|_| writer.fits)
}

/// The project, without a contact person, whose values stand so in a text from
/// which the contact person was cut out. None of what is not spans of it.
#[must_use]
pub fn spanned<'t>(spans: &str, text: &'t str) -> Option<Project<'t>> {
    let mut spans = spans.as_bytes();
    let shape = usize::try_from(pull(&mut spans)?).ok()?;
    let (shape, sizes) = spans.split_at_checked(shape)?;
    let mut reader = Reader {
        text,
        shape,
        sizes,
        at: 0,
        fits: true,
    };
    let mut project = Project::default();
    each(&mut reader, &mut project);
    (reader.fits && reader.shape.is_empty() && reader.sizes.is_empty()).then_some(project)
}

/// Takes values one after the other, or gives them.
trait Values<'t> {
    fn number(&mut self, number: &mut Option<u64>);
    fn text(&mut self, text: &mut Option<&'t str>);
    /// A number below a bound.
    fn below(&mut self, bound: usize, number: usize) -> usize;
    /// The length of a list.
    fn length(&mut self, length: usize) -> usize;
}

/// All values of a project but the contact person's, in the order of the form.
fn each<'t>(values: &mut impl Values<'t>, project: &mut Project<'t>) {
    project.applicant.contact = Contact::default();
    heading(values, project);
    applicant(values, project);
    let passage = Passage {
        prose: Prose::Summary,
        title: None,
        text: "",
        line: 0,
    };
    list(
        values,
        &mut project.passages,
        &passage,
        |values, passage| {
            let all = [
                Prose::Summary,
                Prose::Target,
                Prose::IndirectTarget,
                Prose::Report,
            ];
            choice(values, &mut passage.prose, &all);
            values.text(&mut passage.title);
            block(values, &mut passage.text, &mut passage.line);
        },
    );
    counts(values, project);
    places(values, project);
    for Answer { yes, comment } in &mut project.equality {
        choice(values, yes, &[None, Some(true), Some(false)]);
        values.text(comment);
    }
    for impact in &mut project.sustainability {
        let Impact {
            direct,
            indirect,
            comment,
        } = impact;
        small(values, direct);
        small(values, indirect);
        values.text(comment);
    }
    let loose = Unrecognised { text: "", line: 0 };
    list(
        values,
        &mut project.unrecognised,
        &loose,
        |values, loose| {
            block(values, &mut loose.text, &mut loose.line);
        },
    );
}

/// Section 1.
fn heading<'t>(values: &mut impl Values<'t>, project: &mut Project<'t>) {
    let forms = [Form::Eura2014, Form::Eura2014English, Form::Eura2007];
    choice(values, &mut project.form, &forms);
    let funds = [None, Some(Fund::Esr), Some(Fund::Eakr)];
    choice(values, &mut project.fund, &funds);
    let states = [None, Some(Status::Running), Some(Status::Ended)];
    choice(values, &mut project.status, &states);
    date(values, &mut project.period.start);
    date(values, &mut project.period.end);
    for text in [
        &mut project.code,
        &mut project.name,
        &mut project.axis,
        &mut project.objective,
        &mut project.part,
        &mut project.project_type,
        &mut project.authority,
    ] {
        values.text(text);
    }
}

/// Section 2.
fn applicant<'t>(values: &mut impl Values<'t>, project: &mut Project<'t>) {
    let applicant = &mut project.applicant;
    for text in [
        &mut applicant.name,
        &mut applicant.kind,
        &mut applicant.business_id,
        &mut applicant.address.street,
        &mut applicant.address.postal_code,
        &mut applicant.address.town,
        &mut applicant.website,
        &mut applicant.project_website,
        &mut applicant.arrangement,
    ] {
        values.text(text);
    }
    list(values, &mut applicant.phones, &"", required);
    let partner = Partner::default();
    list(
        values,
        &mut applicant.partners,
        &partner,
        |values, partner| {
            required(values, &mut partner.name);
            values.text(&mut partner.business_id);
        },
    );
}

/// Sections 5 and 7.
fn counts<'t>(values: &mut impl Values<'t>, project: &mut Project<'t>) {
    let (money, people) = (&mut project.money, &mut project.participation);
    for number in [
        &mut money.granted,
        &mut money.spent,
        &mut money.public_planned,
        &mut money.public_realised,
        &mut people.companies_planned,
        &mut people.companies_realised,
        &mut people.persons_planned,
        &mut people.persons_realised,
        &mut people.women_planned,
        &mut people.women_realised,
        &mut people.jobs_planned,
        &mut people.jobs_realised,
        &mut people.jobs_women_planned,
        &mut people.jobs_women_realised,
        &mut people.new_companies_planned,
        &mut people.new_companies_realised,
        &mut people.new_companies_women_planned,
        &mut people.new_companies_women_realised,
    ] {
        values.number(number);
    }
}

/// Section 6.
fn places<'t>(values: &mut impl Values<'t>, project: &mut Project<'t>) {
    let places = &mut project.places;
    for names in [
        &mut places.regions,
        &mut places.subregions,
        &mut places.municipalities,
    ] {
        list(values, names, &"", required);
    }
    choice(values, &mut places.national, &[false, true]);
    let site = &mut places.site;
    for text in [&mut site.street, &mut site.postal_code, &mut site.town] {
        values.text(text);
    }
}

fn choice<'t, T: Copy + PartialEq>(values: &mut impl Values<'t>, value: &mut T, all: &[T]) {
    let place = all.iter().position(|choice| choice == value);
    *value = all[values.below(all.len(), place.unwrap_or_default())];
}

fn list<'t, V: Values<'t>, T: Clone>(
    values: &mut V,
    list: &mut Vec<T>,
    empty: &T,
    each: impl Fn(&mut V, &mut T),
) {
    let length = values.length(list.len());
    list.resize(length, empty.clone());
    list.iter_mut().for_each(|item| each(values, item));
}

fn required<'t>(values: &mut impl Values<'t>, text: &mut &'t str) {
    let mut some = Some(*text);
    values.text(&mut some);
    *text = some.unwrap_or_default();
}

fn block<'t>(values: &mut impl Values<'t>, text: &mut &'t str, line: &mut u32) {
    required(values, text);
    let mut number = Some(u64::from(*line));
    values.number(&mut number);
    *line = number.and_then(|n| n.try_into().ok()).unwrap_or_default();
}

fn small<'t>(values: &mut impl Values<'t>, score: &mut Option<u8>) {
    let mut number = score.map(u64::from);
    values.number(&mut number);
    *score = number.and_then(|number| number.try_into().ok());
}

/// A date as year, month and day in one number.
fn date<'t>(values: &mut impl Values<'t>, date: &mut Option<Date>) {
    let number = |date: Date| {
        let month = u64::try_from(date.month()).ok()?;
        let year = u64::try_from(date.year()).ok()?;
        Some((year << 4 | month) << 5 | u64::try_from(date.day()).ok()?)
    };
    let mut packed = date.and_then(number);
    values.number(&mut packed);
    *date = packed.and_then(|number| {
        let part = |shift: u32, bits: u32| number >> shift & ((1 << bits) - 1);
        let (month, day) = (part(5, 4).try_into().ok()?, part(0, 5).try_into().ok()?);
        Date::new(part(9, 15).try_into().ok()?, month, day).ok()
    });
}

/// Writes values down.
struct Writer<'t, 'c> {
    /// What was parsed.
    text: &'t str,
    cuts: &'c Cuts,
    shape: Vec<u8>,
    sizes: Vec<u8>,
    /// Where the last value ended in the text without what was cut out.
    at: usize,
    /// Whether all values are parts of the text.
    fits: bool,
}

impl Writer<'_, '_> {
    /// Where a place of the text is without what was cut out before it.
    fn kept(&self, at: usize) -> usize {
        let mut cut = 0;
        for (place, value) in self.cuts {
            if place + cut >= at {
                break;
            }
            cut += value.len();
        }
        at - cut.min(at)
    }
}

impl<'t> Values<'t> for Writer<'_, '_> {
    fn number(&mut self, number: &mut Option<u64>) {
        push(u64::from(number.is_some()), &mut self.shape);
        if let Some(number) = number {
            push(*number, &mut self.sizes);
        }
    }

    fn text(&mut self, text: &mut Option<&'t str>) {
        let Some(part) = text else {
            return push(0, &mut self.shape);
        };
        let Some(range) = range_in(self.text, part) else {
            self.fits = false;
            return;
        };
        let (start, end) = (self.kept(range.start), self.kept(range.end));
        // Most values stand shortly behind the one before them.
        let gap = match start.checked_sub(self.at) {
            Some(behind) => 2 * behind as u64 + 1,
            None => 2 * (self.at - start) as u64,
        };
        push(gap, &mut self.shape);
        push((end - start) as u64, &mut self.sizes);
        self.at = end;
    }

    fn below(&mut self, _bound: usize, number: usize) -> usize {
        push(number as u64, &mut self.shape);
        number
    }

    fn length(&mut self, length: usize) -> usize {
        push(length as u64, &mut self.sizes);
        length
    }
}

/// Reads what a writer wrote; trusts nothing.
struct Reader<'t, 's> {
    /// What was kept of the text.
    text: &'t str,
    shape: &'s [u8],
    sizes: &'s [u8],
    /// Where the last value ended.
    at: usize,
    /// Whether all was as a writer writes it.
    fits: bool,
}

impl<'t> Reader<'t, '_> {
    fn part(&mut self) -> Option<Option<&'t str>> {
        let gap = pull(&mut self.shape)?;
        if gap == 0 {
            return Some(None);
        }
        let by = usize::try_from(gap / 2).ok()?;
        let start = match gap % 2 {
            0 => self.at.checked_sub(by)?,
            _ => self.at.checked_add(by)?,
        };
        let length = usize::try_from(pull(&mut self.sizes)?).ok()?;
        self.at = start.checked_add(length)?;
        self.text.get(start..self.at).map(Some)
    }

    fn some_number(&mut self) -> Option<Option<u64>> {
        match pull(&mut self.shape)? {
            0 => Some(None),
            _ => pull(&mut self.sizes).map(Some),
        }
    }

    fn checked<T: Default>(&mut self, value: Option<T>) -> T {
        self.fits &= value.is_some();
        value.unwrap_or_default()
    }
}

impl<'t> Values<'t> for Reader<'t, '_> {
    fn number(&mut self, number: &mut Option<u64>) {
        let pulled = self.some_number();
        *number = self.checked(pulled);
    }

    fn text(&mut self, text: &mut Option<&'t str>) {
        let part = self.part();
        *text = self.checked(part);
    }

    fn below(&mut self, bound: usize, _number: usize) -> usize {
        let number = pull(&mut self.shape).and_then(|number| usize::try_from(number).ok());
        self.checked(number.filter(|number| *number < bound))
    }

    fn length(&mut self, _length: usize) -> usize {
        let number = pull(&mut self.sizes).and_then(|number| usize::try_from(number).ok());
        // Each item of a list takes a character at least.
        self.checked(number.filter(|number| *number <= self.shape.len()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::form::parse;

    proptest! {
        #[test]
        fn any_spans_are_of_a_project_or_none(
            spans in "[\u{1}-\u{7f}é]{0,300}",
            text in "\\PC{0,200}",
        ) {
            let _ = spanned(&spans, &text);
        }

        #[test]
        fn spans_of_another_text_bring_nothing_down(cut in 0_usize..400) {
            let text = "1 Hanke\nHankekoodi: S29001\nHankkeen nimi: Jäätie\n\
                3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nÄärellä öinen\n";
            let spans = spans(&parse(text).project, text, &Vec::new()).unwrap();
            let other: String = text.chars().skip(cut).collect();
            let read = spanned(&spans, &other);
            prop_assert!(cut == 0 || read.as_ref() != Some(&parse(text).project));
        }
    }
}
