//! One container of ours, as a manifest describes it.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::Value;

/// What an operator fills in where a secret stands.
pub const SECRET: &str = "24-letters-of-the-office";

/// A process: what it does, and what it is told.
pub struct Container {
    /// Where it is described, for messages.
    pub place: String,
    /// `serve`, `work` or `migrate`.
    pub verb: String,
    /// The service's name.
    pub service: String,
    /// What this container alone is told.
    pub own: BTreeMap<String, String>,
    /// What all are told.
    pub shared: BTreeMap<String, String>,
}

impl Container {
    /// Everything it is told; its own word counts.
    pub fn variables(&self) -> BTreeMap<String, String> {
        self.shared.clone().into_iter().chain(self.own.clone()).collect()
    }
}

/// A file or folder of the repository.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// The text of a file of the repository.
pub fn text(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// The YAML documents of a file of the repository.
pub fn yaml(name: &str) -> Vec<Value> {
    serde_saphyr::from_multiple(&text(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// The lines `NAME=value` of a file of the repository.
pub fn variables(name: &str) -> BTreeMap<String, String> {
    let text = text(name);
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The two words of a command.
pub fn words(command: &Value) -> (String, String) {
    let words: Vec<_> = command.as_array().expect("a command").iter().filter_map(Value::as_str).collect();
    let [verb, service] = words[..] else { panic!("not a command of ours: {words:?}") };
    (verb.to_owned(), service.to_owned())
}
