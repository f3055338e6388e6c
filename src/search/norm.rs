//! What one occurrence of a word is worth in a section of a document.
//!
//! Lengths are kept in one byte, so that there are 256 answers to a section, made
//! once a search.

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::weights;

/// By the length of a section, what one occurrence in it is worth: the section's
/// weight over its length's share of the mean.
pub(super) type Factors = [f32; 256];

#[expect(clippy::cast_precision_loss, reason = "lengths are rounded already")]
pub(super) fn factors(weight: f32, mean: f32) -> Factors {
    std::array::from_fn(|id| {
        let id = u8::try_from(id).unwrap_or(u8::MAX);
        let length = FieldNormReader::id_to_fieldnorm(id) as f32;
        weights::occurrence(weight, length, mean)
    })
}

/// What one occurrence is worth in the documents of a segment's section.
pub(super) struct Norm<'a> {
    /// None of a section that has no texts.
    pub(super) lengths: Option<&'a [u8]>,
    pub(super) factors: &'a Factors,
}

impl Norm<'_> {
    #[inline]
    pub(super) fn factor(&self, doc: DocId) -> f32 {
        let length = self.lengths.map_or(0, |lengths| lengths[doc as usize]);
        self.factors[usize::from(length)]
    }
}

/// A frequency as a number to weigh with.
#[expect(
    clippy::cast_precision_loss,
    reason = "a frequency within one document"
)]
#[inline]
pub(super) fn times(freq: u32) -> f32 {
    freq as f32
}
