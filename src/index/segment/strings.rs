//! Many short texts in one piece of memory, by number, and their order.
//!
//! One allocation instead of one each, which is most of what a short text takes.

/// Texts by number.
#[derive(Debug, Default)]
pub(super) struct Strings {
    arena: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Adds a text; gives its number.
    pub(super) fn push(&mut self, text: &str) -> u32 {
        self.arena.push_str(text);
        self.ends.push(short(self.arena.len()));
        short(self.ends.len() - 1)
    }

    /// The text with a number.
    pub(super) fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = match number.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or_default(),
            None => 0,
        };
        let end = self.ends.get(number).copied().unwrap_or(start);
        let text = self.arena.get(start as usize..end as usize);
        text.unwrap_or_default()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// The numbers below `count` in the order of their texts' bytes, equal texts
/// in their own order.
pub(super) fn sorted<'t>(count: usize, text: impl Fn(u32) -> &'t str) -> Vec<u32> {
    // Most comparisons are settled by the first letters, side by side.
    let mut order: Vec<(u128, u32)> = (0..short(count))
        .map(|number| (head(text(number)), number))
        .collect();
    order.sort_unstable_by(|a, b| {
        let heads = a.0.cmp(&b.0);
        heads.then_with(|| text(a.1).cmp(text(b.1)).then(a.1.cmp(&b.1)))
    });
    order.into_iter().map(|(_, number)| number).collect()
}

/// The first sixteen bytes as a number that sorts as they do.
fn head(text: &str) -> u128 {
    let mut bytes = [0; 16];
    let length = text.len().min(16);
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
}

/// A segment's memory ends long before four billion of anything.
pub(super) fn short(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_come_in_the_order_of_their_bytes(all in proptest::collection::vec("[a-cä]{0,12}", 0..40)) {
            let mut texts = Strings::default();
            for text in &all {
                texts.push(text);
            }
            let order = sorted(texts.len(), |number| texts.get(number));
            let mut expected: Vec<_> = all.iter().zip(0_u32..).collect();
            expected.sort();
            let expected: Vec<_> = expected.into_iter().map(|(_, number)| number).collect();
            prop_assert_eq!(order, expected);
        }
    }
}
