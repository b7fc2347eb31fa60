//! What becomes of dossiers. Each change is one transaction with all that it causes: load, decide (`domain`), save, history, events,
//! audit. Operations, jobs and the events of others share them.

pub mod add_document;
pub mod add_note;
pub mod add_result;
pub mod answer;
pub mod answer_consultation;
pub mod answer_draft;
pub mod answer_supplement;
pub mod apologise;
pub mod assign;
mod assignment;
pub mod at_work;
pub mod cancel_charge;
pub mod charge;
pub mod choose_return;
pub mod complete;
pub mod consult;
pub mod correct;
pub mod decline;
pub mod discard;
pub mod duties;
pub mod expire;
pub mod extend;
pub mod file;
pub mod forward;
pub mod give_back;
pub mod keep_phrases;
pub mod lapse_draft;
pub mod lapse_supplement;
pub mod make_manifest;
pub mod note_lateness;
pub mod note_leave;
pub mod note_parcel;
pub mod open;
pub mod place_dossiers;
pub mod receive;
pub mod recount;
pub mod refuse;
pub mod remind_consultation;
pub mod remove_document;
pub mod remove_result;
pub mod replay;
pub mod request_supplement;
pub mod resume;
pub mod return_result;
pub mod send_back;
pub mod send_draft;
pub mod settle;
pub mod sign_manifest;
pub mod stop;
pub mod take;
pub mod take_in;
pub mod take_supplement;
pub mod watch_deadlines;
pub mod withdraw;
pub mod word_dossiers;

use anyhow::anyhow;
use civic::Event;
use diesel_async::AsyncPgConnection;
use edge::{Caller, IfMatch, Problem, audit};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        dossier::{Change, Dossier},
        stage::Actor,
    },
    error,
    store::{
        dossiers::{self, Reader},
        history::{self, Remarks},
        leaves, staff,
    },
};

/// Who makes a change, and under which name it is remembered.
struct Cause<'a> {
    /// Who; `None` for this service itself.
    actor: Option<&'a Caller>,
    /// What is done: `dossier.received`.
    action: &'static str,
    /// What the actor wrote.
    remarks: Remarks<'a>,
}

/// The dossier `id`, which `reader` sees, for a change that was made from `version` of it, if that was said. It is locked.
async fn found(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    reader: &Reader,
    version: Option<&IfMatch>,
) -> Result<Dossier, Problem> {
    let dossier = dossiers::lock(conn, id, reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    if let Some(version) = version {
        version.check(dossier.version)?;
    }
    Ok(dossier)
}

/// As [`found`], for an official who handles it: never her own.
async fn found_to_handle(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    reader: &Reader,
    version: Option<&IfMatch>,
    official: &Caller,
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, reader, version).await?;
    let citizen_number = staff::citizen_number(conn, official.id).await?;
    dossier.may_be_handled_by(&Actor { id: official.id, citizen_number, ..Actor::default() })?;
    Ok(dossier)
}

/// Writes a change of a filed dossier: the dossier with its rows, its history, the event and the audit row. The caller holds the dossier's lock.
async fn record<E: Event>(
    app: &App,
    conn: &mut AsyncPgConnection,
    before: &Dossier,
    change: &Change<E>,
    cause: Cause<'_>,
) -> anyhow::Result<()> {
    let dossier = &change.dossier;
    dossiers::save_with_rows(conn, before, dossier).await?;
    runtime::failpoint("submissions: saved, not told");
    history::append(conn, dossier.id, &change.steps, app.life.clock.now(), cause.actor, cause.remarks).await?;
    if let Some(event) = &change.event {
        app.outbox.put(conn, event).await?;
    }
    announce(app, conn, dossier).await?;
    tell_consulted(app, conn, before, dossier).await?;
    let on_behalf_of = on_behalf_of(app, conn, before, cause.actor).await?;
    let steps: Vec<_> = change.steps.iter().map(|step| json!([step.from, step.to])).collect();
    let entry = audit::AuditEntry {
        actor: cause.actor,
        action: cause.action,
        subject_type: "dossier",
        subject_id: dossier.id.to_string(),
        detail: detail(&steps, dossier.version, on_behalf_of),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(())
}

fn detail(steps: &[Value], version: i32, on_behalf_of: Option<Uuid>) -> Value {
    let mut detail = json!({"steps": steps, "version": version});
    if let Some(absent) = on_behalf_of {
        detail["on_behalf_of"] = json!(absent);
    }
    detail
}

/// The absent official who has the dossier, when her deputy acts.
async fn on_behalf_of(
    app: &App,
    conn: &mut AsyncPgConnection,
    before: &Dossier,
    actor: Option<&Caller>,
) -> anyhow::Result<Option<Uuid>> {
    let Some((actor, holder)) = actor.zip(before.holder()).filter(|(actor, holder)| actor.id != *holder) else {
        return Ok(None);
    };
    let absent = leaves::represented_by(conn, &before.agency, actor.id, app.life.clock.now()).await?;
    Ok(absent.contains(&holder).then_some(holder))
}

/// Tells the agencies that were asked about the dossier as it was `before` and whose answer is not waited for any more.
async fn tell_consulted(
    app: &App,
    conn: &mut AsyncPgConnection,
    before: &Dossier,
    dossier: &Dossier,
) -> anyhow::Result<()> {
    if before.waits_for_no_opinion().is_ok() {
        return Ok(());
    }
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(|why| anyhow!("{why}"))?;
    for dropped in dossier.consultations_dropped(before, &pinned.procedure, app.life.clock.now())? {
        app.outbox.put(conn, &dropped).await?;
    }
    Ok(())
}

/// Tells others where a dossier stands, unless it is a draft, in the transaction that brought it there.
async fn announce(app: &App, conn: &mut AsyncPgConnection, dossier: &Dossier) -> anyhow::Result<()> {
    if dossier.filed.is_none() {
        return Ok(());
    }
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(|why| anyhow!("{why}"))?;
    let (arrival, documents) = history::arrival(conn, dossier.id).await?;
    if let Some(moved) = dossier.moved(&pinned, arrival, documents) {
        app.outbox.put(conn, &moved).await?;
    }
    Ok(())
}
