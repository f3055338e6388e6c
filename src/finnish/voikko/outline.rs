//! The outline of a word: where its parts end and which base form each has.
//!
//! What a way through the dictionary writes spells the word and says along the way which base
//! form the stem or the ending that follows has. An outline cuts that at the ends of the
//! parts and keeps every part with its derivations whole: `työllisyys` + `palvelu`, not their
//! roots. What search makes of an outline is not decided here.
use super::symbols::{Class, Form, Symbol, Symbols, Tag};
use super::walk::Path;

/// How a derived word is tied to the word it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Link {
    /// A participle and its verb: `kuntouttava`, `kuntouttaa`.
    Participle,
    /// A participle of the past and its verb: `siivottu`, `siivota`.
    Past,
    /// A -minen noun and its verb: `kehittäminen`, `kehittää`.
    Minen,
    /// An adverb and its adjective: `nopeasti`, `nopea`.
    Adverb,
    /// A quality and its adjective: `työttömyys`, `työtön`.
    Quality,
}

/// A word in the buffers of an [`Outline`]: the text up to `stem`, then the base form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) class: Class,
    stem: usize,
    base: (usize, usize),
}

impl Word {
    fn has_base(self) -> bool {
        self.base.1 > self.base.0
    }
}

/// A part of a compound.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) word: Word,
    pub(super) form: Form,
    /// The word it is derived from.
    pub(super) source: Option<(Word, Link)>,
    /// The first part of a name such as Isolla-Britannialla, which is inflected with the last.
    pub(super) compass: bool,
    /// What the word was before its last ending made it what it is.
    before: Option<Word>,
    /// Where possessives and clitics begin.
    bare: Option<usize>,
}

/// The parts of one raw analysis; its buffers are used again for the next one.
#[derive(Default)]
pub(super) struct Outline {
    text: String,
    bases: String,
    parts: Vec<Part>,
    /// Where a hyphen would have to stand if the same vowel came on both sides.
    seam: Option<usize>,
    valid: bool,
}

/// What the letters that come next are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Text,
    Base,
    Aside,
}

impl Outline {
    /// Reads what a way through the dictionary has written. False if it runs two parts
    /// together that only a hyphen could part (`jalka` + `ansa` in `jalkaansa`).
    pub(super) fn read(&mut self, path: Path<'_>, symbols: &Symbols) -> bool {
        self.text.clear();
        self.bases.clear();
        self.parts.clear();
        self.seam = None;
        self.valid = true;
        let mut mode = Mode::Text;
        let mut part = self.fresh();
        for &number in path.rows().flatten() {
            match symbols.get(number) {
                Symbol::Letter(letter) => self.letter(letter, mode),
                Symbol::Tag(Tag::Base) => {
                    mode = Mode::Base;
                    part.word.stem = self.text.len();
                    part.word.base = (self.bases.len(), self.bases.len());
                }
                Symbol::Tag(Tag::Aside) => mode = Mode::Aside,
                Symbol::Tag(Tag::Text) => {
                    if mode == Mode::Base {
                        part.word.base.1 = self.bases.len();
                        self.check_quality(&mut part);
                    }
                    mode = Mode::Text;
                }
                Symbol::Tag(Tag::PartEnd) => {
                    self.end(part);
                    part = self.fresh();
                }
                Symbol::Tag(tag) => self.tag(tag, &mut part),
                Symbol::Epsilon | Symbol::Switch(_) => {}
            }
        }
        self.end(part);
        self.valid
    }

    /// The parts, the last of which says what the word is.
    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The text of a part as it is written.
    pub(super) fn written(&self, part: &Part) -> &str {
        &self.text[part.start..part.end]
    }

    /// Puts a word, from where it starts in the text, at the end of `out`.
    #[inline]
    pub(super) fn put(&self, start: usize, word: Word, out: &mut String) {
        out.push_str(&self.text[start..word.stem]);
        out.push_str(&self.bases[word.base.0..word.base.1]);
    }

    fn fresh(&self) -> Part {
        let (at, base) = (self.text.len(), self.bases.len());
        Part {
            start: at,
            end: at,
            word: Word {
                class: Class::Particle,
                stem: at,
                base: (base, base),
            },
            form: Form::NONE,
            source: None,
            compass: false,
            before: None,
            bare: None,
        }
    }

    #[inline]
    fn letter(&mut self, letter: char, mode: Mode) {
        match mode {
            Mode::Text => {
                if self.seam == Some(self.text.len()) && "aeiouyäöå".contains(letter) {
                    self.valid &= !self.text.ends_with(letter);
                }
                self.text.push(letter);
            }
            Mode::Base if letter.is_uppercase() => self.bases.extend(letter.to_lowercase()),
            Mode::Base => self.bases.push(letter),
            Mode::Aside => {}
        }
    }

