//! Joins small segments, so that an index of many small runs stays quick.
//!
//! Tiers by size: eight segments of about one size become one of the next. A
//! document is so written a few times in its life, and a run with one new file
//! never merges the whole index; but the small segments of an index that is all
//! new become as few as may be at once. A segment of which much is deleted is written
//! anew alone, which also takes deleted text off the disk. The engine's own
//! policy merges in the background and only logs what fails; here each merge is
//! waited for and an error ends the run.

use std::collections::HashSet;

use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::{Index as Engine, IndexWriter};

use crate::error::Result;

use super::record::Record;

/// Segments of one tier that become one; also how much larger a tier's
/// segments are than those of the tier below.
const TIER: u32 = 8;

/// Documents of a segment that nothing makes larger.
pub(super) const LARGEST: u32 = 200_000;

/// A segment of which one in so many is deleted is written anew.
const DELETED_SHARE: u32 = 4;

/// Merges what should be merged. `new` says that the index is all new.
pub(super) fn merge(engine: &Engine, writer: &mut IndexWriter<Record>, new: bool) -> Result<()> {
    let mut merged = false;
    loop {
        let segments = engine.searchable_segment_metas()?;
        let chosen = new.then(|| all_small(&segments)).flatten();
        let Some(chosen) = chosen.or_else(|| choose(&segments)) else {
            break;
        };
        let ids: Vec<_> = chosen.iter().map(|segment| segment.id()).collect();
        writer.merge(&ids).wait()?;
        merged = true;
    }
    if merged {
        writer.garbage_collect_files().wait()?;
    }
    Ok(())
}

/// Writes segments anew, each by itself, so that nothing of what was deleted in
/// them stays on the disk. One that is empty now is gone already.
pub(super) fn rewrite(
    engine: &Engine,
    writer: &mut IndexWriter<Record>,
    segments: &[SegmentId],
) -> Result<()> {
    let left: HashSet<_> = engine.searchable_segment_ids()?.into_iter().collect();
    for id in segments.iter().filter(|id| left.contains(id)) {
        writer.merge(&[*id]).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    Ok(())
}

/// The next segments to become one.
fn choose(segments: &[SegmentMeta]) -> Option<Vec<&SegmentMeta>> {
    let worn =
        |segment: &&SegmentMeta| segment.num_deleted_docs() * DELETED_SHARE > segment.max_doc();
    if let Some(segment) = segments.iter().find(worn) {
        return Some(vec![segment]);
    }
    let tier = |segment: &SegmentMeta| living(segment).max(1).ilog(TIER);
    (0..=LARGEST.ilog(TIER)).find_map(|wanted| {
        let all = segments.iter().filter(is_small);
        let same: Vec<_> = all.filter(|segment| tier(segment) <= wanted).collect();
        (same.len() >= TIER as usize).then_some(same)
    })
}

/// Small segments that make one together, if there is more than one.
fn all_small(segments: &[SegmentMeta]) -> Option<Vec<&SegmentMeta>> {
    let mut room = LARGEST;
    let fits = |segment: &&SegmentMeta| {
        let left = room.checked_sub(living(segment));
        room = left.unwrap_or(room);
        left.is_some()
    };
    let chosen: Vec<_> = segments.iter().filter(is_small).filter(fits).collect();
    (chosen.len() > 1).then_some(chosen)
}

fn is_small(segment: &&SegmentMeta) -> bool {
    living(segment) < LARGEST / TIER
}

fn living(segment: &SegmentMeta) -> u32 {
    segment.max_doc() - segment.num_deleted_docs()
}
