//! Section 8: which lines are its questions, groups and rows.
//!
//! Apart because comments between them may quote a label, end in two numbers
//! or hold a colon: the whole section is looked at once, and the fixed order
//! of the closed list decides. Answers and scores are read here; storing them
//! is for the walk.

use super::catalogue::{Entry, GROUPS, QUESTIONS, ROWS, TABLE_HEADS};
use super::chain::{Link, heaviest};
use super::fold;
use super::page::Page;
use super::project::Form;

/// What a line of section 8 is, if not a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A question, by its index, with its answer.
    Question(u8, Answered),
    /// The head or a group line of the table.
    Head,
    /// A row, by its index, with its scores.
    Row(u8, Scores),
}

/// How a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    Yes,
    No,
    /// Nothing printed.
    Empty,
    /// Something else.
    Unreadable,
}

/// Direct and indirect score as printed; `None` is a dash or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Scores {
    pub(super) direct: Option<u64>,
    pub(super) indirect: Option<u64>,
    /// How many are printed, dashes included.
    pub(super) printed: u8,
}

/// A candidate line.
struct Found {
    line: usize,
    mark: Mark,
    link: Link,
}

/// The lines from `from` up to `to` that are questions, table heads and rows.
pub(super) fn marks(page: &Page<'_>, form: Form, from: usize, to: usize) -> Vec<(usize, Mark)> {
    let mut found: Vec<Found> = Vec::new();
    for line in (from..to).filter(|line| !page.is_blank(*line)) {
        found.extend(candidate(line, page.line(line), form));
    }
    if found.is_empty() && form == Form::Eura2014English {
        return by_position(page, from, to);
    }
    let links: Vec<_> = found.iter().map(|f| f.link).collect();
    heaviest(&links)
        .into_iter()
        .map(|i| (found[i].line, found[i].mark))
        .collect()
}

/// Whether the line is the first question with a plain answer, or a line that
/// opens the table: enough to begin section 8 without its heading.
pub(super) fn begins(text: &str, form: Form) -> bool {
    let asked = question(text, form)
        .is_some_and(|(i, answer)| i == 0 && matches!(answer, Answered::Yes | Answered::No));
    asked || is_head(text)
}

fn is_head(text: &str) -> bool {
    TABLE_HEADS
        .iter()
        .any(|head| fold::may_begin(text, head) && fold::whole(text, head))
}

fn candidate(line: usize, text: &str, form: Form) -> Option<Found> {
    let (rank, weight, mark) = if let Some((index, answer)) = question(text, form) {
        let weight = match answer {
            Answered::Yes | Answered::No => 4,
            Answered::Empty => 2,
            Answered::Unreadable => 1,
        };
        (u16::from(index), weight, Mark::Question(index, answer))
    } else if is_head(text) {
        (3, 4, Mark::Head)
    } else if let Some(group) = position(&GROUPS, form, text, fold::whole) {
        (4 + 6 * u16::from(group), 4, Mark::Head)
    } else {
        let reads = |text: &str, title: &str| row_scores(text, title).is_some();
        let index = position(&ROWS, form, text, reads)?;
        let scores = row_scores(text, ROWS[usize::from(index)].title(form))?;
        let weight = [1, 2, 4][usize::from(scores.printed)];
        (
            5 + u16::from(index) + u16::from(index) / 5,
            weight,
            Mark::Row(index, scores),
        )
    };
    Some(Found {
        line,
        mark,
        link: Link { rank, weight },
    })
}

fn position(
    entries: &[Entry],
    form: Form,
    text: &str,
    fits: impl Fn(&str, &str) -> bool,
) -> Option<u8> {
    let mut titles = entries.iter().map(|entry| entry.title(form));
    let index = titles.position(|title| fold::may_begin(text, title) && fits(text, title))?;
    u8::try_from(index).ok()
}

fn question(text: &str, form: Form) -> Option<(u8, Answered)> {
    let asks = |text: &str, title: &str| fold::value(text, title).is_some();
    let index = position(&QUESTIONS, form, text, asks)?;
    let answer = fold::value(text, QUESTIONS[usize::from(index)].title(form))?;
    Some((index, answered(answer)))
}

fn answered(text: &str) -> Answered {
    let says = |words: [&str; 2]| words.iter().any(|word| fold::whole(text, word));
    match text {
        "" | "-" => Answered::Empty,
        _ if says(["Kyllä", "Yes"]) => Answered::Yes,
        _ if says(["Ei", "No"]) => Answered::No,
        _ => Answered::Unreadable,
    }
}

