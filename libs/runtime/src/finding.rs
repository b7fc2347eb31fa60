//! What holding stored data against an invariant found.

/// One invariant, and what breaks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The invariant's name: its file's.
    pub name: String,
    /// What it promises, in a sentence.
    pub promise: String,
    /// How many rows break it; 0 when it holds.
    pub broken: u64,
    /// The first of those rows, described by their ids.
    pub rows: Vec<String>,
}
