//! Lists of words that mean the same: text → rules.
//!
//! Two formats are read, Solr's and the labels of SKOS vocabularies (N-Triples
//! and Turtle). What the words are forms of is not known here; `search` puts
//! rules and queries together by base forms. Our own list is `synonyms.txt`.

mod skos;

/// The list for this field that comes with the program.
const OWN: &str = include_str!("synonyms.txt");

/// Words or names that one is also searched as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Any of these in a query makes the rule hold.
    pub from: Vec<String>,
    /// What is searched beside it.
    pub to: Vec<String>,
}

/// Rules in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Synonyms {
    /// The rules.
    pub rules: Vec<Rule>,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `a, b, c` and `a, b => c`.
    Solr,
    /// Statements with the labels of concepts.
    Skos,
}

impl Format {
    /// What a file of this name holds: `.nt` and `.ttl` are SKOS.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let name = name.to_lowercase();
        match name.ends_with(".nt") || name.ends_with(".ttl") {
            true => Self::Skos,
            false => Self::Solr,
        }
    }
}

impl Synonyms {
    /// The list that comes with the program.
    #[must_use]
    pub fn own() -> Self {
        // A test holds the list to be without fault.
        Self::read(OWN, Format::Solr).unwrap_or_default()
    }

    /// Reads a list.
    ///
    /// # Errors
    /// What is wrong, with the number of the line.
    pub fn read(text: &str, format: Format) -> Result<Self, String> {
        let rules = match format {
            Format::Solr => solr(text)?,
            Format::Skos => skos::rules(text)?,
        };
        Ok(Self { rules })
    }

    /// Adds another list behind this one.
    pub fn add(&mut self, more: Self) {
        self.rules.extend(more.rules);
    }
}

fn solr(text: &str) -> Result<Vec<Rule>, String> {
    let mut rules = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let sides: Vec<Vec<String>> = line.split("=>").map(entries).collect();
        let wrong = |what: &str| Err(format!("line {}: {what}: {line}", number + 1));
        let rule = match sides.as_slice() {
            [all] if all.len() > 1 => Rule {
                from: all.clone(),
                to: all.clone(),
            },
            [_] => return wrong("one entry alone has no synonym; put commas between them"),
            [from, to] if !from.is_empty() && !to.is_empty() => Rule {
                from: from.clone(),
                to: to.clone(),
            },
            [_, _] => return wrong("a side of => is empty"),
            _ => return wrong("there is more than one =>"),
        };
        rules.push(rule);
    }
    Ok(rules)
}

/// The entries between commas, a backslash taking a character as it is.
fn entries(side: &str) -> Vec<String> {
    let mut entries = vec![String::new()];
    let mut chars = side.chars();
    while let Some(c) = chars.next() {
        let plain = match c {
            '\\' => chars.next(),
            ',' => None,
            c => Some(c),
        };
        match (plain, entries.last_mut()) {
            (Some(c), Some(entry)) => entry.push(c),
            _ => entries.push(String::new()),
        }
    }
    let entries = entries.into_iter().map(|entry| entry.trim().to_owned());
    entries.filter(|entry| !entry.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Synonyms, String> {
        Synonyms::read(text, Format::Solr)
    }

    #[test]
    fn entries_between_commas_find_one_another() {
        let rules = read("# of offices\n\nKela, kansaneläkelaitos\n")
            .unwrap()
            .rules;
        assert_eq!(rules.len(), 1);
        assert_eq!(rules[0].from, ["Kela", "kansaneläkelaitos"]);
        assert_eq!(rules[0].to, rules[0].from);
    }

    #[test]
    fn an_arrow_goes_one_way_and_a_backslash_keeps_a_comma() {
        let rules = read(r"a, b c => elinkeino-\, liikenne- ja muu")
            .unwrap()
            .rules;
        assert_eq!(rules[0].from, ["a", "b c"]);
        assert_eq!(rules[0].to, ["elinkeino-, liikenne- ja muu"]);
    }

    #[test]
    fn a_line_that_says_nothing_is_told_with_its_number() {
        for wrong in ["a, b\nyksin", "a, b\na =>", "a, b\na => b => c"] {
            assert!(read(wrong).unwrap_err().starts_with("line 2: "), "{wrong}");
        }
    }

    #[test]
    fn the_list_of_our_own_can_be_read() {
        let rules = read(OWN).unwrap().rules;
        assert!(rules.len() > 20);
        assert_eq!(Synonyms::own().rules, rules);
        assert!(rules[1].from[2].contains(", liikenne-"));
    }
}
