//! The skeleton of a page: which form it is and which lines are its headings.
//!
//! Apart from the walk because free text quotes headings, numbers its lists
//! and pastes in other forms; only the page as a whole tells which numbered
//! line is the form's own. A heading is number, known title and place in the
//! order together. No text is assigned here.

use super::catalogue::{
    Body, Field, GROUPS, QUESTIONS, ROWS, SECTIONS, Section, TABLE_HEADS, labels_of,
};
use super::chain::{Link, heaviest};
use super::page::Page;
use super::problem::{Problem, Trouble, brief};
use super::project::{Form, Fund, Prose};
use super::{fold, furniture, values};

/// A printed number, `4.1` as (4, 1), `4` as (4, 0).
pub(super) type Number = (u8, u8);

/// A heading of the form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'t> {
    pub(super) line: usize,
    pub(super) number: Number,
    pub(super) section: Section,
    /// The title as printed, without its number.
    pub(super) title: &'t str,
    /// For subsections of EURA 2007: where their free text belongs.
    pub(super) prose: Option<Prose>,
    /// How much it looks the part: what follows it, and standing alone.
    pub(super) confirmed: bool,
    pub(super) alone: bool,
}

/// What the page is and how it is divided.
pub(super) struct Outline<'t> {
    pub(super) form: Form,
    /// The fund named in the title.
    pub(super) titled: Option<Fund>,
    /// The fund in the title, else by the letter of the code.
    pub(super) fund: Option<Fund>,
    /// The headings in page order.
    pub(super) heads: Vec<Head<'t>>,
    /// Whether sections bear numbered headings, as they do on whole pages;
    /// some pages have them for subsections only.
    pub(super) numbered: bool,
    /// From this line on stands another description.
    pub(super) stop: usize,
    pub(super) problems: Vec<Problem>,
}

impl<'t> Outline<'t> {
    /// Finds the headings of a page.
    pub(super) fn of(page: &Page<'t>) -> Self {
        let (form, titled, fund) = survey(page);
        let mut outline = Outline {
            form,
            titled,
            fund,
            heads: Vec::new(),
            numbered: false,
            stop: page.len(),
            problems: Vec::new(),
        };
        let mut found = outline.candidates(page);
        outline.cut_second(page, &mut found);
        outline.choose(found);
        if outline.heads.is_empty() {
            outline.choose_unnumbered(page);
        } else if form != Form::Eura2014 || fund == Some(Fund::Eakr) {
            outline.add_unknown(page);
        }
        if form == Form::Eura2007 {
            outline.nest();
        }
        outline
    }

    /// Whether a section has a heading.
    pub(super) fn has(&self, section: Section) -> bool {
        self.heads.iter().any(|h| h.section == section)
    }

