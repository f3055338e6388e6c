//! A folder of small descriptions, runs over it, and all that an index of it
//! answers: for tests that run again and again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use esr_search::error::Error;
use esr_search::finnish::voikko;
use esr_search::index::{self, Choice, Options, Reader, Report, System};
use esr_search::search;

pub(crate) const WORDS: [&str; 6] = [
    "nuorten työpajatoimintaa",
    "osatyökykyisten työllistymistä",
    "yrityksiin ja kuntiin",
    "koulutuspalveluiden kehittäminen",
    "TE-toimiston asiakkaat",
    "maahanmuuttajien osaaminen",
];

/// Codes that small descriptions have.
pub(crate) const CODES: u8 = 6;

/// A description with some paragraphs.
pub(crate) fn page(code: u8, words: &[&str]) -> String {
    let prose: String = words.iter().map(|words| format!("{words}\n\n")).collect();
    format!(
        "1 Hanke\n\nHankkeen nimi: Hanke {code}\n\nProjektikoodi: {}\n\n\
         3 Tiivistelmä\n\n{prose}",
        key(code)
    )
}

pub(crate) fn key(code: u8) -> String {
    format!("S2000{code}")
}

/// A folder of descriptions and a place for its index.
pub(crate) struct Plot {
    dir: tempfile::TempDir,
}

impl Plot {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("corpus")).unwrap();
        Self { dir }
    }

    pub(crate) fn corpus(&self) -> PathBuf {
        self.path("corpus")
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.path("index")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.corpus().join(name), text).unwrap();
    }

    /// A run into the plot's index.
    pub(crate) fn run(&self) -> Result<Report, Error> {
        run(&self.corpus(), &self.index())
    }

    /// A run whose every act meets its fate.
    pub(crate) fn run_in(&self, system: System) -> Result<Report, Error> {
        run_in(&self.corpus(), &self.index(), system)
    }

    /// What an index holds that is made of the folder as it is, in one go.
    pub(crate) fn afresh(&self) -> State {
        let place = self.path("afresh");
        run(&self.corpus(), &place).unwrap();
        let state = all(&place);
        std::fs::remove_dir_all(&place).unwrap();
        state
    }

    /// Files and folders in the index folder that should not be there.
    pub(crate) fn leaks(&self) -> Vec<String> {
        let current = std::fs::read_to_string(self.index().join("CURRENT")).unwrap();
        let ours = [current.split(' ').next().unwrap(), "CURRENT", "LOCK"];
        let entries = std::fs::read_dir(self.index()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| !ours.contains(&name.as_str()))
            .collect()
    }
}

/// What a run is made with: a dictionary where there is one, so that what the
/// collection teaches makes no difference.
pub(crate) fn choice() -> Choice {
    match voikko::find(None, None, voikko::VARIANT) {
        Ok(path) => Choice::Dictionary(path),
        Err(_) => Choice::Rules,
    }
}

pub(crate) fn run(corpus: &Path, place: &Path) -> Result<Report, Error> {
    run_in(corpus, place, System::default())
}

pub(crate) fn run_in(corpus: &Path, place: &Path, system: System) -> Result<Report, Error> {
    run_with(corpus, place, &choice(), |options| options.system = system)
}

/// A run that is told something.
pub(crate) fn run_with(
    corpus: &Path,
    place: &Path,
    choice: &Choice,
    told: impl FnOnce(&mut Options),
) -> Result<Report, Error> {
    let mut options = Options::new(jiff::Timestamp::now());
    options.threads = 1;
    told(&mut options);
    index::build(corpus, place, choice, &options, &|_| {})
}

/// Every document with its path and text, and what searches give.
pub(crate) type State = (BTreeMap<String, (String, String)>, Vec<String>);

/// All that an index holds.
pub(crate) fn all(place: &Path) -> State {
    let reader = Reader::open(place).unwrap();
    let mut documents = BTreeMap::new();
    for code in 0..CODES {
        let key = key(code);
        if let Some(stored) = search::project(&reader, &key).unwrap() {
            documents.insert(key, (stored.path, stored.text));
        }
    }
    assert_eq!(documents.len() as u64, reader.manifest.documents);
    let analyzer = reader.analyzer(None).unwrap();
    let answer = |typed: &&str| {
        let query = esr_search::query::parse(typed);
        let hits = search::search(&reader, &analyzer, &query, &search::Options::default());
        format!("{:?}", hits.unwrap())
    };
    let typed = [
        "nuoret",
        "yritys kunta",
        "\"työpajatoiminta\"",
        "palvelu",
        "=asiakkaat",
    ];
    (documents, typed.iter().map(answer).collect())
}

/// Copies a folder of files and folders.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(std::fs::copy(&path, &target).unwrap()),
        }
    }
}

/// How often a test tries that tries its luck; `ESR_SEARCH_CRASHES` says how
/// often instead of the few by default.
pub(crate) fn rounds(few: usize) -> usize {
    let asked = std::env::var("ESR_SEARCH_CRASHES").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(few)
}

/// So many numbers below an end, evenly spread; all of them if there are fewer.
pub(crate) fn spread(rounds: usize, end: usize) -> Vec<usize> {
    let step = (end / rounds.max(1)).max(1);
    // From another place each time, so that all come up in the end.
    let days = jiff::Timestamp::now().as_second().unsigned_abs() as usize / 86_400;
    (days % step..end).step_by(step).collect()
}
