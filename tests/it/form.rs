//! The parser owes an account of its input: whatever the text, every line has
//! one place and no word is lost, and each variant of the form is read.

use std::fmt::Write;

use esr_search::form::catalogue::{Field, ROWS, Section};
use esr_search::form::project::{Form, Fund, Project, Prose, Status};
use esr_search::form::{Place, Trouble, ledger, parse};
use proptest::prelude::*;

/// A made-up description with everything in it.
fn whole_page() -> String {
    let mut text = String::from(
        "Euroopan unioni Vipuvoimaa EU:lta\n\n\
         Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n\n\
         1 Hanke\n\nHankekoodi: S29001\n\nHankkeen nimi: Tuulen tuomaa (S28001)\n\n\
         Toimintalinja: 3. Työllisyys\n\nErityistavoite: 6.1. Nuorten työllistyminen\n\n\
         Suunnitelman mukainen toteutusaika: Alkaa 29.2.2016 ja päättyy 31.8.2018\n\n\
         Toiminnan tila: Toiminta päättynyt\n\nVastuuviranomainen: Hämeen ELY-keskus\n\n\
         2 Hakijan perustiedot\n\nHakijan virallinen nimi: Tuulikunta\n\n\
         Organisaatiotyyppi: Kunta\n\nY-tunnus: 8123456-7\n\nJakeluosoite: Tuulitie 1\n\n\
         Puhelinnumero: 02 555 01\n\nPostinumero: 20100\n\nPostitoimipaikka: Turku\n\n\
         WWW-osoite:\n\nHankkeen yhteyshenkilön nimi: Aino Esimerkki\n\n\
         Yhteyshenkilön asema hakijaorganisaatiossa: päällikkö\n\n\
         Yhteyshenkilön sähköpostisoite: aino(at)tuuli.example\n\n\
         Yhteyshenkilön puhelinnumero: 02 555 02\n\n\
         Hakijoiden lukumäärä tai tuen siirto -menettely: Hakijoita on useampi kuin yksi (yhteishanke)\n\n\
         Osatoteuttajat\n\nTuuliopisto, 8234567-8\nA / B, yksikkö, 8345678-9\n\n\
         3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n\
         Kunnat: tämä on proosaa\n4.1 Hankkeen julkinen tiivistelmä\n1. ensin\n\n8 tuulta puhaltaa\n\n\
         4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\nTuulimyllyt\n\n\
         4.2 Välilliset kohderyhmät\n\nSiivet\n\n\
         5 Projektin julkinen rahoitus, euroa\n\nMyönnetty EU- ja valtion rahoitus: 1 200 300\n\n\
         Toteutunut EU- ja valtion rahoitus: 1 000\n\nSuunniteltu julkinen rahoitus yhteensä: 7\n\n\
         Toteutunut julkinen rahoitus yhteensä:\n\n\
         6 Maantieteellinen kohdealue\n\nMaakunnat: Lappi, Kainuu\n\nSeutukunnat: Tornion\n\n\
         Kunnat: Kemi\n\nToteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa\n\n\
         Jakeluosoite: Katu 2\n\nPostinumero: 94100\n\nPostitoimipaikka: Kemi\n\n\
         7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista\n\n\
         7.1 Osallistuvien yritysten lukumäärä\n\nSuunniteltu: 3\n\n\
         Toteutunut seurantatietojen mukaan: 4\n\n\
         7.2 Osallistuvien henkilöiden lukumäärä\n\nSuunniteltu: 50\n\n\
         8 Horisontaaliset periaatteet\n\n8.1 Sukupuolten tasa-arvo\n\n\
         Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta: Kyllä\n\
         Huomio: tuuli puhaltaa kaikille\n\
         Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen): Ei\n\
         Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: Ei\n\n\
         8.2 Kestävä kehitys\n\nVälitönVälillinen\nEkologinen kestävyys\n",
    );
    for (index, row) in ROWS.iter().enumerate() {
        match index {
            5 => text.push_str("Taloudellinen kestävyys\n"),
            10 => text.push_str("Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus\n"),
            _ => {}
        }
        writeln!(text, "{} {} {}\nperuste 1 {index}", row.fi, index % 11, 0).unwrap_or_default();
    }
    text.push_str("\n9 Loppuraportin tiivistelmä\n\nTuuli tyyntyi.\n\n2. Lopuksi kiitos.");
    text
}

