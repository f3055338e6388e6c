//! What was wrong with a description, and what was done about it.
//!
//! Apart because the outline, the walk and the last check all report; the
//! kinds' ids are stable and may be counted or filtered. A problem never stops
//! parsing, and text it speaks of is kept.

use std::fmt;

/// One thing that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line it concerns, from 1.
    pub line: u32,
    /// What kind of thing it is.
    pub kind: Trouble,
    /// What is wrong and what was done, an English sentence.
    pub message: String,
}

macro_rules! troubles {
    ($($(#[$doc:meta])* $name:ident $id:literal;)*) => {
        /// The kinds of problems.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Trouble {
            $($(#[$doc])* $name,)*
        }

        impl Trouble {
            /// All kinds.
            pub const ALL: &[Trouble] = &[$(Trouble::$name,)*];

            /// The stable id.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Trouble::$name => $id,)* }
            }
        }
    };
}

troubles! {
    /// Nothing of the form was found; all text is unrecognised.
    NotADescription "not-a-description";
    /// There is no project code.
    CodeMissing "code-missing";
    /// The project code is not a letter and five digits.
    CodeMalformed "code-malformed";
    /// A date cannot be read.
    DateUnreadable "date-unreadable";
    /// The end stands before the start.
    PeriodReversed "period-reversed";
    /// The status is neither running nor ended.
    StatusUnreadable "status-unreadable";
    /// An amount of money cannot be read.
    MoneyUnreadable "money-unreadable";
    /// A count cannot be read.
    CountUnreadable "count-unreadable";
    /// An answer is neither yes nor no.
    AnswerUnreadable "answer-unreadable";
    /// A score is above 10.
    ScoreOutOfRange "score-out-of-range";
    /// A row lacks a score.
    ScoreMissing "score-missing";
    /// Section 8.1 lacks a question.
    QuestionMissing "question-missing";
    /// Section 8.2 lacks a row.
    RowMissing "row-missing";
    /// A label stands twice in its section.
    FieldRepeated "field-repeated";
    /// A line looks like a label but is none of its section.
    LabelUnknown "label-unknown";
    /// Text stands where the form has none.
    TextStray "text-stray";
    /// A heading of the form stands out of order.
    HeadingOutOfOrder "heading-out-of-order";
    /// A section begins without its heading.
    HeadingMissing "heading-missing";
    /// A numbered section is not in the catalogue.
    SectionUnknown "section-unknown";
    /// A section is not there.
    SectionMissing "section-missing";
    /// The document ends early.
    Truncated "truncated";
    /// The file holds more than one description.
    SecondDescription "second-description";
}

/// The beginning of a text, for a message.
pub(super) fn brief(text: &str) -> &str {
    const MOST: usize = 60;
    text.char_indices()
        .nth(MOST)
        .map_or(text, |(end, _)| &text[..end])
}

impl Problem {
    /// A problem of the line with this index, from 0.
    pub(super) fn at(line: usize, kind: Trouble, message: String) -> Self {
        let line = u32::try_from(line + 1).unwrap_or(u32::MAX);
        Problem {
            line,
            kind,
            message,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}: {} [{}]",
            self.line,
            self.message,
            self.kind.id()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case_and_unique() {
        let mut ids: Vec<_> = Trouble::ALL.iter().map(|k| k.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Trouble::ALL.len());
        assert!(
            ids.iter()
                .all(|id| id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        );
    }

    #[test]
    fn messages_quote_no_more_than_they_need() {
        assert_eq!(brief(&"ä".repeat(100)), "ä".repeat(60));
        assert_eq!(brief("lyhyt"), "lyhyt");
    }

    #[test]
    fn a_problem_reads_as_a_sentence_with_its_line() {
        let problem = Problem::at(4, Trouble::CodeMissing, "there is no code".into());
        assert_eq!(
            problem.to_string(),
            "line 5: there is no code [code-missing]"
        );
    }
}
