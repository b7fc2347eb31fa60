//! What a service gave up, as officials see it and repair it: the operations of every service that has such work are made of this.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, OfficialRole};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Kind, Problem, audit};
use queue::{GivenUp, GivenUpKind, Owners, Repair};
use runtime::Life;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

/// In one answer.
const MOST: usize = 50;
/// Characters of what an official writes.
const REASON: std::ops::RangeInclusive<usize> = 10..=1000;

/// It is none of the agency's, or was repaired since.
pub const NOT_FOUND: Kind = Kind::new(
    404,
    "given-up-work-not-found",
    "Không có việc này, hoặc việc đã được giải quyết.",
    "There is no such work, or it was repaired since.",
);

/// What was given up at an agency.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenUpWork {
    /// The agency's own first, the oldest first, 50 at most. Administrators also see what no agency can be told for.
    items: Vec<GivenUpItem>,
    /// Whether there is more.
    more: bool,
}

/// Something that was given up.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenUpItem {
    /// The event or the job.
    id: Uuid,
    /// Which of the two.
    kind: GivenUpKind,
    /// The event's type, the job's kind.
    #[schema(example = "send_message")]
    name: String,
    /// The dossier that it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "H44.100-260721-0001")]
    dossier: Option<String>,
    /// Since when it has failed.
    since: DateTime<Utc>,
    /// When it is tried again by itself, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    again_at: Option<DateTime<Utc>>,
    /// What was said when it failed last, for whoever runs the system.
    why: String,
}

/// What is done with something that was given up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenUpRepair {
    /// What.
    repair: Repair,
    /// How it was seen to, where it is taken as handled: 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: Option<String>,
}

/// What is left of something that was repaired.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenUpRepaired {
    /// The event or the job.
    id: Uuid,
    /// What was done.
    pub repair: Repair,
}

/// What was given up at `agency`, as `caller` may see it.
///
/// # Errors
/// [`pg::Error`] when the tables cannot be read.
pub async fn list(
    conn: &mut AsyncPgConnection,
    owners: Owners,
    agency: &AgencyCode,
    caller: &Caller,
) -> Result<GivenUpWork, pg::Error> {
    let limit = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
    let mut found = queue::given_up(conn, owners, (agency, answers_for_nobodys(caller, agency)), limit).await?;
    let more = found.len() > MOST;
    found.truncate(MOST);
    Ok(GivenUpWork { items: found.into_iter().map(GivenUpItem::from).collect(), more })
}

/// Repairs one of them, and says so in the audit log; gives it as it was, too, for what else must follow.
///
/// # Errors
/// 400 without a reason where one is due, 404 when it is not there for `caller`.
pub async fn repair(
    conn: &mut AsyncPgConnection,
    life: &Life,
    owners: Owners,
    (agency, caller): (&AgencyCode, &Caller),
    id: Uuid,
    asked: GivenUpRepair,
) -> Result<(GivenUpRepaired, GivenUp), Problem> {
    let reason = match asked.repair {
        Repair::Retry => None,
        Repair::TakeAsHandled => {
            Some(edge::written("reason", asked.reason.as_deref().unwrap_or_default(), *REASON.start(), *REASON.end())?)
        }
    };
    let (whose, by) = ((agency, answers_for_nobodys(caller, agency)), (caller.id, life.clock.now()));
    let one = queue::repair(conn, owners, whose, id, asked.repair, by).await?.ok_or(NOT_FOUND)?;
    let entry = audit::AuditEntry {
        actor: Some(caller),
        action: match asked.repair {
            Repair::Retry => "given_up.retried",
            Repair::TakeAsHandled => "given_up.taken_as_handled",
        },
        subject_type: "given_up",
        subject_id: id.to_string(),
        detail: json!({"kind": one.kind, "name": one.name, "dossier": one.dossier, "reason": reason}),
    };
    audit::record(conn, life, entry).await?;
    Ok((GivenUpRepaired { id, repair: asked.repair }, one))
}

/// Whoever administers an agency answers for what no agency can be told for, too, so that nothing waits without an owner.
fn answers_for_nobodys(caller: &Caller, agency: &AgencyCode) -> bool {
    caller.roles_at(agency).contains(&OfficialRole::AgencyAdministrator)
}

impl From<GivenUp> for GivenUpItem {
    fn from(one: GivenUp) -> Self {
        Self {
            id: one.id,
            kind: one.kind,
            name: one.name,
            dossier: one.dossier,
            since: one.since,
            again_at: one.again_at,
            why: one.why,
        }
    }
}
