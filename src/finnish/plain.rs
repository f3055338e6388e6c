//! stub chain
//! stub
use rust_stemmers::{Algorithm, Stemmer};
use super::term::{Chain, Kind, Term};
/// Snowball
pub struct Plain;
impl Chain for Plain {
    fn terms(&self, form: &str, out: &mut Vec<Term>) {
        let stemmer = Stemmer::create(Algorithm::Finnish);
        out.push(Term { kind: Kind::Base, text: stemmer.stem(form).into() });
        if form.contains('-') {
            out.extend(form.split('-').filter(|p| !p.is_empty()).map(|p| Term {
                kind: Kind::Part,
                text: stemmer.stem(p).into(),
            }));
        }
    }
    fn query(&self, form: &str, out: &mut Vec<Term>) { self.terms(form, out); out.retain(|t| t.kind == Kind::Base); }
    fn complete(&self, _: &str, _: &str, _: bool) -> Option<String> { None }
    fn fingerprint(&self) -> String { "snowball-1".into() }
}
