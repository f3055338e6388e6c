//! The catalogue's part for section 8: questions, groups and rows.
//!
//! A closed list in a fixed order. Its index is what the project's arrays and
//! the places of lines count by; the keys are stable. Kept apart from labels
//! because these lines carry answers and scores, not fields.

use super::project::Form;

/// A question or a row of section 8.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable English key.
    pub key: &'static str,
    /// The printed text.
    pub fi: &'static str,
    /// The text of the English form, a guess.
    pub en: &'static str,
}

impl Entry {
    /// The text in a form; EURA 2007 prints none.
    #[must_use]
    pub fn title(&self, form: Form) -> &'static str {
        if form == Form::Eura2014English {
            self.en
        } else {
            self.fi
        }
    }
}

const fn entry(key: &'static str, fi: &'static str, en: &'static str) -> Entry {
    Entry { key, fi, en }
}

/// The three questions of section 8.1, in order.
pub const QUESTIONS: [Entry; 3] = [
    entry(
        "analysis",
        "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta",
        "An analysis of the operating environment from a gender perspective has been made",
    ),
    entry(
        "mainstreaming",
        "Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen)",
        "The gender perspective has been taken into account in the project's activities (mainstreaming)",
    ),
    entry(
        "main_goal",
        "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen",
        "The main objective of the project is to promote gender equality",
    ),
];

/// What stands above the table of section 8.2: as printed, corrected, and in
/// the English form (a guess).
pub const TABLE_HEADS: [&str; 4] = [
    "VälitönVälillinen",
    "Välitön Välillinen",
    "DirectIndirect",
    "Direct Indirect",
];

/// The three groups of section 8.2, five rows each.
pub const GROUPS: [Entry; 3] = [
    entry(
        "ecological",
        "Ekologinen kestävyys",
        "Ecological sustainability",
    ),
    entry(
        "economic",
        "Taloudellinen kestävyys",
        "Economic sustainability",
    ),
    entry(
        "social",
        "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus",
        "Social and cultural sustainability and equality",
    ),
];

/// The fifteen rows of section 8.2, in order.
pub const ROWS: [Entry; 15] = [
    entry(
        "natural_resources",
        "Luonnonvarojen käytön kestävyys",
        "Sustainable use of natural resources",
    ),
    entry(
        "climate",
        "Ilmastonmuutoksen aiheuttamien riskien vähentäminen",
        "Reducing the risks caused by climate change",
    ),
    entry(
        "biodiversity",
        "Kasvillisuus, eliöt ja luonnon monimuotoisuus",
        "Vegetation, organisms and biodiversity",
    ),
    entry(
        "water_soil_air",
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)",
        "Surface and ground water, soil and air (and reduction of greenhouse gases)",
    ),
    entry(
        "natura_2000",
        "Natura 2000 -ohjelman kohteet",
        "Natura 2000 sites",
    ),
    entry(
        "materials_waste",
        "Materiaalit ja jätteet",
        "Materials and waste",
    ),
    entry(
        "renewable_energy",
        "Uusiutuvien energialähteiden käyttö",
        "Use of renewable energy sources",
    ),
    entry(
        "local_economy",
        "Paikallisen elinkeinorakenteen kestävä kehittäminen",
        "Sustainable development of the local business structure",
    ),
    entry(
        "intangible_products",
        "Aineettomien tuotteiden ja palvelujen kehittäminen",
        "Development of immaterial products and services",
    ),
    entry(
        "mobility_logistics",
        "Liikkuminen ja logistiikka",
        "Mobility and logistics",
    ),
    entry(
        "wellbeing",
        "Hyvinvoinnin edistäminen",
        "Promotion of well-being",
    ),
    entry(
        "equality",
        "Tasa-arvon edistäminen",
        "Promotion of equality",
    ),
    entry(
        "social_equality",
        "Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus",
        "Social and cultural equality",
    ),
    entry(
        "cultural_environment",
        "Kulttuuriympäristö",
        "Cultural environment",
    ),
    entry(
        "environmental_skills",
        "Ympäristöosaaminen",
        "Environmental competence",
    ),
];
