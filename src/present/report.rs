//! The account of an indexing run, and what an index says of itself.
//! Text for people; programs read the same as JSON.

use std::io::{self, Write};
use std::path::Path;

use crate::index::fields::{FIELDS, Kind};
use crate::index::{Manifest, Report};

use super::style::{Visible, grouped};

/// Writes what a run did; entries of which there is something to say first.
///
/// # Errors
/// When the sink fails.
pub fn write(out: &mut dyn Write, report: &Report, seconds: f64) -> io::Result<()> {
    for item in &report.items {
        for reason in &item.reasons {
            writeln!(out, "{}: {}", Visible(&item.path), Visible(reason))?;
        }
    }
    let counts = [
        ("indexed", report.indexed),
        ("indexed with remarks", report.warned),
        ("skipped", report.skipped),
        ("failed", report.failed),
    ];
    let counts: Vec<_> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(class, count)| format!("{} {class}", grouped(*count)))
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = report.text_bytes as f64 / 1e6 / seconds.max(0.001);
    writeln!(
        out,
        "{} entries seen: {} · {seconds:.1} s · {rate:.1} MB/s",
        grouped(report.seen),
        counts.join(", "),
    )
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
