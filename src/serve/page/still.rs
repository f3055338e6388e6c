//! Pages that no search stands behind: help, the accessibility statement and
//! what is said when something is wrong.

use askama::Template;

use crate::index::fields::FIELDS;
use crate::present::explain::Language;
use crate::serve::api::Answered;
use crate::serve::call::Call;
use crate::serve::params::Params;
use crate::serve::problem::Problem;

use super::names::{self, EXAMPLES};
use super::texts::of;
use super::{Frame, rendered};

/// A query to learn from.
struct Example {
    query: &'static str,
    href: String,
    about: &'static str,
}

/// A field that can be named in a query.
struct FieldView {
    name: &'static str,
    key: &'static str,
    about: &'static str,
}

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    frame: Frame,
    examples: Vec<Example>,
    fields: Vec<FieldView>,
    english: bool,
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "error.html")]
struct Wrong {
    frame: Frame,
    advice: &'static str,
    detail: String,
}

pub(in crate::serve) fn help(call: &Call) -> Answered {
    let mut frame = Frame::of(call, of(call.language).help_title.to_owned());
    frame.open = true;
    let place = match call.language {
        Language::Fi => 0,
        Language::Sv => 1,
        Language::En => 2,
    };
    let example = |(query, abouts): &(&'static str, [&'static str; 3])| Example {
        query,
        href: frame.asked.clone().with("q", query).at("/"),
        about: abouts[place],
    };
    // An indirect impact is asked as the direct one is, and there are many.
    let fields = FIELDS.iter().enumerate();
    let fields = fields.filter(|(_, field)| !field.key.starts_with("sustainability_"));
    rendered(&Help {
        examples: EXAMPLES.iter().map(example).collect(),
        fields: fields
            .map(|(row, field)| FieldView {
                name: field.title,
                key: field.key,
                about: match call.language {
                    Language::En => field.about,
                    language => names::field(row, language),
                },
            })
            .collect(),
        english: call.language == Language::En,
        frame,
    })
}

pub(in crate::serve) fn accessibility(call: &Call) -> Answered {
    let mut frame = Frame::of(call, of(call.language).accessibility.to_owned());
    frame.open = true;
    rendered(&Accessibility { frame })
}

/// A problem as a page.
pub(in crate::serve) fn error(problem: &Problem, language: Language) -> Answered {
    let t = of(language);
    let (title, advice) = match problem.status {
        400 => (t.error_400, t.error_try),
        404 => (t.error_404, t.error_404_try),
        503 => (t.error_503, t.error_503_try),
        _ => (t.error_title, t.error_try),
    };
    let parameter = problem.parameter.as_ref();
    let parameter = parameter.map_or(String::new(), |name| format!("{name}: "));
    let mut page = rendered(&Wrong {
        frame: Frame::new(&Params::default(), "/", language, title.to_owned()),
        advice,
        detail: format!("{} · {parameter}{}", problem.status, problem.detail),
    })?;
    page.status = problem.status;
    Ok(page)
}
