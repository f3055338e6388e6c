//! Pieces of text on a page → lines, and lines → paragraphs.
//!
//! Pieces stand in the order in which they were drawn, which is the order of
//! reading unless it runs upwards again and again. A line goes on in the next
//! one if the next one's first word had no room in it: so the form's labels
//! keep their whole values, and headings stay lines of their own.

use super::show::{Drawn, Piece};

/// In heights of the letters: a gap that parts words, and one that parts cells.
const WORD: f64 = 0.2;
const CELL: f64 = 2.0;

/// So near are the base lines of one line.
const SAME_LINE: f64 = 0.4;

/// A gap between lines that is a blank line.
const BLANK: f64 = 1.75;

/// How far lines of a paragraph are apart, if no file tells; and what is so much
/// farther begins something new.
const CLOSE: f64 = 1.25;
const LOOSE: f64 = 1.2;

/// A line of a page.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
    /// How wide its first word is.
    first: f64,
}

/// The text of all pages, a blank line between them.
pub(super) fn text(pages: Vec<Drawn>) -> String {
    let pages: Vec<_> = pages
        .into_iter()
        .map(|page| (lines(page.pieces), page.aside))
        .collect();
    let column = Column::of(pages.iter().map(|(lines, _)| lines.as_slice()));
    let mut text = String::new();
    for (lines, aside) in &pages {
        column.write(lines, &mut text);
        for part in [aside.trim(), ""] {
            text.push_str(part);
            text.push('\n');
        }
    }
    text
}

/// Pieces of one base line, as long as they run to the right.
fn lines(mut pieces: Vec<Piece>) -> Vec<Line> {
    if runs_upwards(&pieces) {
        pieces = sorted(pieces);
    }
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.takes(&piece) => line.add(&piece),
            _ => lines.push(Line::of(&piece)),
        }
    }
    for line in &mut lines {
        line.text.truncate(line.text.trim_end().len());
    }
    lines.retain(|line| !line.text.trim().is_empty());
    lines
}

/// Whether the order of drawing is no order of reading: one line in five, and
/// more than three, stand above the one before.
fn runs_upwards(pieces: &[Piece]) -> bool {
    let (mut down, mut up) = (0, 0);
    for pair in pieces.windows(2) {
        let step = (pair[1].base - pair[0].base) / pair[0].size;
        down += usize::from(step > SAME_LINE);
        up += usize::from(step < -SAME_LINE);
    }
    up > 3 && up * 4 > down
}

/// Pieces from the top down, and in a line from the left.
fn sorted(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base));
    let near = |a: &Piece, b: &Piece| b.base - a.base < a.size.min(b.size) * SAME_LINE;
    for row in pieces.chunk_by_mut(near) {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    pieces
}

impl Line {
    fn of(piece: &Piece) -> Self {
        let mut line = Self {
            text: String::new(),
            left: piece.left,
            right: piece.left,
            base: piece.base,
            size: piece.size,
            first: 0.0,
        };
        line.add(piece);
        line
    }

    /// Whether a piece goes on where the line ends.
    fn takes(&self, piece: &Piece) -> bool {
        let size = self.size.max(piece.size);
        (piece.base - self.base).abs() < size * SAME_LINE && piece.left > self.right - size
    }

    fn add(&mut self, piece: &Piece) {
        let gap = (piece.left - self.right) / self.size.max(piece.size);
        let is_parted = self.text.is_empty() || self.text.ends_with([' ', '\t']);
        match gap {
            _ if is_parted || piece.text.starts_with(' ') => {}
            gap if gap > CELL => self.text.push('\t'),
            gap if gap > WORD => self.text.push(' '),
            _ => {}
        }
        if !self.text.contains(|c: char| c.is_whitespace()) && !piece.text.trim().is_empty() {
            self.first = piece.right - self.left;
        }
        self.text.push_str(&piece.text);
        self.right = self.right.max(piece.right);
        self.size = self.size.max(piece.size);
    }
}

/// The column that the lines of a file fill.
struct Column {
    /// How far lines that follow each other are apart, in heights of letters.
    step: f64,
    /// Where the longest line ends.
    edge: f64,
}

/// One step in so many is that of lines within a paragraph.
const FREQUENT: usize = 12;

