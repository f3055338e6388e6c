//! The file of forms beside a plain map: written, read and damaged, and by
//! the engine merged with deleted documents.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tantivy::directory::OwnedBytes;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{DocId, Index as Engine, IndexWriter, SegmentReader, Term};

use super::super::record::Record;
use super::collect::Collector;
use super::file::{Sink, TRAILER, push_number, take_number};
use super::*;

type Model = BTreeMap<String, Vec<DocId>>;

/// Numbers forms as the making of records does.
#[derive(Default)]
struct Numbers {
    known: BTreeMap<String, u32>,
    held: Held,
}

impl Numbers {
    fn held(&mut self, forms: &BTreeSet<String>) -> Held {
        for form in forms {
            match self.known.get(form) {
                Some(number) => self.held.add_known(*number),
                // Some texts are never remembered and come as new each time.
                None if form.contains('!') => drop(self.held.add(form)),
                None => {
                    let number = self.held.add(form);
                    self.known.insert(form.clone(), number);
                }
            }
        }
        let next = self.held.next();
        std::mem::replace(&mut self.held, next)
    }
}

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
    let (mut numbers, mut collector) = (Numbers::default(), Collector::default());
    for forms in documents {
        collector.add(&numbers.held(forms)).unwrap();
    }
    collector.write(Vec::new()).unwrap()
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
        model.insert(form, docs);
    }
    Ok(model)
}

fn documents(most: usize) -> impl Strategy<Value = Vec<BTreeSet<String>>> {
    let form = prop_oneof!["[a-cäö]{0,6}", "[a-c]{2}!?", "koulutu[a-z]{1,3}"];
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
            }
        }
    }

    #[test]
    fn numbers_come_back(number in any::<u32>()) {
        let mut bytes = Vec::new();
        push_number(number, &mut bytes);
        let mut rest = bytes.as_slice();
        prop_assert_eq!(take_number(&mut rest), Some(number));
        prop_assert!(rest.is_empty());
    }
}

#[test]
fn a_number_that_is_too_long_is_none() {
    assert_eq!(take_number(&mut [0xff; 6].as_slice()), None);
    assert_eq!(
        take_number(&mut [0xff, 0xff, 0xff, 0xff, 0x1f].as_slice()),
        None
    );
    assert_eq!(take_number(&mut [0x80].as_slice()), None);
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
    let mut sink = Sink::new(Vec::new());
    sink.push(b"maa", [0, 2, 2, 5]).unwrap();
    sink.push(b"puu", []).unwrap();
    assert!(sink.push(b"maa", [1]).is_err());
    assert!(sink.push(b"talo", [3, 1]).is_err());
    let forms = opened(sink.finish(6).unwrap()).unwrap();
    assert_eq!(forms.docs("maa").unwrap(), Some(vec![0, 2, 5]));
    assert_eq!(forms.docs("puu").unwrap(), None);
}

#[test]
fn a_document_numbered_for_another_segment_is_refused() {
    let mut numbers = Numbers::default();
    numbers.held(&BTreeSet::from(["maa".to_owned()]));
    let held = numbers.held(&BTreeSet::from(["puu".to_owned()]));
    assert!(Collector::default().add(&held).is_err());
}

#[test]
fn memory_grows_with_what_is_collected() {
    use tantivy::plugin::PluginWriter;
    let (mut numbers, mut collector) = (Numbers::default(), Collector::default());
    let forms: BTreeSet<_> = (0..1000).map(|n| format!("sana{n}")).collect();
    for _ in 0..100 {
        collector.add(&numbers.held(&forms)).unwrap();
    }
    let used = collector.mem_usage();
    assert!((500_000..2_000_000).contains(&used), "{used}");
}

/// An engine with a key, to delete by, and forms.
fn engine() -> (Engine, tantivy::schema::Field) {
    let mut builder = Schema::builder();
    let raw = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic);
    let key = builder.add_text_field("key", TextOptions::default().set_indexing_options(raw));
    let engine = Engine::builder()
        .schema(builder.build())
        .register_plugin(std::sync::Arc::new(Plugin))
        .create_in_ram()
        .unwrap();
    (engine, key)
}

fn readers(engine: &Engine) -> Vec<SegmentReader> {
    let segments = engine.searchable_segments().unwrap();
    segments
        .iter()
        .map(|s| SegmentReader::open(s).unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn merged_segments_hold_the_forms_of_living_documents(
        segments in proptest::collection::vec(documents(8), 1..4),
        deleted in proptest::collection::btree_set(0_usize..24, 0..8),
    ) {
        let (engine, key) = engine();
        let mut writer: IndexWriter<Record> = engine.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let every: Vec<_> = segments.iter().flatten().collect();
        let mut number = 0;
        for documents in &segments {
            let mut numbers = Numbers::default();
            for forms in documents {
                let mut record = Record::default();
                record.add_text(key, &number.to_string());
                record.hold(numbers.held(forms));
                writer.add_document(record).unwrap();
                number += 1;
            }
            writer.commit().unwrap();
        }
        for number in &deleted {
            writer.delete_term(Term::from_field_text(key, &number.to_string()));
        }
        writer.commit().unwrap();
        let ids = engine.searchable_segment_ids().unwrap();
        let living = |(number, forms): (usize, _)| (!deleted.contains(&number)).then_some(forms);
        let living: Vec<&BTreeSet<String>> =
            every.into_iter().enumerate().filter_map(living).collect();
        if ids.len() > 1 || (ids.len() == 1 && !living.is_empty()) {
            writer.merge(&ids).wait().unwrap();
        }
        writer.wait_merging_threads().unwrap();
        let readers = readers(&engine);
        prop_assert!(readers.len() <= 1);
        for reader in &readers {
            let forms = Forms::open(reader).unwrap();
            forms.check().unwrap();
            // The engine merges segments in an order of its own.
            let counts = |model: Model| -> BTreeMap<String, usize> {
                model.into_iter().map(|(form, docs)| (form, docs.len())).collect()
            };
            let expected = model(living.iter().copied());
            prop_assert_eq!(counts(all(&forms, "").unwrap()), counts(expected));
            let mut sets = vec![BTreeSet::new(); reader.max_doc() as usize];
            for (form, docs) in all(&forms, "").unwrap() {
                docs.iter().for_each(|doc| _ = sets[*doc as usize].insert(form.clone()));
            }
            let terms = reader.inverted_index(key).unwrap();
            let mut stream = terms.terms().stream().unwrap();
            while let Some((term, info)) = stream.next() {
                let number: usize = std::str::from_utf8(term).unwrap().parse().unwrap();
                let option = IndexRecordOption::Basic;
                let postings = terms.read_block_postings_from_terminfo(info, option).unwrap();
                let doc = postings.doc(0) as usize;
                let every: Vec<_> = segments.iter().flatten().collect();
                prop_assert_eq!(&sets[doc], every[number]);
            }
        }
    }
}

#[test]
fn a_segment_without_the_file_is_an_error() {
    let mut builder = Schema::builder();
    let key = builder.add_text_field("key", tantivy::schema::STRING);
    let engine = Engine::create_in_ram(builder.build());
    let mut writer: IndexWriter = engine.writer_with_num_threads(1, 15_000_000).unwrap();
    writer.add_document(tantivy::doc!(key => "maa")).unwrap();
    writer.commit().unwrap();
    assert!(
        readers(&engine)
            .iter()
            .all(|reader| Forms::open(reader).is_err())
    );
}
