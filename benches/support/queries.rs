//! A thousand queries in eight classes, drawn from a generated corpus itself: its words, its phrases, its
//! regions. Plain data, so that every program measured gets the same and puts them in its own syntax.

use super::chance::Chance;
use super::generator::Generator;
use super::lexicon::Word;

/// How a query is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// A word of every other project.
    Frequent,
    /// A word of one or a few projects.
    Rare,
    /// A word in some inflected form.
    Inflected,
    /// Two words of one project, both asked for.
    Two,
    /// Four words of one project, all asked for.
    Four,
    /// Two or three words that stand side by side.
    Phrase,
    /// The first letters of a word.
    Prefix,
    /// A word in the projects of one region.
    Region,
}

impl Class {
    /// All classes, in the order of reports.
    pub(crate) const ALL: [Self; 8] = [
        Self::Frequent,
        Self::Rare,
        Self::Inflected,
        Self::Two,
        Self::Four,
        Self::Phrase,
        Self::Prefix,
        Self::Region,
    ];
}

/// A query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) class: Class,
    pub(crate) words: Vec<String>,
    /// The region asked for, in [`Class::Region`].
    pub(crate) region: Option<&'static str>,
}

impl Query {
    /// The query in the program's own language.
    pub(crate) fn typed(&self) -> String {
        let words = self.words.join(" ");
        match self.class {
            Class::Two | Class::Four => self.words.iter().map(|w| format!("+{w} ")).collect(),
            Class::Phrase => format!("\"{words}\""),
            Class::Prefix => format!("{words}*"),
            Class::Region => {
                let region = self.region.unwrap_or_default();
                format!("{words} maakunta:\"{region}\"")
            }
            Class::Frequent | Class::Rare | Class::Inflected => words,
        }
    }
}

/// How many queries there are of a class.
const EACH: u64 = 125;

/// The queries for a corpus of so many files of a generator.
pub(crate) fn queries(generator: &Generator, files: u64) -> Vec<Query> {
    let mut chance = Chance::new(files, &[17]);
    let mut queries = Vec::new();
    for class in Class::ALL {
        for _ in 0..EACH {
            let index = chance.below(files.max(1));
            queries.push(query(class, generator, index, &mut chance));
        }
    }
    queries
}

fn query(class: Class, generator: &Generator, index: u64, chance: &mut Chance) -> Query {
    let (theme, region) = generator.about(index);
    let form = |word: Word, form: usize| {
        let mut text = String::new();
        generator.lexicon().write(&mut text, word, form);
        text
    };
    let words = match class {
        Class::Frequent | Class::Region => {
            vec![form(generator.lexicon().noun(chance.between(2, 120)), 0)]
        }
        Class::Rare => rare(generator, index, chance),
        Class::Inflected => {
            let (word, case) = (*chance.pick(&theme.0), chance.between(1, 21));
            vec![form(word, case as usize)]
        }
        Class::Two => side_by_side(generator, index, 2, 9, chance),
        Class::Four => side_by_side(generator, index, 4, 5, chance),
        Class::Phrase => {
            let count = chance.between(2, 3) as usize;
            side_by_side(generator, index, count, 1, chance)
        }
        Class::Prefix => {
            let word = form(*chance.pick(&theme.0), 0);
            vec![word.chars().take(chance.between(4, 7) as usize).collect()]
        }
    };
    Query {
        class,
        words,
        region: (class == Class::Region).then_some(region),
    }
}

/// The words of a project's text from the summary on.
fn text_words(generator: &Generator, index: u64) -> Vec<String> {
    let mut text = String::new();
    generator.write(index, &mut text);
    let start = text.find("\n3 ").unwrap_or(0);
    let words = text[start..]
        .split(|letter: char| !letter.is_alphabetic())
        .skip(5);
    words
        .filter(|word| word.chars().count() > 1)
        .map(str::to_lowercase)
        .collect()
}

/// The longest of a few words of a project.
fn rare(generator: &Generator, index: u64, chance: &mut Chance) -> Vec<String> {
    let words = text_words(generator, index);
    let some = (0..12).map(|_| chance.pick(&words).clone());
    some.max_by_key(String::len).into_iter().collect()
}

/// So many words of a project, each `step` words after the last; short words only where they must be.
fn side_by_side(
    generator: &Generator,
    index: u64,
    count: usize,
    step: usize,
    chance: &mut Chance,
) -> Vec<String> {
    let words: Vec<String> = text_words(generator, index);
    let words: Vec<String> = if step > 1 {
        words
            .into_iter()
            .filter(|word| word.chars().count() > 5)
            .collect()
    } else {
        words
    };
    let room = words.len().saturating_sub(count * step).max(1);
    let start = chance.below(room as u64) as usize;
    words
        .iter()
        .skip(start)
        .step_by(step)
        .take(count)
        .cloned()
        .collect()
}
