//! Each variant of the form is read, and what is wrong with a page is told
//! once, with its line.

use esr_search::form::catalogue::Field;
use esr_search::form::project::{Form, Fund, Prose, Status};
use esr_search::form::{Place, Trouble, parse};

use crate::form_page::{kinds, whole_page};

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
    let contact = &parsed.project.applicant.contact;
    assert_eq!(contact.others.len(), 4, "a person's data is no other text");
    let other = |text: &str| text.contains("Aino Esimerkki");
    assert!(!parsed.project.unrecognised.iter().any(|u| other(u.text)));
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
