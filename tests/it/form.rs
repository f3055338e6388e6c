//! The parser owes an account of its input: whatever the text, every line has
//! one place, no word is lost and none is held twice.

use esr_search::form::catalogue::{Field, Section};
use esr_search::form::project::{Form, Project};
use esr_search::form::{Place, Trouble, ledger, parse};
use proptest::prelude::*;

use crate::form_page::{kinds, whole_page};

/// Every text that a project holds, as slices of its source.
fn held<'t>(project: &Project<'t>) -> Vec<&'t str> {
    let applicant = &project.applicant;
    let address = |a: &esr_search::form::project::Address<'t>| [a.street, a.postal_code, a.town];
    let contact = &applicant.contact;
    let mut texts: Vec<_> = [
        [project.code, project.name, project.axis, project.objective],
        [
            project.part,
            project.project_type,
            project.authority,
            applicant.name,
        ],
        [
            applicant.kind,
            applicant.business_id,
            applicant.website,
            applicant.project_website,
        ],
        [contact.name, contact.position, contact.email, contact.phone],
        [applicant.arrangement, None, None, None],
    ]
    .into_iter()
    .flatten()
    .chain(address(&applicant.address))
    .chain(address(&project.places.site))
    .chain(project.equality.iter().map(|a| a.comment))
    .chain(project.sustainability.iter().map(|i| i.comment))
    .chain(
        applicant
            .partners
            .iter()
            .flat_map(|p| [Some(p.name), p.business_id]),
    )
    .flatten()
    .collect();
    texts.extend(&applicant.phones);
    texts.extend(&contact.others);
    texts.extend(&project.places.regions);
    texts.extend(&project.places.subregions);
    texts.extend(&project.places.municipalities);
    texts.extend(project.passages.iter().map(|p| p.text));
    texts.extend(project.unrecognised.iter().map(|u| u.text));
    texts.retain(|t| !t.is_empty());
    texts
}

/// Whether a line's place promises that its words are held as text.
fn promised(place: Place) -> bool {
    match place {
        Place::Prose(_) | Place::QuestionComment(_) | Place::RowComment(_) => true,
        Place::Partner | Place::Unrecognised => true,
        Place::Field(field) => {
            ![
                Field::Period,
                Field::Status,
                Field::Granted,
                Field::Spent,
                Field::PublicPlanned,
                Field::PublicRealised,
            ]
            .contains(&field)
                && !matches!(
                    field.label().section,
                    Section::Companies | Section::Persons | Section::Jobs | Section::NewCompanies
                )
        }
        _ => false,
    }
}

/// What of a line must be found again: all of it, or the value after a label.
fn owed(place: Place, line: &str) -> &str {
    match (place, line.split_once(':')) {
        (Place::Field(_), Some((_, value))) => value,
        (Place::Field(field), None)
            if field
                .label()
                .titles(Form::Eura2014)
                .any(|t| line.contains(t)) =>
        {
            &line[..0]
        }
        _ => line,
    }
}

/// The account of a text: lines, places, and words held once.
pub(crate) fn account(text: &str) -> Result<(), TestCaseError> {
    let parsed = parse(text);
    let records: Vec<_> = ledger(text, &parsed).collect();
    prop_assert_eq!(records.len(), parsed.lines.len());
    let from = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut spans: Vec<_> = held(&parsed.project)
        .iter()
        .map(|t| (from(t), from(t) + t.len()))
        .collect();
    spans.sort_unstable();
    for pair in spans.windows(2) {
        let code = parsed.project.code.map(from);
        prop_assert!(
            pair[0].1 <= pair[1].0 || code == Some(pair[1].0),
            "held twice: {:?}",
            pair
        );
    }
    for record in &records {
        let line = record.text.trim();
        prop_assert_eq!(
            line.is_empty(),
            record.place == Place::Blank,
            "{:?}",
            record
        );
        if !promised(record.place) {
            continue;
        }
        for word in owed(record.place, line).split([' ', ',', ';', '|', '\t', '\u{A0}']) {
            let word = word.trim();
            let at = (from(word), from(word) + word.len());
            let kept = spans.iter().any(|s| s.0 <= at.0 && at.1 <= s.1);
            let nothing = word.is_empty() || word.trim_matches(['-', '–', '—', ',']).is_empty();
            prop_assert!(kept || nothing, "lost {word:?} of {record:?}");
        }
    }
    for problem in &parsed.problems {
        prop_assert!(problem.line as usize <= records.len().max(1), "{problem}");
    }
    Ok(())
}