    fn tag(&mut self, tag: Tag, part: &mut Part) {
        match tag {
            Tag::Class(class) => {
                part.before = part.word.has_base().then_some(part.word);
                part.word.class = class;
                if class == Class::Adjective {
                    participle(part, Link::Participle);
                }
            }
            Tag::Participle(form) => {
                part.form = part.form.and(form);
                participle(
                    part,
                    if form.has(Form::PAST) {
                        Link::Past
                    } else {
                        Link::Participle
                    },
                );
            }
            Tag::Form(form) => {
                part.form = part.form.and(form);
                self.check_comparison(part);
            }
            Tag::Suffix(form) => {
                part.form = part.form.and(form);
                part.bare.get_or_insert(self.text.len());
            }
            Tag::HyphenPlace => self.seam = Some(self.text.len()),
            Tag::Minen => self.become_word(part, "minen", Class::Noun, Link::Minen),
            Tag::Sti => self.become_word(part, "sti", Class::Adverb, Link::Adverb),
            Tag::Compass => part.compass = true,
            Tag::Base | Tag::Aside | Tag::Text | Tag::PartEnd | Tag::Other => {}
        }
    }

    /// An ending makes another word of the part although it brings no base form along.
    fn become_word(&mut self, part: &mut Part, ending: &str, class: Class, link: Link) {
        part.source = Some((part.word, link));
        let at = self.bases.len();
        self.bases.push_str(ending);
        part.word = Word {
            class,
            stem: self.text.len(),
            base: (at, self.bases.len()),
        };
    }

    /// A noun in -us or -uus that was no verb before is the quality of what it was.
    fn check_quality(&self, part: &mut Part) {
        let ending = &self.bases[part.word.base.0..part.word.base.1];
        if let Some(before) = part.before
            && matches!(ending, "us" | "ys" | "uus" | "yys")
            && part.word.class == Class::Noun
            && before.class != Class::Verb
        {
            part.source = Some((before, Link::Quality));
        }
    }

    /// `nopeammin` is said of how something is done: a form of `nopeasti`, not of `nopea`.
    fn check_comparison(&mut self, part: &mut Part) {
        if !part.form.has(Form::COMPARATIVE.and(Form::INSTRUCTIVE))
            || part.word.class == Class::Adverb
        {
            return;
        }
        let mut base = String::new();
        self.put(part.start, part.word, &mut base);
        let stem = &self.text[part.start..];
        if !stem.ends_with('e') || !base.ends_with(['a', 'ä']) {
            self.become_word(part, "sti", Class::Adverb, Link::Adverb);
        } else if stem
            .strip_suffix('e')
            .is_some_and(|stem| base.starts_with(stem))
        {
            // An -a of the base form has become an -e before the ending: kova, kovemmin.
            base.push_str("sti");
            self.become_word(part, &base, Class::Adverb, Link::Adverb);
            part.word.stem = part.start;
        }
    }

    fn end(&mut self, mut part: Part) {
        part.end = self.text.len();
        if !part.word.has_base() {
            if self.text[part.start..].trim_matches('-').is_empty() {
                return;
            }
            if part.word.stem == part.start {
                part.word.stem = part.end;
            }
        }
        if part.word.class == Class::Adverb && part.source.is_none() {
            self.as_written(&mut part);
        }
        self.parts.push(part);
    }

    /// An adverb stands as it is written, not as the head of its series: `sinne`, not `siellä`.
    fn as_written(&self, part: &mut Part) {
        let base = &self.bases[part.word.base.0..part.word.base.1];
        if self.text[part.word.stem..].starts_with(base) {
            return;
        }
        let end = part.bare.unwrap_or(part.end);
        let mut text = &self.text[part.start..end];
        if &self.text[end..] == "n" {
            // The vowel that is doubled before a possessive: edessää-n.
            text = ["aa", "ää", "ee"]
                .iter()
                .find_map(|two| {
                    text.strip_suffix(&two[two.len() / 2..])
                        .filter(|_| text.ends_with(two))
                })
                .unwrap_or(text);
        } else if part.bare.is_none() {
            text = ["han", "hän", "pa", "pä"]
                .iter()
                .find_map(|clitic| text.strip_suffix(clitic))
                .unwrap_or(text);
        }
        part.word.stem = part.start + text.len();
        part.word.base.1 = part.word.base.0;
    }
}

/// If the part was a verb before its last ending, it is now a participle of that.
fn participle(part: &mut Part, link: Link) {
    if let Some(verb) = part.before.filter(|before| before.class == Class::Verb) {
        part.source = Some((verb, link));
    }
}