    /// Numbered lines with a known title.
    fn candidates(&self, page: &Page<'t>) -> Vec<Head<'t>> {
        let mut found = Vec::new();
        for line in 0..page.len() {
            let Some((number, title)) = numbered(page.line(line)) else {
                continue;
            };
            if let Some(section) = self.known(number, title) {
                let next = page.next(line).map_or("", |l| page.line(l));
                let confirmed = self.opens(section, number, next);
                found.push(Head {
                    title,
                    confirmed,
                    ..Head::new(page, line, (number, section))
                });
            }
        }
        found
    }

    /// Whether `next`, the line under a heading, is one that opens the section.
    fn opens(&self, section: Section, number: Number, next: &str) -> bool {
        let reads = |title: &&str| fold::value(next, title).is_some();
        match (section, section.entry().body) {
            (Section::Equality, _) => QUESTIONS.iter().any(|q| reads(&q.title(self.form))),
            (Section::Sustainability, _) => {
                let heads = TABLE_HEADS
                    .iter()
                    .copied()
                    .chain([&GROUPS[0], &ROWS[0]].map(|e| e.title(self.form)));
                heads
                    .into_iter()
                    .any(|title| fold::head(next, title).is_some())
            }
            (Section::Monitoring | Section::Principles | Section::TargetGroups, _)
            | (Section::Area | Section::Goals, _) => {
                numbered(next).is_some_and(|(below, _)| below.0 == number.0 && below.1 == 1)
            }
            (_, Body::Labels) => {
                let mut own = labels_of(section).iter();
                own.any(|l| l.titles(self.form).any(|t| reads(&t)))
            }
            _ => false,
        }
    }

    /// The section a number and a title name together. Only where numbering
    /// is known to differ does the title suffice.
    fn known(&self, number: Number, title: &str) -> Option<Section> {
        let free = self.form == Form::Eura2007 || self.fund == Some(Fund::Eakr);
        let mut fitting = SECTIONS.iter().filter(|s| free || s.number == number);
        let entry = fitting.find(|s| s.titles(self.form).iter().any(|t| fold::whole(title, t)))?;
        Some(entry.section)
    }

    /// Ends the page where a second description begins: at a second heading of
    /// section 1 with a code under it.
    fn cut_second(&mut self, page: &Page<'t>, found: &mut Vec<Head<'t>>) {
        let opens = |h: &&Head<'_>| h.section == Section::Project && h.confirmed;
        let Some(second) = found.iter().filter(opens).nth(1).map(|h| h.line) else {
            return;
        };
        let furniture = |l: &usize| page.is_blank(*l) || furniture::is_title(page.line(*l));
        let above = (0..second).rev().take_while(furniture).count();
        self.stop = second - above;
        while page.is_blank(self.stop) {
            self.stop += 1;
        }
        found.retain(|h| h.line < self.stop);
        let message = "a second description begins here; it is kept as unrecognised text";
        self.problems.push(Problem::at(
            self.stop,
            Trouble::SecondDescription,
            message.into(),
        ));
    }

    /// Takes the candidates that stand in order, and those out of order whose
    /// own labels follow them.
    fn choose(&mut self, found: Vec<Head<'t>>) {
        let links: Vec<_> = found.iter().map(Head::link).collect();
        let mut chosen = vec![false; found.len()];
        let mut taken = [false; SECTIONS.len()];
        for index in heaviest(&links) {
            chosen[index] = true;
            taken[found[index].section as usize] = true;
        }
        for (index, head) in found.iter().enumerate() {
            if taken[head.section as usize] {
                continue;
            }
            taken[head.section as usize] = true;
            chosen[index] = head.confirmed;
            let done = if head.confirmed {
                "read where it stands"
            } else {
                "kept as text"
            };
            let message = format!(
                "heading \"{}\" is out of order; it is {done}",
                head.printed()
            );
            self.problems
                .push(Problem::at(head.line, Trouble::HeadingOutOfOrder, message));
        }
        self.heads = found
            .into_iter()
            .zip(chosen)
            .filter(|c| c.1)
            .map(|c| c.0)
            .collect();
        self.numbered = self.heads.iter().any(|h| h.number.1 == 0);
    }

    /// On a page without numbered headings, titles alone serve if there are
    /// several in order.
    fn choose_unnumbered(&mut self, page: &Page<'t>) {
        let mut found = Vec::new();
        for line in 0..self.stop {
            let title = page.line(line);
            let entry = SECTIONS.iter().find(|s| {
                let fits = |t: &&str| fold::may_begin(title, t) && fold::whole(title, t);
                s.titles(self.form).iter().any(fits)
            });
            if let Some(entry) = entry {
                found.push(Head::new(page, line, (entry.number, entry.section)));
            }
        }
        let links: Vec<_> = found.iter().map(Head::link).collect();
        let chain = heaviest(&links);
        if chain.len() > 1 {
            self.heads = chain.into_iter().map(|index| found[index]).collect();
        }
    }
}

impl<'t> Head<'t> {
    /// A heading that is a whole line.
    fn new(page: &Page<'t>, line: usize, (number, section): (Number, Section)) -> Self {
        Self {
            line,
            number,
            section,
            title: page.line(line),
            prose: None,
            confirmed: false,
            alone: page.stands_alone(line),
        }
    }

    fn link(&self) -> Link {
        let rank = u16::from(self.number.0) * 32 + u16::from(self.number.1);
        Link {
            rank,
            weight: 4 + 2 * u32::from(self.confirmed) + u32::from(self.alone),
        }
    }

