//! The labels of a SKOS vocabulary in N-Triples or Turtle → rules.
//!
//! Only statements with prefLabel, altLabel and hiddenLabel are taken, and of
//! labels those in Finnish and those of no language. Of Turtle so much is read
//! as vocabularies are published in: prefixes, `;` and `,`, single and triple
//! quotes. What else stands in a file is passed over.

use std::collections::BTreeMap;

use super::Rule;

/// A piece of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// An address or a name.
    Name(String),
    /// A text, with its language if it has one.
    Label(String, Option<String>),
    /// `.`, `;` or `,`.
    Mark(char),
}

/// The rules of a vocabulary: the labels of a concept find one another.
pub(super) fn rules(text: &str) -> Result<Vec<Rule>, String> {
    let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut names: Vec<String> = Vec::new();
    for token in tokens(text)? {
        match token {
            Token::Name(name) => names.push(name),
            Token::Mark('.') => names.clear(),
            Token::Mark(';') => names.truncate(1),
            Token::Mark(_) => names.truncate(2),
            Token::Label(label, language) => {
                let finnish = language.is_none_or(|language| language.starts_with("fi"));
                if let (Some(concept), true) = (names.first(), finnish && is_label(&names)) {
                    let known = labels.entry(concept.clone()).or_default();
                    if !known.contains(&label) {
                        known.push(label);
                    }
                }
            }
        }
    }
    let several = labels.into_values().filter(|labels| labels.len() > 1);
    let rules: Vec<Rule> = several
        .map(|labels| Rule {
            from: labels.clone(),
            to: labels,
        })
        .collect();
    match rules.is_empty() {
        true => Err("no concept has two labels in Finnish".to_owned()),
        false => Ok(rules),
    }
}

/// Whether the statement's second name is that of a label.
fn is_label(names: &[String]) -> bool {
    let kinds = ["prefLabel", "altLabel", "hiddenLabel"];
    let name = names.get(1).map(String::as_str).unwrap_or_default();
    kinds.iter().any(|kind| {
        name.strip_suffix(kind)
            .is_some_and(|before| before.ends_with(['#', ':', '/']))
    })
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '#' => &rest[rest.find('\n').unwrap_or(rest.len())..],
            '<' => {
                let end = rest.find('>').ok_or_else(|| unclosed(text, rest))?;
                tokens.push(Token::Name(rest[1..end].to_owned()));
                &rest[end + 1..]
            }
            '"' | '\'' => {
                let (label, after) = quoted(rest).ok_or_else(|| unclosed(text, rest))?;
                let (language, after) = language(after);
                tokens.push(Token::Label(label, language));
                after
            }
            '.' | ';' | ',' => {
                tokens.push(Token::Mark(c));
                &rest[1..]
            }
            c if c.is_whitespace() || "[]()".contains(c) => &rest[c.len_utf8()..],
            _ => {
                let ends = |c: char| c.is_whitespace() || "<\"'[]();,".contains(c);
                let end = rest.find(ends).unwrap_or(rest.len()).max(c.len_utf8());
                let name = rest[..end].trim_end_matches('.');
                let length = name.len().max(c.len_utf8());
                tokens.push(Token::Name(rest[..length].to_owned()));
                &rest[length..]
            }
        };
    }
    Ok(tokens)
}

fn unclosed(text: &str, rest: &str) -> String {
    let line = text[..text.len() - rest.len()].matches('\n').count() + 1;
    format!("line {line}: what begins here is never closed")
}

/// A text in quotes, one or three of them, and what comes behind.
fn quoted(rest: &str) -> Option<(String, &str)> {
    let quote = &rest[..1];
    let triple = quote.repeat(3);
    let quote = match rest.starts_with(&triple) {
        true => triple.as_str(),
        false => quote,
    };
    let mut text = String::new();
    let mut rest = &rest[quote.len()..];
    loop {
        if let Some(after) = rest.strip_prefix(quote) {
            return Some((text, after));
        }
        let mut chars = rest.chars();
        match chars.next()? {
            '\\' => match chars.next()? {
                'u' | 'U' => {
                    let length = if rest[1..].starts_with('u') { 4 } else { 8 };
                    let code = u32::from_str_radix(rest.get(2..2 + length)?, 16).ok()?;
                    text.push(char::from_u32(code)?);
                    rest = &rest[2 + length..];
                    continue;
                }
                'n' | 't' | 'r' => text.push(' '),
                c => text.push(c),
            },
            c => text.push(c),
        }
        rest = chars.as_str();
    }
}

/// The language behind a text, or the type, which says nothing here.
fn language(rest: &str) -> (Option<String>, &str) {
    let ends = |c: char| !c.is_alphanumeric() && c != '-';
    if let Some(tagged) = rest.strip_prefix('@') {
        let (tag, after) = tagged.split_at(tagged.find(ends).unwrap_or(tagged.len()));
        return (Some(tag.to_lowercase()), after);
    }
    let Some(typed) = rest.strip_prefix("^^") else {
        return (None, rest);
    };
    let end = match typed.strip_prefix('<') {
        Some(inner) => inner.find('>').map_or(typed.len(), |at| at + 2),
        None => typed.find([' ', ';', ',', '\n']).unwrap_or(typed.len()),
    };
    (None, &typed[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_one_concept_find_one_another() {
        let text = r#"
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . # labels
<http://x/p1> a skos:Concept ;
    skos:prefLabel "nuorisotyö"@fi, "ungdomsarbete"@sv ;
    skos:altLabel """nuorten "parissa" tehtävä työ"""@fi .
<http://x/p2> <http://www.w3.org/2004/02/skos/core#prefLabel> "k\u00E4det"@fi .
<http://x/p2> <http://www.w3.org/2004/02/skos/core#altLabel> "kourat" .
<http://x/p3> skos:prefLabel "yksin"@fi ; skos:notation "12"^^<http://x/n> .
"#;
        let rules = rules(text).unwrap();
        let from: Vec<_> = rules.iter().map(|rule| rule.from.join(", ")).collect();
        let all = [
            "nuorisotyö, nuorten \"parissa\" tehtävä työ",
            "kädet, kourat",
        ];
        assert_eq!(from, all);
    }

    #[test]
    fn a_broken_file_is_told_with_its_line_and_never_hangs() {
        assert!(
            rules("\n<a> skos:prefLabel \"auki")
                .unwrap_err()
                .starts_with("line 2")
        );
        assert!(rules("nothing here . . ;; ,").is_err());
        assert!(rules("ä \u{20ac}").is_err());
    }
}
