//! What is counted while serving, in the text format of Prometheus.
//! No label holds anything that a stranger could choose.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Upper bounds of the classes of durations, in milliseconds.
const BOUNDS: [u32; 10] = [1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000];

/// How old figures of the index may be.
const FRESH: Duration = Duration::from_secs(5);

/// Durations of the answers of one route.
#[derive(Default)]
struct Times {
    classes: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

/// The counters.
#[derive(Default)]
pub(super) struct Metrics {
    answers: Mutex<BTreeMap<(&'static str, u16), u64>>,
    times: Mutex<BTreeMap<&'static str, Times>>,
    /// Figures of the index, and when they were read.
    index: Mutex<Option<(Instant, String)>>,
    /// Connections that were turned away.
    pub(super) refused: AtomicU64,
    /// Connections that are open.
    pub(super) open: AtomicU64,
    /// Answers that broke.
    pub(super) panics: AtomicU64,
    /// Searches that took too long.
    pub(super) late: AtomicU64,
    /// Answers that were remembered.
    pub(super) remembered: AtomicU64,
    /// Generations that came into force while serving.
    pub(super) renewed: AtomicU64,
}

impl Metrics {
    /// Counts an answer.
    pub(super) fn answered(&self, route: &'static str, status: u16, took: Duration) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry((route, status)).or_default() += 1;
        drop(answers);
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let times = times.entry(route).or_default();
        times.count += 1;
        times.seconds += took.as_secs_f64();
        let within = BOUNDS
            .iter()
            .map(|bound| took <= Duration::from_millis(u64::from(*bound)));
        for (class, within) in times.classes.iter_mut().zip(within) {
            *class += u64::from(within);
        }
    }

    /// Figures of the index, read again only when they are some seconds old:
    /// reading them looks at its lock, which a run may be about to take.
    pub(super) fn of_index(&self, read: impl FnOnce() -> String) -> String {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        match &*index {
            Some((when, text)) if when.elapsed() < FRESH => text.clone(),
            _ => {
                let text = read();
                *index = Some((Instant::now(), text.clone()));
                text
            }
        }
    }

    /// All figures.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        text.push_str("# HELP esr_search_http_answers_total Answers by route and code.\n");
        text.push_str("# TYPE esr_search_http_answers_total counter\n");
        for ((route, code), count) in &*answers {
            let labels = format!("route=\"{route}\",code=\"{code}\"");
            let _ = writeln!(text, "esr_search_http_answers_total{{{labels}}} {count}");
        }
        drop(answers);
        self.durations(&mut text);
        let counters = [
            ("connections_refused_total", "counter", &self.refused),
            ("connections_open", "gauge", &self.open),
            ("panics_total", "counter", &self.panics),
            ("searches_late_total", "counter", &self.late),
            ("answers_remembered_total", "counter", &self.remembered),
            ("generations_renewed_total", "counter", &self.renewed),
        ];
        for (name, kind, value) in counters {
            let _ = writeln!(text, "# TYPE esr_search_http_{name} {kind}");
            let value = value.load(Ordering::Relaxed);
            let _ = writeln!(text, "esr_search_http_{name} {value}");
        }
        text
    }

    fn durations(&self, text: &mut String) {
        let name = "esr_search_http_duration_seconds";
        let _ = writeln!(text, "# HELP {name} How long answers took, by route.");
        let _ = writeln!(text, "# TYPE {name} histogram");
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        for (route, times) in &*times {
            for (bound, class) in BOUNDS.iter().zip(times.classes) {
                let bound = f64::from(*bound) / 1_000.0;
                let labels = format!("route=\"{route}\",le=\"{bound}\"");
                let _ = writeln!(text, "{name}_bucket{{{labels}}} {class}");
            }
            let labels = format!("route=\"{route}\",le=\"+Inf\"");
            let _ = writeln!(text, "{name}_bucket{{{labels}}} {}", times.count);
            let _ = writeln!(text, "{name}_sum{{route=\"{route}\"}} {}", times.seconds);
            let _ = writeln!(text, "{name}_count{{route=\"{route}\"}} {}", times.count);
        }
    }
}
