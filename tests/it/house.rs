//! A place to try the program in: a temporary folder, the sample corpus, and
//! runs of the binary with all that they printed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The fictional descriptions.
pub(crate) fn corpus() -> PathBuf {
    root().join("tests/corpus")
}

/// A temporary folder with room for a corpus and an index.
pub(crate) struct House {
    dir: tempfile::TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl House {
    pub(crate) fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// A house with the sample corpus indexed.
    pub(crate) fn indexed() -> Self {
        let house = Self::new();
        let ran = house.run(&["index", corpus().to_str().unwrap()]);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
        house
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file of the corpus folder `files`.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path("files").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        // The program waits for files that were written a moment ago.
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        let hour = std::time::Duration::from_secs(3_600);
        file.set_modified(std::time::SystemTime::now() - hour)
            .unwrap();
    }

    /// Runs the program in the house; its index is `index` there.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, &[])
    }

    pub(crate) fn run_with(&self, args: &[&str], env: &[(&str, &str)]) -> Ran {
        self.command(args)
            .envs(env.iter().copied())
            .output()
            .unwrap()
            .into()
    }

    /// A run of the program in the house, to be begun.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_esr-search"));
        command
            .args(args)
            .current_dir(self.dir.path())
            .env_remove("ESR_SEARCH_INDEX")
            .env_remove("CLICOLOR_FORCE");
        command
    }

    /// Begins a run, to be ended or waited for.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// Codes that a search gives, best first.
    pub(crate) fn search(&self, args: &[&str]) -> Vec<String> {
        let mut all = vec!["search", "--json", "--limit", "1000"];
        all.extend(args);
        let ran = self.run(&all);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
        ran.json()
            .iter()
            .filter(|line| line["type"] == "hit")
            .map(|hit| hit["key"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// Standard output as JSON Lines.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}
