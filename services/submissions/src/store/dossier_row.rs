//! A dossier's own row, and the dossier that it is.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, FilingChannel, OfficialRole, Party, PartyKind};
use diesel::prelude::*;
use uuid::Uuid;

use super::unreadable;
use crate::{
    domain::{
        clock::Clock,
        dossier::{Dossier, Filed},
        place::Place,
    },
    schema::dossiers,
};

/// A dossier's own row.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = dossiers)]
pub(super) struct Row {
    pub id: Uuid,
    pub procedure_version: Uuid,
    pub agency: String,
    pub party_kind: String,
    pub party_id: Uuid,
    pub filer_id: Uuid,
    pub applicant_name: String,
    pub status: String,
    pub code: Option<String>,
    pub answers: String,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub received_at: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub stage: Option<String>,
    pub stage_role: Option<OfficialRole>,
    pub holder: Option<Uuid>,
    pub stage_due_at: Option<DateTime<Utc>>,
    pub channel: FilingChannel,
    pub taken_at: Option<AgencyCode>,
    pub helped: bool,
}

impl From<&Dossier> for Row {
    fn from(dossier: &Dossier) -> Self {
        let filed = dossier.filed.as_ref();
        Self {
            id: dossier.id,
            procedure_version: dossier.procedure_version,
            agency: dossier.agency.to_string(),
            party_kind: dossier.applicant.kind.to_string(),
            party_id: dossier.applicant.id,
            filer_id: dossier.filer,
            applicant_name: dossier.applicant_name.clone(),
            status: dossier.status.to_string(),
            code: filed.map(|filed| filed.code.to_string()),
            answers: dossier.answers.clone(),
            version: dossier.version,
            created_at: dossier.created_at,
            submitted_at: filed.map(|filed| filed.submitted_at),
            received_at: dossier.received_at,
            due_at: filed.map(|filed| filed.due_at),
            completed_at: dossier.completed_at,
            stage: dossier.place.as_ref().map(|place| place.stage.clone()),
            stage_role: dossier.place.as_ref().map(|place| place.role),
            holder: dossier.holder(),
            stage_due_at: dossier.stage_due_at(),
            channel: dossier.channel,
            taken_at: dossier.taken_at.clone(),
            helped: dossier.helped,
        }
    }
}

impl TryFrom<Row> for Dossier {
    type Error = diesel::result::Error;

    fn try_from(row: Row) -> QueryResult<Self> {
        let kind: PartyKind = row.party_kind.parse().map_err(unreadable)?;
        let filed = match (row.code, row.submitted_at, row.due_at) {
            (Some(code), Some(submitted_at), Some(due_at)) => {
                Some(Filed { code: code.parse().map_err(unreadable)?, submitted_at, due_at })
            }
            _ => None,
        };
        Ok(Self {
            id: row.id,
            procedure_version: row.procedure_version,
            agency: row.agency.parse().map_err(unreadable)?,
            applicant: Party { kind, id: row.party_id },
            filer: row.filer_id,
            channel: row.channel,
            taken_at: row.taken_at,
            helped: row.helped,
            applicant_name: row.applicant_name,
            status: row.status.parse().map_err(unreadable)?,
            answers: row.answers,
            version: row.version,
            filed,
            charges: Vec::new(),
            clock: Clock::default(),
            custody: Vec::new(),
            requests: Vec::new(),
            lateness: Vec::new(),
            created_at: row.created_at,
            received_at: row.received_at,
            completed_at: row.completed_at,
            place: row.stage.zip(row.stage_role).map(|(stage, role)| Place { stage, role }),
        })
    }
}
