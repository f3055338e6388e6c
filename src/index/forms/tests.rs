//! The file of forms beside a plain map: written, read and damaged.
//!
//! That segments keep it through the engine's merges, `segment` tests.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tantivy::directory::OwnedBytes;
use tantivy::schema::Schema;
use tantivy::{DocId, Index as Engine, IndexWriter, SegmentReader};

use super::file::{Sink, TRAILER};
use super::*;

type Model = BTreeMap<String, Vec<DocId>>;

fn model<'d>(documents: impl IntoIterator<Item = &'d BTreeSet<String>>) -> Model {
    let mut model = Model::new();
    for (doc, forms) in documents.into_iter().enumerate() {
        for form in forms {
            model.entry(form.clone()).or_default().push(doc as DocId);
        }
    }
    model
}

fn collected(documents: &[BTreeSet<String>]) -> Vec<u8> {
    let mut sink = Sink::new(Vec::new(), documents.len() as DocId);
    for (form, docs) in model(documents) {
        sink.push(form.as_bytes(), docs).unwrap();
    }
    sink.finish().unwrap()
}

fn opened(bytes: Vec<u8>) -> tantivy::Result<Forms> {
    Forms::from_bytes(OwnedBytes::new(bytes))
}

/// All that a file holds of what begins with a prefix.
fn all(forms: &Forms, prefix: &str) -> tantivy::Result<Model> {
    let mut model = Model::new();
    let mut cursor = forms.prefix(prefix)?;
    while let Some((form, count)) = cursor.advance()? {
        let form = form.to_owned();
        let docs = cursor.docs()?;
        assert_eq!(docs.len(), count as usize);
        let mut set = vec![0; forms.documents().div_ceil(64) as usize];
        cursor.add_to(&mut set)?;
        let is_in = |doc: &DocId| set[*doc as usize / 64] & 1 << (doc % 64) != 0;
        let in_set: Vec<_> = (0..forms.documents()).filter(is_in).collect();
        assert_eq!(in_set, docs);
        model.insert(form, docs);
    }
    Ok(model)
}

fn documents(most: usize) -> impl Strategy<Value = Vec<BTreeSet<String>>> {
    let form = prop_oneof!["[a-cäö]{0,6}", "koulutu[a-z]{1,3}"];
    proptest::collection::vec(proptest::collection::btree_set(form, 0..12), 0..most)
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(documents in documents(40), asked in "[a-cäö]{0,4}") {
        let forms = opened(collected(&documents)).unwrap();
        let expected = model(&documents);
        forms.check().unwrap();
        prop_assert_eq!(forms.len(), expected.len() as u64);
        prop_assert_eq!(&all(&forms, "").unwrap(), &expected);
        for (form, docs) in &expected {
            prop_assert_eq!(forms.docs(form).unwrap(), Some(docs.clone()));
        }
        prop_assert_eq!(forms.docs(&asked).unwrap(), expected.get(&asked).cloned());
        let begin = |form: &&String| form.starts_with(&asked);
        let some: Vec<_> = expected.keys().filter(begin).cloned().collect();
        let found: Vec<_> = all(&forms, &asked).unwrap().into_keys().collect();
        prop_assert_eq!(found, some);
    }

    #[test]
    fn many_are_found_one_after_the_other_in_any_order(
        documents in documents(60),
        asked in proptest::collection::vec("[a-cäö]{0,3}|koulutu[a-c]", 0..30),
        in_order in any::<bool>(),
    ) {
        let forms = opened(collected(&documents)).unwrap();
        let expected = model(&documents);
        let mut asked = asked;
        asked.extend(expected.keys().step_by(2).cloned());
        if in_order {
            asked.sort();
        }
        let mut finder = forms.finder();
        for form in &asked {
            let found = finder.find(form).unwrap().then(|| finder.docs().unwrap());
            prop_assert_eq!(found, expected.get(form).cloned());
        }
    }

    #[test]
    fn only_what_begins_so_is_passed_over(documents in documents(400), bytes in 1..4_usize) {
        let forms = opened(collected(&documents)).unwrap();
        let mut cursor = forms.prefix("").unwrap();
        let mut met: Vec<String> = Vec::new();
        while let Some((form, _)) = cursor.advance().unwrap() {
            met.push(form.to_owned());
            cursor.pass(bytes);
        }
        prop_assert!(met.is_sorted_by(|one, next| one < next));
        let known = model(&documents);
        prop_assert!(met.iter().all(|form| known.contains_key(form)));
        for form in known.keys() {
            let is_like = |other: &String| other.as_bytes().get(..bytes) == form.as_bytes().get(..bytes);
            let passed = met.iter().any(|other| other < form && form.len() >= bytes && is_like(other));
            prop_assert!(passed || met.contains(form), "{} is missing", form);
        }
    }

    #[test]
    fn a_damaged_file_never_brings_the_program_down(
        documents in documents(20),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = collected(&documents);
        let end = bytes.len();
        for (at, byte) in damage {
            bytes[at.index(end)] = byte;
        }
        if let Ok(forms) = opened(bytes) {
            let _ = forms.check();
            let _ = forms.docs("ab");
            let mut cursor = forms.cursor(0);
            while let Ok(Some(_)) = cursor.advance() {
                let _ = cursor.docs();
                let _ = cursor.add_to(&mut [0; 2]);
            }
        }
    }
}

