//! Two or more projects side by side, row by row.
//! What is compared is what can be: facts and numbers, and the first lines of
//! plan, target groups and report.

use askama::Template;

use crate::form::project::{Project, Prose};
use crate::serve::api::Answered;
use crate::serve::ask;
use crate::serve::call::Call;
use crate::serve::params::CODE;
use crate::serve::problem::Problem;

use super::address::Address;
use super::texts::of;
use super::{Frame, names, project, rendered};

/// Projects side by side at the most.
const MOST: usize = 6;

/// Characters of a text that are shown.
const EXCERPT: usize = 400;

/// A project at the head of its column.
struct Column {
    code: String,
    name: String,
    href: String,
    remove: String,
}

/// A row: its label, and a value for each column.
struct Line {
    label: String,
    values: Vec<String>,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct Comparison {
    frame: Frame,
    columns: Vec<Column>,
    lines: Vec<Line>,
}

pub(in crate::serve) fn page(call: &Call) -> Answered {
    let mut codes: Vec<&str> = Vec::new();
    for code in call.params.all(&CODE) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    if codes.len() > MOST {
        let detail = format!("at most {MOST} projects can be compared");
        return Err(Problem::parameter(CODE.name, detail));
    }
    let t = of(call.language);
    let address = Address::of(&call.params);
    let kept = address.clone().only(&["lang"]);
    let mut columns = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let (key, stored) = ask::project(&call.opened, code)?;
        let project = stored.project();
        let values = values(&project, &key, call);
        columns.push(Column {
            name: project.name.unwrap_or(t.no_name).to_owned(),
            href: kept.of_project(&key),
            remove: address.clone().lacking(CODE.name, code).at("/compare"),
            code: key,
        });
        for (label, value) in values {
            let at = lines.iter().position(|line| line.label == label);
            let at = at.unwrap_or_else(|| {
                let values = vec![String::new(); codes.len()];
                lines.push(Line { label, values });
                lines.len() - 1
            });
            lines[at].values[place] = value;
        }
    }
    rendered(&Comparison {
        frame: Frame::of(call, t.comparison.to_owned()),
        columns,
        lines,
    })
}

/// What is compared of a project, by its labels.
fn values(project: &Project<'_>, code: &str, call: &Call) -> Vec<(String, String)> {
    let t = of(call.language);
    let basics = project::basics(project, code, t, call.language).into_iter();
    let mut all: Vec<_> = basics.skip(1).map(|row| (row.label, row.value)).collect();
    all.push((t.places.to_owned(), project.places.regions.join(", ")));
    for pair in project::pairs(project, t) {
        let label = pair.label;
        all.push((format!("{label}: {}", t.planned), pair.planned));
        all.push((format!("{label}: {}", t.realised), pair.realised));
    }
    for prose in [Prose::Target, Prose::Summary, Prose::Report] {
        let text = project.prose(prose);
        all.push((names::keyed(prose.key(), call.language), excerpt(&text)));
    }
    all
}

/// The beginning of a text, cut at a word.
fn excerpt(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(EXCERPT) else {
        return text.to_owned();
    };
    let cut = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", &text[..cut])
}
