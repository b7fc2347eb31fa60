//! An official of an agency, as those who hand dossiers on know her.

use chrono::{DateTime, Utc};
use civic::OfficialRole;
use uuid::Uuid;

/// The roles by which dossiers are worked on.
pub const WORKING_ROLES: [OfficialRole; 3] = [OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver];

/// An official of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The roles held there now.
    pub roles: Vec<OfficialRole>,
    /// How many dossiers she has.
    pub load: i64,
    /// When she was given the last one.
    pub given_at: Option<DateTime<Utc>>,
}