    /// Number and title as printed.
    pub(super) fn printed(&self) -> String {
        format!("{} {}", number_text(self.number), brief(self.title))
    }
}

/// `4.1` or `4`.
pub(super) fn number_text(number: Number) -> String {
    match number {
        (major, 0) => major.to_string(),
        (major, minor) => format!("{major}.{minor}"),
    }
}

/// The form and the fund: by the title, else by the first heading or label
/// that only one form has. Gives form, titled fund, fund.
fn survey(page: &Page<'_>) -> (Form, Option<Fund>, Option<Fund>) {
    let (mut form, mut titled) = (None, None);
    for line in (0..page.len()).map(|l| page.line(l)) {
        if let Some(named) = furniture::form_in(line) {
            form = form.or(Some(named));
            titled = titled.or(furniture::fund_in(line));
        }
        let label = Field::Code.label();
        let read = |title: &&str| fold::may_begin(line, title).then(|| fold::value(line, title));
        let told = [
            (Form::Eura2014, label.fi),
            (Form::Eura2014English, label.en[0]),
        ]
        .into_iter()
        .chain([(Form::Eura2007, label.old[0])])
        .find_map(|(form, title)| Some((form, read(&title)??)));
        if let Some((told, code)) = told {
            return (
                form.unwrap_or(told),
                titled,
                titled.or(values::fund_of(code)),
            );
        }
    }
    (form.unwrap_or_default(), titled, titled)
}

/// The number a line begins with and the title after it; marks that a
/// conversion sets before headings are passed over.
pub(super) fn numbered(line: &str) -> Option<(Number, &str)> {
    if !matches!(line.as_bytes().first()?, b'0'..=b'9' | b'#' | 0xC2..) {
        return None;
    }
    let line = line.trim_start_matches('#').trim_start_matches(fold::blank);
    let (major, rest) = leading(line)?;
    let dotted = rest.strip_prefix('.');
    let (minor, rest) = match dotted.map(|r| (leading(r), r)) {
        Some((Some((minor, rest)), _)) => (minor, rest.strip_prefix('.').unwrap_or(rest)),
        Some((None, rest)) => (0, rest),
        None => (0, rest),
    };
    let title = rest.trim_start_matches(fold::blank);
    (title.len() < rest.len() && !title.is_empty()).then_some(((major, minor), title))
}

/// One or two digits, below 32.
fn leading(text: &str) -> Option<(u8, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = (1..=2)
        .contains(&end)
        .then(|| text[..end].parse::<u8>().ok())
        .flatten()?;
    (value < 32).then_some((value, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(text: &str) -> Vec<(usize, Section)> {
        let outline = Outline::of(&Page::new(text));
        outline.heads.iter().map(|h| (h.line, h.section)).collect()
    }

    #[test]
    fn numbers_stand_before_a_space() {
        assert_eq!(numbered("4.1 Varsinaiset"), Some(((4, 1), "Varsinaiset")));
        assert_eq!(numbered("## 1 Hanke"), Some(((1, 0), "Hanke")));
        assert_eq!(numbered("1. Projekti"), Some(((1, 0), "Projekti")));
        assert_eq!(numbered("\u{200B}3.1. Alue"), Some(((3, 1), "Alue")));
        for line in [
            "29.2.2016 alkaen",
            "938 asiakasta",
            "1)",
            "1.",
            "a 1",
            "",
            "99 x",
        ] {
            assert_eq!(numbered(line), None, "{line}");
        }
    }

    #[test]
    fn number_and_title_must_both_fit() {
        assert_eq!(
            heads("1 Hanke\n3 Hanke\n4.1 Hankkeen julkinen tiivistelmä\n"),
            [(0, Section::Project)]
        );
    }

    #[test]
    fn a_quoted_heading_out_of_order_is_text() {
        let text = "1 Hanke\n\n2 Hakijan perustiedot\n\n\
            3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n9 Loppuraportin tiivistelmä\n\n\
            4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\n9 Loppuraportin tiivistelmä\n";
        let found = heads(text);
        assert_eq!(
            found.iter().map(|h| h.0).collect::<Vec<_>>(),
            [0, 2, 4, 8, 10, 12]
        );
    }

    #[test]
    fn of_two_alike_the_one_its_section_follows_is_taken() {
        let text = "1 Hanke\n3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\
            4 Hankkeen kohderyhmät\nsanoja\n4 Hankkeen kohderyhmät\n4.1 Varsinaiset kohderyhmät\n";
        assert_eq!(heads(text)[2], (4, Section::TargetGroups));
    }

    #[test]
    fn a_swapped_section_is_read_where_it_stands() {
        let text = "5 Projektin julkinen rahoitus, euroa\nMyönnetty EU- ja valtion rahoitus: 1\n\
            4 Hankkeen kohderyhmät\n4.1 Varsinaiset kohderyhmät\n4.2 Välilliset kohderyhmät\n";
        let page = Page::new(text);
        let outline = Outline::of(&page);
        assert_eq!(outline.heads[0].section, Section::Money);
        assert_eq!(outline.problems[0].kind, Trouble::HeadingOutOfOrder);
    }

    #[test]
    fn titles_without_numbers_serve_when_there_are_no_numbers() {
        let text = "Hakijan perustiedot\nx\nHankkeen kohderyhmät\ny\n";
        assert_eq!(
            heads(text),
            [(0, Section::Applicant), (2, Section::TargetGroups)]
        );
        assert_eq!(heads("Kestävä kehitys\nx\n"), []);
    }
}
