//! The account of an indexing run, and what an index says of itself.
//! Text for people; programs read the same as JSON.

use std::io::{self, Write};
use std::path::Path;

use crate::index::fields::{FIELDS, Kind};
use crate::index::{Finding, Manifest, Report, Verdict, Why};

use super::style::{Visible, grouped};

/// Writes what a run did; entries of which there is something to say first.
///
/// # Errors
/// When the sink fails.
pub fn write(out: &mut dyn Write, report: &Report, seconds: f64) -> io::Result<()> {
    for item in &report.items {
        // One line a remark, whatever a file is called.
        let path = item.path.replace('\n', "\u{fffd}");
        for reason in &item.reasons {
            writeln!(out, "{}: {}", Visible(&path), Visible(reason))?;
        }
    }
    for departure in &report.departed {
        let why = match departure.why {
            // Its file is among those above.
            Why::Gone => continue,
            Why::Rewritten => "its file describes it no longer",
            Why::Lost => "its file can't be read, and what the index held of it is lost",
        };
        let path = departure.path.replace('\n', "\u{fffd}");
        let (path, key) = (Visible(&path), Visible(&departure.key));
        writeln!(out, "{path}: {key} left the index: {why}")?;
    }
    let (read, anew) = match report.planned {
        true => ("to be indexed", "all files would be read anew"),
        false => ("indexed", "all files were read anew"),
    };
    let counts = [
        (read, report.counts.indexed),
        ("indexed with remarks", report.counts.warned),
        ("unchanged", report.counts.unchanged),
        ("skipped", report.counts.skipped),
        ("failed", report.counts.failed),
    ];
    let counts: Vec<_> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(class, count)| format!("{} {class}", grouped(*count)))
        .collect();
    if let Some(why) = &report.rebuilt {
        writeln!(out, "{anew}: {}", Visible(why))?;
    }
    let gone = match report.counts.removed {
        0 => String::new(),
        removed => format!(" · {} gone", grouped(removed)),
    };
    writeln!(
        out,
        "{} entries seen: {}{gone} · {} projects in the index · {seconds:.1} s",
        grouped(report.counts.seen),
        counts.join(", "),
        grouped(report.documents),
    )
}

/// Writes what a check of an index found.
///
/// # Errors
/// When the sink fails.
pub fn verdict(out: &mut dyn Write, index: &Path, verdict: &Verdict) -> io::Result<()> {
    for Finding { place, what } in verdict.notes.iter().chain(&verdict.findings) {
        writeln!(out, "{}: {}", Visible(place), Visible(what))?;
    }
    match verdict.notes.len() {
        0 => {}
        1 => writeln!(out, "1 description is not what was indexed")?,
        count => writeln!(out, "{count} descriptions are not what was indexed")?,
    }
    let place = index.display();
    match verdict.findings.len() {
        0 => writeln!(out, "the index in {place} is what was written"),
        1 => writeln!(out, "1 thing is wrong with the index in {place}"),
        count => writeln!(out, "{count} things are wrong with the index in {place}"),
    }
}

/// Writes what an index says of itself.
///
/// # Errors
/// When the sink fails.
pub fn info(
    out: &mut dyn Write,
    index: &Path,
    manifest: &Manifest,
    segments: usize,
    bytes: u64,
) -> io::Result<()> {
    writeln!(out, "index       {}", index.display())?;
    writeln!(out, "projects    {}", grouped(manifest.documents))?;
    writeln!(out, "corpus      {}", Visible(&manifest.corpus))?;
    writeln!(out, "built       {}", manifest.built)?;
    writeln!(out, "analyzer    {}", manifest.analyzer.fingerprint)?;
    if let Some(dictionary) = &manifest.analyzer.dictionary {
        writeln!(out, "dictionary  {}", dictionary.display())?;
    }
    writeln!(
        out,
        "format      {} (esr-search {})",
        manifest.format, manifest.program
    )?;
    let charsets = manifest.charsets.iter();
    let charsets = charsets.map(|(name, count)| format!("{name} {}", grouped(*count)));
    let charsets: Vec<_> = charsets.collect();
    writeln!(out, "read as     {}", Visible(&charsets.join(" · ")))?;
    let contacts = if manifest.with_contacts {
        "kept"
    } else {
        "left out"
    };
    writeln!(out, "contacts    {contacts}")?;
    if !manifest.forgotten.is_empty() {
        let keys: Vec<_> = manifest.forgotten.iter().map(String::as_str).collect();
        writeln!(out, "forgotten   {}", Visible(&keys.join(", ")))?;
    }
    #[expect(clippy::cast_precision_loss, reason = "sizes for people")]
    let (size, text) = (bytes as f64 / 1e6, manifest.text_bytes as f64 / 1e6);
    writeln!(
        out,
        "size        {size:.1} MB in {segments} segments, of {text:.1} MB of text"
    )?;
    writeln!(out, "\nfield            projects  mean words  about")?;
    for field in FIELDS.iter().filter(|field| field.kind == Kind::Text) {
        let extent = manifest.extents.get(field.key).copied().unwrap_or_default();
        let (documents, mean) = (grouped(extent.documents), extent.mean());
        let (key, about) = (field.key, field.about);
        writeln!(out, "{key:<16} {documents:>8}  {mean:>10.0}  {about}")?;
    }
    Ok(())
}
