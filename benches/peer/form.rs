//! Reads a description by its headings and labels, the quick way: good for well-formed files only. What
//! stands under a heading is that section's text, boilerplate and all.

/// The text fields of a project, in the order of [`FIELDS`].
pub(crate) const FIELDS: [&str; 10] = [
    "name",
    "programme",
    "applicant",
    "summary",
    "groups",
    "indirect",
    "area",
    "equality",
    "sustainability",
    "report",
];

/// Headings that open a field, with the field's place in [`FIELDS`]; `None` ends the one before.
const HEADINGS: [(&str, Option<usize>); 12] = [
    ("1 Hanke", Some(1)),
    ("2 Hakijan perustiedot", Some(2)),
    ("3 Suunnitelman mukainen tiivistelmä toteutuksesta", Some(3)),
    ("4.1 Varsinaiset kohderyhmät", Some(4)),
    ("4.2 Välilliset kohderyhmät", Some(5)),
    ("5 Projektin julkinen rahoitus, euroa", None),
    ("6 Maantieteellinen kohdealue", Some(6)),
    (
        "7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista",
        None,
    ),
    ("8.1 Sukupuolten tasa-arvo", Some(7)),
    ("8.2 Kestävä kehitys", Some(8)),
    ("9 Loppuraportin tiivistelmä", Some(9)),
    ("8 Horisontaaliset periaatteet", None),
];

/// A project as the peer sees it.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) code: String,
    pub(crate) texts: [String; 10],
    pub(crate) regions: Vec<String>,
    pub(crate) granted: u64,
}

/// Reads a description.
pub(crate) fn parse(text: &str) -> Record {
    let mut record = Record::default();
    let mut field = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some((_, opened)) = HEADINGS.iter().find(|(heading, _)| *heading == line) {
            field = *opened;
        } else if let Some(rest) = line.strip_prefix("Myönnetty EU- ja valtion rahoitus: ") {
            record.granted = rest.replace(' ', "").parse().unwrap_or(0);
        } else if let Some(field) = field {
            record.take(field, line);
        }
    }
    record
}

impl Record {
    /// A line of a field. In the sections of labels only the value is kept.
    fn take(&mut self, field: usize, line: &str) {
        let labelled = matches!(field, 1 | 2 | 6)
            .then(|| line.split_once(':'))
            .flatten();
        let value = labelled.map_or(line, |(_, value)| value.trim());
        match labelled.map(|(label, _)| label) {
            Some("Hankekoodi") => return value.clone_into(&mut self.code),
            Some("Hankkeen nimi") => return value.clone_into(&mut self.texts[0]),
            Some("Maakunnat") => self.regions = value.split(", ").map(str::to_owned).collect(),
            _ => {}
        }
        let text = &mut self.texts[field];
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(value);
    }
}
