//! What catalogue tells: what a procedure is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::ProcedureCode;

announce! {
    ProcedurePublished: "vn.motcua.procedure.published.v1" about code;
    ProcedureWithdrawn: "vn.motcua.procedure.withdrawn.v1" about code;
}

/// A version of a procedure was published: all that it says. A version never changes; the highest number is the current one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProcedurePublished {
    /// The procedure.
    pub code: ProcedureCode,
    /// The version's number, from 1.
    pub version: i32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// SHA-256 of what it says, as catalogue wrote it; hexadecimal.
    pub digest: String,
    /// What it says: the procedure of the library `procedure`, as JSON.
    pub content: Value,
}

/// A procedure is not offered any more: nobody begins a dossier of it. A later version than this one offers it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProcedureWithdrawn {
    /// The procedure.
    pub code: ProcedureCode,
    /// The number of its last version.
    pub version: i32,
    /// Since when.
    pub withdrawn_at: DateTime<Utc>,
    /// The decision by which it is withdrawn.
    pub decision: String,
    /// Why, as everybody reads it.
    pub reason: String,
}
