//! The phrase grammar of `grammar.txt`, read into a table of rules. How a rule becomes text is the
//! business of [`super::speaker`].

use std::collections::HashMap;

use super::conjugate::FORMS;
use super::inflect::CASES;
use super::lexicon::lines;

/// In which form a word or a rule is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As the rule itself was asked for.
    Inherit,
    /// A case, with a number drawn once for the whole line where none is given.
    Case { case: usize, plural: Option<bool> },
}

/// A piece of a line.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(String),
    /// No space before the next piece.
    Glue,
    Rule(usize, Form),
    /// A noun; true for one of the project's theme.
    Noun(bool, Form),
    Adjective(Form),
    /// A finite form or an infinitive, by its index in [`FORMS`].
    Verb(usize),
    /// A noun or participle made from a verb.
    Verbal(Verbal, Form),
    Place(Place),
    Value(Value),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Verbal {
    Doing,
    Active,
    Passive,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Name,
    Genitive,
    Locative,
    RegionGenitive,
    RegionLocative,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Value {
    Number,
    Percent,
    Year,
    Date,
    /// The project's short name in the genitive.
    Project,
}

/// A line of a rule.
type Line = (u64, Vec<Piece>);

/// All rules.
#[derive(Debug)]
pub(crate) struct Grammar {
    names: HashMap<&'static str, usize>,
    rules: Vec<Vec<Line>>,
}

impl Grammar {
    /// Reads the grammar. A mistake in it is a mistake in this program, so it panics with the line.
    pub(crate) fn new() -> Self {
        let text = include_str!("grammar.txt");
        let heads = lines(text).filter(|line| !line.starts_with(' '));
        let names: HashMap<&str, usize> = heads
            .enumerate()
            .map(|(at, name)| (name.trim(), at))
            .collect();
        let mut grammar = Self {
            rules: Vec::with_capacity(names.len()),
            names,
        };
        for line in lines(text) {
            if line.starts_with(' ') {
                let line = grammar.line(line.trim());
                if let Some(rule) = grammar.rules.last_mut() {
                    rule.push(line);
                }
            } else {
                grammar.rules.push(Vec::new());
            }
        }
        grammar
    }

    /// The index of a rule.
    pub(crate) fn rule(&self, name: &str) -> usize {
        *self
            .names
            .get(name)
            .unwrap_or_else(|| panic!("grammar.txt has no rule {name}"))
    }

    /// The lines of a rule.
    pub(crate) fn lines(&self, rule: usize) -> &[Line] {
        &self.rules[rule]
    }

    fn line(&self, line: &str) -> Line {
        let (weight, words) = match line.split_once("* ") {
            Some((weight, words)) => (weight.parse().unwrap_or(1), words),
            None => (1, line),
        };
        let mut pieces = Vec::new();
        for word in words.split_whitespace() {
            let word = match word.strip_prefix('+') {
                Some(rest) => {
                    pieces.push(Piece::Glue);
                    rest
                }
                None => word,
            };
            if !word.is_empty() {
                self.word(word, &mut pieces);
            }
        }
        (weight, pieces)
    }

    /// One word of a line, which may be a name or a slot with something glued to either side.
    fn word(&self, word: &str, pieces: &mut Vec<Piece>) {
        if let Some(reference) = word.strip_prefix('$') {
            let (name, form) = reference
                .split_once(':')
                .map_or((reference, Form::Inherit), |(name, form)| {
                    (name, form_of(form))
                });
            return pieces.push(Piece::Rule(self.rule(name), form));
        }
        if let Some(rest) = word.strip_prefix('(') {
            pieces.push(Piece::Text("(".to_owned()));
            pieces.push(Piece::Glue);
            return self.word(rest, pieces);
        }
        match word
            .strip_prefix('{')
            .and_then(|word| word.strip_suffix('}'))
        {
            Some(slot) => pieces.push(slot_of(slot)),
            None => pieces.push(Piece::Text(word.to_owned())),
        }
    }
}

fn slot_of(slot: &str) -> Piece {
    let (kind, form) = slot.split_once(':').unwrap_or((slot, ""));
    match (kind, form) {
        ("n", _) => Piece::Noun(false, form_of(form)),
        ("m", _) => Piece::Noun(true, form_of(form)),
        ("a", _) => Piece::Adjective(form_of(form)),
        ("v", _) => verb_of(form),
        ("place", "gen") => Piece::Place(Place::Genitive),
        ("place", "loc") => Piece::Place(Place::Locative),
        ("place", _) => Piece::Place(Place::Name),
        ("region", "gen") => Piece::Place(Place::RegionGenitive),
        ("region", _) => Piece::Place(Place::RegionLocative),
        ("num", _) => Piece::Value(Value::Number),
        ("pct", _) => Piece::Value(Value::Percent),
        ("year", _) => Piece::Value(Value::Year),
        ("date", _) => Piece::Value(Value::Date),
        ("name", _) => Piece::Value(Value::Project),
        _ => panic!("grammar.txt asks for {slot}"),
    }
}

fn verb_of(form: &str) -> Piece {
    match form.split_once(':') {
        Some(("minen", form)) => Piece::Verbal(Verbal::Doing, form_of(form)),
        Some(("va", form)) => Piece::Verbal(Verbal::Active, form_of(form)),
        Some(("tava", form)) => Piece::Verbal(Verbal::Passive, form_of(form)),
        _ => match FORMS.iter().position(|name| *name == form) {
            Some(index) => Piece::Verb(index),
            None => panic!("grammar.txt asks for the verb form {form}"),
        },
    }
}

fn form_of(form: &str) -> Form {
    if form == "@" {
        return Form::Inherit;
    }
    let (plural, case) = match form.split_once('.') {
        Some((number, case)) => (Some(number == "pl"), case),
        None => (None, form),
    };
    match CASES.iter().position(|name| *name == case) {
        Some(case) => Form::Case { case, plural },
        None => panic!("grammar.txt asks for the case {form}"),
    }
}
