//! The heaviest rising chain: which of many candidates are the form's own.
//!
//! Headings and table rows stand in a fixed order, each once. Free text may
//! quote any of them, so a candidate is believed only as part of the chain
//! that explains most. Apart because headings and rows are judged alike; it
//! knows nothing of either.

/// A candidate: its place in the form's order and how much it looks the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    /// Place in the order; each may be used once.
    pub(super) rank: u16,
    /// How strongly it is believed.
    pub(super) weight: u32,
}

/// Indices of the links of the heaviest chain with strictly rising ranks.
/// Among equals the earliest wins. Time is linear in the number of links.
pub(super) fn heaviest(links: &[Link]) -> Vec<usize> {
    let top = links.iter().map(|l| l.rank).max().unwrap_or(0);
    let mut best = Prefix::new(usize::from(top) + 1);
    let mut before = Vec::with_capacity(links.len());
    for (index, link) in links.iter().enumerate() {
        let (weight, last) = best.below(usize::from(link.rank));
        before.push(last);
        best.raise(
            usize::from(link.rank),
            (weight + u64::from(link.weight), Some(index)),
        );
    }
    let mut chain = Vec::new();
    let (_, mut last) = best.below(usize::from(top) + 1);
    while let Some(index) = last {
        chain.push(index);
        last = before[index];
    }
    chain.reverse();
    chain
}

/// A chain's weight and its last link.
type Best = (u64, Option<usize>);

/// The best chain that ends below a rank, as a tree of prefix maxima.
struct Prefix(Vec<Best>);

impl Prefix {
    fn new(ranks: usize) -> Self {
        Prefix(vec![(0, None); ranks + 1])
    }

    fn below(&self, rank: usize) -> Best {
        let mut found: Best = (0, None);
        let mut at = rank;
        while at > 0 {
            if self.0[at].0 > found.0 {
                found = self.0[at];
            }
            at &= at - 1;
        }
        found
    }

    fn raise(&mut self, rank: usize, to: Best) {
        let mut at = rank + 1;
        while at < self.0.len() {
            if to.0 > self.0[at].0 {
                self.0[at] = to;
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(ranks: &[(u16, u32)]) -> Vec<usize> {
        let links: Vec<_> = ranks
            .iter()
            .map(|&(rank, weight)| Link { rank, weight })
            .collect();
        heaviest(&links)
    }

    #[test]
    fn one_out_of_order_is_left_out() {
        assert_eq!(
            chain(&[(1, 1), (2, 1), (9, 1), (3, 1), (4, 1)]),
            [0, 1, 3, 4]
        );
    }

    #[test]
    fn of_two_alike_the_heavier_is_taken_else_the_first() {
        assert_eq!(chain(&[(1, 1), (2, 1), (2, 3), (3, 1)]), [0, 2, 3]);
        assert_eq!(chain(&[(1, 1), (2, 1), (2, 1), (3, 1)]), [0, 1, 3]);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(chain(&[]), [0; 0]);
        assert_eq!(chain(&[(0, 1)]), [0]);
    }
}
