//! What officials write about a dossier for each other.

use super::actions::TextInput;

/// So many notes a dossier has.
pub const MOST_NOTES: i64 = 200;
/// What is written.
pub const TEXT: TextInput = TextInput { name: "text", required: true, min_length: 0, max_length: 2000 };
