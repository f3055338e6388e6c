//! Tiny dictionaries for tests: the format written by the same rules as it is read.
//!
//! The project cannot ship a real dictionary; these hold the few words a test is about, in
//! either byte order. The fuzz targets damage the sample. Not part of the program.

const PALVELU: &str = "[Lt][Xp]palvella[X]palvel[Ln][Xj]u[X]u[Sg][Nm]iden";

/// What a test dictionary is made of: ways, each a row of (reads, writes).
#[derive(Default)]
pub(crate) struct Tiny {
    ways: Vec<Vec<(String, String)>>,
}

/// A state under construction: its transitions and whether a word may end in it.
#[derive(Default, Clone)]
struct State {
    cells: Vec<(usize, usize, usize)>,
    last: bool,
}

impl Tiny {
    /// A few words of every kind that a reading tells apart.
    pub(crate) fn sample() -> Self {
        Tiny::default()
            .word("palveluiden", PALVELU)
            .word(
                "työllisyyspalveluiden",
                &format!("[Ln][Xp]työ[X]työ[Ll]lli[Xj]nen[X]sy[Ln][Xj]ys[X]y[Sn][Ny]s[Bh][Bc]{PALVELU}"),
            )
            .word("maine", "[Ln][Xp]maine[X]maine[Sn][Ny]")
            .word("maine", "[Ln][Ica][Xp]maa[X]ma[Sko][Nm]ine")
            .word("kuntouttavaa", "[Lt][Xp]kuntouttaa[X]kuntoutta[Ll][Rv]v[Xj]a[X]a[Sp][Ny]a")
            .word("siivottu", "[Lt][Xp]siivota[X]siivo[Ll][Rt]t[Xj]tu[X]tu[Sn][Ny]")
            .word("kuntouttamisella", "[Lt][Xp]kuntouttaa[X]kuntoutta[Tn4]mise[Sade][Ny]lla")
            .word("nopeastikin", "[Ll][Xp]nopea[X]nopea[Ssti]sti[Fkin]kin")
            .word("nopeammin", "[Ll][Xp]nopea[X]nopea[Sin][Nm][Cc]mmin")
            .word("kovemmin", "[Lnl][Xp]kova[X]kove[Sin][Nm][Cc]mmin")
            .word("työttömyys", "[Ln][Xp]työtön[X]työttömy[Ln][Xj]ys[X]y[Sn][Ny]s")
            .word("riippumattomat", "[Lt][Xp]riippua[X]riippu[Ln]m[Xj]a[X]a[Re][Ll][Xj]ton[X]ttoma[Sn][Nm]t")
            .word("jalkaansa", "[Ln][Xp]jalka[X]jalkaa[Sill][Ny]n[O3]sa")
            .word("jalkaansa", "[Ln][Xp]jalka[X]jalk[Sn][Ny]a[Bh][Bc][Ln][Xp]ansa[X]ans[Sn][Ny]a")
            .word("isolla-britannialla", "[Lnl][De][Xp]iso[X]iso[Sade][Ny]lla-[Bc][Lep][Xp]Britannia[X]britannia[Sade][Ny]lla")
            .word("eu:n", "[La][Xr]jj[X][Xp]EU[X]eu[Sg][Ny]:n")
            .word("työhönvalmennuksen", "[Ln][Xp]työhön=valmennus[X]työhön[Bm]valmennukse[Sg][Ny]n")
            .word("sinnekin", "[Ls][Xp]siellä[X]sinne[Fkin]kin")
            .word("edessään", "[Ls][Xp]edessä[X]ede[Sine][Ny]ssää[O3]n")
            .word("kielenopettajan", "[Ln][Xp]kieli[X]kiel[Sg][Ny]en[Bh][Bc][Lt][Xp]opettaa[X]opetta[Ln][Xj]ja[X]ja[Sg][Ny]n")
    }

    /// A word as it is read and its raw analysis: `("talossa", "[Ln][Xp]talo[X]talo[Sine][Ny]ssa")`.
    /// The analysis may hold switches such as `@P.A.B@`; they are tested where they stand.
    pub(crate) fn word(mut self, word: &str, analysis: &str) -> Self {
        let mut letters = word.chars();
        let mut way = Vec::new();
        let mut base = false;
        for symbol in split(analysis) {
            base = match symbol.as_str() {
                "[Xp]" | "[Xj]" | "[Xr]" => true,
                "[X]" => false,
                _ => base,
            };
            let silent = base || symbol.len() > 1 && symbol.starts_with(['[', '@']);
            let reads = if symbol.starts_with('@') {
                symbol.clone()
            } else {
                String::new()
            };
            let reads = if silent {
                reads
            } else {
                letters.next().map(String::from).unwrap_or_default()
            };
            way.push((reads, symbol));
        }
        assert_eq!(letters.next(), None, "{analysis} does not spell {word}");
        self.ways.push(way);
        self
    }

