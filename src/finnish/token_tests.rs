//! What the tokenizer makes of the habits and traps of real descriptions.
//! Apart from the tokenizer for length alone.

use super::letter::normal;
use super::token::{MAX_FORM, Scratch, Shape, Token, for_each_token, tokens};
use proptest::prelude::*;

fn forms(text: &str) -> Vec<String> {
    tokens(text).map(|t| t.form.into_owned()).collect()
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    let expected: Vec<_> = expected.split('|').filter(|s| !s.is_empty()).collect();
    assert_eq!(forms(text), expected, "{text}");
}

/// The whole word that completes the first half found in the text.
fn completed(text: &str) -> Vec<(String, Option<&str>)> {
    tokens(text)
        .filter(|t| matches!(t.shape, Shape::Front | Shape::Back))
        .map(|t| (t.form.into_owned(), t.link.map(|(s, e)| &text[s..e])))
        .collect()
}

#[test]
fn a_sentence_becomes_small_words() {
    reads(
        "Nuorten työllistyminen, Äänekoskella!",
        "nuorten|työllistyminen|äänekoskella",
    );
}

#[test]
fn hyphenated_names_and_compounds_stay_whole() {
    reads(
        "TE-toimiston Pohjois-Savon 30-59-vuotiaat",
        "te-toimiston|pohjois-savon|30-59-vuotiaat",
    );
    reads("2000-luvun Helsinki–Tampere", "2000-luvun|helsinki-tampere");
}

#[test]
fn a_hyphen_set_apart_by_a_space_still_joins() {
    reads("TE -toimisto ja TE–toimisto", "te-toimisto|ja|te-toimisto");
    reads("Uutta virtaa –hanke", "uutta|virtaa-hanke");
    reads(
        "Pohjois- Karjalan 29- vuotiaat ASKEL- hanke",
        "pohjois-karjalan|29-vuotiaat|askel-hanke",
    );
    reads("Covid -19 ESR -varoja", "covid-19|esr-varoja");
}

#[test]
fn what_a_space_parts_from_a_hyphen_is_known() {
    let parted = |text: &'static str| {
        let links = tokens(text).filter_map(|t| t.link);
        links.map(|(s, e)| &text[s..e]).collect::<Vec<_>>()
    };
    assert_eq!(parted("Oma avain -hankkeessa"), ["avain"]);
    assert_eq!(parted("Uutta virtaa \u{2013}hanke -kokeilu"), ["virtaa"]);
    assert!(parted("TE-toimisto, ASKEL- hanke - muut").is_empty());
}

#[test]
fn a_dash_between_spaces_is_punctuation() {
    reads("nuoret – ja muut - tulevat", "nuoret|ja|muut|tulevat");
    reads("nuoret -- muut sana--sana", "nuoret|muut|sana|sana");
    reads("- eka\n-toka\n• kolmas *neljäs", "eka|toka|kolmas|neljäs");
}

#[test]
fn elided_first_halves_know_what_completes_them() {
    let half = |text| {
        completed(text)
            .into_iter()
            .map(|(f, w)| format!("{f}>{}", w.unwrap_or("?")))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        half("työllistymis- ja koulutuspalvelut"),
        "työllistymis>koulutuspalvelut"
    );
    assert_eq!(
        half("lyhyt-, osa- ja määräaikaisista"),
        "lyhyt>määräaikaisista osa>määräaikaisista"
    );
    assert_eq!(
        half("elinkeino-, liikenne- ja ympäristökeskus"),
        "elinkeino>ympäristökeskus liikenne>ympäristökeskus"
    );
    assert_eq!(
        half("sosiaali- terveys- ja koulutuspalvelut"),
        "sosiaali>koulutuspalvelut terveys>koulutuspalvelut"
    );
    assert_eq!(half("työ-ja toimintakyvyn"), "työ>toimintakyvyn");
    assert_eq!(half("TYÖ-JA TOIMINTAKYKY"), "työ>TOIMINTAKYKY");
    assert_eq!(half("2- ja 3-vuotiaat"), "2>3-vuotiaat");
    assert_eq!(half("sana- "), "sana>?");
    reads("työ-ja toimintakyvyn", "työ|ja|toimintakyvyn");
}

