//! How a capacity is shown.

use civic::{AgencyCode, LocalText, MemberRole, OfficialRole};
use edge::Capacity;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::capacity::Held;

/// A capacity that a person holds: as whom she may act.
#[derive(Serialize, ToSchema)]
#[schema(as = Capacity)]
pub struct CapacityView {
    /// Names it among those that the person holds: `SELF`, `ORGANISATION:` and its id, `POST:` and the agency.
    #[schema(example = "POST:H44.100")]
    id: String,
    /// Its kind.
    #[schema(example = "POST")]
    kind: CapacityKind,
    /// What it is called: the person, the organisation or the agency.
    name: LocalText,
    /// The organisation that is acted for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    organisation: Option<Uuid>,
    /// What the person is to that organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    member_role: Option<MemberRole>,
    /// The agency that is acted for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    agency: Option<AgencyCode>,
    /// The roles held there; empty for the other kinds.
    roles: Vec<OfficialRole>,
}

civic::closed_list! {
    /// The kinds of capacities of a person.
    pub enum CapacityKind: "a kind of capacity" {
        /// For herself.
        Myself = "SELF",
        /// For an organisation that she is a member of.
        Organisation = "ORGANISATION",
        /// In a post at an agency.
        Post = "POST",
    }
}

impl From<Held> for CapacityView {
    fn from(held: Held) -> Self {
        let view = |kind| Self {
            id: held.capacity.to_string(),
            kind,
            name: held.name.clone(),
            organisation: held.capacity.organisation(),
            member_role: None,
            agency: None,
            roles: Vec::new(),
        };
        match &held.capacity {
            Capacity::Myself => view(CapacityKind::Myself),
            Capacity::Organisation { role, .. } => {
                Self { member_role: Some(*role), ..view(CapacityKind::Organisation) }
            }
            Capacity::Post { agency, roles } => {
                Self { agency: Some(agency.clone()), roles: roles.clone(), ..view(CapacityKind::Post) }
            }
            // No person holds it.
            Capacity::Client { .. } => view(CapacityKind::Organisation),
        }
    }
}
