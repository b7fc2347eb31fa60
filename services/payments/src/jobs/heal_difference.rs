//! Ends a difference by a rule: money that a statement tells of and that is not here is asked about at its provider, whose word settles
//! it, never the statement's.

use diesel_async::AsyncPgConnection;
use queue::{JobError, Run};
use uuid::Uuid;

use crate::{
    app::App,
    changes::{
        compare_lines::HealDifference, hear_line, hold_payment::query_of, move_difference::end_healing, settle::hear,
    },
    domain::{
        asking,
        credit::CreditState,
        difference::DifferenceState,
        provider::Channel,
        refund::RefundState,
        report::{Outcome, Verdict},
    },
    providers::QueryOutcome,
    store::{
        attempts::{self, Attempt},
        callbacks::Callback,
        differences::{self, Difference},
        refunds,
    },
};

/// How it stands with a difference.
enum Look {
    /// It is at an end.
    Healed,
    /// Nothing speaks against it yet.
    NotYet,
    /// A person must look.
    Person,
}

/// Looks once.
pub async fn run(app: &App, job: HealDifference, run: Run) -> Result<(), JobError> {
    let found = differences::find(&mut *app.pool.get().await?, job.difference_id).await?;
    let Some(difference) = found.filter(|it| it.state == DifferenceState::Healing) else { return Ok(()) };
    let look = match (difference.refund_id, difference.attempt_id) {
        (Some(refund), _) => refund_now(app, refund).await?,
        (None, Some(attempt)) => payment_now(app, attempt).await?,
        (None, None) => transfer_now(app, &difference).await?,
    };
    let (by, now) = (app.life.clock.cautious(), app.life.clock.steady());
    let again = asking::next(difference.found_at.max(run.since), run.number, by).map(|at| now + (at - by));
    match (look, again) {
        (Look::NotYet, Some(at)) => Err(JobError::NotYet("what the statement says does not stand here yet".into(), at)),
        (look, _) => {
            let is_healed = matches!(look, Look::Healed);
            let end = async |conn: &mut AsyncPgConnection| {
                let held = differences::lock(conn, difference.id).await?;
                match held.state {
                    DifferenceState::Healing => end_healing(conn, app, held, is_healed).await,
                    _ => Ok(()),
                }
            };
            Ok(app.pool.transaction(end).await?)
        }
    }
}

/// What came to the account pays the dossier that it names, as if the bank had told it.
async fn transfer_now(app: &App, difference: &Difference) -> Result<Look, pg::Error> {
    let state = app.pool.transaction(async |conn| hear_line::hear(conn, app, difference).await).await?;
    Ok(match state {
        Some(CreditState::Taken) => Look::Healed,
        Some(CreditState::Waiting) => Look::NotYet,
        Some(CreditState::ForPerson | CreditState::SentBack) | None => Look::Person,
    })
}

/// A refund is followed already; it only takes time.
async fn refund_now(app: &App, id: Uuid) -> Result<Look, pg::Error> {
    let refund = refunds::find(&mut *app.pool.get().await?, id).await?;
    Ok(match refund.map(|refund| refund.state) {
        Some(RefundState::Done) => Look::Healed,
        Some(state) if state.is_open() => Look::NotYet,
        _ => Look::Person,
    })
}

async fn payment_now(app: &App, id: Uuid) -> Result<Look, pg::Error> {
    let attempt = attempts::find(&*app.pool.get().await?, id).await?.ok_or(pg::Error::NotFound)?;
    if attempt.status.took_money() { Ok(Look::Healed) } else { ask(app, &attempt).await }
}

/// The provider is asked; its word goes the way of every other.
async fn ask(app: &App, attempt: &Attempt) -> Result<Look, pg::Error> {
    let query = query_of(&mut *app.pool.get().await?, attempt).await?;
    let Some(provider) = app.providers.ask(attempt.provider) else { return Ok(Look::Person) };
    let (report, raw) = match provider.ask(&query).await {
        Ok(QueryOutcome::Reported(report, raw)) => (report, raw),
        Ok(QueryOutcome::NotFinished) | Err(_) => return Ok(Look::NotYet),
    };
    let callback = Callback { provider: attempt.provider, channel: Channel::Query, raw: &raw, signed: &report.signed };
    let verdict = app.pool.transaction(async |conn| hear(conn, app, callback, &report).await).await?;
    Ok(match (&report.outcome, verdict) {
        (Outcome::Paid(_), Verdict::Accepted | Verdict::Already) => Look::Healed,
        _ => Look::Person,
    })
}