#[test]
fn elided_second_halves_know_the_whole_word_before() {
    for text in [
        "asiakasohjauksen ja -kriteereiden",
        "asiakasohjauksen ja –kriteereiden",
        "asiakasohjauksen, -kriteereiden",
    ] {
        assert_eq!(
            completed(text),
            [("kriteereiden".to_owned(), Some("asiakasohjauksen"))],
            "{text}"
        );
    }
    let two = completed("asiakasohjaus, -kriteerit ja -mittarit");
    assert!(
        two.iter().all(|(_, whole)| *whole == Some("asiakasohjaus")),
        "{two:?}"
    );
}

#[test]
fn endings_after_a_colon_belong_to_the_word() {
    reads(
        "ELY:n 4,8:an JTYPL:n TE:n EU:lta EU:ssakin",
        "ely:n|4,8:an|jtypl:n|te:n|eu:lta|eu:ssakin",
    );
    reads(
        "Kunnat: Kuopio Tavoite:lisätä",
        "kunnat|kuopio|tavoite|lisätä",
    );
}

#[test]
fn thousands_are_one_number_only_when_well_formed() {
    reads(
        "1 200 ja 1\u{a0}196\u{202f}316 sekä 42\u{2009}000",
        "1200|ja|1196316|sekä|42000",
    );
    reads("2019 2020", "2019|2020");
    reads("12 345 67", "12|345|67");
    reads("2019 100 200 040 635 0138", "2019|100|200|040|635|0138");
    reads("1 200,50 euroa", "1200,50|euroa");
}

#[test]
fn figures_dates_and_ranges_stay_whole() {
    reads(
        "21,8% 4,8 3.5 75 %:n 1.2.2020 30.06.2017 2021-2022",
        "21,8|4,8|3.5|75|1.2.2020|30.06.2017|2021-2022",
    );
    reads("1,2,3 ja 12kk 4H klo 12:30.", "1|2|3|ja|12kk|4h|klo|12:30");
    reads(
        "1.1.2015–31.12.2017 1 000-2 000",
        "1.1.2015-31.12.2017|1000-2000",
    );
    let shapes: Vec<_> = tokens("2021-2022 S20015 0176478-2 x1")
        .map(|t| t.shape)
        .collect();
    assert_eq!(
        shapes,
        [Shape::Number, Shape::Code, Shape::Number, Shape::Word]
    );
}

#[test]
fn addresses_are_one_token_however_they_are_written() {
    reads(
        "heli.maki(at)laukaa.fi, heli.maki@laukaa.fi.",
        "heli.maki@laukaa.fi|heli.maki@laukaa.fi",
    );
    reads("heli.maki (at) laukaa.fi on", "heli.maki@laukaa.fi|on");
    reads("HELI(AT)LAUKAA.FI cut(at)", "heli@laukaa.fi|cut@");
    reads(
        "http://www.laukaa.fi/ (www.laukaa.fi) laukaa.fi.",
        "laukaa.fi|laukaa.fi|laukaa.fi",
    );
    reads(
        "https://www.hanke.fi/sivu?id=1, loppu",
        "hanke.fi/sivu?id=1|loppu",
    );
    let parts: Vec<_> = super::address::parts("heli.maki@laukaa.fi").collect();
    assert_eq!(parts, ["heli", "maki", "laukaa", "fi"]);
}

#[test]
fn glued_sentences_and_slashes_come_apart() {
    reads(
        "löytymiseksi.Hankkeen mm.alueen",
        "löytymiseksi|hankkeen|mm|alueen",
    );
    reads(
        "aktivointimallia/työhönvalmennusta",
        "aktivointimallia|työhönvalmennusta",
    );
}

#[test]
fn apostrophes_stay_inside_words_only() {
    reads(
        "rock'n O’Brien vaa´an 'lainaus' ”lainaus”",
        "rock'n|o'brien|vaa'an|lainaus|lainaus",
    );
}

#[test]
fn letters_become_small_as_a_finn_reads_them() {
    reads(
        "ÅÄNI İstanbul STRAẞE Straße ſana ﬁnni ΟΔΟΣ",
        "ååni|istanbul|strasse|strasse|sana|finni|οδοσ"
            .replace("åå", "åä")
            .as_str(),
    );
    reads(
        "pit\u{ad}kä\u{200b}ai\u{feff}kainen a\u{308}iti",
        "pitkäaikainen|äiti",
    );
}

