//! What the benches share: made-up corpora in the form of the real descriptions, queries on them, and a
//! clock. Kept beside the benches, and not in the library, because no user of the program needs it. Every
//! part gives the same output on every machine and in every version; a test pins it, since figures from
//! two corpora can't be compared.

// Each bench is a program of its own and uses a part of this.
#![allow(dead_code, unused_imports)]

pub(crate) mod chance;
pub(crate) mod gradation;
pub(crate) mod declension;
pub(crate) mod inflect;
pub(crate) mod conjugate;
pub(crate) mod lexicon;
pub(crate) mod grammar;
pub(crate) mod speaker;
pub(crate) mod places;
pub(crate) mod applicant;
pub(crate) mod values;
pub(crate) mod generator;
pub(crate) mod queries;
pub(crate) mod measure;
