//! Speaks for one project: expands the grammar with words of the project's theme and of the language at
//! large. A theme is what makes a text about something: a few dozen words, many of them rare, that come
//! back again and again, which is also what gives a real corpus its bursts.

use super::chance::Chance;
use super::grammar::{Form, Grammar, Piece, Place, Value, Verbal};
use super::lexicon::{Lexicon, Word};
use super::places::Area;

/// How often each doubling of a theme word's rank is drawn.
const THEME_OCTAVES: [(u64, u32); 17] = [
    (2, 3),
    (3, 4),
    (5, 5),
    (6, 6),
    (7, 7),
    (7, 8),
    (7, 9),
    (7, 10),
    (6, 11),
    (5, 12),
    (5, 13),
    (4, 14),
    (3, 15),
    (2, 16),
    (2, 17),
    (1, 18),
    (1, 19),
];
const THEME_SIZE: u64 = 40;
/// In a thousand: theme words among the nouns that may be such; enclitics; slips of the pen.
const THEME: u64 = 520;
const POSSESSIVE: u64 = 22;
const ALSO: u64 = 9;
const SLIP: u64 = 4;
/// The deepest nesting of rules; beyond it the first line of a rule is taken.
const DEPTH: usize = 9;

/// What all projects share.
#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) lexicon: Lexicon,
    pub(crate) grammar: Grammar,
}

/// The words that a project is about.
#[derive(Clone, Debug)]
pub(crate) struct Theme(pub(crate) Vec<Word>);

impl Theme {
    /// Some theme.
    pub(crate) fn draw(lexicon: &Lexicon, chance: &mut Chance) -> Self {
        Self(
            (0..THEME_SIZE)
                .map(|_| lexicon.noun(chance.rank(&THEME_OCTAVES)))
                .collect(),
        )
    }

    /// One of its words; the first ones are drawn more often.
    fn pick(&self, chance: &mut Chance) -> Word {
        let limit = chance.between(1, self.0.len() as u64);
        self.0[chance.below(limit) as usize]
    }
}

/// A rule to expand: in which case and number (true: plural), how deep in other rules.
#[derive(Clone, Copy)]
struct Asked {
    rule: usize,
    form: (usize, bool),
    depth: usize,
}

/// A project that speaks.
#[derive(Debug)]
pub(crate) struct Speaker<'a> {
    pub(crate) language: &'a Language,
    pub(crate) theme: &'a Theme,
    pub(crate) area: &'a Area<'a>,
    /// The project's short name in the genitive.
    pub(crate) project: &'a str,
    pub(crate) first_year: u64,
}