fn kinds(text: &str) -> Vec<Trouble> {
    parse(text).problems.iter().map(|p| p.kind).collect()
}

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

#[test]
fn a_whole_page_is_read_without_problems() {
    let text = whole_page();
    let parsed = parse(&text);
    assert_eq!(parsed.problems, []);
    let project = &parsed.project;
    assert_eq!(project.unrecognised, []);
    assert_eq!(
        (project.code, project.fund),
        (Some("S29001"), Some(Fund::Esr))
    );
    assert_eq!(project.status, Some(Status::Ended));
    assert_eq!(project.applicant.website, None);
    assert_eq!(project.applicant.partners.len(), 2);
    assert_eq!(project.applicant.partners[1].name, "A / B, yksikkö");
    assert_eq!(project.money.granted, Some(1_200_300));
    assert_eq!(project.money.public_realised, None);
    assert_eq!(project.places.site.town, Some("Kemi"));
    assert_eq!(project.applicant.address.town, Some("Turku"));
    assert_eq!(
        project.equality.iter().map(|a| a.yes).collect::<Vec<_>>(),
        [Some(true), Some(false), Some(false)]
    );
    assert_eq!(project.sustainability[14].comment, Some("peruste 1 14"));
    assert_eq!(project.sustainability[10].direct, Some(10));
    assert!(
        project
            .prose(Prose::Summary)
            .starts_with("Kunnat: tämä on proosaa\n4.1 Hankkeen")
    );
    assert!(project.prose(Prose::Report).ends_with("2. Lopuksi kiitos."));
}

#[test]
fn line_ends_and_missing_blank_lines_change_nothing() {
    let page = whole_page();
    let crlf = page.replace('\n', "\r\n");
    let cr = page.replace('\n', "\r");
    let tight = page.replace("\n\n", "\n");
    for text in [&crlf, &cr, &tight] {
        let parsed = parse(text);
        assert_eq!(parsed.problems, []);
        assert_eq!(parsed.project.applicant, parse(&page).project.applicant);
        assert_eq!(
            parsed.project.sustainability,
            parse(&page).project.sustainability
        );
    }
}

#[test]
fn labels_are_read_through_spaces_soft_hyphens_and_corrected_spelling() {
    let text = whole_page()
        .replace("Hankekoodi:", "Hanke\u{AD}koodi\u{A0}:")
        .replace("sähköpostisoite", "sähköpostiosoite")
        .replace("seurantiedoista", "seurantatiedoista")
        .replace("VälitönVälillinen", "Välitön\u{A0}Välillinen")
        .replace("5 Projektin julkinen", "5\u{A0}Projektin\u{2009}julkinen");
    let parsed = parse(&text);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.project.code, Some("S29001"));
    assert_eq!(
        parsed.project.applicant.contact.email,
        Some("aino(at)tuuli.example")
    );
}

#[test]
fn values_on_the_line_after_the_label_are_taken_when_they_look_their_kind() {
    let text = "1 Hanke\nHankekoodi:\nS29001\nHankkeen nimi:\nTuulen tuomaa\nToimintalinja:\n\
        Erityistavoite:\n6.1. Nuoret\nToiminnan tila:\nToiminnassa\n\
        2 Hakijan perustiedot\nWWW-osoite:\nHankkeen yhteyshenkilön nimi:\nAino\n";
    let parsed = parse(text);
    assert_eq!(parsed.project.code, Some("S29001"));
    assert_eq!(parsed.project.name, Some("Tuulen tuomaa"));
    assert_eq!(parsed.project.axis, None);
    assert_eq!(parsed.project.objective, Some("6.1. Nuoret"));
    assert_eq!(parsed.project.status, Some(Status::Running));
    assert_eq!(parsed.project.applicant.website, None);
    assert_eq!(parsed.project.applicant.contact.name, Some("Aino"));
    assert_eq!(parsed.lines[2], Place::Field(Field::Code));
}

