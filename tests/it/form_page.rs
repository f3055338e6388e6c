//! A made-up description of EURA 2014 with everything in it, which the tests
//! of the parser change, cut and shuffle.

use std::fmt::Write;

use esr_search::form::catalogue::ROWS;
use esr_search::form::{Trouble, parse};

/// A made-up description with everything in it.
pub(crate) fn whole_page() -> String {
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

pub(crate) fn kinds(text: &str) -> Vec<Trouble> {
    parse(text).problems.iter().map(|p| p.kind).collect()
}
