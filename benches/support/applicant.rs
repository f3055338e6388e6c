//! Who applies: an organisation with its contact person, from `applicants.txt` and `people.txt`. All of it
//! is made up; a real name can only come about by accident.

use super::chance::Chance;
use super::lexicon::lines;
use super::places::{Area, Municipality};

/// The lists that applicants are drawn from.
#[derive(Debug)]
pub(crate) struct Registry {
    kinds: Vec<(u64, Kind)>,
    people: Vec<(&'static str, Vec<&'static str>)>,
}

#[derive(Debug)]
struct Kind {
    kind: &'static str,
    name: &'static str,
    host: &'static str,
}

/// One organisation.
#[derive(Clone, Debug)]
pub(crate) struct Organisation {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) business: String,
    pub(crate) host: String,
    pub(crate) town: String,
}

/// An address and a person at it.
#[derive(Clone, Debug)]
pub(crate) struct Contact {
    pub(crate) name: String,
    pub(crate) title: &'static str,
    pub(crate) mail: String,
    pub(crate) phone: String,
    pub(crate) street: String,
    pub(crate) post: String,
}

impl Registry {
    /// Reads the lists.
    pub(crate) fn new() -> Self {
        let kinds = lines(include_str!("applicants.txt")).filter_map(|line| {
            let mut cells = line.split('|').map(str::trim);
            let weight = cells.next()?.parse().ok()?;
            Some((
                weight,
                Kind {
                    kind: cells.next()?,
                    name: cells.next()?,
                    host: cells.next()?,
                },
            ))
        });
        let people = lines(include_str!("people.txt")).filter_map(|line| {
            let (name, rest) = line.split_once(' ')?;
            Some((name, rest.split_whitespace().collect()))
        });
        Self {
            kinds: kinds.collect(),
            people: people.collect(),
        }
    }

    fn one_of(&self, list: &str, chance: &mut Chance) -> &'static str {
        self.people
            .iter()
            .find(|(name, _)| *name == list)
            .map_or("", |(_, words)| chance.word(words))
    }

    /// An organisation of the area.
    pub(crate) fn organisation(&self, area: &Area<'_>, chance: &mut Chance) -> Organisation {
        let Kind { kind, name, host } = chance.weighted(&self.kinds);
        let local: &[&Municipality] = &area.municipalities;
        let town = if chance.often(700) {
            &local[0]
        } else {
            chance.pick(local)
        };
        let region = area.regions[0];
        let stem = self.one_of("stem", chance);
        let filled = name
            .replace("{kunta:gen}", town.genitive())
            .replace("{maakunta:gen}", region.genitive)
            .replace("{stem}", stem);
        let host = host
            .replace("{k}", &ascii(town.plain()))
            .replace("{m}", &ascii(region.name))
            .replace("{s}", &ascii(stem));
        let business = format!(
            "{:07}-{}",
            100_000 + chance.below(3_000_000),
            chance.below(10)
        );
        Organisation {
            name: filled,
            kind,
            business,
            host,
            town: town.plain().to_owned(),
        }
    }

    /// A contact person of an organisation.
    pub(crate) fn contact(&self, organisation: &Organisation, chance: &mut Chance) -> Contact {
        let (first, last) = (self.one_of("first", chance), self.one_of("last", chance));
        let name = if chance.often(250) {
            format!("{last} {first}")
        } else {
            format!("{first} {last}")
        };
        let digits = chance.below(10_000_000);
        let phone = match chance.below(4) {
            0 => format!("0{} {:07}", 40 + digits % 11, digits),
            1 => format!("0{}-{:07}", 40 + digits % 11, digits),
            2 => format!(
                "+358 {} {:03} {:04}",
                40 + digits % 11,
                digits / 10_000,
                digits % 10_000
            ),
            _ => format!("029 {:03} {:04}", digits / 10_000, digits % 10_000),
        };
        Contact {
            mail: format!(
                "{}.{}(at){}.fi",
                ascii(first),
                ascii(last),
                organisation.host
            ),
            name,
            title: self.one_of("title", chance),
            phone,
            street: street(self.one_of("street", chance), chance),
            post: format!("{:05}", 100 + 10 * chance.below(9900)),
        }
    }
}

fn street(stem: &str, chance: &mut Chance) -> String {
    let number = chance.between(1, 60);
    match chance.below(3) {
        0 if !stem.ends_with('n') => format!("{stem}katu {number}"),
        1 => format!("{stem}tie {number}"),
        _ => format!("PL {}", number * 3),
    }
}

/// A name as it stands in addresses: small letters without dots.
fn ascii(name: &str) -> String {
    let plain = |letter: char| match letter {
        'ä' | 'å' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        _ => letter,
    };
    name.to_lowercase().chars().map(plain).collect()
}