impl Speaker<'_> {
    /// Appends a rule's text, with a capital at its start.
    pub(crate) fn say(&self, out: &mut String, rule: &str, chance: &mut Chance) {
        let start = out.len();
        let whole = Asked {
            rule: self.language.grammar.rule(rule),
            form: (0, false),
            depth: 0,
        };
        self.expand(out, whole, chance);
        capital(out, start);
    }

    /// Appends so many sentences.
    pub(crate) fn paragraph(
        &self,
        out: &mut String,
        sentences: u64,
        rule: &str,
        chance: &mut Chance,
    ) {
        for at in 0..sentences {
            if at > 0 {
                out.push(' ');
            }
            self.say(out, rule, chance);
        }
    }

    fn expand(&self, out: &mut String, asked: Asked, chance: &mut Chance) {
        let lines = self.language.grammar.lines(asked.rule);
        let line = if asked.depth > DEPTH {
            &lines[0].1
        } else {
            chance.weighted(lines)
        };
        let many = chance.often(430);
        let resolve = |form: Form| match form {
            Form::Inherit => asked.form,
            Form::Case { case, plural } => (case, plural.unwrap_or(many)),
        };
        let mut glued = true;
        for piece in line {
            if matches!(piece, Piece::Glue) {
                // A rule that opens with glue takes back the space before it.
                if !glued || out.ends_with(' ') {
                    out.truncate(out.trim_end_matches(' ').len());
                }
                glued = true;
                continue;
            }
            if !glued {
                out.push(' ');
            }
            glued = false;
            match piece {
                Piece::Rule(rule, form) => {
                    let inner = Asked {
                        rule: *rule,
                        form: resolve(*form),
                        depth: asked.depth + 1,
                    };
                    self.expand(out, inner, chance);
                }
                _ => self.word(out, piece, &resolve, chance),
            }
        }
    }

    fn word(
        &self,
        out: &mut String,
        piece: &Piece,
        resolve: &dyn Fn(Form) -> (usize, bool),
        chance: &mut Chance,
    ) {
        let lexicon = &self.language.lexicon;
        let index = |form: Form| {
            let (case, plural) = resolve(form);
            case + if plural { 11 } else { 0 }
        };
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Noun(themed, form) => {
                let word = if *themed && chance.often(THEME) {
                    self.theme.pick(chance)
                } else {
                    lexicon.any_noun(chance)
                };
                self.noun(out, word, index(*form), chance);
            }
            Piece::Adjective(form) => {
                out.push_str(&lexicon.adjective(lexicon.any_adjective(chance)).forms[index(*form)])
            }
            Piece::Verb(form) => out.push_str(&lexicon.verb(lexicon.any_verb(chance)).forms[*form]),
            Piece::Verbal(kind, form) => {
                let verb = lexicon.verb(lexicon.any_verb(chance));
                let noun = match kind {
                    Verbal::Doing => &verb.doing,
                    Verbal::Active => &verb.active,
                    Verbal::Passive => &verb.passive,
                };
                out.push_str(&noun.forms[index(*form)]);
            }
            Piece::Place(place) => self.place(out, *place, chance),
            Piece::Value(value) => self.value(out, *value, chance),
            Piece::Rule(..) | Piece::Glue => {}
        }
    }

    fn noun(&self, out: &mut String, word: Word, form: usize, chance: &mut Chance) {
        let start = out.len();
        self.language.lexicon.write(out, word, form);
        let front = self.language.lexicon.front(word);
        let case = form % 11;
        let draw = chance.below(1000);
        if draw < POSSESSIVE && matches!(case, 3 | 4 | 6 | 7 | 9) {
            out.push_str(if front { "än" } else { "an" });
        } else if (POSSESSIVE..POSSESSIVE + ALSO).contains(&draw) {
            out.push_str("kin");
        } else if draw > 999 - SLIP && out.len() - start > 6 {
            slip(out, start, chance);
        }
    }

    fn place(&self, out: &mut String, place: Place, chance: &mut Chance) {
        let municipality = chance.pick(&self.area.municipalities);
        let region = self.area.regions[0];
        out.push_str(match place {
            Place::Name => municipality.plain(),
            Place::Genitive => municipality.genitive(),
            Place::Locative => municipality.locative(),
            Place::RegionGenitive => region.genitive,
            Place::RegionLocative => region.locative,
        });
    }

    fn value(&self, out: &mut String, value: Value, chance: &mut Chance) {
        let text = match value {
            Value::Number => {
                let limit = *chance.pick(&[9, 30, 100, 400, 3000]);
                chance.between(2, limit).to_string()
            }
            Value::Percent => format!("{},{}", chance.below(100), chance.below(10)),
            Value::Year => (self.first_year + chance.below(4)).to_string(),
            Value::Date => format!(
                "{}.{}.{}",
                chance.between(1, 28),
                chance.between(1, 12),
                self.first_year + chance.between(1, 4)
            ),
            Value::Project => return out.push_str(self.project),
        };
        out.push_str(&text);
    }
}

/// Gives the text from `start` a capital letter.
pub(crate) fn capital(out: &mut String, start: usize) {
    let Some(first) = out[start..].chars().next() else {
        return;
    };
    if first.is_lowercase() {
        let upper: String = first.to_uppercase().collect();
        out.replace_range(start..start + first.len_utf8(), &upper);
    }
}

/// Drops or doubles a letter of the word at `start`.
fn slip(out: &mut String, start: usize, chance: &mut Chance) {
    let letters = out[start..].chars().count() as u64;
    let skip = chance.between(2, letters - 1) as usize;
    let Some((at, letter)) = out[start..].char_indices().nth(skip) else {
        return;
    };
    if chance.often(500) {
        out.remove(start + at);
    } else {
        out.insert(start + at, letter);
    }
}
