//! Near projects and links on real nodes are those of the index.
//!
//! `ESR_SEARCH_ORACLE` says how many projects are tried.

use esr_search::cluster;
use esr_search::form;
use esr_search::index::{Reader, Stored};
use esr_search::search::{self, Near};

use crate::cluster::{alike, client, nodes, number};
use crate::cluster_serve::sampled;

/// What is told of a near project but for its score, and for where the values of its
/// text stand, which a cluster does not keep.
fn told(near: &Near) -> Near {
    Near {
        score: 0.0,
        stored: Stored {
            spans: String::new(),
            ..near.stored.clone()
        },
        ..near.clone()
    }
}

#[test]
fn near_projects_and_links_are_those_of_the_index_in_its_order() {
    for (alias, shards) in [("near-in-one", "1"), ("near-in-three", "3")] {
        let Some(pushed) = sampled(alias, [shards, "0"]) else {
            return;
        };
        pushed.write_made(0..number("ESR_SEARCH_CLUSTER_DOCS", 120) as u64);
        let rebuilt = ["--shards", shards, "--replicas", "0"];
        assert!(matches!(pushed.push_anew(&rebuilt).code, Some(0 | 1)));
        let indexed = ["index", "--no-dictionary", "--threads", "1", "files"];
        assert!(matches!(pushed.house.run(&indexed).code, Some(0 | 1)));
        let reader = Reader::open(&pushed.house.path("index")).unwrap();
        let analyzer = reader.analyzer(None).unwrap();
        let opened = cluster::open(client(&nodes().unwrap(), alias), None).unwrap();
        let keys = reader.keys().unwrap();
        let step = keys.len() / (number("ESR_SEARCH_ORACLE", 150) / 5).max(1);
        let (mut near, mut linked) = (0, 0);
        for key in keys.iter().step_by(step.max(1)) {
            let stored = search::project(&reader, key).unwrap().unwrap();
            let parsed = form::parse(&stored.text);
            let given = (&parsed.project, Some(key.as_str()));
            let here = search::similar((&reader, &analyzer), given, 10).unwrap();
            let there = (&opened.cluster, &opened.analyzer);
            let there = search::cluster::similar(there, given, 10).unwrap();
            assert_eq!(here.links, there.links, "{alias}: {key}");
            assert_eq!(there.partial, Vec::<String>::new(), "{key}");
            assert_eq!(here.words, there.words, "{alias}: {key}");
            assert_eq!(here.hits.len(), there.hits.len(), "{alias}: {key}");
            for (mine, other) in here.hits.iter().zip(&there.hits) {
                assert!(alike(mine.score, other.score), "{alias}: {key}");
                // What ties may change places.
                if mine.key == other.key {
                    assert_eq!(told(mine), told(other), "{alias}: {key}");
                }
            }
            near += here.hits.len();
            linked += here.links.len();
        }
        assert!(near > 0 && linked > 0, "{near} near, {linked} linked");
    }
}
