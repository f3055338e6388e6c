//! Descriptions of any text: parsing never fails and gives every line one place, and
//! the project comes back from where its values stand.
#![no_main]

use esr_search::form::project::Contact;
use esr_search::form::{self, Place};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = form::parse(text);
    let ledger: Vec<_> = form::ledger(text, &parsed).collect();
    assert_eq!(parsed.lines.len(), ledger.len());
    let listed = ledger
        .iter()
        .map(|record| letters(record.text))
        .sum::<usize>();
    assert_eq!(listed, letters(text), "text is lost between the lines");
    for record in &ledger {
        assert_eq!(
            record.place == Place::Blank,
            record.text.trim().is_empty(),
            "{record}"
        );
    }
    for problem in &parsed.problems {
        assert!(!problem.to_string().is_empty());
    }
    let mut project = parsed.project;
    let (kept, cuts) = form::without_contact(text, &project.applicant.contact);
    let spans = form::spans(&project, text, &cuts).expect("values are parts of the text");
    project.applicant.contact = Contact::default();
    assert_eq!(form::spanned(&spans, &kept), Some(project));
});

/// Characters that are no ends of lines.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| !matches!(c, '\n' | '\r')).count()
}
