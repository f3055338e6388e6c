//! Switches: what a dictionary's words may be made of beyond what its states say.
//!
//! The format calls them flag diacritics. Each names a feature, a value and an act; the values of
//! all features fit into one number, so that a way through the dictionary is small and a switch is
//! a few operations on bits. Which switches stand where is the walk's business.
use super::fault::Fault;

/// A switch: what it does to which feature. The values of all features are kept in the bits of
/// one number; a feature without a value has zeros in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Switch {
    pub(super) act: Act,
    /// The bits of the feature.
    pub(super) place: u64,
    /// The value it is about, in that place; zero stands for "any", or "none" where it sets.
    pub(super) value: u64,
}

/// The acts of a switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Gives the feature a value (`P`), or takes it away (`C`).
    Put,
    /// Passes if the feature has the value, or gives it if there is none (`U`).
    Unify,
    /// Passes if the feature has the value, or any value (`R`).
    Require,
    /// Passes unless the feature has the value, or any value (`D`).
    Disallow,
}

impl Switch {
    /// The values of all features behind this switch, or `None` if it does not let pass.
    #[inline]
    pub(super) fn pass(self, values: u64) -> Option<u64> {
        let now = values & self.place;
        let same = if self.value == 0 {
            now != 0
        } else {
            now == self.value
        };
        match self.act {
            Act::Put => Some(values & !self.place | self.value),
            Act::Unify if now == 0 => Some(values | self.value),
            Act::Unify | Act::Require => same.then_some(values),
            Act::Disallow => (!same).then_some(values),
        }
    }
}

/// The features that the switches of a file name, each with its values.
pub(super) struct Switches<'n>(Vec<(&'n str, Vec<&'n str>)>);

const ODD_SWITCH: Fault = Fault::Damaged(
    16,
    "one of its switches (flag diacritics) is of no known kind",
);

impl<'n> Switches<'n> {
    /// Gathers them from the names of all symbols.
    pub(super) fn new(names: &[&'n str]) -> Result<Self, Fault> {
        let mut features: Vec<(&str, Vec<&str>)> = Vec::new();
        for name in names.iter().filter(|name| is_switch(name)) {
            let (_, feature, value) = fields(name)?;
            let at = features
                .iter()
                .position(|known| known.0 == feature)
                .unwrap_or_else(|| {
                    features.push((feature, Vec::new()));
                    features.len() - 1
                });
            if let Some(value) = value.filter(|value| !features[at].1.contains(value)) {
                features[at].1.push(value);
            }
        }
        let switches = Switches(features);
        if switches.shift(switches.0.len()) > u64::BITS {
            return Err(Fault::Damaged(
                16,
                "it has more switches (flag diacritics) than can be kept",
            ));
        }
        Ok(switches)
    }

    /// The first bit of a feature: those before it take as many as their values need.
    fn shift(&self, feature: usize) -> u32 {
        self.0[..feature]
            .iter()
            .map(|(_, values)| bits(values.len()))
            .sum()
    }

    /// The switch of a name.
    pub(super) fn get(&self, name: &str) -> Result<Switch, Fault> {
        let (act, feature, value) = fields(name)?;
        let at = self
            .0
            .iter()
            .position(|known| known.0 == feature)
            .ok_or(ODD_SWITCH)?;
        let values = &self.0[at].1;
        let (shift, width) = (self.shift(at), bits(values.len()));
        let number = value
            .and_then(|value| values.iter().position(|known| *known == value))
            .map_or(0, |at| at as u64 + 1);
        let place = ((1u64 << width) - 1).checked_shl(shift).unwrap_or(0);
        let value = number.checked_shl(shift).unwrap_or(0);
        let (act, value) = match act {
            "P" => (Act::Put, value),
            "C" => (Act::Put, 0),
            "U" => (Act::Unify, value),
            "R" => (Act::Require, value),
            "D" => (Act::Disallow, value),
            _ => return Err(ODD_SWITCH),
        };
        Ok(Switch { act, place, value })
    }
}

/// How many bits tell this many values and none apart.
fn bits(values: usize) -> u32 {
    usize::BITS - values.leading_zeros()
}

fn is_switch(name: &str) -> bool {
    name.len() > 1 && name.starts_with('@')
}

/// What a switch does, with which feature, and the value it is about.
fn fields(name: &str) -> Result<(&str, &str, Option<&str>), Fault> {
    let inner = name
        .strip_prefix('@')
        .and_then(|name| name.strip_suffix('@'))
        .ok_or(ODD_SWITCH)?;
    let mut fields = inner.splitn(3, '.');
    match (fields.next(), fields.next()) {
        (Some(act), Some(feature)) => Ok((act, feature, fields.next())),
        _ => Err(ODD_SWITCH),
    }
}
