//! Particles: the closed classes of Finnish, which are their own base forms.
//!
//! Adverbs, conjunctions and postpositions look like inflected nouns (`edellä`, `sittenkin`, `vain`)
//! and would draw wrong nouns to them. Grammar lists them, so they stand here as a table; words of
//! the open classes do not belong in it.

/// The words, in the order of the alphabet by bytes.
const PARTICLES: &str = "\
aiemmin aikaisemmin aikaisin aikanaan aikoinaan aina ainakaan ainakin aivan alas alaspäin alati \
alla alle aloillaan alta aluksi alun alunperin ansiosta asti avulla edelle edelleen edellä \
edeltä edes edessä edestä ehkä ei eikä eilen eivät eli elikkä en enemmin enemmän enimmillään \
enimmäkseen enintään eniten ennalta ennemmin ennen ennenkaikkea ennestään ensi ensiksi ensin \
enää erikseen erilleen erillään esiin esille esillä esimerkiksi eteen etenkin että etualalla \
harvoin heti hieman hiljan hiljattain huolimatta huomenna hyvin hän ihan ilman ja jo johan \
johdosta johon johonkin joka joko jokseenkin joksikin jolla jolle jolloin jolta jonkin jonne \
jopa jos joskin joskus jossa jossain jossakin josta jostain joten jotenkin jotta juuri jälkeen \
jälleen kaikkiaan kaikkialla kanssa kauan kauas kauempana kaukana kautta kerran keskelle \
keskellä keskeltä kesken keskenään kohdalla kohdalle kohtaan kohti kokonaan korkeintaan koska \
koskaan kovin kuin kuinka kuitenkaan kuitenkin kuka kun kunhan kunnes kuten kyllin kyllä käsin \
liian liki likimain lisäksi lopuksi lopulta luo luokse luona luota lähelle lähellä läheltä \
lähes läpi melkein melko mieluiten mieluummin miksi mikä milloin miltei minne missä mistä miten \
mitenkään mitä mitään mukaan mukana mutta muualla muualle muualta muuten muutenkin muutoin \
myöhemmin myöhään myös myöskin myöskään myötä niin niinkuin niinkään niinpä nimenomaan \
nimittäin noin nykyisin nykyään nyt nytkin näin ohella ohi ohitse oikeastaan oikein oikeinkin \
osaksi osin osittain paikoin paitsi paljon paremmin parhaillaan parhaiten pelkästään perin \
perusteella peräkkäin perästä pian pikemminkin pitkin pitkään poikki pois poissa puolesta päin \
päinvastoin päivisin päivittäin päälle päällä päältä rinnakkain rinnalla rinnalle saakka \
samalla samoin sangen sekä sentään siellä sieltä siihen siinä siis siitä sijaan sijasta sikseen \
siksi sikäli silloin sillä silti sinne sisälle sisällä sisältä sisään siten sitten sittenkin \
sitä sitäpaitsi suinkaan suoraan suunnilleen taakse taas tahansa tai taka takaa takaisin takana \
takia tarpeeksi tavallaan tietenkin tietysti todella toisaalla toisaalta toisin toistaiseksi \
toki tokikin tosiaan tosin totta tottakai tuolla tuolloin tuolta tuonne tuossa tuosta tuskin \
tähden tähän tällä tällöin tänne tänään tässä tästä täten täysin täällä täältä ulkoa ulkona \
ulos usein uudelleen uudestaan vaan vaikka vailla vaille vain varmaan varsin varsinkin vasta \
vastaan vastaisuudessa vastassa vastoin verran vielä vieläkin viereen vieressä vierestä viimein \
viimeksi vuoksi vuorotellen vähemmän vähintään vähitellen vähiten vähän väliin välillä välissä \
välistä yhdessä yhtä yhtäältä yhtään yhä yleensä ylen yli ylle yllä yllättäen yltä ylös \
ylöspäin ympäri ympärille ympärillä ympäriltä äsken äskettäin";

/// Tells whether a normal form is a particle.
pub(super) fn is_particle(form: &str) -> bool {
    form.len() <= 20 && table().contains(form)
}

fn table() -> &'static std::collections::HashSet<&'static str, foldhash::fast::RandomState> {
    use std::sync::LazyLock;
    static TABLE: LazyLock<std::collections::HashSet<&'static str, foldhash::fast::RandomState>> =
        LazyLock::new(|| PARTICLES.split_whitespace().collect());
    &TABLE
}

/// Stems that words begin with and that seldom stand alone, each with its base form.
pub(super) const PREFIXES: &[(&str, &str)] = &[
    ("ala", "ala"),
    ("ali", "ali"),
    ("alku", "alku"),
    ("bio", "bio"),
    ("eko", "eko"),
    ("ennakko", "ennakko"),
    ("ennalta", "ennalta"),
    ("epä", "epä"),
    ("eri", "eri"),
    ("erikois", "erikoinen"),
    ("esi", "esi"),
    ("etu", "etu"),
    ("etä", "etä"),
    ("euro", "euro"),
    ("hyvin", "hyvin"),
    ("itse", "itse"),
    ("jatko", "jatko"),
    ("jälki", "jälki"),
    ("kahden", "kaksi"),
    ("kaksi", "kaksi"),
    ("kanta", "kanta"),
    ("kansain", "kansa"),
    ("keski", "keski"),
    ("kolmi", "kolme"),
    ("koko", "koko"),
    ("lisä", "lisä"),
    ("liika", "liika"),
    ("lyhyt", "lyhyt"),
    ("lähi", "lähi"),
    ("maahan", "maa"),
    ("mikro", "mikro"),
    ("moni", "moni"),
    ("muu", "muu"),
    ("nuoriso", "nuoriso"),
    ("oma", "oma"),
    ("perus", "perus"),
    ("pien", "pieni"),
    ("pitkä", "pitkä"),
    ("puoli", "puoli"),
    ("pää", "pää"),
    ("rinnakkais", "rinnakkainen"),
    ("samanaikais", "samanaikainen"),
    ("sisä", "sisä"),
    ("sivu", "sivu"),
    ("suur", "suuri"),
    ("taka", "taka"),
    ("tasa", "tasa"),
    ("tele", "tele"),
    ("toimeen", "toimi"),
    ("toimen", "toimi"),
    ("täys", "täysi"),
    ("täysi", "täysi"),
    ("uudelleen", "uudelleen"),
    ("uus", "uusi"),
    ("ulko", "ulko"),
    ("vasta", "vasta"),
    ("vastaan", "vastaan"),
    ("video", "video"),
    ("väli", "väli"),
    ("yhden", "yksi"),
    ("yhteen", "yksi"),
    ("yhteis", "yhteinen"),
    ("yksi", "yksi"),
    ("yksityis", "yksityinen"),
    ("yleis", "yleinen"),
    ("yli", "yli"),
    ("ylä", "ylä"),
    ("ympäri", "ympäri"),
];
