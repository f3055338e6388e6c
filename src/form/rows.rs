//! Lines of section 8: questions, rows and the comments between them.
//!
//! The third part of the walk. Which lines are questions and rows was decided
//! by `table.rs` for the whole section at once; here their answers and scores
//! are stored, and all other lines are comments on what stands above them.

use super::catalogue::{Body, Section};
use super::place::Place;
use super::problem::Trouble;
use super::project::Prose;
use super::table::{self, Answered, Mark, Scores};
use super::walk::Walk;

/// The highest score.
const MOST: u64 = 10;

impl Walk<'_, '_> {
    /// Without a heading, the first question or the head of the table begins
    /// section 8.
    pub(super) fn begins_table(&mut self, line: usize) -> bool {
        let open =
            !self.outline.has(Section::Equality) && !self.outline.has(Section::Sustainability);
        if !open || self.marked || !table::begins(self.page.line(line), self.outline.form) {
            return false;
        }
        self.move_to(Section::Principles);
        self.mark_table(line);
        self.table_line(line);
        true
    }

    /// Finds the rows from a line to the end of section 8.
    pub(super) fn mark_table(&mut self, from: usize) {
        if self.marked {
            return;
        }
        self.marked = true;
        let mut later = self.outline.heads.iter().filter(|h| h.line >= from);
        let end = later
            .find(|h| h.section.entry().body != Body::Table)
            .map(|h| h.line);
        self.marks = table::marks(
            self.page,
            self.outline.form,
            from,
            end.unwrap_or(self.outline.stop),
        );
    }

    pub(super) fn table_line(&mut self, line: usize) {
        match self.marks.get(self.next_mark) {
            Some(&(at, mark)) if at == line => {
                self.next_mark += 1;
                self.take_mark(mark, line);
            }
            _ => match self.comment {
                Some(place) if !self.report_begins(line) => self.gather(place, line),
                Some(_) => {
                    self.move_to(Section::Report);
                    self.gather(Place::Prose(Prose::Report), line);
                }
                None => self.stray(line),
            },
        }
    }

    fn take_mark(&mut self, mark: Mark, line: usize) {
        match mark {
            Mark::Head => {
                self.settle(Place::TableHead);
                self.comment = None;
            }
            Mark::Question(index, answer) => self.take_question(index, answer, line),
            Mark::Row(index, scores) => self.take_row(index, scores, line),
        }
    }

    fn take_question(&mut self, index: u8, answer: Answered, line: usize) {
        self.questions |= 1 << index;
        self.comment = Some(Place::QuestionComment(index));
        self.project.equality[usize::from(index)].yes = match answer {
            Answered::Yes => Some(true),
            Answered::No => Some(false),
            _ => None,
        };
        if answer == Answered::Unreadable {
            let message =
                "the answer is neither Kyllä nor Ei; the line is kept as unrecognised text";
            self.report(line, Trouble::AnswerUnreadable, message.into());
            self.gather(Place::Unrecognised, line);
        } else {
            self.settle(Place::Question(index));
        }
    }

    fn take_row(&mut self, index: u8, scores: Scores, line: usize) {
        self.rows |= 1 << index;
        self.comment = Some(Place::RowComment(index));
        let fits = |score: Option<u64>| score.is_none_or(|s| s <= MOST);
        let read = |score: Option<u64>| {
            let score = score.filter(|s| *s <= MOST)?;
            u8::try_from(score).ok()
        };
        let impact = &mut self.project.sustainability[usize::from(index)];
        (impact.direct, impact.indirect) = (read(scores.direct), read(scores.indirect));
        if !fits(scores.direct) || !fits(scores.indirect) {
            let message =
                "a score is above 10; it is left out and the line kept as unrecognised text";
            self.report(line, Trouble::ScoreOutOfRange, message.into());
            self.gather(Place::Unrecognised, line);
            return;
        }
        if scores.printed < 2 {
            let message = format!("the row has {} of its two scores", scores.printed);
            self.report(line, Trouble::ScoreMissing, message);
        }
        self.settle(Place::Row(index));
    }

    /// On a page without headings the report follows the last row's comment:
    /// after a blank line, or after one line where the page has no blank lines.
    fn report_begins(&self, line: usize) -> bool {
        let last = self.comment == Some(Place::RowComment(14));
        if !last || self.outline.numbered || self.outline.has(Section::Report) {
            return false;
        }
        if self.page.is_airy() {
            self.page.is_blank(line - 1)
        } else {
            self.block.is_some()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::catalogue::{QUESTIONS, ROWS};
    use crate::form::{Place, Trouble, parse};

    fn page(lines: &[&str]) -> String {
        format!(
            "1 Hanke\nHankekoodi: S29001\n8 Horisontaaliset periaatteet\n{}",
            lines.join("\n")
        )
    }

    #[test]
    fn lines_between_rows_are_comments_on_the_row_above() {
        let row = format!("{} 3 4", ROWS[0].fi);
        let text = page(&[
            "8.2 Kestävä kehitys",
            "VälitönVälillinen",
            &row,
            "eka",
            "",
            "toka",
        ]);
        let parsed = parse(&text);
        assert_eq!(
            parsed.project.sustainability[0].comment,
            Some("eka\n\ntoka")
        );
        assert_eq!(parsed.lines[8], Place::RowComment(0));
    }

    #[test]
    fn a_dash_is_no_comment() {
        let row = format!("{} 3 4", ROWS[0].fi);
        let parsed_text = page(&["8.2 Kestävä kehitys", &row, "-"]);
        assert_eq!(parse(&parsed_text).project.sustainability[0].comment, None);
    }

    #[test]
    fn an_unreadable_answer_and_a_missing_score_are_told() {
        let asked = format!("{}: ehkä", QUESTIONS[0].fi);
        let row = format!("{} 3", ROWS[0].fi);
        let text = page(&[
            "8.1 Sukupuolten tasa-arvo",
            &asked,
            "8.2 Kestävä kehitys",
            &row,
        ]);
        let parsed = parse(&text);
        let told = |kind| parsed.problems.iter().any(|p| p.kind == kind);
        assert!(told(Trouble::AnswerUnreadable) && told(Trouble::ScoreMissing));
        assert_eq!(parsed.project.equality[0].yes, None);
        assert_eq!(parsed.project.sustainability[0].direct, Some(3));
        assert_eq!(parsed.project.unrecognised[0].text, asked);
    }
}
