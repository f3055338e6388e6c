//! Similar projects and links between projects, for people and for programs.
//! A near project is shown as a hit is, but for what it shares with the given
//! one and what sets them apart, in place of passages.

use std::io::{self, Write};

use serde::Serialize;
use utoipa::ToSchema;

use crate::form::project::Project;
use crate::search::{Link, Near, Similar, Tie};

use super::hits::{INDENT, LABEL, facts};
use super::json::{self, Head};
use super::style::{CODE, FAINT, Page, TITLE, Visible, folded, put};

/// Words shown in a line.
const MOST: usize = 12;

/// A link as programs read it.
#[derive(Serialize, ToSchema)]
pub(super) struct LinkLine<'l> {
    key: &'l str,
    name: Option<&'l str>,
    ties: Vec<&'static str>,
}

impl<'l> LinkLine<'l> {
    pub(super) fn of(link: &'l Link) -> Self {
        Self {
            key: &link.key,
            name: link.name.as_deref(),
            ties: link.ties.iter().map(|tie| tie.key()).collect(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct NearLine<'p> {
    r#type: &'static str,
    rank: usize,
    score: f32,
    overlap: u8,
    key: &'p str,
    path: &'p str,
    #[serde(flatten)]
    head: Head<'p>,
    shared: Shared<'p>,
    apart: Apart<'p>,
    ties: Vec<&'static str>,
}

#[derive(Serialize, ToSchema)]
struct Shared<'p> {
    target: &'p [String],
    methods: &'p [String],
    places: &'p [String],
    applicant: bool,
}

#[derive(Serialize, ToSchema)]
struct Apart<'p> {
    given: &'p [String],
    here: &'p [String],
}

#[derive(Serialize)]
struct LinkedLine<'l> {
    r#type: &'static str,
    #[serde(flatten)]
    link: LinkLine<'l>,
}

/// Writes the nearest projects as one line each, and then the links.
///
/// # Errors
/// When the sink fails.
pub fn json(out: &mut dyn Write, similar: &Similar) -> io::Result<()> {
    for near in &similar.hits {
        json::line(out, &near_line(near, &near.stored.project()))?;
    }
    for link in &similar.links {
        let r#type = "link";
        let link = LinkLine::of(link);
        json::line(out, &LinkedLine { r#type, link })?;
    }
    Ok(())
}

pub(super) fn near_line<'p>(near: &'p Near, project: &'p Project<'p>) -> NearLine<'p> {
    NearLine {
        r#type: "similar",
        rank: near.rank,
        score: near.score,
        overlap: near.overlap,
        key: &near.key,
        path: &near.stored.path,
        head: json::head(project),
        shared: Shared {
            target: &near.target,
            methods: &near.methods,
            places: &near.places,
            applicant: near.applicant,
        },
        apart: Apart {
            given: &near.only_given,
            here: &near.only_here,
        },
        ties: near.ties.iter().map(|tie| tie.key()).collect(),
    }
}

/// Writes the nearest projects for people; `given` is what they are near to.
///
/// # Errors
/// When the sink fails.
pub fn write(out: &mut dyn Write, similar: &Similar, given: &str, page: Page) -> io::Result<()> {
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let (hits, words) = (similar.hits.len(), similar.words.len());
    let head = format!(
        "{hits} project{} nearest to {given}, by {words} word{}: {}{}",
        plural(hits),
        plural(words),
        few(&similar.words),
        if words > MOST { " …" } else { "" }
    );
    folded(out, &head, &[], page, 0)?;
    for near in &similar.hits {
        writeln!(out)?;
        write_near(out, near, page)?;
    }
    links(out, &similar.links, page)
}

fn write_near(out: &mut dyn Write, near: &Near, page: Page) -> io::Result<()> {
    let project = &near.stored.project();
    write!(out, "{:>3}  ", near.rank)?;
    put(out, CODE, &near.key)?;
    write!(out, "  ")?;
    put(out, TITLE, project.name.unwrap_or("(no name)"))?;
    writeln!(out)?;
    let applicant = project.applicant.name.unwrap_or("applicant unknown");
    for line in [applicant, &facts(project)] {
        write!(out, "{:INDENT$}", "")?;
        folded(out, line, &[], page, INDENT)?;
    }
    let same = if near.applicant { "sama" } else { "" };
    let ties: Vec<_> = near.ties.iter().map(|tie| title(*tie)).collect();
    let rows = [
        ("yhteistä", format!("{} % sanoista", near.overlap)),
        ("kohderyhmät", few(&near.target)),
        ("menetelmät", few(&near.methods)),
        ("alueet", few(&near.places)),
        ("hakija", same.to_owned()),
        ("vain annetussa", few(&near.only_given)),
        ("vain tässä", few(&near.only_here)),
        ("yhteys", ties.join(", ")),
    ];
    for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        row(out, label, value, page)?;
    }
    Ok(())
}

/// Writes the projects that one is linked to, under a title.
///
/// # Errors
/// When the sink fails.
pub fn links(out: &mut dyn Write, links: &[Link], page: Page) -> io::Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    put(out, TITLE, "Yhteydet muihin hankkeisiin")?;
    writeln!(out)?;
    for link in links {
        let ties: Vec<_> = link.ties.iter().map(|tie| title(*tie)).collect();
        let name = link.name.as_deref().unwrap_or("(not in the index)");
        row(
            out,
            &ties.join(", "),
            &format!("{}  {name}", link.key),
            page,
        )?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, label: &str, value: &str, page: Page) -> io::Result<()> {
    write!(out, "{:INDENT$}", "")?;
    put(out, FAINT, label)?;
    let room = LABEL.saturating_sub(label.chars().count());
    write!(out, "{:1$}", "", room + 1)?;
    folded(out, value, &[], page, INDENT + LABEL + 1)
}

/// What people call a link: what the project shown is to the other one.
fn title(tie: Tie) -> &'static str {
    match tie {
        Tie::Mentions => "mainitsee",
        Tie::MentionedBy => "mainitaan",
        Tie::Sister => "sisarhanke",
        Tie::NearDuplicate => "lähes sama teksti",
    }
}

/// The first of some words.
fn few(words: &[String]) -> String {
    let few: Vec<_> = words.iter().take(MOST).map(String::as_str).collect();
    Visible(&few.join(", ")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_line_with_what_it_is() {
        let known = Link {
            key: "S20001".to_owned(),
            name: Some("Uutta virtaa".to_owned()),
            ties: vec![Tie::Mentions, Tie::Sister],
        };
        let unknown = Link {
            key: "S29999".to_owned(),
            name: None,
            ties: vec![Tie::Mentions],
        };
        let mut out = Vec::new();
        links(&mut out, &[known, unknown], Page { width: None }).unwrap();
        let text = String::from_utf8(out).unwrap();
        let text = anstream::adapter::strip_str(&text).to_string();
        assert!(
            text.contains("mainitsee, sisarhanke  S20001  Uutta virtaa\n"),
            "{text}"
        );
        assert!(text.contains("S29999  (not in the index)\n"), "{text}");
        let mut none = Vec::new();
        links(&mut none, &[], Page { width: None }).unwrap();
        assert!(none.is_empty());
    }
}
