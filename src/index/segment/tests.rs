//! A segment beside a plain model of it: every term of every field with its
//! documents, frequencies and positions, lengths and forms; then merged by the
//! engine with deleted documents.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tantivy::indexer::NoMergePolicy;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Index as Engine, IndexWriter, SegmentReader, TERMINATED, Term};

use crate::finnish::rules::Rules;
use crate::finnish::{Kind, Scratch};
use crate::form::project::{Passage, Project, Prose};

use super::super::document::{Identity, record};
use super::super::engine;
use super::super::entry::Entry;
use super::super::fields::{FIELDS, Value};
use super::super::forms::Forms;
use super::super::system::System;
use super::super::texts::Texts;
use super::*;

/// A document: its name, and texts of its summary.
type Draft = (String, Vec<String>);

/// By entry of the dictionary, the documents with the positions.
type Postings_ = BTreeMap<String, BTreeMap<DocId, Vec<u32>>>;

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let word = prop_oneof![
        Just("työllistymis- ja koulutuspalvelut"),
        Just("TE-toimiston"),
        Just("nuorten"),
        Just("Nuoret"),
        Just("osatyökykyisten"),
        Just("pitkäaikaistyöttömyydenehkäisemishanke"),
        Just("1 200"),
        Just("ja"),
        Just("kunta kunnan kuntaan"),
    ];
    let text = proptest::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    let texts = proptest::collection::vec(text.clone(), 0..3);
    proptest::collection::vec((text, texts), 0..12)
}

fn project<'d>(draft: &'d Draft) -> Project<'d> {
    let passage = |text: &'d String| Passage {
        prose: Prose::Summary,
        title: None,
        text,
        line: 1,
    };
    Project {
        name: Some(&draft.0),
        passages: draft.1.iter().map(passage).collect(),
        ..Project::default()
    }
}

/// An engine on disk with a segment for each list of drafts; keys are numbers.
struct Made {
    _folder: tempfile::TempDir,
    engine: Engine,
    writer: IndexWriter<Record>,
    layout: Layout,
    analyzer: Analyzer,
}

impl Made {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new();
        let engine = engine::create(&System::default(), folder.path(), &layout.schema).unwrap();
        let writer = engine.writer_with_num_threads(1, 15_000_000).unwrap();
        let policy: Box<dyn tantivy::indexer::MergePolicy> = Box::new(NoMergePolicy);
        writer.set_merge_policy(policy);
        Self {
            _folder: folder,
            engine,
            writer,
            layout,
            analyzer: Analyzer::new(Box::new(Rules::default())),
        }
    }

    /// Adds a segment; before each of `spilt` documents words leave memory.
    fn add(&mut self, drafts: &[Draft], from: usize, spilt: &BTreeSet<usize>) {
        let segment = self.writer.new_segment();
        let builder = Builder::new(&self.layout, &self.analyzer, segment).unwrap();
        // Workers take turns: neither has the documents of the other.
        let three = || [builder.writer(), builder.writer(), builder.writer()];
        let mut writers = three();
        for (draft, number) in drafts.iter().zip(from..) {
            let project = project(draft);
            if spilt.contains(&(number - from)) {
                let shares = std::mem::replace(&mut writers, three()).map(Writer::close);
                builder.spill(&shares).unwrap();
            }
            let writer = &mut writers[number * number % 3];
            // One that fails half-way leaves nothing.
            writer.analyse(&project);
            writer.undo();
            writer.analyse(&project);
            let (key, path) = (number.to_string(), format!("{number}.txt"));
            let identity = Identity {
                key: &key,
                path: &path,
            };
            let record = record(&self.layout, &project, identity);
            writer.add(&record, &draft.0).unwrap();
        }
        let shares = writers.map(Writer::close);
        if let Some(segment) = builder.finish(&shares).unwrap() {
            self.writer.add_segment(segment).unwrap();
            self.writer.commit().unwrap();
        }
    }

    fn readers(&self) -> Vec<SegmentReader> {
        let segments = self.engine.searchable_segments().unwrap();
        let open = |segment| SegmentReader::open(segment).unwrap();
        segments.iter().map(open).collect()
    }

    /// The model's postings and forms.
    fn model(&self, drafts: &[Draft]) -> (Postings_, BTreeMap<String, BTreeSet<DocId>>) {
        let (mut postings, mut forms) = (Postings_::new(), BTreeMap::new());
        for (draft, doc) in drafts.iter().zip(0..) {
            let project = project(draft);
            for (row, field) in FIELDS.iter().enumerate() {
                let Value::Texts(texts) = (field.value)(&project) else {
                    continue;
                };
                let mut position = 0;
                for text in texts {
                    let mut scratch = Scratch::default();
                    self.analyzer.for_each_word(&text, &mut scratch, |word| {
                        for term in word.terms {
                            let (term, kind) = (term.text, term.kind);
                            let key = Entry { term, kind, row }.to_key();
                            let docs: &mut BTreeMap<_, Vec<_>> = postings.entry(key).or_default();
                            // Only base forms have positions.
                            let position = if kind == Kind::Base { position } else { 0 };
                            docs.entry(doc).or_default().push(position);
                        }
                        let docs: &mut BTreeSet<_> = forms.entry(word.form.to_owned()).or_default();
                        docs.insert(doc);
                        position += 1;
                    });
                    position += 64;
                }
            }
        }
        (postings, forms)
    }

    /// What a segment holds in its text fields.
    fn held(&self, reader: &SegmentReader) -> Postings_ {
        let mut held = Postings_::new();
        for handle in [self.layout.words, self.layout.parts] {
            let inverted = reader.inverted_index(handle).unwrap();
            let mut terms = inverted.terms().stream().unwrap();
            while let Some((key, info)) = terms.next() {
                let kind = Entry::of_key(key).unwrap().kind;
                assert_eq!(kind == Kind::Base, handle == self.layout.words);
                let option = IndexRecordOption::WithFreqsAndPositions;
                let mut postings = inverted.read_postings_from_terminfo(info, option).unwrap();
                let mut docs = BTreeMap::new();
                while postings.doc() != TERMINATED {
                    let mut positions = Vec::new();
                    match kind {
                        Kind::Base => postings.positions(&mut positions),
                        // There are none; so many is all that is known.
                        _ => positions.resize(postings.term_freq() as usize, 0),
                    }
                    docs.insert(postings.doc(), positions);
                    postings.advance();
                }
                assert_eq!(docs.len(), info.doc_freq as usize);
                held.insert(String::from_utf8(key.to_vec()).unwrap(), docs);
            }
        }
        held
    }
}

