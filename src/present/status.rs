//! The state of an index and of its last run, for people, programs and
//! Prometheus.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::index::{Counts, Health, Outcome, Status};

use super::json::line;
use super::style::{Visible, grouped};

/// What is shown, and to whom it may be too old.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'s> {
    /// The folder of the index.
    pub index: &'s Path,
    /// Its state.
    pub health: &'s Health,
    /// What time it is.
    pub now: Timestamp,
    /// How long ago the last run may be that was done.
    pub max_age: Option<Duration>,
}

impl Shown<'_> {
    /// Whether the last run that was done is longer ago; none if it may be any time.
    #[must_use]
    pub fn is_stale(&self) -> Option<bool> {
        let most = self.max_age?;
        let done = self.health.last_done();
        Some(done.is_none_or(|done| self.now.duration_since(done).unsigned_abs() > most))
    }
}

#[derive(Serialize)]
struct Line<'p> {
    r#type: &'static str,
    index: String,
    usable: bool,
    damage: Option<&'p str>,
    documents: Option<u64>,
    running: bool,
    unfinished: bool,
    last_done: Option<Timestamp>,
    age_seconds: Option<i64>,
    stale: Option<bool>,
    last_run: Option<&'p Status>,
}

/// Writes one JSON object.
///
/// # Errors
/// When the sink fails.
pub fn json(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let (health, now) = (shown.health, shown.now);
    let last_done = health.last_done();
    line(
        out,
        &Line {
            r#type: "status",
            index: shown.index.display().to_string(),
            usable: health.index.is_ok(),
            damage: health.index.as_ref().err().map(String::as_str),
            documents: health.index.as_ref().ok().map(|m| m.documents),
            running: health.running,
            unfinished: health.unfinished,
            last_done,
            age_seconds: last_done.map(|done| now.duration_since(done).as_secs()),
            stale: shown.is_stale(),
            last_run: health.last.as_ref(),
        },
    )
}

/// Writes the state for people.
///
/// # Errors
/// When the sink fails.
pub fn text(out: &mut dyn Write, shown: &Shown<'_>) -> io::Result<()> {
    let (health, now) = (shown.health, shown.now);
    match &health.index {
        Ok(manifest) => {
            let documents = grouped(manifest.documents);
            writeln!(
                out,
                "index       {} · {documents} projects",
                shown.index.display()
            )?;
        }
        Err(why) => writeln!(out, "index       {}", Visible(why))?,
    }
    match health.last_done() {
        Some(done) => writeln!(out, "up to date  {} ago, {done:.0}", ago(done, now))?,
        None => writeln!(out, "up to date  never")?,
    }
    if let Some(most) = shown.max_age.filter(|_| shown.is_stale() == Some(true)) {
        let most = span(i64::try_from(most.as_secs()).unwrap_or(i64::MAX));
        writeln!(out, "too old     at most {most} are allowed")?;
    }
    if let Some(last) = &health.last {
        run(out, last)?;
    }
    if health.running {
        writeln!(out, "now         a run is going on")?;
    }
    if health.unfinished {
        writeln!(
            out,
            "            a run was cut short; the next one sweeps up after it"
        )?;
    }
    Ok(())
}

fn run(out: &mut dyn Write, last: &Status) -> io::Result<()> {
    let outcome = match last.outcome {
        Outcome::Done => "done",
        Outcome::Failed => "failed",
        Outcome::Interrupted => "interrupted",
    };
    let seconds = last.ended.duration_since(last.began).as_secs_f64();
    let (began, code) = (last.began, last.exit_code);
    writeln!(
        out,
        "last run    {outcome}, exit code {code} · began {began:.0}, took {seconds:.1} s"
    )?;
    if let Some(error) = &last.error {
        writeln!(out, "            {}", Visible(error))?;
    }
    if let Some(counts) = &last.counts {
        let named = classes(counts).map(|(class, count)| format!("{} {class}", grouped(count)));
        writeln!(out, "            {}", named.join(" · "))?;
    }
    for item in &last.failures {
        let (path, reasons) = (Visible(&item.path), item.reasons.join("; "));
        writeln!(out, "failed      {path}: {}", Visible(&reasons))?;
    }
    Ok(())
}