impl Column {
    /// Of all pages: one page may hold nothing but headings.
    fn of<'a>(pages: impl Iterator<Item = &'a [Line]>) -> Self {
        let (mut steps, mut edge) = (Vec::new(), 0.0_f64);
        for lines in pages {
            edge = lines.iter().map(|line| line.right).fold(edge, f64::max);
            let step = |pair: &[Line]| (pair[1].base - pair[0].base) / pair[1].size;
            let near = |step: &f64| *step > SAME_LINE && *step < BLANK;
            steps.extend(lines.windows(2).map(step).filter(near));
        }
        steps.sort_by(f64::total_cmp);
        let mut runs = steps.chunk_by(|a, b| b - a < 0.05);
        let usual = runs.find(|run| run.len() * FREQUENT >= steps.len());
        Self {
            step: usual.map_or(CLOSE, |run| run[0]),
            edge,
        }
    }

    /// Writes the lines of a page.
    fn write(&self, lines: &[Line], text: &mut String) {
        let mut above: Option<&Line> = None;
        for line in lines {
            match above {
                Some(above) if self.goes_on(above, line) => join(text, &line.text),
                Some(above) => {
                    let step = line.base - above.base;
                    let is_apart = step < 0.0 || step > above.size.max(line.size) * BLANK;
                    text.push_str(if is_apart { "\n\n" } else { "\n" });
                    text.push_str(&line.text);
                }
                None => text.push_str(&line.text),
            }
            above = Some(line);
        }
        text.push('\n');
    }

    /// Whether a line goes on in the next one because it was full.
    fn goes_on(&self, line: &Line, next: &Line) -> bool {
        let size = line.size.max(next.size);
        let step = (next.base - line.base) / size;
        let is_full = line.right + next.first + size * WORD > self.edge;
        let is_alike = (line.size - next.size).abs() < size * 0.1;
        let is_near = step > SAME_LINE && step < self.step * LOOSE;
        is_full && is_alike && is_near && next.left < line.right && !begins(&next.text)
    }
}

/// Whether a line begins as a heading, an entry of a list or a label does.
fn begins(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let is_bullet = matches!(word, "-" | "–" | "•" | "*" | "o" | "·" | "\u{F0B7}");
    let mark = word.trim_end_matches(['.', ')']);
    let is_number = mark.len() < word.len() || word.contains('.');
    let is_counted = is_number
        && mark.chars().count() <= 4
        && (mark.chars().all(|c| c.is_ascii_digit() || c == '.') || mark.chars().count() == 1);
    let head: String = text.chars().take(80).collect();
    let is_label = head.starts_with(char::is_uppercase) && head.contains(':');
    is_bullet || is_counted || is_label
}

/// Puts the rest of a line behind its beginning. A word that was parted keeps
/// its hyphen: nobody can tell whether it has one.
fn join(text: &mut String, rest: &str) {
    let word = rest.split([' ', ',']).next().unwrap_or_default();
    let mut last = text.chars().rev();
    let is_parted = last.next() == Some('-') && last.next().is_some_and(char::is_alphabetic);
    let stands_alone = ["ja", "tai", "sekä", "eli", "että", "och", "and", "or"].contains(&word);
    if !(is_parted && word.starts_with(char::is_lowercase) && !stands_alone) {
        text.push(' ');
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of a width of half their letters' height a letter, a line each.
    fn drawn(rows: &[(f64, f64, &str)]) -> Drawn {
        let mut drawn = Drawn::default();
        for (left, base, row) in rows {
            let mut at = *left;
            for word in row.split(' ') {
                let right = at + word.chars().count() as f64 * 5.0;
                drawn.pieces.push(Piece {
                    text: word.to_owned(),
                    left: at,
                    right,
                    base: *base,
                    size: 10.0,
                });
                at = right + 3.0;
            }
        }
        drawn
    }

    fn text(rows: &[(f64, f64, &str)]) -> String {
        super::text(vec![drawn(rows)]).trim_end().to_owned()
    }

    #[test]
    fn a_line_that_was_full_goes_on_in_the_next_one() {
        let shown = text(&[
            (50.0, 100.0, "Osatyökykyisten nuorten tuki ja työllisyys-"),
            (50.0, 112.0, "palvelut yhdessä kuntien ja yritysten sekä"),
            (50.0, 124.0, "järjestöjen kanssa."),
            (50.0, 136.0, "Kunnat: Nokia"),
            (50.0, 160.0, "2 Hakijan perustiedot"),
        ]);
        assert_eq!(
            shown,
            "Osatyökykyisten nuorten tuki ja työllisyys-palvelut yhdessä kuntien ja yritysten sekä \
             järjestöjen kanssa.\nKunnat: Nokia\n\n2 Hakijan perustiedot"
        );
    }

    #[test]
    fn cells_of_a_row_stand_in_one_line() {
        let shown = text(&[(50.0, 100.0, "Suunniteltu:"), (200.0, 100.0, "45")]);
        assert_eq!(shown, "Suunniteltu:\t45");
    }

    #[test]
    fn what_was_drawn_from_below_is_read_from_above() {
        let rows = ["yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi"];
        let rows: Vec<_> = (0..6_u32)
            .rev()
            .map(|n| (50.0, 100.0 + 20.0 * f64::from(n), rows[n as usize]))
            .collect();
        assert!(text(&rows).starts_with("yksi\n\nkaksi"), "{}", text(&rows));
    }
}
