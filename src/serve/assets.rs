//! Style, script and icon: part of the program, each at an address with the
//! hash of its content, so that browsers may keep it for good.

use std::sync::LazyLock;

use super::api::Answered;
use super::call::{Answer, Call, Keep};
use super::problem::Problem;

/// A file of the page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asset {
    Style,
    Script,
    Icon,
}

/// Name, ending, media type and content, in the order of [`Asset`].
const FILES: [(&str, &str, &str, &str); 3] = [
    (
        "style",
        "css",
        "text/css; charset=utf-8",
        include_str!("assets/style.css"),
    ),
    (
        "page",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("assets/page.js"),
    ),
    (
        "icon",
        "svg",
        "image/svg+xml",
        include_str!("assets/icon.svg"),
    ),
];

static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let path = |(name, end, _, content): &(&str, &str, &str, &str)| {
        let hash = blake3::hash(content.as_bytes()).to_hex();
        format!("/static/{name}-{}.{end}", &hash[..12])
    };
    FILES.iter().map(path).collect()
});

/// Where a file is.
pub(super) fn path(asset: Asset) -> &'static str {
    &PATHS[asset as usize]
}

pub(super) fn file(call: &Call) -> Answered {
    let is = |path: &&String| path.strip_prefix("/static/") == Some(&call.place);
    let (_, (_, _, media, content)) = PATHS
        .iter()
        .zip(&FILES)
        .find(|(path, _)| is(path))
        .ok_or_else(|| Problem::not_found("there is no such file"))?;
    Ok(Answer::of(media, *content).kept(Keep::Always))
}