/// Lines that may be thrown in anywhere.
fn junk() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "1 Hanke",
        "Hankekoodi: S29009",
        "Hankekoodi: s2x",
        "3 Suunnitelman mukainen tiivistelmä toteutuksesta",
        "9 Loppuraportin tiivistelmä",
        "Osatoteuttajat",
        "Osatoteuttajat: Joku Oy, 8123456-7",
        "Kulttuuriympäristö 11 300",
        "Kulttuuriympäristö",
        "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: ehkä",
        "Suunniteltu: monta",
        "Myönnetty EU- ja valtion rahoitus: -5",
        "Toteutuspaikan osoite: Kuja 3",
        "Toiminnan tila: tuntematon",
        "![]() |",
        "-----",
        "-",
        "posti(at)palvelu.example",
        "Kunnat:",
        "\u{AD}",
        "Valtakunnallinen projekti",
        "Outo otsake: arvo",
    ]);
    prop_oneof![
        known.prop_map(str::to_owned),
        "\\PC{0,40}",
        "[0-9]{1,2}\\.? [A-Z][a-zä ]{1,20}"
    ]
}

#[derive(Debug, Clone)]
enum Harm {
    Swap(usize, usize),
    Drop(usize),
    Repeat(usize),
    Insert(usize, String),
    Cut(usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = 0..400_usize;
    prop_oneof![
        (at.clone(), at.clone()).prop_map(|(a, b)| Harm::Swap(a, b)),
        at.clone().prop_map(Harm::Drop),
        at.clone().prop_map(Harm::Repeat),
        (at, junk()).prop_map(|(a, line)| Harm::Insert(a, line)),
        (0..6_000_usize).prop_map(Harm::Cut),
    ]
}

fn harmed(harms: &[Harm], end: &str, airy: bool) -> String {
    let page = whole_page();
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    lines.retain(|l| airy || !l.is_empty());
    let mut cut = usize::MAX;
    for harm in harms {
        let count = lines.len().max(1);
        match harm {
            Harm::Swap(a, b) if !lines.is_empty() => lines.swap(a % count, b % count),
            Harm::Drop(a) if !lines.is_empty() => drop(lines.remove(a % count)),
            Harm::Repeat(a) if !lines.is_empty() => {
                lines.insert(a % count, lines[a % count].clone());
            }
            Harm::Insert(a, line) => lines.insert(a % count, line.clone()),
            Harm::Cut(at) => cut = *at,
            _ => {}
        }
    }
    let text = lines.join(end);
    text.chars().take(cut).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_harm_to_a_page_loses_a_line(
        harms in prop::collection::vec(harm(), 0..12),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        airy in any::<bool>(),
    ) {
        account(&harmed(&harms, end, airy))?;
    }

    #[test]
    fn any_order_of_lines_is_accounted_for(
        order in Just((0..170_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let page = whole_page();
        let lines: Vec<_> = page.lines().collect();
        let text: Vec<_> = order.iter().filter_map(|&i| lines.get(i).copied()).collect();
        account(&text.join("\n"))?;
    }

    #[test]
    fn any_text_is_accounted_for(text in "(\\PC|[\\n\\r\\t]){0,200}") {
        account(&text)?;
    }
}

#[test]
fn a_page_cut_anywhere_is_accounted_for_and_said_to_be_cut() {
    let page = whole_page();
    let report = page.find("9 Loppuraportin tiivistelmä").unwrap_or(0);
    for (at, _) in page.char_indices() {
        assert!(account(&page[..at]).is_ok(), "{at}");
        if (150..report).contains(&at) {
            let kinds = kinds(&page[..at]);
            assert!(kinds.contains(&Trouble::Truncated), "{at}: {kinds:?}");
        }
    }
}
