//! Instructions that the program's main jobs take, counted by valgrind, against what they may take.
//!
//! `cargo bench --bench instructions`. Counts hardly vary from run to run or from machine to machine, so they
//! guard what must not creep where times can't. A job that takes a tenth more than its limit fails the bench; one
//! that takes a tenth less asks for a lower limit. Needs valgrind and the Finnish dictionary; without them it says
//! so and measures nothing.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a command")]
#![allow(clippy::disallowed_methods, reason = "writes a corpus of its own")]

mod support;

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

use support::generator::Generator;

/// Descriptions in the corpus.
const COUNT: u64 = 300;

/// How old the descriptions are.
const AGE: std::time::Duration = std::time::Duration::from_secs(3_600);

/// How far from its limit a job may be.
const MARGIN: f64 = 0.1;

/// A job of the program, and the millions of instructions that it may take.
struct Job {
    name: &'static str,
    arguments: &'static [&'static str],
    limit: f64,
}

/// The jobs, in the order they are done: the first makes the index of the others.
const JOBS: &[Job] = &[
    Job {
        name: "index 300 descriptions",
        arguments: &["index", "corpus"],
        limit: 2580.0,
    },
    Job {
        name: "index them again, unchanged",
        arguments: &["index", "corpus"],
        limit: 16.2,
    },
    Job {
        name: "show the version",
        arguments: &["--version"],
        limit: 1.6,
    },
    Job {
        name: "search one word",
        arguments: &["search", "työllisyys"],
        limit: 11.4,
    },
    Job {
        name: "search four words",
        arguments: &["search", "nuorten työttömien osaamisen kehittäminen"],
        limit: 33.1,
    },
    Job {
        name: "search a phrase",
        arguments: &["search", "\"nuorten työllisyys\""],
        limit: 8.0,
    },
    Job {
        name: "search with facets and a filter",
        arguments: &[
            "search",
            "koulutus",
            "--facets",
            "region,status",
            "--filter",
            "alkaa=2016..2019",
        ],
        limit: 14.1,
    },
    Job {
        name: "suggest",
        arguments: &["suggest", "työl"],
        limit: 9.9,
    },
];

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("instructions: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all jobs kept to their limits.
fn run() -> Result<bool, Box<dyn Error>> {
    if let Some(missing) = missing() {
        println!("nothing measured: {missing}");
        return Ok(true);
    }
    let folder = tempfile::tempdir()?;
    let generator = Generator::new(1);
    for number in 0..COUNT {
        let mut text = String::new();
        generator.write(number, &mut text);
        let path = folder.path().join("corpus").join(Generator::path(number));
        std::fs::create_dir_all(path.parent().unwrap_or(&path))?;
        std::fs::write(&path, text)?;
        // What was written just now is read once more by the next run.
        let file = std::fs::File::options().write(true).open(&path)?;
        file.set_modified(std::time::SystemTime::now() - AGE)?;
    }
    let mut kept = true;
    for job in JOBS {
        let millions = millions(job.arguments, folder.path())?;
        let share = millions / job.limit;
        let verdict = match share {
            share if share > 1.0 + MARGIN => "TOO MANY",
            share if share < 1.0 - MARGIN => "fewer by far: lower the limit",
            _ => "ok",
        };
        kept &= share <= 1.0 + MARGIN;
        println!(
            "{:<32} {millions:>9.1} M of {:>9.1} M   {verdict}",
            job.name, job.limit
        );
    }
    Ok(kept)
}

/// What is not there that is needed.
fn missing() -> Option<String> {
    use esr_search::finnish::voikko;
    let valgrind = Command::new("valgrind").arg("--version").output();
    if !valgrind.is_ok_and(|output| output.status.success()) {
        return Some("there is no valgrind".to_owned());
    }
    let home = std::env::var_os("HOME").map(std::path::PathBuf::from);
    let found = voikko::find(None, home.as_deref(), voikko::VARIANT);
    found.err().map(|missing| missing.to_string())
}

/// Millions of instructions that the program takes with these arguments.
fn millions(arguments: &[&str], folder: &Path) -> Result<f64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_esr-search"))
        .args(arguments)
        .current_dir(folder)
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    if output.status.code().is_none_or(|code| code > 1) {
        return Err(format!("the program failed: {told}").into());
    }
    let counted = told.lines().find_map(|line| line.split_once("Collected :"));
    let (_, counted) = counted.ok_or("valgrind tells no count")?;
    Ok(counted.trim().parse::<f64>()? / 1e6)
}
