//! What stands on one line below a project's name: where, when, whether it
//! runs, how much money; and dates and status by themselves.

use crate::form::project::{Period, Project, Status};
use crate::present::{date, euros};

use super::texts::Texts;

/// Region, years, status and money, as far as they are known.
pub(super) fn line(project: &Project<'_>, t: &Texts) -> String {
    let parts = [
        regions(project, t),
        years(project.period),
        status(project.status, t).to_owned(),
        money(project),
    ];
    let known: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    known.join(" · ")
}

fn regions(project: &Project<'_>, t: &Texts) -> String {
    let places = &project.places;
    match places.regions.as_slice() {
        [] if places.national => t.whole_country.to_owned(),
        few if few.len() <= 3 => few.join(", "),
        many => format!("{} + {}", many[..2].join(", "), many.len() - 2),
    }
}

fn years(period: Period) -> String {
    match (period.start.map(|d| d.year()), period.end.map(|d| d.year())) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (None, None) => String::new(),
        (start, end) => {
            let year = |year: Option<i16>| year.map_or(String::new(), |year| year.to_string());
            format!("{}–{}", year(start), year(end))
        }
    }
}

/// Whether it runs; empty if unknown.
pub(super) fn status(status: Option<Status>, t: &Texts) -> &'static str {
    match status {
        Some(Status::Running) => t.running,
        Some(Status::Ended) => t.ended,
        None => "",
    }
}

fn money(project: &Project<'_>) -> String {
    match (project.money.spent, project.money.granted) {
        (Some(spent), Some(granted)) => format!("{} / {}", euros(spent), euros(granted)),
        (Some(only), None) | (None, Some(only)) => euros(only),
        (None, None) => String::new(),
    }
}

/// First and last day; empty if both are unknown.
pub(super) fn days(period: Period) -> String {
    let day = |day: Option<_>| day.map_or_else(String::new, date);
    match (period.start, period.end) {
        (None, None) => String::new(),
        (start, end) => format!("{}–{}", day(start), day(end)),
    }
}
