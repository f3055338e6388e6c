//! Made-up project descriptions in the EURA 2014 form, any number of them. File `i` follows from the seed
//! and `i` alone, so files can be made in any order and by several threads, and a corpus can be extended.
//! Some projects are sisters of an earlier one: they share most paragraphs, as parallel projects do. The
//! rarer variants of the form are left to the test corpus; here only size, words and shape count.

use super::applicant::{Contact, Organisation, Registry};
use super::chance::Chance;
use super::grammar::Grammar;
use super::lexicon::{Lexicon, lines};
use super::places::{Area, Region, regions};
use super::speaker::{Language, Speaker, Theme};
use super::values::{invented, money, names, period};

/// The first project's number; the code is `S` and the number.
const FIRST_CODE: u64 = 20_001;
/// In a thousand: sisters of an earlier project, projects that write Swedish, reports not written yet.
const SISTERS: u64 = 55;
const SWEDISH: u64 = 30;
const UNREPORTED: u64 = 200;
/// In a thousand: the paragraphs that a sister has in common with the project it follows.
const SHARED: u64 = 820;
/// Paragraphs of the summary: most texts are short, a few are long.
const LENGTHS: [u64; 12] = [3, 4, 5, 6, 8, 9, 10, 11, 13, 16, 22, 30];

/// The streams of chance of one project, by what they decide.
#[derive(Clone, Copy)]
enum Stream {
    Facts = 1,
    Theme,
    Summary,
    Groups,
    Indirect,
    Equality,
    Rows,
    Report,
}

/// Makes descriptions.
#[derive(Debug)]
pub(crate) struct Generator {
    seed: u64,
    language: Language,
    regions: Vec<Region>,
    registry: Registry,
    axes: Vec<(u64, (&'static str, &'static str))>,
    comments: Vec<&'static str>,
    /// The form: text, and the name of the field after it.
    form: Vec<(&'static str, &'static str)>,
}

/// What is decided of a project before its text is written.
#[derive(Debug)]
struct Project<'a> {
    index: u64,
    /// The project whose text it follows; itself, if it is nobody's sister.
    root: u64,
    area: Area<'a>,
    theme: Theme,
    organisation: Organisation,
    contact: Contact,
    name: String,
    /// The short name in the genitive.
    genitive: String,
    axis: &'a (&'static str, &'static str),
    year: u64,
    swedish: bool,
    length: u64,
    comment: &'static str,
    granted: u64,
}

impl Generator {
    /// A generator of the corpora of one seed.
    pub(crate) fn new(seed: u64) -> Self {
        let axes = lines(include_str!("axes.txt")).filter_map(|line| {
            let mut cells = line.split('|').map(str::trim);
            Some((cells.next()?.parse().ok()?, (cells.next()?, cells.next()?)))
        });
        Self {
            seed,
            language: Language {
                lexicon: Lexicon::new(),
                grammar: Grammar::new(),
            },
            regions: regions(),
            registry: Registry::new(),
            axes: axes.collect(),
            comments: lines(include_str!("comments.txt")).collect(),
            form: form(),
        }
    }

    /// The code of a file's project.
    pub(crate) fn code(index: u64) -> String {
        format!("S{}", FIRST_CODE + index)
    }

    /// Where a file goes: a thousand to a folder.
    pub(crate) fn path(index: u64) -> String {
        format!("{:04}/{}.txt", index / 1000, Self::code(index))
    }

    /// Appends the description of a project.
    pub(crate) fn write(&self, index: u64, out: &mut String) {
        let project = self.project(index);
        let mut chance = self.stream(index, Stream::Facts, 1);
        let start = out.len();
        for (text, field) in &self.form {
            out.push_str(text);
            match *field {
                "summary" | "groups" | "indirect" | "answer" | "no" | "row" | "report" => {
                    self.prose(out, field, &project, &mut chance)
                }
                "granted" | "spent" | "planned" | "realised" => money(out, field, project.granted),
                _ => self.fact(out, field, &project, &mut chance),
            }
        }
        debug_assert!(out.len() > start);
    }