/// A page without its section headings, as a test host stored it.
fn headless(subheadings: bool, airy: bool) -> String {
    let page = whole_page();
    let first = |l: &str| l.split(' ').next().unwrap_or_default().to_owned();
    let section = |l: &str| first(l).parse::<u8>().is_ok() && !l.contains("tuulta");
    let sub = |l: &str| first(l).len() == 3 && first(l).contains('.');
    let kept = page.lines().filter(|l| airy || !l.is_empty());
    let kept = kept.filter(|l| !section(l) && (subheadings || !sub(l)));
    let kept: Vec<_> = kept.collect();
    format!(
        "![]() |\n![]() |\npalvelu(at)example.fi\n{}",
        kept.join("\n")
    )
}

#[test]
fn labels_alone_suffice_on_a_page_without_headings() {
    for (subheadings, airy) in [(true, true), (true, false), (false, true), (false, false)] {
        let text = headless(subheadings, airy);
        let parsed = parse(&text);
        assert_eq!(parsed.problems, [], "{text}");
        assert_eq!(parsed.project.unrecognised, []);
        let project = &parsed.project;
        assert_eq!(
            parsed.lines[..3],
            [Place::Debris, Place::Debris, Place::ServiceMail]
        );
        assert_eq!(project.applicant.partners.len(), 2);
        assert!(
            project
                .prose(Prose::Summary)
                .starts_with("Kunnat: tämä on proosaa")
        );
        assert_eq!(project.prose(Prose::Target).is_empty(), !subheadings);
        assert_eq!(project.money.granted, Some(1_200_300));
        assert_eq!(project.places.regions, ["Lappi", "Kainuu"]);
        assert_eq!(project.participation.persons_planned, Some(50));
        assert_eq!(project.equality[0].yes, Some(true));
        assert_eq!(project.sustainability[14].comment, Some("peruste 1 14"));
        let report = project.prose(Prose::Report);
        assert!(report.starts_with("Tuuli tyyntyi.") && report.ends_with("Lopuksi kiitos."));
    }
}

#[test]
fn technical_assistance_owes_no_objective_and_no_applicants() {
    let text = "1 Hanke\n\nHankekoodi: S29001\n\nToimintalinja: 7. Tekninen tuki\n\n\
        2 Hakijan perustiedot\n\nHakijan virallinen nimi: ELY\n\n\
        3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nTukea.\n\n\
        5 Projektin julkinen rahoitus, euroa\n\nMyönnetty EU- ja valtion rahoitus: 5\n";
    let parsed = parse(text);
    assert_eq!(parsed.problems, []);
    assert_eq!(
        (parsed.project.objective, parsed.project.money.granted),
        (None, Some(5))
    );
}

#[test]
fn a_lost_partner_list_is_unknown_and_no_problem() {
    let text = whole_page()
        .replace(
            "menettely: Hakijoita on useampi kuin yksi (yhteishanke)",
            "menettely:",
        )
        .replace("Tuuliopisto, 8234567-8\nA / B, yksikkö, 8345678-9\n\n", "");
    let parsed = parse(&text);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.project.applicant.arrangement, None);
    assert_eq!(parsed.project.applicant.partners, []);
}

#[test]
fn an_eakr_page_keeps_sections_the_catalogue_lacks() {
    let text = whole_page()
        .replace("sosiaalirahaston (ESR)", "aluekehitysrahaston (EAKR)")
        .replace("S29001", "A79001")
        .replace(
            "9 Loppuraportin tiivistelmä",
            "9 Hankkeen investoinnit\n\nKone ja laite\n\n10 Loppuraportin tiivistelmä",
        );
    let parsed = parse(&text);
    assert_eq!(parsed.project.fund, Some(Fund::Eakr));
    assert_eq!(kinds(&text), [Trouble::SectionUnknown]);
    assert_eq!(
        parsed.project.unrecognised[0].text,
        "9 Hankkeen investoinnit\n\nKone ja laite"
    );
    assert!(
        parsed
            .project
            .prose(Prose::Report)
            .starts_with("Tuuli tyyntyi.")
    );
    assert_eq!(parsed.project.places.municipalities, ["Kemi"]);
}

