//! Bars of charts: each stands beside its number, which says the same, so
//! they are drawn for those who see and passed over by those who listen.

use askama::Template;
use askama::filters::HtmlSafe;

/// A bar, its length in thousandths of the whole.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = "<svg class=\"bar {{ class }}\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" \
              aria-hidden=\"true\" focusable=\"false\"><rect width=\"{{ length }}\" height=\"10\"/></svg>",
    ext = "html"
)]
pub(super) struct Bar {
    class: &'static str,
    length: u64,
}

/// It is HTML already.
impl HtmlSafe for Bar {}

impl Bar {
    /// A part of a whole; nothing where the whole is nothing.
    pub(super) fn of(part: u64, whole: u64, class: &'static str) -> Self {
        let length = part.min(whole).saturating_mul(1_000).checked_div(whole);
        Self {
            class,
            length: length.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_never_longer_than_its_room() {
        assert_eq!(Bar::of(5, 10, "").length, 500);
        assert_eq!(Bar::of(50, 10, "").length, 1_000);
        assert_eq!(Bar::of(0, 0, "").length, 0);
    }
}
