//! What a page shows: follows its drawing and notes each piece of text.
//!
//! Only what moves or shows text is followed; lines, fills and pictures are
//! passed over. Forms within forms are entered so deep and no deeper.

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::font::{Font, Fonts};
use super::place::Matrix;

/// Forms within forms.
const DEEPEST: usize = 12;

/// Saved states; who saves more is no longer followed.
const MOST_SAVED: usize = 512;

/// A piece of text on a page, y downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Where it begins and ends.
    pub(super) left: f64,
    pub(super) right: f64,
    /// Its base line.
    pub(super) base: f64,
    /// Height of its letters.
    pub(super) size: f64,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// In the order in which it was drawn.
    pub(super) pieces: Vec<Piece>,
    /// What runs in another direction, as it was drawn.
    pub(super) aside: String,
}

/// What `q` saves.
#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    /// Between characters, and beside blanks.
    gap: f64,
    word_gap: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

struct Shower<'f> {
    state: State,
    saved: Vec<State>,
    /// Of the text that is being shown, and of its line.
    at: Matrix,
    line: Matrix,
    fonts: &'f mut Fonts,
    drawn: Drawn,
}

/// The text of a page with its places.
pub(super) fn page(page: &Page<'_>, fonts: &mut Fonts) -> Drawn {
    let mut shower = Shower {
        state: State {
            place: Matrix(page.initial_transform(true).as_coeffs()),
            font: None,
            size: 1.0,
            gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        },
        saved: Vec::new(),
        at: Matrix::SAME,
        line: Matrix::SAME,
        fonts,
        drawn: Drawn::default(),
    };
    shower.follow(page.typed_operations(), page.resources(), 0);
    shower.drawn
}

impl Shower<'_> {
    fn follow(&mut self, mut ops: TypedIter<'_>, resources: &Resources<'_>, depth: usize) {
        let floor = self.saved.len();
        while let Some(op) = ops.next() {
            match op {
                Op::SaveState(_) if self.saved.len() < MOST_SAVED => {
                    self.saved.push(self.state.clone());
                }
                Op::RestoreState(_) if self.saved.len() > floor => {
                    self.state = self.saved.pop().unwrap_or_else(|| self.state.clone());
                }
                Op::Transform(t) => {
                    let own = matrix([t.0, t.1, t.2, t.3, t.4, t.5]);
                    self.state.place = own.then(self.state.place);
                }
                Op::XObject(name) if depth < DEEPEST => self.form(name.0, resources, depth),
                Op::TextFont(font) => {
                    let dict = resources.get_font(font.0);
                    self.state.font = dict.map(|dict| self.fonts.get(&dict));
                    self.state.size = font.1.as_f64();
                }
                other => self.text(&other),
            }
        }
        self.saved.truncate(floor);
    }

    /// A form is drawn as if its own drawing stood here.
    fn form(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        let Some(form) = resources.get_x_object(name) else {
            return;
        };
        let dict = form.dict();
        if dict.get::<Name<'_>>("Subtype").as_deref() != Some(b"Form") {
            return;
        }
        let Ok(content) = form.decoded_data() else {
            return;
        };
        let before = self.state.clone();
        if let Some(own) = dict.get::<Array<'_>>("Matrix") {
            let numbers: Vec<_> = own.iter::<Number>().collect();
            if let Ok(numbers) = <[Number; 6]>::try_from(numbers) {
                self.state.place = matrix(numbers).then(self.state.place);
            }
        }
        let ops = TypedIter::new(&content);
        match dict.get::<Dict<'_>>("Resources") {
            Some(own) => self.follow(ops, &Resources::new(own), depth + 1),
            None => self.follow(ops, resources, depth + 1),
        }
        self.state = before;
    }

    /// What moves and shows text.
    fn text(&mut self, op: &Op<'_, '_>) {
        match op {
            Op::BeginText(_) => (self.at, self.line) = (Matrix::SAME, Matrix::SAME),
            Op::CharacterSpacing(gap) => self.state.gap = gap.0.as_f64(),
            Op::WordSpacing(gap) => self.state.word_gap = gap.0.as_f64(),
            Op::HorizontalScaling(per_cent) => self.state.stretch = per_cent.0.as_f64() / 100.0,
            Op::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            Op::TextRise(rise) => self.state.rise = rise.0.as_f64(),
            Op::NextLine(step) => self.next_line(step.0.as_f64(), step.1.as_f64()),
            Op::NextLineAndSetLeading(step) => {
                self.state.leading = -step.1.as_f64();
                self.next_line(step.0.as_f64(), step.1.as_f64());
            }
            Op::SetTextMatrix(t) => {
                self.line = matrix([t.0, t.1, t.2, t.3, t.4, t.5]);
                self.at = self.line;
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(shown) => self.show(shown.0.as_bytes()),
            Op::NextLineAndShowText(shown) => {
                self.next_line(0.0, -self.state.leading);
                self.show(shown.0.as_bytes());
            }
            Op::ShowTextWithParameters(shown) => {
                self.state.word_gap = shown.0.as_f64();
                self.state.gap = shown.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(shown.2.as_bytes());
            }
            Op::ShowTexts(shown) => self.show_all(shown.0),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.at = self.line;
    }

    /// Texts with steps between them.
    fn show_all(&mut self, all: &Array<'_>) {
        for object in all.iter::<Object<'_>>() {
            match object {
                Object::String(shown) => self.show(shown.as_bytes()),
                Object::Number(back) => {
                    let step = -back.as_f64() / 1000.0 * self.state.size * self.state.stretch;
                    self.at = Matrix::shift(step, 0.0).then(self.at);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, codes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        for letter in font.letters(codes) {
            let State {
                size,
                gap,
                word_gap,
                stretch,
                rise,
                ..
            } = self.state;
            let gaps = gap + if letter.is_blank { word_gap } else { 0.0 };
            let wide = letter.width * size * stretch;
            let here = Matrix::shift(0.0, rise)
                .then(self.at)
                .then(self.state.place);
            self.note(letter.text, here, (wide, size));
            self.at = Matrix::shift(wide + gaps * stretch, 0.0).then(self.at);
        }
    }

    fn note(&mut self, text: String, here: Matrix, (wide, size): (f64, f64)) {
        let (across, up) = here.scales();
        let ((left, base), size) = (here.origin(), (size * up).abs());
        if !here.is_upright() {
            self.drawn.aside.push_str(&text);
            return;
        }
        if [left, base, size, wide]
            .iter()
            .all(|number| number.is_finite())
            && size > 0.0
        {
            self.drawn.pieces.push(Piece {
                text,
                left,
                right: left + wide * across,
                base,
                size,
            });
        }
    }
}

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|number| number.as_f64()))
}

/// The bytes of a stream that a dictionary names.
pub(super) fn stream(dict: &Dict<'_>, key: &str) -> Option<Vec<u8>> {
    let stream = dict.get::<Stream<'_>>(key)?;
    Some(stream.decoded_data().ok()?.into_owned())
}