    /// The vocabulary, for those who ask for words of this corpus.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.language.lexicon
    }

    /// The theme of a project and the name of its first region.
    pub(crate) fn about(&self, index: u64) -> (Theme, &'static str) {
        let project = self.project(index);
        (project.theme, project.area.regions[0].name)
    }

    fn stream(&self, index: u64, stream: Stream, part: u64) -> Chance {
        Chance::new(self.seed, &[index, stream as u64, part])
    }

    /// The project at the end of the line of sisters.
    fn root(&self, index: u64) -> u64 {
        let mut index = index;
        loop {
            let mut chance = self.stream(index, Stream::Theme, 1);
            if index == 0 || !chance.often(SISTERS) {
                return index;
            }
            index -= chance.between(1, index.min(40));
        }
    }

    fn project(&self, index: u64) -> Project<'_> {
        let root = self.root(index);
        let mut shared = self.stream(root, Stream::Theme, 0);
        let theme = Theme::draw(&self.language.lexicon, &mut shared);
        let (length, comment) = (*shared.pick(&LENGTHS), *shared.pick(&self.comments));
        let swedish = shared.often(SWEDISH);
        let axis = shared.weighted(&self.axes);
        let mut own = self.stream(index, Stream::Facts, 0);
        let area = Area::draw(&self.regions, &mut own);
        let organisation = self.registry.organisation(&area, &mut own);
        let contact = self.registry.contact(&organisation, &mut own);
        let year = own.between(2014, 2021);
        let granted = (20_000 << own.below(7)) + own.below(150_000);
        let short = invented(&mut shared);
        let mut project = Project {
            index,
            root,
            area,
            theme,
            organisation,
            contact,
            name: String::new(),
            genitive: format!("{short}-hankkeen"),
            axis,
            year,
            swedish,
            length,
            comment,
            granted,
        };
        let mut name = String::new();
        self.speaker(&project).say(&mut name, "TITLE", &mut shared);
        project.name = match shared.below(4) {
            0 => format!("{short} - {name}"),
            1 => short,
            _ => name,
        };
        if root != index {
            project.name += ", ";
            project.name += project.area.regions[0].name;
        }
        project
    }

    fn speaker<'a>(&'a self, project: &'a Project<'a>) -> Speaker<'a> {
        Speaker {
            language: &self.language,
            theme: &project.theme,
            area: &project.area,
            project: &project.genitive,
            first_year: project.year,
        }
    }

    /// The stream of a paragraph: the root's own, unless this sister went her own way there.
    fn paragraph_stream(&self, project: &Project<'_>, stream: Stream, part: u64) -> Chance {
        let mut own = self.stream(project.index, stream, part + 1000);
        let index = if own.often(SHARED) {
            project.root
        } else {
            project.index
        };
        self.stream(index, stream, part)
    }

    fn prose(&self, out: &mut String, field: &str, project: &Project<'_>, chance: &mut Chance) {
        match field {
            "summary" => self.paragraphs(out, project, Stream::Summary, project.length),
            "groups" => self.groups(out, project, Stream::Groups, 3 + project.length / 2),
            "indirect" => self.groups(out, project, Stream::Indirect, 2 + project.length / 4),
            "answer" | "no" => self.answer(out, field, project, chance),
            "row" => self.row(out, project, chance),
            _ if self
                .stream(project.index, Stream::Report, 0)
                .often(UNREPORTED) =>
            {
                out.push('-')
            }
            _ => self.paragraphs(out, project, Stream::Report, 1 + project.length),
        }
    }

    fn paragraphs(&self, out: &mut String, project: &Project<'_>, stream: Stream, count: u64) {
        let speaker = self.speaker(project);
        for part in 0..count {
            let mut chance = self.paragraph_stream(project, stream, part);
            if part > 0 {
                out.push_str("\n\n");
            }
            if project.swedish {
                let sentences = chance.between(3, 9);
                speaker.paragraph(out, sentences, "SVS", &mut chance);
            } else if chance.often(120) {
                list(out, &speaker, &mut chance);
            } else {
                let sentences = chance.between(2, 7);
                speaker.paragraph(out, sentences, "S", &mut chance);
            }
        }
    }

    fn groups(&self, out: &mut String, project: &Project<'_>, stream: Stream, count: u64) {
        let speaker = self.speaker(project);
        for part in 0..count {
            let mut chance = self.paragraph_stream(project, stream, part);
            if part > 0 {
                out.push('\n');
            }
            speaker.say(
                out,
                if project.swedish { "SVNP" } else { "GROUP" },
                &mut chance,
            );
        }
    }

    fn answer(&self, out: &mut String, field: &str, project: &Project<'_>, chance: &mut Chance) {
        let yes = chance.often(if field == "no" { 60 } else { 800 });
        out.push_str(if yes { "Kyllä" } else { "Ei" });
        if chance.often(850) {
            out.push('\n');
            let mut words = self.paragraph_stream(project, Stream::Equality, chance.below(3));
            let sentences = words.between(1, 3);
            self.speaker(project)
                .paragraph(out, sentences, "S", &mut words);
        }
    }

    fn row(&self, out: &mut String, project: &Project<'_>, chance: &mut Chance) {
        let none = chance.often(600);
        let (direct, indirect) = if none {
            (0, 0)
        } else {
            (chance.below(11), chance.below(11))
        };
        out.push_str(&format!("{direct} {indirect}"));
        if none && project.comment != "-" {
            out.push('\n');
            out.push_str(project.comment);
        } else if !none && chance.often(850) {
            out.push('\n');
            let mut words = self.paragraph_stream(project, Stream::Rows, chance.below(9));
            let sentences = words.between(1, 2);
            self.speaker(project)
                .paragraph(out, sentences, "S", &mut words);
        }
    }

    fn fact(&self, out: &mut String, field: &str, project: &Project<'_>, chance: &mut Chance) {
        let (organisation, contact) = (&project.organisation, &project.contact);
        match field {
            "" => {}
            "code" => out.push_str(&Self::code(project.index)),
            "name" => out.push_str(&project.name),
            "axis" => out.push_str(project.axis.0),
            "objective" => out.push_str(project.axis.1),
            "period" => period(out, project.year, chance),
            "status" => out.push_str(if project.year > 2019 {
                "Toiminnassa"
            } else {
                "Toiminta päättynyt"
            }),
            "authority" => {
                let seats = [
                    "Etelä-Savon",
                    "Hämeen",
                    "Keski-Suomen",
                    "Pohjois-Pohjanmaan",
                ];
                out.push_str(chance.word(&seats));
                out.push_str(" elinkeino-, liikenne- ja ympäristökeskus");
            }
            "applicant" => out.push_str(&organisation.name),
            "kind" => out.push_str(organisation.kind),
            "business" => out.push_str(&organisation.business),
            "street" => out.push_str(&contact.street),
            "phone" => out.push_str(&contact.phone),
            "post" => out.push_str(&contact.post),
            "town" => out.push_str(&organisation.town),
            "web" => out.push_str(&format!("http://www.{}.fi", organisation.host)),
            "contact" => out.push_str(&contact.name),
            "title" => out.push_str(contact.title),
            "mail" => out.push_str(&contact.mail),
            "partners" => self.partners(out, project, chance),
            "regions" => names(out, project.area.regions.iter().map(|region| region.name)),
            "subregions" => names(out, project.area.parts.iter().map(|part| part.name)),
            "municipalities" => names(
                out,
                project
                    .area
                    .municipalities
                    .iter()
                    .map(|place| place.plain()),
            ),
            "firms" => out.push_str(&chance.between(0, 120).to_string()),
            "persons" => out.push_str(&chance.between(5, 900).to_string()),
            _ => panic!("description.txt has an unknown field {field}"),
        }
    }

    fn partners(&self, out: &mut String, project: &Project<'_>, chance: &mut Chance) {
        match chance.below(5) {
            0 | 1 => out.push_str("Vain yksi hakija"),
            2 => {
                out.push_str("Hakijoita on useampi kuin yksi (yhteishanke)\n\nOsatoteuttajat");
                for _ in 0..chance.between(1, 6) {
                    let partner = self.registry.organisation(&project.area, chance);
                    out.push_str(&format!("\n{}, {}", partner.name, partner.business));
                }
            }
            _ => {}
        }
    }
}

/// Splits the form into text and the fields between.
fn form() -> Vec<(&'static str, &'static str)> {
    let split = |part: &'static str| part.split_once('{').unwrap_or((part, ""));
    let text = include_str!("description.txt").trim_end();
    text.split('}')
        .map(split)
        .filter(|(text, field)| !text.is_empty() || !field.is_empty())
        .collect()
}

/// A bulleted list.
fn list(out: &mut String, speaker: &Speaker<'_>, chance: &mut Chance) {
    let bullet = chance.word(&["- ", "• ", "-", "* "]);
    for at in 0..chance.between(3, 7) {
        if at > 0 {
            out.push('\n');
        }
        out.push_str(bullet);
        speaker.say(out, if chance.often(700) { "GROUP" } else { "S" }, chance);
    }
}