fn classes(counts: &Counts) -> [(&'static str, u64); 6] {
    [
        ("indexed", counts.indexed),
        ("warned", counts.warned),
        ("unchanged", counts.unchanged),
        ("skipped", counts.skipped),
        ("failed", counts.failed),
        ("removed", counts.removed),
    ]
}

fn ago(then: Timestamp, now: Timestamp) -> String {
    span(now.duration_since(then).as_secs().max(0))
}

/// In the largest unit of which there are two.
fn span(seconds: i64) -> String {
    let units = [(86_400, "days"), (3_600, "hours"), (60, "minutes")];
    let fits = units.iter().find(|(length, _)| seconds >= 2 * length);
    match fits {
        Some((length, unit)) => format!("{} {unit}", seconds / length),
        None => format!("{seconds} seconds"),
    }
}

/// The figures in the text format of Prometheus.
#[must_use]
pub fn metrics(health: &Health) -> String {
    let mut text = String::new();
    let flag = |is: bool| f64::from(u8::from(is));
    let at = |moment: Timestamp| moment.as_duration().as_secs_f64();
    gauge(
        &mut text,
        "index_usable",
        "Whether the index can be searched.",
        flag(health.index.is_ok()),
    );
    if let Ok(manifest) = &health.index {
        #[expect(clippy::cast_precision_loss, reason = "a gauge is a float")]
        let documents = manifest.documents as f64;
        gauge(&mut text, "projects", "Projects in the index.", documents);
    }
    if let Some(done) = health.last_done() {
        let about = "When the last run began that was done.";
        gauge(&mut text, "last_done_timestamp_seconds", about, at(done));
    }
    gauge(
        &mut text,
        "run_failed",
        "Whether the last run failed or could not read some files.",
        flag(health.has_failed()),
    );
    let Some(last) = &health.last else {
        return text;
    };
    let took = last.ended.duration_since(last.began).as_secs_f64();
    let about = "When the last run ended.";
    gauge(
        &mut text,
        "run_ended_timestamp_seconds",
        about,
        at(last.ended),
    );
    let about = "How long the last run took.";
    gauge(&mut text, "run_duration_seconds", about, took);
    let about = "Exit code of the last run.";
    gauge(&mut text, "run_exit_code", about, last.exit_code.into());
    if let Some(counts) = &last.counts {
        text.push_str("# HELP esr_search_run_files Files of the last run by what came of them.\n");
        text.push_str("# TYPE esr_search_run_files gauge\n");
        for (class, count) in classes(counts) {
            let _ = writeln!(text, "esr_search_run_files{{class=\"{class}\"}} {count}");
        }
    }
    text
}

/// The same of projects on a cluster: whether it can be asked, how many there
/// are and when the last run began that changed them.
#[cfg(feature = "cluster")]
#[must_use]
pub fn of_cluster(there: bool, documents: u64, last_done: Option<Timestamp>) -> String {
    let mut text = String::new();
    let about = "Whether the cluster can be searched.";
    gauge(&mut text, "index_usable", about, f64::from(u8::from(there)));
    #[expect(clippy::cast_precision_loss, reason = "a gauge is a float")]
    let projects = documents as f64;
    gauge(&mut text, "projects", "Projects on the cluster.", projects);
    if let Some(done) = last_done {
        let about = "When the last push began that changed something.";
        let at = done.as_duration().as_secs_f64();
        gauge(&mut text, "last_done_timestamp_seconds", about, at);
    }
    text
}

fn gauge(text: &mut String, name: &str, about: &str, value: f64) {
    let _ = writeln!(text, "# HELP esr_search_{name} {about}");
    let _ = writeln!(text, "# TYPE esr_search_{name} gauge");
    let _ = writeln!(text, "esr_search_{name} {value}");
}
