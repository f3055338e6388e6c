//! One run: brings an index on a cluster up to what a folder holds.
//!
//! First all files are read, to see which are as the index has them and which
//! file stands for each project. Then what is new or changed is analysed and
//! sent, and what is gone is taken out. A rebuild does so in a new index, and
//! the alias moves to it in one step when all of it is there; what files held that
//! can't be read now is taken over from the old one. A run that ends early leaves
//! documents that are each as they were or as they shall be; the next run does the
//! rest.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::finnish::Analyzer;
use crate::index::{self, Choice, Progress, Recipe, Report};
use crate::walk::{self, Found};

use super::account;
use super::client::Client;
use super::facts::{self, Meta, Named};
use super::known;
use super::mapping::{self, FORMAT, Spread};
use super::open;
use super::plan::{Before, Plan};
use super::send::Work;

/// What a run is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// Workers; at least one.
    pub threads: usize,
    /// When the run began.
    pub now: jiff::Timestamp,
    /// Makes a new index, whatever there is.
    pub rebuild: bool,
    /// Lets documents go although so many files are gone that it looks like
    /// an accident.
    pub allow_mass_delete: bool,
    /// Finds out what there is to do, and does nothing.
    pub dry_run: bool,
    /// Follows symbolic links to what lies in the folder.
    pub follow_links: bool,
    /// Shards of a new index; as many as the one before has, or one.
    pub shards: Option<u16>,
    /// Copies of each shard of a new index; as many as the one before has, or one.
    pub replicas: Option<u16>,
}

/// What a run did, and how long it waited for the cluster, all workers
/// together.
pub struct Pushed {
    /// The account of all files.
    pub report: Report,
    /// Time that was waited for the cluster.
    pub waited: Duration,
}

/// Brings the index behind the client's alias up to what the folder holds.
///
/// # Errors
/// When the cluster can't be reached or refuses; what it took stays.
pub fn push(
    client: &Client,
    corpus: &Path,
    (choice, named): (&Choice, Option<&Path>),
    options: &Options,
    watch: &(dyn Fn(Progress) + Sync),
) -> Result<Pushed> {
    let found = walk::walk(corpus, options.follow_links)?;
    if found.files.is_empty() {
        return Err(Error::NothingToIndex {
            path: corpus.to_path_buf(),
            what: index::NO_FILES.to_owned(),
        });
    }
    let alias = &client.place.alias;
    let (old, previous) = match options.rebuild {
        true => (facts::look(client, alias)?, None),
        false => (None, facts::behind(client, alias)?),
    };
    if let (Choice::Rules, Some(named)) = (choice, &previous)
        && named.meta.analyzer.dictionary.is_some()
    {
        return Err(Error::ClusterIndex {
            what: format!(
                "{} was made with a dictionary, which this push would go without\n  \
                 leave --no-dictionary out, or make it anew with --rebuild",
                client.place
            ),
        });
    }
    let before = match (&old, &previous) {
        (Some(old), _) => replaced(client, old, options)?,
        (None, Some(named)) => Before {
            known: known::known(client, &named.name)?,
            ..Before::default()
        },
        (None, None) => Before::default(),
    };
    let name = old.as_ref().map(|old| old.name.as_str());
    let run = Run {
        client,
        corpus,
        found: &found,
        options,
        watch,
        old: name,
        spread: spread(client, name, options)?,
    };
    let mut pushed = run.bring(previous, &before, (choice, named))?;
    pushed.report.rebuilt = old.is_some().then(|| "as asked".to_owned());
    Ok(pushed)
}

