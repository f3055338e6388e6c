//! Regions, sub-regions and municipalities of Finland, from `places.txt`, with the forms in which text
//! names them.

use super::chance::Chance;
use super::inflect::Noun;
use super::lexicon::lines;

/// A region with what lies in it.
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) name: &'static str,
    pub(crate) genitive: &'static str,
    /// "in the region"
    pub(crate) locative: &'static str,
    pub(crate) parts: Vec<SubRegion>,
}

/// A sub-region; its name stands in the genitive, as the form prints it.
#[derive(Debug)]
pub(crate) struct SubRegion {
    pub(crate) name: &'static str,
    pub(crate) municipalities: Vec<Municipality>,
}

/// A municipality.
#[derive(Debug)]
pub(crate) struct Municipality {
    pub(crate) name: Noun,
    /// Whether one is on it (-lla) and not in it (-ssa).
    external: bool,
}

impl Municipality {
    fn parse(entry: &str) -> Self {
        let external = entry.ends_with('*');
        let entry = entry.trim_end_matches('*');
        let ends = |ends: &[&str]| ends.iter().any(|end| entry.to_lowercase().ends_with(end));
        let class = if ends(&["joki", "koski", "järvi", "lahti", "niemi", "salmi", "mäki"]) {
            ":e"
        } else if ends(&["vesi"]) {
            ":s"
        } else if ends(&["saari"]) {
            ":r"
        } else {
            ""
        };
        Self {
            name: Noun::parse(&format!("{entry}{class}")),
            external,
        }
    }

    /// The name as it is.
    pub(crate) fn plain(&self) -> &str {
        self.name.lemma()
    }

    /// The name in the genitive.
    pub(crate) fn genitive(&self) -> &str {
        &self.name.forms[1]
    }

    /// "in the municipality"
    pub(crate) fn locative(&self) -> &str {
        &self.name.forms[if self.external { 6 } else { 3 }]
    }
}

/// Reads the table.
pub(crate) fn regions() -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for line in lines(include_str!("places.txt")) {
        let mut cells = line.split('|').map(str::trim);
        let (Some(one), Some(two), Some(three)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        if let Some(name) = one.strip_prefix("@ ") {
            regions.push(Region {
                name,
                genitive: two,
                locative: three,
                parts: Vec::new(),
            });
        } else if let Some(region) = regions.iter_mut().find(|region| region.name == one) {
            let municipalities = three.split_whitespace().map(Municipality::parse).collect();
            region.parts.push(SubRegion {
                name: two,
                municipalities,
            });
        }
    }
    regions
}

/// Where a project works: one region (seldom two), some sub-regions, their municipalities or some of them.
#[derive(Clone, Debug)]
pub(crate) struct Area<'a> {
    pub(crate) regions: Vec<&'a Region>,
    pub(crate) parts: Vec<&'a SubRegion>,
    pub(crate) municipalities: Vec<&'a Municipality>,
}

impl<'a> Area<'a> {
    /// Some area.
    pub(crate) fn draw(regions: &'a [Region], chance: &mut Chance) -> Self {
        let mut area = Self {
            regions: vec![chance.pick(regions)],
            parts: Vec::new(),
            municipalities: Vec::new(),
        };
        if chance.often(120) {
            area.regions.push(chance.pick(regions));
            area.regions.dedup_by_key(|region| region.name);
        }
        let wide = chance.often(400);
        for region in area.regions.clone() {
            let only = chance.pick(&region.parts);
            let chosen = region
                .parts
                .iter()
                .filter(|part| wide || part.name == only.name);
            for part in chosen {
                area.parts.push(part);
                let share = if wide { 1000 } else { 650 };
                let some = part.municipalities.iter().enumerate();
                area.municipalities.extend(
                    some.filter(|(at, _)| *at == 0 || chance.often(share))
                        .map(|(_, one)| one),
                );
            }
        }
        area
    }
}