#[test]
fn the_fund_is_told_by_the_code_where_the_title_is_lost() {
    assert_eq!(
        parse("1 Hanke\nHankekoodi: A79001\n").project.fund,
        Some(Fund::Eakr)
    );
    assert_eq!(
        parse("1 Hanke\nHankekoodi: S29001\n").project.fund,
        Some(Fund::Esr)
    );
}

#[test]
fn the_english_form_is_read() {
    let text = "Description of the project funded by the European Social Fund (ESF)\n\n\
        1 Project\n\nProject code: S29002\n\nProject name: Wind\n\nPolicy: 4. Education\n\n\
        Planned completion time: Start 1.2.2020 and end 31.1.2022\n\nOperational status: Ended\n\n\
        2 Basic applicant information\n\nOfficial name of the applicant: Wind Ltd\n\n\
        Contact person\u{2019}s email address: a(at)wind.example\n\n\
        Number of applicants or subsidy transfer:\n\n\
        3 Plan-specified summary of the project completion\n\nIt blows.\n\n\
        4 Groups\n\n4.1 Those aimed at\n\nMills\n\n5 Money from the public, EUR\n\n\
        EU and state funding granted: 1 000\n\nTotal public funding, realised: 900\n";
    let parsed = parse(text);
    assert_eq!(parsed.problems, []);
    let project = &parsed.project;
    assert_eq!(project.form, Form::Eura2014English);
    assert_eq!(
        project.period.end.map(|d| d.to_string()).as_deref(),
        Some("2022-01-31")
    );
    assert_eq!(project.applicant.contact.email, Some("a(at)wind.example"));
    assert_eq!(project.prose(Prose::Summary), "It blows.");
    assert_eq!(project.prose(Prose::Target), "Mills");
    assert_eq!(
        (project.money.granted, project.money.public_realised),
        (Some(1_000), Some(900))
    );
}

#[test]
fn eura_2007_is_read_in_both_lengths() {
    let front = "Euroopan unioni\n\nVipuvoimaa EU:lta\n\n\
        Euroopan sosiaalirahaston (ESR) rahoittaman projektin kuvaus\n\n\
        1. Projekti\n\nProjektikoodi: S19001\n\nProjektin nimi: Vanha tuuli\n\nOsio: Itä\n\n\
        Toimintalinja: 2: Työ\n\n2. Projektin toteuttaja\n\nToteuttajaorganisaation nimi: Tuulikunta\n\n\
        Osoite: Tie 1\n\nPuhelinnumero: 01\n\nVastuuhenkilön nimi: Aino\n\nPuhelinnumero: 02\n\n\
        3. Projektin toteutusalue ja kohderyhmän kuvaus\n\n";
    let money = "Projektin julkinen rahoitus, euroa\n\nMyönnetty EU- ja valtion rahoitus: 9\n";
    let short = format!("{front}Tiedotusta.\n\n4. {money}");
    let parsed = parse(&short);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.project.prose(Prose::Summary), "Tiedotusta.");
    assert_eq!(parsed.project.money.granted, Some(9));
    assert_eq!(parsed.project.applicant.phones, ["01"]);
    assert_eq!(parsed.project.applicant.contact.phone, Some("02"));

    let long = format!(
        "{front}3.1 Maantieteellinen kohdealue\n\nValtakunnallinen projekti\n\n\
         3.2 Varsinaiset kohderyhmät\n\nNuoret\n\n3.3 Muut hyötyjät\n\nSiivet\n\n\
         3.4 Aloittaneiden henkilöiden määrä\n\nSuunniteltu: 1 200, joista naisia 700\n\n\
         4. Projektin tavoitteet, tulokset ja vaikutukset\n\n4.1 Uusien työpaikkojen määrä\n\n\
         Suunniteltu: 5, joista naisten työpaikkoja 2\n\n4.2 Tulokset\n\nHyviä.\n\n5. {money}"
    );
    let parsed = parse(&long);
    assert_eq!(parsed.problems, []);
    let project = &parsed.project;
    assert!(project.places.national);
    assert_eq!(project.participation.women_planned, Some(700));
    assert_eq!(project.participation.jobs_women_planned, Some(2));
    assert_eq!(project.prose(Prose::Target), "Nuoret\n\nSiivet");
    assert_eq!(project.passages[1].title, Some("Muut hyötyjät"));
    assert_eq!(project.passages[2].text, "Hyviä.");
    assert_eq!(project.money.granted, Some(9));
}

