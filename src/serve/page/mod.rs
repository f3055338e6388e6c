//! The page for people: what a template shows, in the language asked for.
//!
//! Each kind of page has a file that makes its view out of what `search` gives
//! and a template in `src/serve/templates/` that escapes whatever it is given.
//! All state stands in the address, so that a page can be kept, sent and read
//! without a script.

mod address;
mod chart;
mod compare;
mod facts;
mod hits;
mod marked;
mod names;
mod narrow;
mod overview;
mod project;
mod results;
mod still;
pub(super) mod texts;

use askama::Template;

use crate::present::explain::Language;

use super::api::Answered;
use super::assets;
use super::call::{Answer, Call, HTML};
use super::params::{LANG, Params, QUERY};
use super::problem::Problem;
use address::Address;
use texts::Texts;

pub(super) use compare::page as compare;
pub(super) use overview::page as overview;
pub(super) use project::page as project;
pub(super) use results::page as results;
pub(super) use still::{accessibility, error, help};

/// What stands around every page.
struct Frame {
    t: &'static Texts,
    title: String,
    /// What stands in the search box.
    q: String,
    /// What the search box keeps beside it.
    kept: Vec<(String, String)>,
    /// The page in other languages: code, name, address.
    tongues: Vec<(&'static str, &'static str, String)>,
    /// The language as links repeat it, if it was asked for.
    asked: Address,
    /// Whether crawlers may keep the page.
    open: bool,
    /// What the page is without, such as shards of a cluster.
    partial: Vec<String>,
}

/// The languages by their own names.
const TONGUES: [(&str, &str); 3] = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")];

impl Frame {
    fn of(call: &Call, title: String) -> Self {
        let path = call.address.split('?').next().unwrap_or("/");
        Self {
            partial: call.opened.partial(),
            ..Self::new(&call.params, path, call.language, title)
        }
    }

    fn new(params: &Params, path: &str, language: Language, title: String) -> Self {
        let asked = Address::of(params);
        let tongue = |(code, name)| (code, name, asked.clone().set(LANG.name, code).at(path));
        Self {
            t: texts::of(language),
            title,
            q: params.get(&QUERY).unwrap_or_default().to_owned(),
            kept: asked.clone().only(&[LANG.name]).pairs().to_vec(),
            tongues: TONGUES.into_iter().map(tongue).collect(),
            asked: asked.only(&[LANG.name]),
            open: false,
            partial: Vec::new(),
        }
    }

    /// An address of ours in the same language.
    fn to(&self, path: &str) -> String {
        self.asked.at(path)
    }

    fn style(&self) -> &'static str {
        assets::path(assets::Asset::Style)
    }

    fn script(&self) -> &'static str {
        assets::path(assets::Asset::Script)
    }

    fn icon(&self) -> &'static str {
        assets::path(assets::Asset::Icon)
    }

    /// The language of descriptions where the page is in another one.
    fn finnish(&self) -> &'static str {
        "fi"
    }
}

/// Fills in a template.
fn rendered(template: &impl Template) -> Answered {
    let text = template.render().map_err(|_| Problem::broken())?;
    Ok(Answer::of(HTML, text))
}
