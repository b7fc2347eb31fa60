//! In whose hands dossiers are, as a condition of lists and counts: one that an index answers, whoever asks.

use civic::OfficialRole;
use uuid::Uuid;

/// In whose hands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hands {
    /// In anybody's and nobody's.
    #[default]
    Any,
    /// In those of these officials.
    Of(Vec<Uuid>),
    /// In nobody's, at a stage of one of these roles, while it is worked on.
    Nobody(Vec<OfficialRole>),
    /// At an approver's stage, while it is worked on, in those of these officials or in nobody's.
    ToSign(Vec<Uuid>),
}

/// One stretch an official: `dossiers_of_holder`.
const OF: &str = "select d.id, d.due_at from unnest($12) as held (holder), lateral (
    select d.id, d.due_at from dossiers d
    where d.agency = $1 and d.holder = held.holder and d.holder is not null and d.status = any($2) and {more} {end}) d";
/// One stretch a role: `dossiers_of_nobody`.
const NOBODY: &str = "select d.id, d.due_at from unnest($13) as part (role), lateral (
    select d.id, d.due_at from dossiers d
    where d.agency = $1 and d.holder is null and d.stage_role is not null and d.stage_role = part.role
        and d.status in ('RECEIVED', 'PROCESSING') and d.status = any($2) and {more} {end}) d";
/// One stretch a status: `dossiers_of_agency_by_status`.
const ANY: &str = "select d.id, d.due_at from unnest($2) as open (status), lateral (
    select d.id, d.due_at from dossiers d
    where d.agency = $1 and d.status = open.status and {more} {end}) d";
/// An approver's part.
const SIGNED: &str = "d.stage_role = 'APPROVER' and d.status in ('RECEIVED', 'PROCESSING')";

impl Hands {
    /// The ids and due dates of an agency (`$1`) in these statuses (`$2`) that meet `more`, each stretch cut off by `end`. Officials are
    /// `$12`, roles `$13`.
    pub fn stretches(&self, more: &str, end: &str) -> String {
        let stretch = |text: &str, more: &str| text.replace("{more}", more).replace("{end}", end);
        match self {
            Self::Any => stretch(ANY, more),
            Self::Of(_) => stretch(OF, more),
            Self::Nobody(_) => stretch(NOBODY, more),
            Self::ToSign(_) => {
                format!("{} union all {}", stretch(OF, &format!("{SIGNED} and {more}")), stretch(NOBODY, more))
            }
        }
    }

    /// The same as a condition of the dossier `d`.
    pub fn filter(&self) -> String {
        match self {
            Self::Any => "true".to_owned(),
            Self::Of(_) => "d.holder = any($12)".to_owned(),
            Self::Nobody(_) => {
                "d.holder is null and d.stage_role = any($13) and d.status in ('RECEIVED', 'PROCESSING')".to_owned()
            }
            Self::ToSign(_) => format!("{SIGNED} and (d.holder is null or d.holder = any($12))"),
        }
    }

    /// The officials that are bound.
    pub fn officials(&self) -> Vec<Uuid> {
        match self {
            Self::Of(officials) | Self::ToSign(officials) => officials.clone(),
            Self::Any | Self::Nobody(_) => Vec::new(),
        }
    }

    /// The roles that are bound.
    pub fn roles(&self) -> Vec<&'static str> {
        match self {
            Self::Nobody(roles) => roles.iter().map(|role| role.as_str()).collect(),
            Self::ToSign(_) => vec![OfficialRole::Approver.as_str()],
            Self::Any | Self::Of(_) => Vec::new(),
        }
    }
}