/// What an index has that another one takes the place of.
fn replaced(client: &Client, old: &facts::Found, options: &Options) -> Result<Before> {
    let before = match old.read(client) {
        Ok(named) => known::known(client, &named.name).map(|known| (known, 0)),
        // Of one of another version nothing else is sure.
        Err(_) => facts::documents(client, &old.name).map(|count| (HashMap::new(), count)),
    };
    let (known, others) = match before {
        // Who lets all go needs no list of it: so an index that has lost a part
        // can be made anew.
        Err(_) if options.allow_mass_delete => (HashMap::new(), 0),
        Err(Error::Cluster { what }) => {
            return Err(Error::Cluster {
                what: format!(
                    "{what}\n  --allow-mass-delete makes the index anew, whatever it has now"
                ),
            });
        }
        before => before?,
    };
    Ok(Before {
        known,
        others: usize::try_from(others).unwrap_or(usize::MAX),
        replaced: true,
    })
}

/// How a new index is spread: as asked, or as the one before.
fn spread(client: &Client, old: Option<&str>, options: &Options) -> Result<Spread> {
    let old = old.map(|old| facts::spread(client, old)).transpose()?;
    let (shards, replicas) = (old.map(|o| o.shards), old.map(|o| o.replicas));
    Ok(Spread {
        shards: options.shards.or(shards).unwrap_or(1),
        replicas: options.replicas.or(replicas).unwrap_or(1),
    })
}

struct Run<'a> {
    client: &'a Client,
    corpus: &'a Path,
    found: &'a Found,
    options: &'a Options,
    watch: &'a (dyn Fn(Progress) + Sync),
    /// The index that a new one takes the place of.
    old: Option<&'a str>,
    /// How a new one is spread.
    spread: Spread,
}