fn forms_of(reader: &SegmentReader) -> BTreeMap<String, BTreeSet<DocId>> {
    let forms = Forms::open(reader).unwrap();
    forms.check().unwrap();
    let mut all = BTreeMap::new();
    let mut cursor = forms.prefix("").unwrap();
    while let Some((form, _)) = cursor.advance().unwrap() {
        let form = form.to_owned();
        all.insert(form, cursor.docs().unwrap().into_iter().collect());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_segment_holds_every_word_of_every_document(
        drafts in drafts(),
        spilt in proptest::collection::btree_set(0_usize..12, 0..4),
    ) {
        let mut made = Made::new();
        made.add(&drafts, 0, &spilt);
        let readers = made.readers();
        prop_assert_eq!(readers.len(), usize::from(!drafts.is_empty()));
        let (postings, forms) = made.model(&drafts);
        for reader in &readers {
            prop_assert_eq!(made.held(reader), postings.clone());
            prop_assert_eq!(forms_of(reader), forms.clone());
            let texts = Texts::open(reader).unwrap();
            for (draft, doc) in drafts.iter().zip(0..) {
                prop_assert_eq!(&texts.get(doc, str::to_owned).unwrap(), &draft.0);
            }
            let lengths = made.layout.lengths(0).unwrap();
            let norms = reader.get_fieldnorms_reader(lengths).unwrap();
            for (draft, doc) in drafts.iter().zip(0..) {
                let words = crate::finnish::token::tokens(&draft.0).count();
                prop_assert_eq!(norms.fieldnorm(doc) as usize, words);
            }
        }
    }

    #[test]
    fn merged_segments_hold_the_forms_of_living_documents(
        segments in proptest::collection::vec(drafts(), 1..4),
        deleted in proptest::collection::btree_set(0_usize..36, 0..8),
    ) {
        let mut made = Made::new();
        let every: Vec<Draft> = segments.iter().flatten().cloned().collect();
        let mut from = 0;
        for drafts in &segments {
            made.add(drafts, from, &BTreeSet::from([2]));
            from += drafts.len();
        }
        for number in &deleted {
            let key = number.to_string();
            made.writer.delete_term(Term::from_field_text(made.layout.key, &key));
        }
        made.writer.commit().unwrap();
        let ids = made.engine.searchable_segment_ids().unwrap();
        let living = (0..every.len()).filter(|number| !deleted.contains(number));
        if living.clone().count() > 0 {
            made.writer.merge(&ids).wait().unwrap();
        }
        let mut held = BTreeMap::new();
        for reader in &made.readers() {
            let mut sets = vec![BTreeSet::new(); reader.max_doc() as usize];
            let texts = Texts::open(reader).unwrap();
            for (form, docs) in forms_of(reader) {
                docs.iter().for_each(|doc| _ = sets[*doc as usize].insert(form.clone()));
            }
            let keys = reader.inverted_index(made.layout.key).unwrap();
            let mut stream = keys.terms().stream().unwrap();
            while let Some((key, info)) = stream.next() {
                let key: usize = std::str::from_utf8(key).unwrap().parse().unwrap();
                let option = IndexRecordOption::Basic;
                let postings = keys.read_block_postings_from_terminfo(info, option).unwrap();
                let doc = postings.doc(0);
                held.insert(key, (texts.get(doc, str::to_owned).unwrap(), sets[doc as usize].clone()));
            }
        }
        let expected: BTreeMap<_, (String, BTreeSet<String>)> = living
            .map(|number| {
                let (_, forms) = made.model(&every[number..=number]);
                (number, (every[number].0.clone(), forms.into_keys().collect()))
            })
            .collect();
        prop_assert_eq!(held, expected);
    }
}

#[test]
fn memory_grows_with_what_is_added() {
    let mut made = Made::new();
    let segment = made.writer.new_segment();
    let builder = Builder::new(&made.layout, &made.analyzer, segment).unwrap();
    let mut writer = builder.writer();
    let empty = builder.memory();
    let words = |from: usize| (from..from + 1000).map(|n| format!("sana{n}"));
    for number in 0..10 {
        let draft = (words(number * 500).collect::<Vec<_>>().join(" "), vec![]);
        let project = project(&draft);
        writer.analyse(&project);
        let key = number.to_string();
        let identity = Identity {
            key: &key,
            path: &key,
        };
        let record = record(&made.layout, &project, identity);
        writer.add(&record, &draft.0).unwrap();
    }
    let grown = builder.memory() - empty;
    assert!((500_000..4_000_000).contains(&grown), "{grown}");
    made.writer.rollback().unwrap();
}
