//! Corpora and random queries for the comparison with the slow way: words,
//! values and phrases are taken from the projects, so that most queries find
//! something.

use std::sync::LazyLock;

use esr_search::index::fields::FIELDS;
use esr_search::index::{self, Choice, Reader};
use esr_search::search::Options;

use crate::brute::{Brute, Doc};
use crate::house::{House, corpus};
use crate::support::generator::Generator;

/// A source of chance that is the same on every machine.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    pub(crate) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

pub(crate) struct Tried {
    pub(crate) reader: Reader,
    pub(crate) brute: Brute,
    /// Words of the projects, as they stand in running text.
    words: Vec<String>,
}

/// An index of files, of which every ninth is there twice.
pub(crate) fn tried(sources: Vec<(String, Vec<u8>)>, threads: usize) -> Tried {
    let house = House::new();
    write(&house, &sources);
    let mut options = index::Options::new(jiff::Timestamp::UNIX_EPOCH);
    options.threads = threads;
    let folder = house.path("index");
    let files = house.path("files");
    index::build(&files, &folder, &Choice::Rules, &options, &|_| {}).unwrap();
    let reader = Reader::open(&folder).unwrap();
    let brute = Brute::new(&reader);
    let mut words = Vec::new();
    for (_, bytes) in &sources {
        let text = String::from_utf8_lossy(bytes);
        let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let all = text.split_whitespace().map(word);
        words.extend(all.filter(|word| word.chars().all(char::is_alphabetic)));
    }
    // What was opened stays readable when the folder goes away.
    drop(house);
    words.retain(|word| word.chars().count() > 1);
    Tried {
        reader,
        brute,
        words,
    }
}

/// Writes files, every ninth of them twice.
pub(crate) fn write(house: &House, sources: &[(String, Vec<u8>)]) {
    for (number, (name, bytes)) in sources.iter().enumerate() {
        house.write(name, bytes);
        if number % 9 == 0 {
            house.write(&format!("twice-{name}"), bytes);
        }
    }
}

/// The samples by their names.
pub(crate) fn samples() -> Vec<(String, Vec<u8>)> {
    let samples = std::fs::read_dir(corpus()).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read(path).unwrap())
    });
    let samples = samples.filter(|(name, _)| !name.ends_with(".json") && !name.ends_with(".md"));
    let mut samples: Vec<_> = samples.collect();
    samples.sort();
    samples
}

/// Three corpora: the samples, and made-up ones in one part and in several.
pub(crate) fn corpora() -> &'static [Tried] {
    static CORPORA: LazyLock<Vec<Tried>> = LazyLock::new(made);
    &CORPORA
}

fn made() -> Vec<Tried> {
    let made = |seed: u64, count: u64| {
        let generator = Generator::new(seed);
        let file = |index| {
            let mut text = String::new();
            generator.write(index, &mut text);
            (format!("{}.txt", Generator::code(index)), text.into_bytes())
        };
        (0..count).map(file).collect::<Vec<_>>()
    };
    vec![
        tried(samples(), 2),
        tried(made(11, 120), 1),
        tried(made(12, 60), 3),
    ]
}

impl Tried {
    pub(crate) fn word(&self, chance: &mut Chance) -> String {
        chance.of(&self.words).clone()
    }

    /// A few words that stand in a row somewhere, or nearly.
    pub(crate) fn row(&self, chance: &mut Chance) -> String {
        let length = 2 + chance.below(2);
        let at = chance.below(self.words.len() - length);
        self.words[at..at + length].join(" ")
    }

    pub(crate) fn test(&self, chance: &mut Chance) -> (usize, String) {
        loop {
            let doc: &Doc = chance.of(&self.brute.docs);
            let row = chance.below(FIELDS.len());
            if let Some(keywords) = doc.keywords.get(&row).filter(|k| !k.is_empty()) {
                let keyword = chance.of(keywords).replace('"', "");
                let begin: String = keyword.chars().take(4).collect();
                let plain = begin.chars().all(char::is_alphanumeric);
                return match chance.below(4) {
                    0 if plain => (row, format!("{begin}*")),
                    1 => (row, "*".to_owned()),
                    _ => (row, format!("\"{keyword}\"")),
                };
            }
            if let Some(number) = doc.numbers.get(&row) {
                let text = match chance.below(5) {
                    0 => format!("{number}.."),
                    1 => format!("..{number}"),
                    2 => format!("{number}..{}", number + 1 + chance.below(500) as u64),
                    3 => "*".to_owned(),
                    _ => number.to_string(),
                };
                return (row, text);
            }
        }
    }

    pub(crate) fn leaf(&self, chance: &mut Chance) -> String {
        match chance.below(12) {
            0 => format!("={}", self.word(chance).to_lowercase()),
            1 => format!("\"{}\"", self.row(chance)),
            2 => format!("\"{}\"~{}", self.row(chance), chance.below(5)),
            3 | 4 => {
                let (row, test) = self.test(chance);
                format!("{}:{test}", FIELDS[row].key)
            }
            5 => self.starred(chance),
            6 => format!("{} {}", self.word(chance), self.word(chance)),
            _ => self.word(chance),
        }
    }

    /// A word with a star that stands for fewer words than the limit.
    pub(crate) fn starred(&self, chance: &mut Chance) -> String {
        let word = self.word(chance).to_lowercase();
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < 6 || !word.chars().all(char::is_alphabetic) {
            return word;
        }
        match chance.below(2) {
            0 => letters[..5].iter().collect::<String>() + "*",
            _ => "*".to_owned() + &letters[letters.len() - 5..].iter().collect::<String>(),
        }
    }

    pub(crate) fn part(&self, chance: &mut Chance, depth: usize) -> String {
        if depth == 0 {
            return self.leaf(chance);
        }
        let inner = |chance: &mut Chance| format!("({})", self.query(chance, depth - 1));
        match chance.below(8) {
            0 => inner(chance),
            1 => format!("{} JA {}", self.part(chance, depth - 1), inner(chance)),
            2 => format!("{} TAI {}", self.part(chance, depth - 1), inner(chance)),
            3 => {
                let names = ["kohderyhmä", "suunnitelma", "nimi", "summary", "alueet"];
                format!("{}:{}", chance.of(&names), inner(chance))
            }
            _ => self.leaf(chance),
        }
    }

    pub(crate) fn query(&self, chance: &mut Chance, depth: usize) -> String {
        let parts = 1 + chance.below(3);
        let parts = (0..parts).map(|_| {
            let sign = *chance.of(&["", "", "", "", "+", "EI "]);
            format!("{sign}{}", self.part(chance, depth))
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn options(&self) -> Options {
        Options {
            limit: 10_000,
            passages: 0,
            ..Options::default()
        }
    }
}
