//! That who was helped to file online agreed to it.

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{domain::intake::ConsentProof, schema::consents};

/// A consent.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = consents)]
pub struct Consent {
    /// The dossier.
    pub dossier: Uuid,
    /// Who helped.
    pub helper: Uuid,
    /// Where.
    pub agency: AgencyCode,
    /// What shows it.
    pub proof: ConsentProof,
    /// When.
    pub given_at: DateTime<Utc>,
}

/// Writes one.
pub async fn insert(conn: &mut AsyncPgConnection, consent: &Consent) -> QueryResult<()> {
    diesel::insert_into(consents::table).values(consent).execute(conn).await?;
    Ok(())
}

/// That of a dossier.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Option<Consent>> {
    consents::table.find(dossier).select(Consent::as_select()).first(conn).await.optional()
}
