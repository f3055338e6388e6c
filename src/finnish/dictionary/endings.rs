//! The endings of Finnish words, for words that no dictionary knows.
//!
//! Foreign and local names, new loans and typing errors are inflected like other words. By
//! its ending alone an unknown word is held for everything it could be a form of, so that
//! a name and its forms have a base form in common. Which of these is right is not asked.

/// Endings of inflected forms with back vowels, and what may stand in their place in the base
/// form; `-` for nothing. The same holds with front vowels.
const ENDINGS: &str = include_str!("endings.txt");
/// A stem has at least so many letters.
const SHORTEST: usize = 3;

/// A line of the table: an ending, and what may stand in its place.
pub(super) struct Ending {
    ending: &'static str,
    instead: Vec<&'static str>,
}

/// The table of endings.
pub(super) fn table() -> Vec<Ending> {
    let lines = ENDINGS.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let mut fields = line.split_whitespace();
        let ending = fields.next()?;
        Some(Ending {
            ending,
            instead: fields
                .map(|new| if new == "-" { "" } else { new })
                .collect(),
        })
    };
    lines.filter_map(read).collect()
}

/// What an unknown word may be a form of, the word itself first.
pub(super) fn bases(word: &str, table: &[Ending]) -> Vec<String> {
    let back: Vec<char> = word.chars().map(to_back).collect();
    let front = word.contains(['ä', 'ö', 'y']) && !word.contains(['a', 'o', 'u']);
    let mut bases = vec![word.to_owned()];
    for Ending { ending, instead } in table {
        let length = ending.chars().count();
        let Some(stem) = back
            .len()
            .checked_sub(length)
            .filter(|&stem| stem >= SHORTEST)
        else {
            continue;
        };
        if !ending.chars().eq(back[stem..].iter().copied()) {
            continue;
        }
        for new in instead {
            let new = new
                .chars()
                .map(|letter| if front { to_front(letter) } else { letter });
            let base: String = word.chars().take(stem).chain(new).collect();
            if !bases.contains(&base) {
                bases.push(base);
            }
        }
    }
    bases
}

fn to_back(letter: char) -> char {
    match letter {
        'ä' => 'a',
        'ö' => 'o',
        'y' => 'u',
        other => other,
    }
}

fn to_front(letter: char) -> char {
    match letter {
        'a' => 'ä',
        'o' => 'ö',
        'u' => 'y',
        other => other,
    }
}