#[test]
fn words_of_any_length_are_kept_and_terms_bounded() {
    reads(
        "pitkäaikaistyöttömyydenehkäisemishanke",
        "pitkäaikaistyöttömyydenehkäisemishanke",
    );
    let long = "ä".repeat(100_000);
    let all = tokens(&long).collect::<Vec<_>>();
    assert_eq!(
        (all.len(), all[0].form.len(), all[0].end),
        (1, MAX_FORM, long.len())
    );
}

#[test]
fn both_ways_of_reading_give_the_same_tokens() {
    let text = "TE -toimiston Äänekosken 1 200 työ- ja heli(at)x.fi";
    let mut seen = Vec::new();
    for_each_token(text, &mut Scratch::default(), |t| {
        seen.push((t.form.clone().into_owned(), t.start, t.end))
    });
    let all: Vec<_> = tokens(text)
        .map(|t| (t.form.into_owned(), t.start, t.end))
        .collect();
    assert_eq!(seen, all);
}

#[test]
fn hostile_text_is_read_in_good_time() {
    for piece in [
        "a.",
        "a@",
        "www.",
        "1 ",
        "a- ",
        "-a ",
        "a:",
        "'",
        "a\u{ad}",
        "1,",
        "a/b.c(at)",
        "\u{308}",
        "http://",
    ] {
        let text = piece.repeat(200_000);
        let began = std::time::Instant::now();
        let count = tokens(&text).count();
        assert!(
            count <= text.len() && began.elapsed().as_secs() < 20,
            "{piece:?}"
        );
    }
}

/// Text made of what gives trouble.
fn messy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zåäöA-ZÅÄÖ]{1,6}",
        3 => "[0-9]{1,4}",
        2 => Just(" ".to_owned()),
        2 => Just("-".to_owned()),
        1 => prop::sample::select(vec!["–", ":", ":n", "'", "’", ".", ",", "\n", " ja ", "(at)", "@", "www.", ".fi", "/", "%", " %:n", "\u{a0}", "\u{202f}", "\u{ad}", "\u{200b}", "\u{308}", "\u{301}", "é", "ß", "İ", "ﬁ", "😀", "漢"]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|v| v.concat())
}

fn check(text: &str, all: &[Token<'_>]) {
    let mut last = 0;
    for (n, t) in all.iter().enumerate() {
        assert!(t.start >= last && t.end > t.start, "{text:?} {t:?}");
        assert!(text.get(t.start..t.end).is_some(), "{text:?} {t:?}");
        assert_eq!(t.position as usize, n);
        assert!(
            !t.form.is_empty() && t.form.len() <= MAX_FORM,
            "{text:?} {t:?}"
        );
        assert_eq!(normal(&t.form), t.form, "{text:?}");
        if let Some((s, e)) = t.link {
            assert!(s < e && text.get(s..e).is_some(), "{text:?} {t:?}");
        }
        last = t.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn tokens_of_any_text_are_in_order_and_in_place(text in messy()) {
        check(&text, &tokens(&text).collect::<Vec<_>>());
    }

    #[test]
    fn tokens_of_any_unicode_are_in_order_and_in_place(text in any::<String>()) {
        check(&text, &tokens(&text).collect::<Vec<_>>());
    }

    #[test]
    fn normal_forms_stay_as_they_are(text in messy()) {
        let once = normal(&text);
        prop_assert_eq!(normal(&once), once);
    }

    #[test]
    fn composed_and_decomposed_text_read_alike(text in messy()) {
        use unicode_normalization::UnicodeNormalization;
        let nfc: String = text.nfc().collect();
        let nfd: String = text.nfd().collect();
        prop_assert_eq!(forms(&nfc), forms(&nfd));
        prop_assert_eq!(forms(&text), forms(&nfc));
    }

    #[test]
    fn soft_hyphens_change_nothing(words in "[a-zåäöÅÄÖA-Z0-9 .,:'–-]{0,40}", at in 0usize..40) {
        let mut soft = words.clone();
        if let Some((at, _)) = words.char_indices().nth(at) {
            soft.insert(at, '\u{ad}');
        }
        let long = |t: &str| forms(t);
        prop_assert_eq!(long(&words), long(&soft));
    }
}
