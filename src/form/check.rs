//! What is missing, once the whole page was read.
//!
//! Apart from the walk because absence shows only at the end. Only what the
//! form is known to print always is missed: a page without headings, an
//! English, an EAKR or an EURA 2007 page owes less, and empty values are none
//! of its business.

use super::catalogue::{QUESTIONS, ROWS, Section};
use super::outline::{Outline, number_text};
use super::page::Page;
use super::problem::{Problem, Trouble};
use super::project::{Form, Fund};
use super::walk::Walk;

/// Reports what the walk did not meet.
pub(super) fn complete(walk: &mut Walk<'_, '_>) {
    let (page, outline) = (walk.page, walk.outline);
    if outline.heads.is_empty() && walk.seen.is_empty() && walk.questions == 0 && walk.rows == 0 {
        walk.problems.clear();
        let message = "no heading or label of the form was found; all text is kept as unrecognised";
        walk.problems
            .push(Problem::at(0, Trouble::NotADescription, message.into()));
        return;
    }
    if walk.project.code.is_none() && !told(&walk.problems, Trouble::CodeMalformed) {
        let line = outline.heads.first().map_or(0, |h| h.line);
        let message = "there is no project code".into();
        walk.problems
            .push(Problem::at(line, Trouble::CodeMissing, message));
    }
    if outline.numbered {
        let technical = walk
            .project
            .axis
            .is_some_and(|axis| axis.contains("Tekninen tuki"));
        walk.problems.extend(sections(page, outline, technical));
        if outline.form == Form::Eura2014 && outline.has(Section::Report) {
            walk.problems
                .extend(entries(outline, walk.questions, walk.rows));
        }
    }
    walk.problems.sort_by_key(|p| p.line);
}

fn told(problems: &[Problem], kind: Trouble) -> bool {
    problems.iter().any(|p| p.kind == kind)
}

/// How far a page of this form goes at least, and whether it may skip sections.
fn extent(outline: &Outline<'_>, technical: bool) -> (u8, bool) {
    match outline.form {
        Form::Eura2014 if technical || outline.fund == Some(Fund::Eakr) => (4, true),
        Form::Eura2014 => (9, false),
        Form::Eura2014English | Form::Eura2007 => (3, true),
    }
}

fn sections(page: &Page<'_>, outline: &Outline<'_>, technical: bool) -> Vec<Problem> {
    let (full, may_skip) = extent(outline, technical);
    let Some(last) = outline.heads.last() else {
        return Vec::new();
    };
    let reached = outline.heads.iter().map(|h| h.number.0).max().unwrap_or(0);
    let mut problems = Vec::new();
    for major in (1..reached).filter(|_| !may_skip) {
        let Some(next) = outline.heads.iter().find(|h| h.number.0 > major) else {
            continue;
        };
        if outline.heads.iter().all(|h| h.number.0 != major) {
            let message = format!("section {major} is missing; nothing was read for it");
            problems.push(Problem::at(next.line, Trouble::SectionMissing, message));
        }
    }
    if reached < full {
        let number = number_text(last.number);
        let message = format!(
            "the document ends in section {number}; section {} and what follows are missing",
            reached + 1
        );
        problems.push(Problem::at(page.last(), Trouble::Truncated, message));
    }
    problems
}

/// Questions and rows that section 8 lacks although the page goes on after it.
fn entries(outline: &Outline<'_>, questions: u8, rows: u16) -> Vec<Problem> {
    let line = |section| {
        outline
            .heads
            .iter()
            .find(|h| h.section == section)
            .map(|h| h.line)
    };
    let mut problems = Vec::new();
    if let Some(line) = line(Section::Equality).filter(|_| questions != 0b111) {
        let lacking = (0..3)
            .filter(|i| questions & (1 << i) == 0)
            .map(|i| QUESTIONS[i].key);
        let message = format!(
            "section 8.1 lacks {}",
            lacking.collect::<Vec<_>>().join(", ")
        );
        problems.push(Problem::at(line, Trouble::QuestionMissing, message));
    }
    if let Some(line) = line(Section::Sustainability).filter(|_| rows != (1 << 15) - 1) {
        let lacking = (0..15)
            .filter(|i| rows & (1 << i) == 0)
            .map(|i| ROWS[i].key);
        let message = format!(
            "section 8.2 lacks {}",
            lacking.collect::<Vec<_>>().join(", ")
        );
        problems.push(Problem::at(line, Trouble::RowMissing, message));
    }
    problems
}

#[cfg(test)]
mod tests {
    use crate::form::{Trouble, parse};

    fn kinds(text: &str) -> Vec<Trouble> {
        parse(text).problems.iter().map(|p| p.kind).collect()
    }

    #[test]
    fn a_page_that_ends_early_is_told_at_its_last_line() {
        let text = "1 Hanke\nHankekoodi: S29001\n2 Hakijan perustiedot\n\n";
        let parsed = parse(text);
        assert_eq!(parsed.problems.len(), 1);
        assert_eq!(
            (parsed.problems[0].line, parsed.problems[0].kind),
            (3, Trouble::Truncated)
        );
    }

    #[test]
    fn a_missing_code_is_told_once_and_a_malformed_one_instead() {
        assert_eq!(
            kinds("Hankekoodi:\nHankkeen nimi: x\n"),
            [Trouble::CodeMissing]
        );
        assert_eq!(
            kinds("Hankekoodi: 2001\nHankkeen nimi: x\n"),
            [Trouble::CodeMalformed]
        );
    }

    #[test]
    fn other_forms_owe_fewer_sections() {
        let english = "1 Project\nProject code: S29001\n2 Basic applicant information\n\
            3 Plan-specified summary of the project completion\nx\n";
        assert_eq!(kinds(english), []);
        assert_eq!(
            kinds("1. Projekti\nProjektikoodi: S19001\n"),
            [Trouble::Truncated]
        );
    }
}