    /// A word of one letter, and one symbol that it writes.
    #[cfg(test)]
    pub(crate) fn means(mut self, letter: &str, symbol: &str) -> Self {
        self.ways.push(vec![(letter.to_owned(), symbol.to_owned())]);
        self
    }

    /// The file, in the byte order that is asked for.
    pub(crate) fn file(&self, big_endian: bool) -> Vec<u8> {
        let symbols = self.symbols();
        let states = self.states(&symbols);
        let mut starts = Vec::new();
        let mut cells = 0;
        for state in &states {
            starts.push(cells);
            let count = state.cells.len() + usize::from(state.last);
            cells += count + usize::from(count > 255);
        }
        let two = |n: usize| {
            if big_endian {
                (n as u16).to_be_bytes()
            } else {
                (n as u16).to_le_bytes()
            }
        };
        let four = |n: usize| {
            if big_endian {
                (n as u32).to_be_bytes()
            } else {
                (n as u32).to_le_bytes()
            }
        };
        let mut file = [four(0x0001_3A6E), four(0x0003_51FA), [0; 4], [0; 4]].concat();
        file.extend(two(symbols.len()));
        for symbol in &symbols {
            file.extend(symbol.bytes().chain([0]));
        }
        file.resize(file.len().next_multiple_of(8), 0);
        for state in &states {
            let count = state.cells.len() + usize::from(state.last);
            let more = if count > 255 { 255 } else { count - 1 };
            let ends = state.last.then_some((0xFFFF, 0, usize::MAX));
            for (number, (reads, writes, target)) in
                state.cells.iter().copied().chain(ends).enumerate()
            {
                let first = if number == 0 { more << 24 } else { 0 };
                let target = starts.get(target).copied().unwrap_or(0);
                file.extend([two(reads), two(writes)].concat());
                file.extend(four(target | first));
                if number == 0 && more == 255 {
                    file.extend([four(count - 1), four(0)].concat());
                }
            }
        }
        file
    }

    /// The symbols in the order of the format: nothing, switches, letters, tags.
    fn symbols(&self) -> Vec<String> {
        let mut all: Vec<String> = self
            .ways
            .iter()
            .flatten()
            .flat_map(|(a, b)| [a.clone(), b.clone()])
            .collect();
        let run = |name: &String| match name.chars().next() {
            None => 0,
            Some('@') if name.len() > 1 => 1,
            Some('[') if name.len() > 1 => 3,
            Some(_) => 2,
        };
        all.push(String::new());
        all.sort_by_key(|name| (run(name), name.clone()));
        all.dedup();
        all
    }

    /// A tree of states, with the transitions of each sorted by what they read.
    fn states(&self, symbols: &[String]) -> Vec<State> {
        let number = |name: &String| symbols.iter().position(|known| known == name).unwrap_or(0);
        let mut states = vec![State::default()];
        for way in &self.ways {
            let mut at = 0;
            for (reads, writes) in way {
                let cell = (number(reads), number(writes));
                let known = states[at]
                    .cells
                    .iter()
                    .find(|(r, w, _)| (*r, *w) == cell)
                    .map(|(_, _, target)| *target);
                at = known.unwrap_or_else(|| {
                    states.push(State::default());
                    let new = states.len() - 1;
                    states[at].cells.push((cell.0, cell.1, new));
                    new
                });
            }
            states[at].last = true;
        }
        states
            .iter_mut()
            .for_each(|state| state.cells.sort_by_key(|(reads, _, _)| *reads));
        states
    }
}

/// The symbols that an analysis is written with.
fn split(analysis: &str) -> Vec<String> {
    let mut symbols: Vec<String> = Vec::new();
    let mut rest = analysis;
    while let Some(first) = rest.chars().next() {
        let close = match first {
            '[' => rest.find(']').map(|at| at + 1),
            '@' => rest[1..].find('@').map(|at| at + 2),
            _ => None,
        };
        let (symbol, after) = rest.split_at(close.unwrap_or(first.len_utf8()));
        symbols.push(symbol.to_owned());
        rest = after;
    }
    symbols
}
