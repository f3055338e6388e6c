//! What the user typed → what is asked; never fails.
//!
//! Pure text: no engine and no analysis here. Each clause keeps its place in
//! the typed text, so that remarks and highlights can point at it.

/// The longest query that is read, in characters; the rest is left out.
pub const MAX_CHARS: usize = 512;

/// The most clauses that are read.
pub const MAX_CLAUSES: usize = 64;

/// How a clause is to be matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Each word in any of its forms.
    Words,
    /// All words in a row, each in any of its forms.
    Phrase,
    /// One word in this very form.
    Exact,
}

/// A part of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// How it is matched.
    pub manner: Manner,
    /// Its text without operators and quotes.
    pub text: String,
    /// Where it begins in the query, in characters from 0.
    pub at: usize,
}

/// A query: its clauses are ranked together, none is required.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What to look for.
    pub clauses: Vec<Clause>,
    /// What could not be taken as typed, and what was made of it.
    pub remarks: Vec<String>,
}

/// Reads a query: words, `"phrases"` and `=exact` words.
#[must_use]
pub fn parse(typed: &str) -> Query {
    let mut query = Query::default();
    let chars: Vec<char> = typed.chars().take(MAX_CHARS).collect();
    if typed.chars().nth(MAX_CHARS).is_some() {
        query
            .remarks
            .push(format!("only the first {MAX_CHARS} characters were read"));
    }
    let mut at = 0;
    while at < chars.len() {
        at = match chars[at] {
            c if c.is_whitespace() => at + 1,
            c if is_quote(c) => phrase(&chars, at, &mut query),
            '=' if chars.get(at + 1).is_some_and(|c| c.is_alphanumeric()) => {
                exact(&chars, at, &mut query)
            }
            _ => words(&chars, at, &mut query),
        };
    }
    if query.clauses.len() > MAX_CLAUSES {
        query.clauses.truncate(MAX_CLAUSES);
        query
            .remarks
            .push(format!("only the first {MAX_CLAUSES} parts were read"));
    }
    query
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '„' | '»' | '«')
}

/// A phrase up to its closing quote; a quote that never closes is left out
/// and its words are read as words.
fn phrase(chars: &[char], at: usize, query: &mut Query) -> usize {
    let open = at + 1;
    let Some(length) = chars[open..].iter().position(|c| is_quote(*c)) else {
        query
            .remarks
            .push(format!("the quote at character {} never closes", at + 1));
        return open;
    };
    push(Manner::Phrase, &chars[open..open + length], open, query);
    open + length + 1
}

fn exact(chars: &[char], at: usize, query: &mut Query) -> usize {
    let open = at + 1;
    let length = chars[open..]
        .iter()
        .position(|c| c.is_whitespace() || is_quote(*c))
        .unwrap_or(chars.len() - open);
    push(Manner::Exact, &chars[open..open + length], open, query);
    open + length
}

/// A run of words up to a quote or an `=word`.
fn words(chars: &[char], at: usize, query: &mut Query) -> usize {
    let mut end = at;
    while end < chars.len() && !is_quote(chars[end]) && !starts_exact(chars, end) {
        end += 1;
    }
    push(Manner::Words, &chars[at..end], at, query);
    end
}

fn starts_exact(chars: &[char], at: usize) -> bool {
    chars[at] == '='
        && at
            .checked_sub(1)
            .is_some_and(|before| chars[before].is_whitespace())
        && chars.get(at + 1).is_some_and(|c| c.is_alphanumeric())
}

fn push(manner: Manner, chars: &[char], at: usize, query: &mut Query) {
    let text: String = chars.iter().collect();
    let text = text.trim();
    if !text.is_empty() {
        query.clauses.push(Clause {
            manner,
            text: text.to_owned(),
            at,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses(typed: &str) -> Vec<(Manner, String)> {
        parse(typed)
            .clauses
            .into_iter()
            .map(|c| (c.manner, c.text))
            .collect()
    }

    #[test]
    fn words_stay_together_so_that_spaced_compounds_can_be_read() {
        assert_eq!(
            clauses("TE -toimisto nuoret"),
            [(Manner::Words, "TE -toimisto nuoret".into())]
        );
    }

    #[test]
    fn quotes_of_any_kind_make_a_phrase() {
        let expected = [
            (Manner::Phrase, "Uutta virtaa".to_owned()),
            (Manner::Words, "Laukaa".to_owned()),
        ];
        assert_eq!(clauses("\"Uutta virtaa\" Laukaa"), expected);
        assert_eq!(clauses("”Uutta virtaa” Laukaa"), expected);
    }

    #[test]
    fn a_quote_that_never_closes_is_reported_and_its_words_are_searched() {
        let query = parse("nuoret \"uutta virtaa");
        assert_eq!(query.clauses.len(), 2);
        assert_eq!(query.clauses[1].text, "uutta virtaa");
        assert_eq!(query.remarks, ["the quote at character 8 never closes"]);
    }

    #[test]
    fn an_equals_sign_asks_for_the_very_form() {
        let expected = [
            (Manner::Words, "nuoret".to_owned()),
            (Manner::Exact, "kunnan".to_owned()),
        ];
        assert_eq!(clauses("nuoret =kunnan"), expected);
        assert_eq!(clauses("a=b"), [(Manner::Words, "a=b".to_owned())]);
        assert_eq!(clauses("= \" \""), [(Manner::Words, "=".to_owned())]);
    }

    #[test]
    fn a_query_without_end_is_cut_and_says_so() {
        let query = parse(&"ä ".repeat(10_000));
        assert_eq!(query.clauses.len(), 1);
        assert_eq!(query.remarks.len(), 1);
        assert_eq!(parse(&"\"a\"".repeat(100)).clauses.len(), MAX_CLAUSES);
    }
}
