//! A request as those see it who answer, and what they answer.
//! Plain data: nothing here knows of connections.

use std::sync::Arc;

use axum::body::Bytes;

use crate::present::explain::Language;

use super::Server;
use super::library::Opened;
use super::params::Params;
use super::problem::Problem;
use super::routes::Route;

/// A request that is fit to be answered.
pub(super) struct Call {
    /// Who serves.
    pub(super) server: Arc<Server>,
    /// The generation that answers.
    pub(super) opened: Arc<Opened>,
    /// What stands in the path in the place of `{code}` or `{name}`.
    pub(super) place: String,
    /// What stands behind the question mark.
    pub(super) params: Params,
    /// The language of the page.
    pub(super) language: Language,
    /// The address as it was asked: path and what is behind it.
    pub(super) address: String,
    /// What an address begins with that others are to use.
    pub(super) base: String,
}

impl Call {
    /// What the route answers, within the time that a search may take. Where
    /// some of the projects could not be asked, the answer is marked; what has
    /// no room for a mark is no answer then.
    pub(super) fn answer(mut self, route: &Route) -> Result<Answer, Problem> {
        let patience = self.server.settings.patience;
        self.opened = self.opened.asked(patience);
        let answer = match (route.answer)(&self) {
            Err(problem) if problem.moved => {
                // A new index has just taken the place of the one that was asked.
                let library = &self.server.library;
                library.renew()?;
                self.opened = library.now().asked(patience);
                (route.answer)(&self)?
            }
            answered => answered?,
        };
        match (self.opened.collection.partial().is_empty(), route.marks) {
            (true, _) => Ok(answer),
            (false, true) => Ok(answer.partial()),
            (false, false) => Err(Problem::partial()),
        }
    }
}

/// How long an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Not at all.
    No,
    /// As long as the generation is in force, if it is asked whether it is.
    Generation,
    /// Always: another content has another address.
    Always,
}

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// The code of HTTP.
    pub(super) status: u16,
    /// What the body is.
    pub(super) media: &'static str,
    /// What is answered.
    pub(super) body: Bytes,
    /// How long it may be kept.
    pub(super) keep: Keep,
    /// The name of the file to save it as, if it is to be saved.
    pub(super) file: Option<&'static str>,
    /// Whether some of the projects could not be asked.
    pub(super) partial: bool,
}

impl Answer {
    /// An answer that goes by the index alone.
    pub(super) fn of(media: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status: 200,
            media,
            body: body.into(),
            keep: Keep::Generation,
            file: None,
            partial: false,
        }
    }

    /// The same as an answer without some of the projects: others come later.
    pub(super) fn partial(self) -> Self {
        Self {
            keep: Keep::No,
            partial: true,
            ..self
        }
    }

    /// The same, kept so.
    pub(super) fn kept(self, keep: Keep) -> Self {
        Self { keep, ..self }
    }
}

pub(super) const JSON: &str = "application/json";
pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";
