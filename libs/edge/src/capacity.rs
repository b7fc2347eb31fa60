//! In which capacity a caller acts: for herself, for an organisation, in a post.

use std::fmt;

use civic::{AgencyCode, MemberRole, OfficialRole};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// In which capacity somebody acts. One person may hold any number of them, and acts in one at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Capacity {
    /// A person for herself.
    #[serde(rename = "SELF")]
    Myself,
    /// A member for her organisation.
    Organisation {
        /// Which organisation.
        organisation: Uuid,
        /// Its name, for records.
        name: String,
        /// What she is to it.
        role: MemberRole,
    },
    /// An official in a post at an agency.
    Post {
        /// Where.
        agency: AgencyCode,
        /// The roles held there.
        roles: Vec<OfficialRole>,
    },
    /// A program for its organisation.
    Client {
        /// Which organisation.
        organisation: Uuid,
        /// Its name, for records.
        name: String,
    },
}

civic::closed_list! {
    /// The three kinds of callers that have a token. One person may be the first at one time and the second at another.
    pub enum CallerKind: "a kind of caller" {
        /// A person acting for herself or for an organisation.
        Citizen = "CITIZEN",
        /// A person acting for an agency.
        Official = "OFFICIAL",
        /// A program acting for an organisation.
        Client = "CLIENT",
    }
}

impl Capacity {
    /// What kind of caller acts in it.
    pub fn kind(&self) -> CallerKind {
        match self {
            Self::Myself | Self::Organisation { .. } => CallerKind::Citizen,
            Self::Post { .. } => CallerKind::Official,
            Self::Client { .. } => CallerKind::Client,
        }
    }

    /// The organisation that is acted for.
    pub fn organisation(&self) -> Option<Uuid> {
        match self {
            Self::Organisation { organisation, .. } | Self::Client { organisation, .. } => Some(*organisation),
            Self::Myself | Self::Post { .. } => None,
        }
    }
}

/// What names a capacity among those that one caller holds: `SELF`, `ORGANISATION:` and its id, `POST:` and the agency. What
/// may change while it is held (names, roles) is left out.
impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Myself => f.write_str("SELF"),
            Self::Organisation { organisation, .. } => write!(f, "ORGANISATION:{organisation}"),
            Self::Post { agency, .. } => write!(f, "POST:{agency}"),
            Self::Client { organisation, .. } => write!(f, "CLIENT:{organisation}"),
        }
    }
}
