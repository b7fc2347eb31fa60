//! Several versions are written as drafts at once: all of them, or none.

use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, kinds};
use procedure::Procedure;

use super::drafts::{Step, begin, step};
use crate::{
    app::App,
    domain::{draft::DraftState, import::ImportOutcome},
    error,
    store::{
        drafts::{self, Draft},
        versions,
    },
};

/// What is to be done with one of them.
enum Plan {
    Nothing,
    Begin(Box<Procedure>),
    Rewrite(Box<Draft>, Box<Procedure>),
}

/// Writes each of `procedures` as a draft, where it says something else than what is in force and what is being written; with `dry` only
/// says what would become of each. In their order.
///
/// # Errors
/// Every one that is on its way already and cannot be written anew, by its place.
pub async fn import(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    procedures: Vec<Procedure>,
    dry: bool,
) -> Result<Vec<ImportOutcome>, Problem> {
    let (mut plans, mut refused) = (Vec::new(), Vec::new());
    let codes: Vec<_> = procedures.iter().map(|procedure| procedure.code.as_str()).collect();
    let mut open = drafts::lock_open(conn, &codes).await?;
    for (place, procedure) in procedures.into_iter().enumerate() {
        let own = open.iter().position(|draft| draft.procedure == procedure.code).map(|at| open.swap_remove(at));
        match plan(conn, own, procedure).await? {
            Some(plan) => plans.push(plan),
            None => refused.push(place),
        }
    }
    if !refused.is_empty() {
        return Err(refused.into_iter().fold(Problem::from(kinds::INVALID), error::on_its_way));
    }
    let mut outcomes = Vec::new();
    for plan in plans {
        outcomes.push(match &plan {
            Plan::Nothing => ImportOutcome::Same,
            Plan::Begin(_) => ImportOutcome::Begun,
            Plan::Rewrite(..) => ImportOutcome::Rewritten,
        });
        match plan {
            Plan::Begin(procedure) if !dry => drop(begin(conn, app, by, &procedure).await?),
            Plan::Rewrite(draft, procedure) if !dry => {
                step(conn, app, by, *draft, Step::Write(procedure)).await?;
            }
            _ => {}
        }
    }
    Ok(outcomes)
}

/// What is to be done with one, of which `open` is being written; nothing when it is on its way and cannot be written anew.
async fn plan(
    conn: &mut AsyncPgConnection,
    open: Option<Draft>,
    procedure: Procedure,
) -> Result<Option<Plan>, Problem> {
    if let Some(open) = open {
        return Ok(match open.state {
            _ if open.said()? == procedure => Some(Plan::Nothing),
            DraftState::Draft => Some(Plan::Rewrite(open.into(), procedure.into())),
            _ => None,
        });
    }
    let current = versions::current(conn, &procedure.code).await?;
    let is_current = current.is_some_and(|current| current.procedure == procedure);
    Ok(Some(if is_current { Plan::Nothing } else { Plan::Begin(procedure.into()) }))
}