fn sample() -> Vec<u8> {
    let words = |words: &str| words.split(' ').map(str::to_owned).collect();
    let many = (0..100).map(|n| format!("sana{n}")).collect();
    collected(&[words("työ työn työssä"), words("maa työn"), many])
}

#[test]
fn a_file_that_is_cut_off_is_an_error() {
    let bytes = sample();
    for length in 0..bytes.len() {
        assert!(opened(bytes[..length].to_vec()).is_err(), "{length}");
    }
}

#[test]
fn each_byte_of_the_trailer_counts() {
    let bytes = sample();
    for at in bytes.len() - TRAILER..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert!(opened(damaged).is_err(), "{at}");
    }
}

#[test]
fn damaged_bytes_are_noticed_by_the_check() {
    let bytes = sample();
    let noticed = |at: usize| {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xff;
        opened(damaged).and_then(|forms| forms.check()).is_err()
    };
    let places = 0..bytes.len() - TRAILER;
    let unnoticed: Vec<_> = places.filter(|at| !noticed(*at)).collect();
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}

#[test]
fn forms_and_documents_out_of_order_are_refused() {
    let mut sink = Sink::new(Vec::new(), 6);
    sink.push(b"maa", [0, 2, 2, 5]).unwrap();
    sink.push(b"puu", []).unwrap();
    assert!(sink.push(b"maa", [1]).is_err());
    assert!(sink.push(b"talo", [3, 1]).is_err());
    assert!(sink.push(b"vesi", [6]).is_err());
    let forms = opened(sink.finish().unwrap()).unwrap();
    assert_eq!(forms.docs("maa").unwrap(), Some(vec![0, 2, 5]));
    assert_eq!(forms.docs("puu").unwrap(), None);
}

#[test]
fn a_segment_without_the_file_is_an_error() {
    let mut builder = Schema::builder();
    let key = builder.add_text_field("key", tantivy::schema::STRING);
    let engine = Engine::create_in_ram(builder.build());
    let mut writer: IndexWriter = engine.writer_with_num_threads(1, 15_000_000).unwrap();
    writer.add_document(tantivy::doc!(key => "maa")).unwrap();
    writer.commit().unwrap();
    let segments = engine.searchable_segments().unwrap();
    assert!(!segments.is_empty());
    for segment in segments {
        let reader = SegmentReader::open(&segment).unwrap();
        assert!(Forms::open(&reader).is_err());
    }
}
