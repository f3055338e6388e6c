//! Values of the form as they stand in it: periods, lists of names, sums, and
//! names that nobody has used.

use super::chance::Chance;
use super::speaker::capital;

/// When the project runs: from the first of a month to the last of another.
pub(crate) fn period(out: &mut String, year: u64, chance: &mut Chance) {
    let start = chance.between(1, 12);
    let (end, years) = (chance.between(1, 12), chance.between(1, 3));
    let last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][end as usize - 1];
    out.push_str(&format!(
        "Alkaa 1.{start}.{year} ja päättyy {last}.{end}.{}",
        year + years
    ));
}

pub(crate) fn names<'a>(out: &mut String, names: impl Iterator<Item = &'a str>) {
    for (at, name) in names.enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(name);
    }
}

/// One of the four sums, which keep a proportion to the sum granted.
pub(crate) fn money(out: &mut String, field: &str, granted: u64) {
    let share = 780 + granted % 221;
    let sum = match field {
        "granted" => granted,
        "spent" => granted * share / 1000,
        "planned" => granted * 5 / 4,
        _ => granted * 5 / 4 * share / 1000,
    };
    let digits = sum.to_string();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
}

/// A name that no list has, as projects love them.
pub(crate) fn invented(chance: &mut Chance) -> String {
    let mut name = String::new();
    for _ in 0..chance.between(2, 3) {
        name.push_str(chance.word(&["k", "t", "s", "v", "m", "l", "n", "r", "p", "h", "j", ""]));
        name.push_str(chance.word(&["a", "e", "i", "o", "u", "ai", "uo", "aa"]));
    }
    name.push_str(chance.word(&["", "", "n", "s", "r", "l"]));
    if chance.often(400) {
        return name.to_uppercase();
    }
    capital(&mut name, 0);
    name
}
