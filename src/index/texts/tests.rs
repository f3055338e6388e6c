//! The file of texts: what is written is read again, damage is an error.
//!
//! That segments keep it through the engine's merges, `segment` tests.

use std::path::Path;

use proptest::prelude::*;
use tantivy::directory::{Directory, OwnedBytes, RamDirectory};

use super::file::TRAILER;
use super::*;

/// The bytes of a file that is filled so.
fn filled(fill: impl FnOnce(&mut Sink) -> tantivy::Result<()>) -> tantivy::Result<Vec<u8>> {
    let directory = RamDirectory::create();
    let path = Path::new("texts");
    let mut sink = Sink::new(directory.open_write(path).unwrap());
    fill(&mut sink)?;
    sink.finish()?;
    Ok(directory.atomic_read(path).unwrap())
}

fn written(texts: &[String]) -> Vec<u8> {
    filled(|sink| texts.iter().try_for_each(|text| sink.push(text))).unwrap()
}

fn opened(bytes: Vec<u8>) -> tantivy::Result<Texts> {
    Texts::from_bytes(OwnedBytes::new(bytes))
}

fn descriptions() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        Just(String::new()),
        "\\PC{0,40}",
        "(Hankkeen nimi: [a-z]{3}\n){1,4000}",
    ];
    proptest::collection::vec(text, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn each_text_is_read_by_itself(texts in descriptions()) {
        let read = opened(written(&texts)).unwrap();
        prop_assert_eq!(read.len() as usize, texts.len());
        for (doc, text) in texts.iter().enumerate().rev() {
            prop_assert_eq!(&read.get(doc as u32, str::to_owned).unwrap(), text);
        }
        prop_assert!(read.get(read.len(), str::len).is_err());
    }

    #[test]
    fn a_damaged_file_never_brings_the_program_down(
        texts in descriptions(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = joined(&texts, &texts).unwrap();
        let end = bytes.len();
        for (at, byte) in damage {
            bytes[at.index(end)] = byte;
        }
        if let Ok(read) = opened(bytes) {
            for doc in 0..read.len().min(20) {
                let _ = read.get(doc, str::len);
            }
            for block in read.blocks().take(20).flatten() {
                let _ = block.ends().count();
            }
        }
    }
}

/// A file of the texts of two others, of which the first is copied as it is, before
/// the second and behind it.
fn joined(first: &[String], second: &[String]) -> tantivy::Result<Vec<u8>> {
    let first = opened(written(first))?;
    let copy = |sink: &mut Sink| -> tantivy::Result<()> {
        for block in first.blocks() {
            let block = block?;
            sink.copy((block.dictionary, block.frames), block.ends())?;
        }
        Ok(())
    };
    filled(|sink| {
        copy(sink)?;
        second.iter().try_for_each(|text| sink.push(text))?;
        copy(sink)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn blocks_are_copied_and_go_on(first in descriptions(), second in descriptions()) {
        let read = opened(joined(&first, &second).unwrap()).unwrap();
        let all: Vec<_> = first.iter().chain(&second).chain(&first).collect();
        prop_assert_eq!(read.len() as usize, all.len());
        for (doc, text) in all.into_iter().enumerate() {
            prop_assert_eq!(&read.get(doc as u32, str::to_owned).unwrap(), text);
        }
    }
}

/// The bytes of a file of those texts that live.
fn kept(texts: &Texts, lives: impl Fn(DocId) -> bool) -> tantivy::Result<Vec<u8>> {
    filled(|sink| add(sink, texts, lives))
}

#[test]
fn a_large_block_is_copied_unless_a_text_of_it_was_deleted() {
    let mut random = 1_u64;
    let mut letter = || {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b'a' + u8::try_from(random >> 60).unwrap())
    };
    let mut text = |_| (0..100_000).map(|_| letter()).collect::<String>();
    let all: Vec<String> = (0..80).map(&mut text).collect();
    let bytes = written(&all);
    let texts = opened(bytes.clone()).unwrap();
    assert!(kept(&texts, |_| true).unwrap() == bytes);
    let without = kept(&texts, |doc| doc != 0).unwrap();
    let first = &all[0].as_bytes()[..1_000];
    let holds = |bytes: &[u8]| memchr::memmem::find(bytes, first).is_some();
    assert!(holds(&bytes) && !holds(&without));
    let left = opened(without).unwrap();
    assert_eq!(left.len(), 79);
    assert!(left.get(78, |text| text == all[79]).unwrap());
    let mut damaged = bytes;
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    assert!(kept(&opened(damaged).unwrap(), |_| true).is_err());
}

#[test]
fn a_file_that_is_cut_off_is_an_error() {
    let bytes = written(&["Hanke".to_owned(), "Toinen hanke".to_owned()]);
    for length in 0..bytes.len() {
        assert!(opened(bytes[..length].to_vec()).is_err(), "{length}");
    }
    assert!(bytes.len() > TRAILER);
}

#[test]
fn what_repeats_takes_little() {
    let text = |n: usize| format!("{}{n}", "Kohderyhmä ja tavoitteet. ".repeat(200 + n % 7));
    let texts: Vec<_> = (0..200).map(text).collect();
    let all: usize = texts.iter().map(String::len).sum();
    let packed = written(&texts).len();
    assert!(packed < all / 5, "{packed} of {all}");
}
