//! What is wrong with a request, or with us: for programs as problem+json
//! (RFC 9457), for people as a page.

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Error;

/// Why a request is not answered as it was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Where this kind of problem is explained.
    pub(super) r#type: &'static str,
    /// What kind it is, in words.
    pub(super) title: &'static str,
    /// The code of HTTP.
    pub(super) status: u16,
    /// What is wrong here, and what would do.
    pub(super) detail: String,
    /// The parameter that is wrong.
    pub(super) parameter: Option<String>,
    /// After how many seconds to ask again.
    #[serde(skip)]
    pub(super) retry_after: Option<u32>,
    /// Whether a newer edition would have an answer.
    #[serde(skip)]
    pub(super) moved: bool,
}

/// What programs are told of the media type of a problem.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

impl Problem {
    fn new(status: u16, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            r#type: "about:blank",
            title,
            status,
            detail: detail.into(),
            parameter: None,
            retry_after: None,
            moved: false,
        }
    }

    /// A parameter that is unknown or has no such value.
    pub(super) fn parameter(name: &str, detail: impl Into<String>) -> Self {
        Self {
            parameter: Some(name.to_owned()),
            ..Self::new(400, "A parameter can't be read", detail)
        }
    }

    /// Nothing is here.
    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(404, "Not found", detail)
    }

    /// Only reading is possible.
    pub(super) fn method() -> Self {
        Self::new(405, "Method not allowed", "only GET and HEAD are answered")
    }

    /// Nothing is taken in.
    pub(super) fn body() -> Self {
        Self::new(413, "Content too large", "a request may have no content")
    }

    /// The list that a cursor goes on with is no more.
    pub(super) fn expired() -> Self {
        let detail = "the index has changed since this cursor was given; begin anew without it";
        Self {
            parameter: Some("cursor".to_owned()),
            ..Self::new(409, "The cursor has expired", detail)
        }
    }

    /// Something broke.
    pub(super) fn broken() -> Self {
        let detail = "something went wrong here; the operator's log says what";
        Self::new(500, "Internal error", detail)
    }

    /// Too much is asked at once.
    pub(super) fn busy() -> Self {
        Self {
            retry_after: Some(1),
            ..Self::new(
                503,
                "Busy",
                "too much is asked at once; ask again in a moment",
            )
        }
    }

    /// The search took too long.
    pub(super) fn late() -> Self {
        Self {
            retry_after: Some(5),
            ..Self::new(503, "Too slow", "the search took too long; ask for less")
        }
    }

    /// The index can't be used.
    pub(super) fn no_index() -> Self {
        Self {
            retry_after: Some(30),
            ..Self::new(503, "Not ready", "the index can't be read")
        }
    }

    /// The cluster gives no answer.
    pub(super) fn no_answer() -> Self {
        Self {
            retry_after: Some(5),
            ..Self::new(
                503,
                "No answer",
                "the cluster that is searched gave no answer in time",
            )
        }
    }

    /// The cluster gave only a part of what can't be marked as a part.
    pub(super) fn partial() -> Self {
        let detail = "a part of the projects could not be searched; ask again";
        Self {
            retry_after: Some(5),
            ..Self::new(503, "Not all there", detail)
        }
    }
}

impl From<Error> for Problem {
    /// What exactly failed is not told to strangers: it names files and nodes.
    fn from(error: Error) -> Self {
        match error {
            Error::Cluster { .. } => Self::no_answer(),
            Error::ClusterPart { .. } => Self::partial(),
            Error::Moved => Self {
                moved: true,
                ..Self::no_answer()
            },
            Error::TooManyParts => {
                Self::parameter("q", "the query is too long; ask with fewer words")
            }
            _ => Self::no_index(),
        }
    }
}
