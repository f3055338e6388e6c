//! What the page says, in Finnish, Swedish and English: one table, one row a
//! text. `{}` is filled in. Descriptions are shown as they are written.

use crate::present::explain::Language;

macro_rules! texts {
    ($($name:ident $fi:literal $sv:literal $en:literal;)*) => {
        /// All texts of one language.
        pub(in crate::serve) struct Texts {
            $(pub(in crate::serve) $name: &'static str,)*
        }

        static FI: Texts = Texts { $($name: $fi,)* };
        static SV: Texts = Texts { $($name: $sv,)* };
        static EN: Texts = Texts { $($name: $en,)* };
    };
}

/// The texts of a language.
pub(in crate::serve) fn of(language: Language) -> &'static Texts {
    match language {
        Language::Fi => &FI,
        Language::Sv => &SV,
        Language::En => &EN,
    }
}

/// Fills in the first gap of a text.
pub(in crate::serve) fn fill(text: &str, with: &str) -> String {
    text.replacen("{}", with, 1)
}

texts! {
    code "fi" "sv" "en";
    service "Hankehaku" "Projektsökning" "Project search";
    tagline "Euroopan sosiaalirahaston hankkeet Suomessa" "Europeiska socialfondens projekt i Finland" "Projects of the European Social Fund in Finland";
    skip "Siirry sisältöön" "Gå till innehållet" "Skip to content";
    menu "Päävalikko" "Huvudmeny" "Main menu";
    tongue "Kieli" "Språk" "Language";
    search "Hae" "Sök" "Search";
    search_label "Hae hankkeita" "Sök projekt" "Search for projects";
    search_hint "Kirjoita sana missä muodossa tahansa, hankkeen nimi tai koodi." "Skriv ett ord i vilken form som helst, ett projektnamn eller en kod. Beskrivningarna är på finska." "Type a word in any form, a project's name or its code. The descriptions are in Finnish.";
    suggestions "Ehdotuksia" "Förslag" "Suggestions";
    overview "Yleiskuva" "Översikt" "Overview";
    help "Ohje" "Hjälp" "Help";
    api "Ohjelmointirajapinta" "Gränssnitt för program" "API";
    accessibility "Saavutettavuusseloste" "Tillgänglighetsutlåtande" "Accessibility statement";
    intro "Täällä voit hakea {} hankkeen kuvauksista: mitä tavoiteltiin, kenelle, missä, millä rahalla ja mitä saatiin aikaan." "Här kan du söka i beskrivningarna av {} projekt: vad man ville uppnå, för vem, var, med vilka medel och med vilket resultat." "Search the descriptions of {} projects: what they set out to do, for whom, where, with how much money, and what came of it.";
    try_this "Kokeile esimerkiksi" "Pröva till exempel" "Try for example";
    project "hanke" "projekt" "project";
    projects "hanketta" "projekt" "projects";
    found_for "haulla" "för" "for";
    page_of "sivu {} / {}" "sida {} / {}" "page {} of {}";
    loose "{} hankkeessa on vain sanan osa tai sukulaissana" "{} projekt har bara en del av ordet eller ett besläktat ord" "{} more with only a part of the word or a word of its family";
    loose_about "Nämä eivät vastaa hakua yhtä tarkasti." "De här svarar inte lika väl på sökningen." "These answer the search less exactly.";
    did_you_mean "Tarkoititko" "Menade du" "Did you mean";
    also_searched "{} haettiin myös näin: {}" "{} söktes också så här: {}" "{} was also searched as: {}";
    partial "Osaa hankkeista ei voitu juuri nyt hakea, joten tämä sivu on vajaa." "En del av projekten kunde inte sökas just nu, så den här sidan är inte fullständig." "Some of the projects could not be searched just now, so this page is not complete.";
    notes "Huomautuksia hausta" "Anmärkningar om sökningen" "Notes on the search";
    chosen "Rajaukset" "Avgränsningar" "Chosen filters";
    remove "Poista rajaus" "Ta bort avgränsningen" "Remove filter";
    remove_all "Poista kaikki" "Ta bort alla" "Remove all";
    narrow "Rajaa tuloksia" "Avgränsa resultaten" "Narrow the results";
    results "Hakutulokset" "Sökresultat" "Results";
    unknown "ei tiedossa" "okänt" "unknown";
    sort "Järjestys" "Ordning" "Sort by";
    sort_relevance "osuvuus" "relevans" "relevance";
    sort_start "uusin ensin" "nyaste först" "latest first";
    sort_granted "suurin rahoitus" "störst finansiering" "most money";
    sort_name "nimi" "namn" "name";
    pages "Sivut" "Sidor" "Pages";
    previous "Edellinen" "Föregående" "Previous";
    next "Seuraava" "Nästa" "Next";
    why_show "Näytä, miksi hankkeet löytyivät" "Visa varför projekten hittades" "Show why these were found";
    why_hide "Piilota perustelut" "Dölj motiveringarna" "Hide the reasons";
    why "Miksi tämä löytyi" "Varför detta hittades" "Why this was found";
    also_in "Myös kohdissa" "Också i avsnitten" "Also in";
    compare "Vertaa" "Jämför" "Compare";
    compare_near "Vertaa kahteen lähimpään" "Jämför med de två närmaste" "Compare with the two nearest";
    compare_chosen "Vertaa valittuja" "Jämför valda" "Compare chosen";
    comparison "Hankkeiden vertailu" "Jämförelse av projekt" "Comparison of projects";
    compare_two "Valitse vähintään kaksi hanketta hakutuloksista." "Välj minst två projekt bland sökresultaten." "Choose at least two projects among the results.";
    compare_scroll "Taulukkoa voi vierittää sivusuunnassa." "Tabellen kan rullas i sidled." "The table can be scrolled sideways.";
    take_along "Ota mukaan" "Ta med" "Take along";
    csv "Taulukko (CSV)" "Tabell (CSV)" "Table (CSV)";
    jsonl "JSON Lines" "JSON Lines" "JSON Lines";
    feed "Seuraa hakua (Atom)" "Följ sökningen (Atom)" "Follow the search (Atom)";
    nothing "Mikään hanke ei vastaa hakua" "Inget projekt svarar på sökningen" "No project answers the search";
    nothing_try "Kokeile lyhyempää sanaa tai toista sanaa samasta asiasta." "Pröva ett kortare ord eller ett annat ord för samma sak." "Try a shorter word, or another word for the same thing.";
    would_find "Tämä löytäisi jotain" "Detta skulle hitta något" "This would find something";
    loosen_filters "ilman rajauksia" "utan avgränsningar" "without filters";
    loosen_sections "kaikista kohdista" "i alla avsnitt" "in all sections";
    loosen_values "ilman kenttien ehtoja" "utan villkor på fält" "without values of fields";
    loosen_phrases "sanat missä tahansa muodossa ja järjestyksessä" "orden i vilken form och ordning som helst" "the words in any form and order";
    loosen_any "mikä tahansa sanoista" "vilket som helst av orden" "any of the words";
    loosen_all "kaikki ehdot löyhempinä" "alla villkor lösare" "all of these together";
    running "toiminnassa" "pågår" "running";
    ended "päättynyt" "avslutat" "ended";
    esr "Euroopan sosiaalirahasto (ESR)" "Europeiska socialfonden (ESF)" "European Social Fund (ESF)";
    eakr "Euroopan aluekehitysrahasto (EAKR)" "Europeiska regionala utvecklingsfonden (Eruf)" "European Regional Development Fund (ERDF)";
    whole_country "koko maa" "hela landet" "the whole country";
    no_name "Nimetön hanke" "Projekt utan namn" "Project without a name";
    no_applicant "hakija ei tiedossa" "sökande okänd" "applicant unknown";
    contents "Sisältö" "Innehåll" "Contents";
    back_to_results "Takaisin hakutuloksiin" "Tillbaka till sökresultaten" "Back to the results";
    official "Hankkeen virallinen sivu" "Projektets officiella sida" "The project's official page";
    official_about "avautuu toisessa palvelussa" "öppnas i en annan tjänst" "opens in another service";
    basics "Perustiedot" "Grunduppgifter" "Basic facts";
    project_code "Hankekoodi" "Projektkod" "Project code";
    period "Toteutusaika" "Genomförandetid" "Period";
    partners "Osatoteuttajat" "Delgenomförare" "Partners";
    plan_and_outcome "Suunniteltu ja toteutunut" "Planerat och realiserat" "Planned and realised";
    planned "Suunniteltu" "Planerat" "Planned";
    realised "Toteutunut" "Realiserat" "Realised";
    share "Osuus" "Andel" "Share";
    eu_and_state "EU- ja valtion rahoitus" "EU- och statlig finansiering" "EU and state funding";
    public "Julkinen rahoitus yhteensä" "Offentlig finansiering totalt" "All public funding";
    companies "Osallistuvia yrityksiä" "Deltagande företag" "Companies taking part";
    persons "Osallistuvia henkilöitä" "Deltagande personer" "Persons taking part";
    places "Alueet" "Områden" "Places";
    principles "Horisontaaliset periaatteet" "Horisontella principer" "Horizontal principles";
    equality "Sukupuolten tasa-arvo" "Jämställdhet" "Gender equality";
    sustainability "Kestävä kehitys" "Hållbar utveckling" "Sustainable development";
    direct "Välitön" "Direkt" "Direct";
    indirect "Välillinen" "Indirekt" "Indirect";
    of_ten "Vaikutukset asteikolla 0–10" "Effekter på skalan 0–10" "Impacts on a scale of 0 to 10";
    yes "Kyllä" "Ja" "Yes";
    no "Ei" "Nej" "No";
    other_text "Muu teksti" "Övrig text" "Other text";
    linked "Yhteydet muihin hankkeisiin" "Kopplingar till andra projekt" "Links to other projects";
    mentions "mainitsee" "nämner" "mentions";
    mentioned_by "mainitaan hankkeessa" "nämns i" "is mentioned by";
    sister "sisarhanke" "systerprojekt" "sister project";
    near_duplicate "lähes sama teksti" "nästan samma text" "nearly the same text";
    similar "Samankaltaisia hankkeita" "Liknande projekt" "Similar projects";
    in_common "Yhteistä" "Gemensamt" "In common";
    of_words "% sanoista" "% av orden" "% of the words";
    overview_title "Yleiskuva hankkeista" "Översikt över projekten" "Overview of the projects";
    overview_about "Hankkeet ja niille myönnetty EU- ja valtion rahoitus. Monen maakunnan hanke lasketaan jokaiseen niistä." "Projekten och den EU- och statliga finansiering som beviljats dem. Ett projekt i flera landskap räknas i vart och ett av dem." "Projects and the EU and state funding granted to them. A project in several regions is counted in each of them.";
    overview_of_all "Näytä yleiskuva kaikista hankkeista" "Visa en översikt över alla projekt" "Show an overview of all projects";
    as_list "Näytä hankkeet luettelona" "Visa projekten som lista" "Show the projects as a list";
    count "Hankkeita" "Projekt" "Projects";
    granted "Myönnetty" "Beviljat" "Granted";
    help_title "Näin haet" "Så här söker du" "How to search";
    help_intro "Sana löytyy missä muodossa tahansa: osatyökykyiset löytää myös osatyökykyisten ja osatyökykyisiä. Mikään haku ei ole väärin; jos jotain ei voitu lukea, siitä kerrotaan tulosten yhteydessä." "Ett ord hittas i vilken form som helst: osatyökykyiset hittar också osatyökykyisten och osatyökykyisiä. Ingen sökning är fel; om något inte kunde läsas sägs det vid resultaten." "A word is found in any form: osatyökykyiset also finds osatyökykyisten and osatyökykyisiä. No search is wrong; what could not be read is told with the results.";
    help_fields "Kentät" "Fält" "Fields";
    help_fields_about "Kentän nimi ja kaksoispiste sanan edessä rajaa haun: kohderyhmä:nuoret, kunta:Kemi." "Fältets namn och ett kolon före ordet avgränsar sökningen: kohderyhmä:nuoret, kunta:Kemi." "A field's name and a colon before a word narrow the search: kohderyhmä:nuoret, kunta:Kemi.";
    error_title "Jokin meni vikaan" "Något gick fel" "Something went wrong";
    error_400 "Osoitteessa on kohta, jota ei voitu lukea" "Adressen har en del som inte kunde läsas" "A part of the address can't be read";
    error_404 "Sivua ei löydy" "Sidan hittades inte" "There is no such page";
    error_503 "Palvelussa on ruuhkaa" "Tjänsten är belastad" "The service is busy";
    error_404_try "Tarkista osoite tai hae hanketta sen nimellä tai koodilla." "Kontrollera adressen eller sök projektet med namn eller kod." "Check the address, or search for the project by its name or code.";
    error_503_try "Yritä hetken kuluttua uudelleen." "Försök igen om en stund." "Try again in a moment.";
    error_try "Palaa etusivulle ja yritä uudelleen." "Gå till startsidan och försök igen." "Go to the front page and try again.";
    details "Tarkemmin" "Närmare uppgift" "In detail";
    front "Etusivulle" "Till startsidan" "Front page";
    a11y_status "Tämä palvelu pyrkii täyttämään saavutettavuusohjeiden WCAG 2.2 tasot A ja AA. Se on tarkistettu ohjelmallisesti ja käyttämällä sitä pelkällä näppäimistöllä, ilman komentosarjoja, 320 kuvapisteen leveydellä ja 400 prosentin suurennuksella." "Tjänsten strävar efter att uppfylla nivåerna A och AA i riktlinjerna WCAG 2.2. Den har granskats maskinellt och genom att använda den enbart med tangentbord, utan skript, vid 320 bildpunkters bredd och i 400 procents förstoring." "This service aims to meet levels A and AA of the WCAG 2.2 guidelines. It has been checked by program and by using it with the keyboard alone, without scripts, at a width of 320 pixels and enlarged to 400 per cent.";
    a11y_gaps "Hankekuvaukset näytetään niin kuin hakijat ovat ne kirjoittaneet. Niissä voi olla vaikeaa kieltä, lyhenteitä, joita ei avata, ja virheitä. Haun huomautukset ovat toistaiseksi englanniksi." "Projektbeskrivningarna visas så som de sökande har skrivit dem. De kan innehålla svårt språk, förkortningar som inte förklaras och fel. Anmärkningarna om sökningen är tills vidare på engelska." "The descriptions are shown as their applicants wrote them. They may hold difficult language, abbreviations that are not explained, and errors. Notes on a search are in English for the time being.";
    a11y_contact "Huomasitko puutteen? Kerro siitä sille, joka ylläpitää tätä palvelua." "Märkte du en brist? Berätta om den för den som driver tjänsten." "Did you notice a fault? Tell whoever runs this service.";
    footer "Kuvaukset ovat hankkeiden julkisia tietoja. Tämä palvelu ei käytä evästeitä." "Beskrivningarna är offentliga uppgifter om projekten. Tjänsten använder inga kakor." "The descriptions are public. This service uses no cookies.";
}
