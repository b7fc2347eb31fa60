//! The filing of a dossier, all of its SQL: six round trips, seven with a fee (README lists them).
//!
//! The counter's row is locked late and until the commit, since all filings of an agency wait for it.

use civic::{DossierCode, VIETNAM};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use edge::{Caller, audit};
use queue::Outbox;
use runtime::Life;
use serde_json::json;

use super::{history, unreadable};
use crate::{
    domain::{dossier::Dossier, filing::Filing, procedure::Procedure, tracking::SecretHash},
    schema::{code_counters, dossiers},
};

/// Why a filing that was in order could not be written.
#[derive(Debug)]
pub enum Failure {
    /// The draft is not as it was judged: it was changed, or filed, meanwhile.
    Changed,
    /// The database's.
    Database(pg::Error),
}

/// Who files what.
pub struct NewFiling<'a> {
    /// The filing, judged and priced.
    pub filing: &'a Filing,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// The hash of its tracking secret.
    pub secret_hash: SecretHash,
    /// Who files.
    pub filer: &'a Caller,
}

/// Files a draft: the next code of its agency and day, statuses, events and audit row. Gives the dossier as filed.
pub async fn file_dossier(
    conn: &mut AsyncPgConnection,
    outbox: &Outbox,
    life: &Life,
    new: &NewFiling<'_>,
) -> Result<Dossier, Failure> {
    let NewFiling { filing, procedure, secret_hash, filer } = new;
    let draft = &filing.draft;
    lock_as_judged(conn, draft).await?;
    history::begin(conn, draft.id, &filing.steps, filing.submitted_at, filer).await?;
    let steps: Vec<_> = filing.steps.iter().map(|step| json!([step.from, step.to])).collect();
    let deed = audit::Deed {
        actor: Some(filer),
        action: "dossier.submitted",
        subject_type: "dossier",
        subject_id: draft.id.to_string(),
        detail: json!({"steps": steps, "version": draft.version + 1}),
    };
    audit::record(conn, life, deed).await?;
    let filed = filing.filed(next_code(conn, filing).await?);
    update(conn, &filed, secret_hash).await?;
    if let Some(details) = &filed.filed {
        outbox.put(conn, &filing.submitted(procedure, details.code.clone())).await?;
        if let Some(event) = filing.fee_due(procedure, details.code.clone()) {
            outbox.put(conn, &event).await?;
        }
    }
    Ok(filed)
}

async fn lock_as_judged(conn: &mut AsyncPgConnection, draft: &Dossier) -> Result<(), Failure> {
    let version = dossiers::table.find(draft.id).select(dossiers::version).for_no_key_update();
    let version: i32 = version.first(conn).await?;
    if version == draft.version { Ok(()) } else { Err(Failure::Changed) }
}

async fn next_code(conn: &mut AsyncPgConnection, filing: &Filing) -> QueryResult<DossierCode> {
    let (agency, day) = (&filing.draft.agency, filing.submitted_at.with_timezone(&VIETNAM).date_naive());
    let ordinal: i32 = diesel::insert_into(code_counters::table)
        .values((code_counters::agency.eq(agency.as_str()), code_counters::day.eq(day), code_counters::last.eq(1)))
        .on_conflict((code_counters::agency, code_counters::day))
        .do_update()
        .set(code_counters::last.eq(code_counters::last + excluded(code_counters::last)))
        .returning(code_counters::last)
        .get_result(conn)
        .await?;
    let ordinal = u32::try_from(ordinal).map_err(unreadable)?;
    DossierCode::new(agency.clone(), day, ordinal).map_err(unreadable)
}

async fn update(conn: &mut AsyncPgConnection, dossier: &Dossier, secret_hash: &SecretHash) -> QueryResult<()> {
    let filed = dossier.filed.as_ref();
    diesel::update(dossiers::table.find(dossier.id))
        .set((
            dossiers::status.eq(dossier.status.as_str()),
            dossiers::version.eq(dossier.version),
            dossiers::code.eq(filed.map(|filed| filed.code.as_str())),
            dossiers::submitted_at.eq(filed.map(|filed| filed.submitted_at)),
            dossiers::due_at.eq(filed.map(|filed| filed.due_at)),
            dossiers::order_id.eq(dossier.fee.map(|charge| charge.order_id)),
            dossiers::fee_total.eq(dossier.fee.map(|charge| charge.total.dong())),
            dossiers::tracking_secret_hash.eq(secret_hash.bytes()),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

impl From<pg::Error> for Failure {
    fn from(why: pg::Error) -> Self {
        Self::Database(why)
    }
}

impl From<diesel::result::Error> for Failure {
    fn from(why: diesel::result::Error) -> Self {
        Self::Database(why.into())
    }
}
