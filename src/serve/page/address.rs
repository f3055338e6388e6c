//! Addresses with their state: what was asked, with something added, taken
//! away or set, as links need it.

use crate::serve::ask::is_code;
use crate::serve::params::Params;

/// Names and values behind the question mark.
#[derive(Debug, Clone, Default)]
pub(super) struct Address {
    pairs: Vec<(String, String)>,
}

impl Address {
    /// All that was asked.
    pub(super) fn all(params: &Params) -> Self {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            pairs: params.pairs().map(owned).collect(),
        }
    }

    /// What was asked, but for the page of the list.
    pub(super) fn of(params: &Params) -> Self {
        Self::all(params).without("page")
    }

    /// Only the values of these names.
    pub(super) fn only(mut self, names: &[&str]) -> Self {
        self.pairs
            .retain(|(name, _)| names.contains(&name.as_str()));
        self
    }

    /// With one more value.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without any value of a name.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.pairs.retain(|(known, _)| known != name);
        self
    }

    /// Without one value.
    pub(super) fn lacking(mut self, name: &str, value: &str) -> Self {
        self.pairs
            .retain(|(n, v)| (n.as_str(), v.as_str()) != (name, value));
        self
    }

    /// With this value of a name and no other.
    pub(super) fn set(self, name: &str, value: &str) -> Self {
        self.without(name).with(name, value)
    }

    /// Whether a value is there.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.pairs.iter().any(|(n, v)| n == name && v == value)
    }

    /// All names and values.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The address at a path.
    pub(super) fn at(&self, path: &str) -> String {
        if self.pairs.is_empty() {
            return path.to_owned();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.pairs);
        format!("{path}?{}", query.finish())
    }

    /// The address of a project's page; empty if it has none, as projects
    /// without a code.
    pub(super) fn of_project(&self, key: &str) -> String {
        match is_code(key) {
            true => self.at(&format!("/project/{key}")),
            false => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_state() {
        let asked = Address::default()
            .with("q", "nuoret & työ")
            .with("filter", "a=1");
        let more = asked.clone().with("filter", "b=2");
        assert_eq!(
            more.at("/"),
            "/?q=nuoret+%26+ty%C3%B6&filter=a%3D1&filter=b%3D2"
        );
        assert_eq!(
            more.lacking("filter", "a=1").set("q", "x").at("/"),
            "/?filter=b%3D2&q=x"
        );
        assert_eq!(asked.only(&[]).at("/help"), "/help");
    }
}