#[test]
fn faults_are_told_with_their_line_and_kept() {
    let text = whole_page()
        .replace("29.2.2016", "29.2.2015")
        .replace("1 200 300", "runsaasti")
        .replace(
            "Natura 2000 -ohjelman kohteet 4 0",
            "Natura 2000 -ohjelman kohteet 14 0",
        )
        .replace(
            "Kemi\n\n7 ",
            "Kemi\n\nKunnat: Tornio\n\nVesistö: Kemijoki\n\n7 ",
        );
    let parsed = parse(&text);
    assert_eq!(
        kinds(&text),
        [
            Trouble::DateUnreadable,
            Trouble::MoneyUnreadable,
            Trouble::FieldRepeated,
            Trouble::LabelUnknown,
            Trouble::ScoreOutOfRange,
        ]
    );
    assert_eq!(parsed.problems[0].line, 15);
    assert_eq!(
        parsed.project.period.end.map(|d| d.to_string()).as_deref(),
        Some("2018-08-31")
    );
    assert_eq!(parsed.project.sustainability[4].direct, None);
    assert_eq!(parsed.project.sustainability[4].indirect, Some(0));
    assert_eq!(parsed.project.unrecognised.len(), 4);
    assert_eq!(
        parsed.project.unrecognised[2].text,
        "Kunnat: Tornio\n\nVesistö: Kemijoki"
    );
}

#[test]
fn a_missing_heading_row_or_section_is_told_once() {
    let page = whole_page();
    let lost = page.replace("6 Maantieteellinen kohdealue\n\n", "");
    assert_eq!(
        kinds(&lost),
        [Trouble::HeadingMissing, Trouble::SectionMissing]
    );
    assert_eq!(parse(&lost).project.places.regions, ["Lappi", "Kainuu"]);
    let row = page.replace("Kulttuuriympäristö 2 0\nperuste 1 13\n", "");
    assert_eq!(kinds(&row), [Trouble::RowMissing]);
    let from = page.find("4 Hankkeen kohderyhmät").unwrap_or(0);
    let to = page.find("5 Projektin julkinen").unwrap_or(0);
    let cut = format!("{}{}", &page[..from], &page[to..]);
    assert_eq!(kinds(&cut), [Trouble::SectionMissing]);
}

#[test]
fn a_second_description_is_kept_apart() {
    let one = whole_page();
    let two = format!("{one}\n\n{}", one.replace("S29001", "S29002"));
    let parsed = parse(&two);
    assert_eq!(kinds(&two), [Trouble::SecondDescription]);
    assert_eq!(parsed.project.code, Some("S29001"));
    assert_eq!(
        parsed.project.prose(Prose::Report),
        parse(&one).project.prose(Prose::Report)
    );
    assert!(parsed.project.unrecognised[0].text.contains("S29002"));
}

#[test]
fn a_text_of_another_kind_is_unrecognised_as_a_whole() {
    let parsed = parse("Rakas päiväkirja\n\n1 Tänään satoi.\n");
    assert_eq!(kinds("Rakas päiväkirja\n"), [Trouble::NotADescription]);
    assert_eq!(
        parsed.project.unrecognised[0].text,
        "Rakas päiväkirja\n\n1 Tänään satoi."
    );
    assert_eq!(kinds(""), [Trouble::NotADescription]);
}
