//! A controller does something with a draft: decided by its rules, written with its entry in the audit log.

use chrono::NaiveDate;
use civic::VIETNAM;
use diesel_async::AsyncPgConnection;
use edge::{
    Caller, IfMatch, Problem,
    audit::{self, AuditEntry},
};
use procedure::{Fault, Procedure};
use serde_json::json;
use uuid::Uuid;

use super::bring_into_force::bring_into_force;
use crate::{
    app::App,
    domain::draft::{self, DraftAction, DraftState, Standing},
    error,
    store::drafts::{self, Draft},
};

/// What is done with a draft, and what is given for it.
pub enum Step {
    /// It is written anew.
    Write(Box<Procedure>),
    /// It is handed to a second controller.
    Submit,
    /// It is given back to be written anew, and why.
    SendBack(String),
    /// It is approved.
    Approve,
    /// It is announced.
    Publish {
        /// By which decision.
        decision: String,
        /// From which day on it is in force.
        in_force_from: NaiveDate,
    },
}

impl Step {
    fn action(&self) -> DraftAction {
        match self {
            Self::Write(_) => DraftAction::Write,
            Self::Submit => DraftAction::Submit,
            Self::SendBack(_) => DraftAction::SendBack,
            Self::Approve => DraftAction::Approve,
            Self::Publish { .. } => DraftAction::Publish,
        }
    }

    fn audited(&self) -> &'static str {
        match self {
            Self::Write(_) => "procedure_draft.written",
            Self::Submit => "procedure_draft.submitted",
            Self::SendBack(_) => "procedure_draft.sent_back",
            Self::Approve => "procedure_draft.approved",
            Self::Publish { .. } => "procedure_draft.published",
        }
    }
}

/// Begins a draft with what it says.
///
/// # Errors
/// When another version of the procedure is being written.
pub async fn begin(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    procedure: &Procedure,
) -> Result<Draft, Problem> {
    let now = app.life.clock.now();
    let draft = Draft {
        id: app.life.new_id(),
        procedure: procedure.code.clone(),
        state: DraftState::Draft,
        content: serde_json::to_value(procedure).map_err(anyhow::Error::from)?,
        writers: vec![by.id],
        created_at: now,
        written_by: by.name.clone(),
        written_at: now,
        submitted_by: None,
        submitted_at: None,
        sent_back_by: None,
        sent_back_at: None,
        sent_back_reason: None,
        approver_id: None,
        approved_by: None,
        approved_at: None,
        published_by: None,
        published_at: None,
        decision: None,
        in_force_from: None,
        published_version: None,
        version: 1,
    };
    if !drafts::insert(conn, &draft).await? {
        return Err(error::DRAFT_EXISTS.into());
    }
    record(conn, app, by, "procedure_draft.written", &draft).await?;
    Ok(draft)
}

/// Does one step with a draft from the version that was seen; gives it as it is then.
///
/// # Errors
/// When there is none, it was changed since, it is not to be done now or not by this controller, or what it says cannot work.
pub async fn act(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    id: Uuid,
    seen: &IfMatch,
    step: Step,
) -> Result<Draft, Problem> {
    let draft = drafts::lock(conn, id).await?.ok_or(error::DRAFT_NOT_FOUND)?;
    seen.check(draft.version)?;
    self::step(conn, app, by, draft, step).await
}

/// Does one step with a draft that is held; gives it as it is then.
///
/// # Errors
/// As [`act`].
pub async fn step(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    draft: Draft,
    step: Step,
) -> Result<Draft, Problem> {
    let procedure = draft.said()?;
    let faults = procedure.faults();
    let after = standing(&draft, &faults).after(step.action(), by.id);
    let state = after.map_err(|why| error::draft_refused(why, &faults))?;
    let audited = step.audited();
    let was_announced = draft.state == DraftState::Published;
    let draft = Draft { state, ..done(app, by, draft, procedure, step)? };
    if was_announced && drafts::is_another_open(conn, &draft).await? {
        return Err(error::DRAFT_EXISTS.into());
    }
    let draft = drafts::save(conn, draft).await?;
    record(conn, app, by, audited, &draft).await?;
    match draft.in_force_from.is_some_and(|day| day <= today(app)) {
        true => Ok(bring_into_force(conn, app, Some(by), draft).await?),
        false => Ok(draft),
    }
}

/// Throws a draft away.
///
/// # Errors
/// As [`act`].
pub async fn discard(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    id: Uuid,
    seen: &IfMatch,
) -> Result<(), Problem> {
    let draft = drafts::lock(conn, id).await?.ok_or(error::DRAFT_NOT_FOUND)?;
    seen.check(draft.version)?;
    let after = standing(&draft, &[]).after(DraftAction::Discard, by.id);
    after.map_err(|why| error::draft_refused(why, &[]))?;
    drafts::remove(conn, id).await?;
    Ok(record(conn, app, by, "procedure_draft.discarded", &draft).await?)
}

/// What decides who may do what with a draft.
pub fn standing<'d>(draft: &'d Draft, faults: &[Fault]) -> Standing<'d> {
    let in_force = draft.published_version.is_some();
    Standing { state: draft.state, writers: &draft.writers, in_force, has_faults: !faults.is_empty() }
}

/// The draft after a step that its rules allow.
fn done(app: &App, by: &Caller, draft: Draft, said: Procedure, step: Step) -> Result<Draft, Problem> {
    let (now, name) = (app.life.clock.now(), Some(by.name.clone()));
    Ok(match step {
        Step::Write(procedure) => {
            if procedure.code != draft.procedure {
                return Err(error::another_procedure());
            }
            let mut writers = draft.writers.clone();
            if !writers.contains(&by.id) {
                writers.push(by.id);
            }
            let content = serde_json::to_value(procedure).map_err(anyhow::Error::from)?;
            Draft { content, writers, written_by: by.name.clone(), written_at: now, ..draft }
        }
        Step::Submit => Draft {
            submitted_by: name,
            submitted_at: Some(now),
            sent_back_by: None,
            sent_back_at: None,
            sent_back_reason: None,
            ..draft
        },
        Step::SendBack(reason) => Draft {
            submitted_by: None,
            submitted_at: None,
            approver_id: None,
            approved_by: None,
            approved_at: None,
            published_by: None,
            published_at: None,
            decision: None,
            in_force_from: None,
            sent_back_by: name,
            sent_back_at: Some(now),
            sent_back_reason: Some(reason),
            ..draft
        },
        Step::Approve => Draft { approver_id: Some(by.id), approved_by: name, approved_at: Some(now), ..draft },
        Step::Publish { decision, in_force_from } => {
            let announced = draft::in_force_from(said, in_force_from);
            let announced = announced.map_err(|why| error::draft_refused(why, &[]))?;
            Draft {
                content: serde_json::to_value(announced).map_err(anyhow::Error::from)?,
                published_by: name,
                published_at: Some(now),
                decision: Some(decision),
                in_force_from: Some(in_force_from),
                ..draft
            }
        }
    })
}

fn today(app: &App) -> NaiveDate {
    app.life.clock.now().with_timezone(&VIETNAM).date_naive()
}

async fn record(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    action: &'static str,
    draft: &Draft,
) -> Result<(), pg::Error> {
    let entry = AuditEntry {
        actor: Some(by),
        action,
        subject_type: "procedure_draft",
        subject_id: draft.id.to_string(),
        detail: json!({"procedure": draft.procedure, "state": draft.state, "version": draft.version}),
    };
    audit::record(conn, &app.life, entry).await
}
