//! From the outline of a word to what search wants to know of it.
//!
//! A reading is plain data: base form, parts, longer pieces, and the words that it is tied to.
//! It also says how readily one takes the word for this; which of several readings then
//! counts is not decided here.
use super::outline::{Link, Outline};
use super::symbols::{Class, Form};

/// One way to read a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The base form of the whole word, in lower case, with the hyphens that were written.
    pub base: String,
    /// The word class of the base form.
    pub class: Class,
    /// How readily one takes the word for this.
    pub standing: Standing,
    /// The parts of a compound, each in base form; empty if it is none.
    pub parts: Vec<String>,
    /// Longer stretches of a compound of three or more parts, in base form.
    pub pieces: Vec<String>,
    /// The compound put together of the base forms of its parts, where it is not written so:
    /// `kieliopettaja` for `kielenopettaja`. Many words are spelt both ways.
    pub variant: Option<String>,
    /// The word that it is a form of in a wider sense, or that it is derived from.
    pub derived: Option<(String, Link)>,
}

/// How readily one takes a word for a form of its base form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// A form like others.
    Common,
    /// A form so rare that the word is nearly always something else if it can be.
    Rare,
    /// Not known to the dictionary; guessed by its ending.
    Guessed,
}

impl Reading {
    /// A reading that consists of a base form only.
    pub fn bare(base: String, class: Class, standing: Standing) -> Reading {
        Reading {
            base,
            class,
            standing,
            parts: Vec::new(),
            pieces: Vec::new(),
            variant: None,
            derived: None,
        }
    }
}

impl Outline {
    /// Puts the base form of the whole word into `out`; its word class.
    pub(super) fn base(&self, out: &mut String) -> Option<Class> {
        let last = self.parts().len().checked_sub(1)?;
        out.clear();
        self.stretch(0, last, out);
        Some(self.parts()[last].word.class)
    }

    /// Everything about the word.
    pub(super) fn reading(&self) -> Option<Reading> {
        let mut base = String::new();
        let class = self.base(&mut base)?;
        let mut reading = Reading::bare(base, class, self.standing());
        reading.derived = self.derived();
        self.take_apart(&mut reading);
        Some(reading)
    }

    /// Fills in the parts and everything that is made of them.
    fn take_apart(&self, reading: &mut Reading) {
        let last = self.parts().len() - 1;
        let mut joined = String::new();
        let mut base = String::new();
        for (number, part) in self.parts().iter().enumerate() {
            base.clear();
            self.put(part.start, part.word, &mut base);
            let whole = clean(&base);
            joined.push_str(&whole);
            if base.contains('=') {
                reading.parts.extend(base.split('=').map(clean));
                if last > 0 {
                    reading.pieces.push(whole);
                }
            } else if last > 0 {
                reading.parts.push(whole);
            }
            for end in (number + 1..=last).filter(|&end| (number, end) != (0, last)) {
                let mut piece = String::new();
                self.stretch(number, end, &mut piece);
                reading.pieces.push(piece);
            }
        }
        if last > 0
            && !reading
                .base
                .chars()
                .filter(|&letter| letter != '-')
                .eq(joined.chars())
        {
            reading.variant = Some(joined);
        }
    }

    /// Neighbouring parts as one word, at the end of `out`: all but the last as they are written.
    fn stretch(&self, first: usize, last: usize, out: &mut String) {
        let (from, to) = (&self.parts()[first], &self.parts()[last]);
        let start = out.len();
        let written = self.written(from);
        if first + 1 == last && from.compass && written.ends_with('-') && !written.ends_with("is-")
        {
            self.put(from.start, from.word, out);
            out.push('-');
            self.put(to.start, to.word, out);
        } else {
            self.put(from.start, to.word, out);
        }
        if out[start..].contains('=') || out[start..].starts_with('-') || out.ends_with('-') {
            let cleaned = clean(&out[start..]);
            out.truncate(start);
            out.push_str(&cleaned);
        }
    }

    fn derived(&self) -> Option<(String, Link)> {
        let (first, last) = (self.parts().first()?, self.parts().last()?);
        let (word, link) = last.source?;
        let compared = last.form.has(Form::COMPARATIVE) || last.form.has(Form::SUPERLATIVE);
        // What can be compared, and what is denied, has become an adjective of its own.
        if link <= Link::Past && (compared || last.form.has(Form::NEGATIVE)) {
            return None;
        }
        let mut base = String::new();
        self.put(first.start, word, &mut base);
        Some((clean(&base), link))
    }

    fn standing(&self) -> Standing {
        let Some(last) = self.parts().last() else {
            return Standing::Rare;
        };
        let form = last.form;
        let nominal = !matches!(last.word.class, Class::Verb | Class::Adverb);
        let rare = form.has(Form::AGENT)
            || nominal && (form.has(Form::MINE) || form.has(Form::INSTRUCTIVE));
        if rare {
            Standing::Rare
        } else {
            Standing::Common
        }
    }
}

/// Without the marks of boundaries, and without hyphens at the edges.
fn clean(word: &str) -> String {
    let word = word.trim_matches('-');
    let mut clean = String::with_capacity(word.len());
    clean.extend(word.split('='));
    clean
}
