//! A map kept up to date by events alone, as a page keeps it.

use std::collections::BTreeMap;

use benefit_map::file;
use benefit_map::map::BenefitMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// What events tell of the map; their pictures are left aside.
#[derive(Debug, Deserialize)]
pub struct News {
    pub rev: u64,
    pub hash: String,
    pub edits: Vec<Told>,
    pub changed: BTreeMap<String, Value>,
    pub gone: Vec<String>,
}

/// What events tell of an edit.
#[derive(Debug, Deserialize)]
pub struct Told {
    pub rev: u64,
}

/// A map, record by record.
#[derive(Debug, Default)]
pub struct Mirror {
    head: Map<String, Value>,
    records: BTreeMap<String, Value>,
    pub rev: u64,
    pub hash: String,
}

/// The lists of a map by the first words of what names their records.
const LISTS: [(&str, &str); 7] = [
    ("node", "nodes"),
    ("link", "links"),
    ("owner", "owners"),
    ("kpi", "kpis"),
    ("risk", "risks"),
    ("plan", "plans"),
    ("partner", "partners"),
];

impl Mirror {
    /// From the first event of a stream.
    pub fn new(hello: &Value) -> Self {
        let mut head = hello["map"].as_object().unwrap().clone();
        let mut records = BTreeMap::new();
        for (word, list) in LISTS {
            let Some(Value::Array(all)) = head.remove(list) else {
                continue;
            };
            for record in all {
                records.insert(name(word, &record), record);
            }
        }
        Self {
            head,
            records,
            rev: hello["rev"].as_u64().unwrap(),
            hash: hello["hash"].as_str().unwrap().to_owned(),
        }
    }

    pub fn take(&mut self, news: News) {
        for (name, value) in news.changed {
            match name.as_str() {
                "map" => self.head = value.as_object().unwrap().clone(),
                _ => drop(self.records.insert(name, value)),
            }
        }
        for name in news.gone {
            assert!(self.records.remove(&name).is_some(), "{name} was not there");
        }
        (self.rev, self.hash) = (news.rev, news.hash);
    }

    /// The hash of the map as it is here, to be held against the one that the server told.
    pub fn own_hash(&self) -> String {
        let mut whole = self.head.clone();
        for (word, list) in LISTS {
            let is_of = |(name, _): &(&String, &Value)| name.split(' ').next() == Some(word);
            let all: Vec<Value> = self
                .records
                .iter()
                .filter(is_of)
                .map(|(_, value)| value.clone())
                .collect();
            if !all.is_empty() {
                whole.insert(list.to_owned(), json!(all));
            }
        }
        let map: BenefitMap = serde_json::from_value(Value::Object(whole)).unwrap();
        let digest = Sha256::digest(file::write(&map).as_bytes());
        digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

fn name(word: &str, record: &Value) -> String {
    let text = |field: &str| record[field].as_str().unwrap();
    match word {
        "link" => format!("link {} -> {}", text("from"), text("to")),
        "plan" => format!("plan {}", text("owner")),
        word => format!("{word} {}", text("id")),
    }
}