/// On an English page with other titles than the guessed ones: the first three
/// plain answers, and the lines that end in two scores if they are as many as
/// the rows.
fn by_position(page: &Page<'_>, from: usize, to: usize) -> Vec<(usize, Mark)> {
    let (mut asked, mut scored) = (Vec::new(), Vec::new());
    for line in from..to {
        let text = page.line(line);
        let answer = text
            .rsplit_once(':')
            .map(|(_, answer)| answered(fold::clean(answer)));
        if let Some(answer @ (Answered::Yes | Answered::No)) = answer {
            asked.push((line, answer));
        }
        let label = text.trim_end_matches(|c: char| c.is_ascii_digit() || fold::blank(c));
        if let Some(scores) = row_scores(text, label).filter(|s| s.printed == 2) {
            scored.push((line, scores));
        }
    }
    let rows = if scored.len() == ROWS.len() {
        scored
    } else {
        Vec::new()
    };
    let asked = (0_u8..3)
        .zip(asked)
        .map(|(i, (line, answer))| (line, Mark::Question(i, answer)));
    let rows = (0_u8..)
        .zip(rows)
        .map(|(i, (line, scores))| (line, Mark::Row(i, scores)));
    let mut marks: Vec<_> = asked.chain(rows).collect();
    marks.sort_by_key(|mark| mark.0);
    marks
}

/// The scores after a row's label; `None` if anything else stands there.
fn row_scores(text: &str, title: &str) -> Option<Scores> {
    let rest = &text[fold::head(text, title)?..];
    let mut scores = Scores::default();
    let parts = rest.split(|c| fold::blank(c) || c == '|' || c == ':');
    for part in parts.filter(|part| !part.is_empty()) {
        let plain = part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
        let score = if part == "-" {
            None
        } else {
            Some(part.parse().ok().filter(|_| plain)?)
        };
        match scores.printed {
            0 => scores.direct = score,
            1 => scores.indirect = score,
            _ => return None,
        }
        scores.printed += 1;
    }
    Some(scores)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, Mark)> {
        let page = Page::new(text);
        marks(&page, Form::Eura2014, 0, page.len())
    }

    fn row(text: &str) -> Option<(u8, Scores)> {
        match candidate(0, text, Form::Eura2014)?.mark {
            Mark::Row(index, scores) => Some((index, scores)),
            _ => None,
        }
    }

    fn scored(direct: u64, indirect: u64) -> Scores {
        Scores {
            direct: Some(direct),
            indirect: Some(indirect),
            printed: 2,
        }
    }

    #[test]
    fn a_row_is_its_label_and_two_numbers() {
        assert_eq!(
            row("Natura 2000 -ohjelman kohteet 0 10"),
            Some((4, scored(0, 10)))
        );
        assert_eq!(
            row("Kulttuuriympäristö\u{A0}6\t6"),
            Some((13, scored(6, 6)))
        );
        assert_eq!(row("Kulttuuriympäristö 6 6 ja muuta"), None);
        assert_eq!(row("Kulttuuriympäristöt 6 6"), None);
        assert_eq!(row("Kulttuuriympäristö 6").map(|r| r.1.printed), Some(1));
    }

    #[test]
    fn a_comment_that_quotes_a_later_row_stays_a_comment() {
        let text = "Luonnonvarojen käytön kestävyys 0 0\nKulttuuriympäristö 5 5\n\
            Ilmastonmuutoksen aiheuttamien riskien vähentäminen 1 1\nvuosina 2015 2016\n\
            Kasvillisuus, eliöt ja luonnon monimuotoisuus 2 2\n";
        let lines: Vec<_> = rows(text).into_iter().map(|m| m.0).collect();
        assert_eq!(lines, [0, 2, 4]);
    }

    #[test]
    fn a_comment_that_is_a_bare_label_yields_to_the_row() {
        let text = "Kulttuuriympäristö\nTasa-arvon edistäminen 1 1\nKulttuuriympäristö 2 2\n";
        assert_eq!(
            rows(text),
            [
                (1, Mark::Row(11, scored(1, 1))),
                (2, Mark::Row(13, scored(2, 2)))
            ]
        );
    }

    #[test]
    fn an_answer_is_exactly_yes_or_no() {
        let asked =
            |answer: &str| question(&format!("{}: {answer}", QUESTIONS[2].fi), Form::Eura2014);
        assert_eq!(asked("Kyllä"), Some((2, Answered::Yes)));
        assert_eq!(asked("Ei"), Some((2, Answered::No)));
        assert_eq!(asked(""), Some((2, Answered::Empty)));
        assert_eq!(asked("Ei vielä"), Some((2, Answered::Unreadable)));
        assert_eq!(question("Hankkeen päätavoite: Ei", Form::Eura2014), None);
    }

    #[test]
    fn section_8_can_begin_without_its_heading() {
        let begins = |text: &str| begins(text, Form::Eura2014);
        assert!(begins("VälitönVälillinen") && begins("Välitön Välillinen"));
        assert!(begins(&format!("{}: Kyllä", QUESTIONS[0].fi)));
        assert!(!begins(&format!("{}: ehkä", QUESTIONS[0].fi)) && !begins("Kestävyys"));
    }

    #[test]
    fn an_english_page_with_other_titles_is_read_by_position() {
        let mut text = String::from("First: Yes\nbecause: no\nwe say\nSecond: No\nThird: No\n");
        for row in 0..15 {
            text.push_str(&format!("Some row {row} 3\nits comment\n"));
        }
        let page = Page::new(&text);
        let marks = marks(&page, Form::Eura2014English, 0, page.len());
        assert_eq!(marks.len(), 18);
        assert_eq!(marks[17], (33, Mark::Row(14, scored(14, 3))));
    }
}
