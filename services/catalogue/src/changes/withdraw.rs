//! A procedure is not offered any more.

use anyhow::Result;
use civic::{ProcedureCode, events::ProcedureWithdrawn};
use diesel_async::AsyncPgConnection;
use edge::{
    Caller, IfMatch, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;

use crate::{
    app::App,
    error,
    store::{
        procedures::{self, Withdrawal},
        versions,
    },
};

/// Withdraws a procedure whose version in force was seen, by a decision and for a reason; tells others.
///
/// # Errors
/// When there is none, another version is in force by now, or it is withdrawn already.
pub async fn withdraw(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    code: &ProcedureCode,
    seen: &IfMatch,
    (decision, reason): (String, String),
) -> Result<Withdrawal, Problem> {
    let version = versions::lock_last(conn, code).await?;
    if version == 0 {
        return Err(error::PROCEDURE_NOT_FOUND.into());
    }
    seen.check(version)?;
    if procedures::withdrawal(conn, code).await?.is_some() {
        return Err(error::PROCEDURE_WITHDRAWN.into());
    }
    let withdrawal = Withdrawal { withdrawn_at: app.life.clock.now(), decision, reason };
    note(conn, app, Some(by), code, version, &withdrawal).await?;
    Ok(withdrawal)
}

/// Notes a withdrawal and tells others. The caller holds the procedure's lock.
///
/// # Errors
/// When the database does not take it.
pub async fn note(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: Option<&Caller>,
    code: &ProcedureCode,
    version: i32,
    withdrawal: &Withdrawal,
) -> Result<()> {
    procedures::withdraw(conn, code, withdrawal).await?;
    let Withdrawal { withdrawn_at, decision, reason } = withdrawal.clone();
    let event = ProcedureWithdrawn { code: code.clone(), version, withdrawn_at, decision, reason };
    app.outbox.put(conn, &event).await?;
    let entry = AuditEntry {
        actor: by,
        action: "procedure.withdrawn",
        subject_type: "procedure",
        subject_id: code.to_string(),
        detail: json!({"version": version, "decision": event.decision}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(())
}