impl Run<'_> {
    fn bring(
        &self,
        previous: Option<Named>,
        before: &Before,
        words: (&Choice, Option<&Path>),
    ) -> Result<Pushed> {
        let plan = Plan::new(
            (self.corpus, self.found),
            before,
            self.options.threads,
            self.options.allow_mass_delete,
        )?;
        if plan.standing.is_empty() {
            return Err(Error::NothingToIndex {
                path: self.corpus.to_path_buf(),
                what: "none of the files could be read as a description".to_owned(),
            });
        }
        let mut report = account::of_plan(self.found, &plan);
        let mut waited = Duration::ZERO;
        if let (Some(named), true) = (&previous, plan.is_idle()) {
            let mut meta = named.meta.clone();
            facts::count(self.client, &named.name, &mut meta)?;
            if meta != named.meta && !self.options.dry_run {
                // The last run ended before it could say so.
                self.tell(&named.name, &meta)?;
            }
            (report.documents, report.text_bytes) = (meta.documents, meta.text_bytes);
        } else if self.options.dry_run {
            let there = before.known.len().max(before.others);
            report.documents = there as u64;
        } else {
            let is_new = previous.is_none();
            let (named, analyzer) = self.target(previous, words)?;
            let work = Work {
                client: self.client,
                index: &named.name,
                analyzer: &analyzer,
                threads: self.options.threads,
                watch: self.watch,
                old: self.old,
            };
            let sent = work.run(&plan, &self.found.files).inspect_err(|_| {
                if is_new {
                    self.drop_index(&named.name);
                }
            })?;
            waited = sent.waited;
            let mut meta = named.meta;
            self.client
                .ask("POST", &format!("{}/_refresh", named.name), &Value::Null)?;
            facts::count(self.client, &named.name, &mut meta)?;
            meta.pushed = self.options.now.to_string();
            self.tell(&named.name, &meta)?;
            if is_new {
                (self.watch)(Progress::Switching);
                self.copy(&named.name)?;
                self.switch(&named.name)?;
            }
            report.counts.changed = true;
            (report.documents, report.text_bytes) = (meta.documents, meta.text_bytes);
            account::tell(&mut report, sent);
        }
        report.planned = self.options.dry_run;
        report.items.sort();
        Ok(Pushed { report, waited })
    }

    /// The index to send to, with what analyses for it.
    fn target(
        &self,
        previous: Option<Named>,
        (choice, named): (&Choice, Option<&Path>),
    ) -> Result<(Named, Analyzer)> {
        if let Some(previous) = previous {
            let analyzer = open::analyzer(self.client, &previous, named)?;
            return Ok((previous, analyzer));
        }
        let (analyzer, recipe, learnt) =
            index::fresh_analyzer(choice, &self.found.files, self.options.threads)?;
        let alias = &self.client.place.alias;
        let name = format!("{alias}-{}", self.options.now.strftime("%Y%m%d%H%M%S%3f"));
        let meta = self.meta(recipe);
        self.client.ask(
            "PUT",
            &name,
            &mapping::index(&name, self.spread, &meta.value()),
        )?;
        if let Some(learnt) = learnt {
            facts::store(self.client, &name, self.spread, &learnt)?;
        }
        Ok((Named { name, meta }, analyzer))
    }

    /// Has copies made of an index that is filled, and waits for them for a while:
    /// files are copied for less than words are written for.
    fn copy(&self, index: &str) -> Result<()> {
        let settings = mapping::filled(self.spread);
        self.client
            .ask("PUT", &format!("{index}/_settings"), &settings)?;
        let seconds = (self.client.place.timeout / 2).as_secs();
        let path = format!("_cluster/health/{index}?wait_for_active_shards=all&timeout={seconds}s");
        // Without a node for each copy there will be fewer.
        self.client.send("GET", &path, &[]).map(drop)
    }

    fn meta(&self, analyzer: Recipe) -> Meta {
        Meta {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            analyzer,
            corpus: self.corpus.display().to_string(),
            pushed: self.options.now.to_string(),
            documents: 0,
            text_bytes: 0,
            extents: BTreeMap::new(),
        }
    }

    /// Has an index say of itself what is so now.
    fn tell(&self, index: &str, meta: &Meta) -> Result<()> {
        let body = json!({"_meta": meta.value()});
        self.client
            .ask("PUT", &format!("{index}/_mapping"), &body)
            .map(drop)
    }

    /// Moves the alias to a new index in one step, and lets the others go.
    fn switch(&self, new: &str) -> Result<()> {
        let alias = &self.client.place.alias;
        let old = self.client.ask_for(&format!("_alias/{alias}"))?;
        let old: Vec<String> = old
            .iter()
            .filter_map(Value::as_object)
            .flat_map(|indexes| indexes.keys().cloned())
            .collect();
        let mut actions: Vec<Value> = old
            .iter()
            .map(|index| json!({"remove": {"index": index, "alias": alias}}))
            .collect();
        actions.push(json!({"add": {"index": new, "alias": alias}}));
        self.client
            .ask("POST", "_aliases", &json!({"actions": actions}))?;
        old.iter().for_each(|index| self.drop_index(index));
        self.sweep(new)
    }

    /// Lets indexes go that runs which were killed have left unfinished.
    fn sweep(&self, new: &str) -> Result<()> {
        let alias = &self.client.place.alias;
        let all = self.client.ask_for(&format!("{alias}-*/_alias"));
        let all = match all {
            Ok(all) => all,
            // A cluster that lists nothing has nothing to be swept.
            Err(_) => return Ok(()),
        };
        for (index, known) in all.iter().filter_map(Value::as_object).flatten() {
            let of_a_run = index
                .strip_prefix(alias)
                .and_then(|rest| rest.strip_prefix('-'))
                .is_some_and(|moment| moment.chars().all(|c| c.is_ascii_digit()));
            let in_use = known["aliases"].as_object().is_some_and(|known| {
                let mut names = known.keys();
                names.any(|name| !name.ends_with(mapping::INLET))
            });
            if of_a_run && !in_use && index.as_str() < new {
                self.drop_index(index);
            }
        }
        Ok(())
    }

    /// Lets an index go; one that stays costs room and nothing else.
    fn drop_index(&self, index: &str) {
        for name in [index.to_owned(), facts::lexicon(index)] {
            let _ = self.client.send("DELETE", &name, &[]);
        }
    }
}
