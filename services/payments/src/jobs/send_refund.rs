//! Sends a refund to its provider, once, and follows it until the money is back or a person must look.

use chrono::{DateTime, Utc};
use queue::{JobError, Run};
use runtime::failpoint;

use crate::{
    app::App,
    changes::{
        ask_refund::SendRefund,
        hold_payment::query_of,
        move_refund::{go, hold},
    },
    domain::{
        asking,
        refund::{RefundState, RefundWay},
    },
    providers::{RefundAnswer, RefundOrder},
    store::{attempts, refunds, refunds::Refund},
};

/// Takes the next step of a refund. It is noted as sent before it is sent: a process that dies between the two leaves one that is
/// asked about, and never one that is sent twice.
pub async fn run(app: &App, job: SendRefund, run: Run) -> Result<(), JobError> {
    let Some(refund) = refunds::find(&mut *app.pool.get().await?, job.refund_id).await? else { return Ok(()) };
    if refund.way != RefundWay::Provider {
        return Ok(());
    }
    let is_new = refund.state == RefundState::Approved;
    match refund.state {
        RefundState::Approved if !take(app, &refund).await? => return Ok(()),
        RefundState::Approved | RefundState::Sent | RefundState::Unknown => {}
        _ => return Ok(()),
    }
    failpoint("payments: refund noted, not sent");
    let answer = ask(app, &refund, is_new).await?;
    failpoint("payments: refund sent, not noted");
    match note(app, &refund, answer).await? {
        None => Ok(()),
        Some(why) => again(app, &refund, run, why),
    }
}

/// Notes that it is sent now; `false` when somebody else did or turned it down.
async fn take(app: &App, refund: &Refund) -> Result<bool, pg::Error> {
    app.pool
        .transaction(async |conn| {
            let held = hold(conn, refund).await?;
            if held.refund.state != RefundState::Approved {
                return Ok(false);
            }
            go(conn, app, held, RefundState::Sent, None).await
        })
        .await
}

/// Sends it, or asks what became of it.
async fn ask(app: &App, refund: &Refund, is_new: bool) -> Result<RefundAnswer, pg::Error> {
    let attempt = attempts::find(&*app.pool.get().await?, refund.attempt_id).await?.ok_or(pg::Error::NotFound)?;
    // Of a joint payment the provider knows the whole: what goes back of one order is a part of that.
    let payment = query_of(&mut *app.pool.get().await?, &attempt).await?;
    let order = RefundOrder {
        id: refund.id,
        reference: payment.reference,
        created_at: payment.created_at,
        provider_reference: attempt.provider_reference.unwrap_or_default(),
        amount: refund.amount,
        is_whole: refund.amount == payment.amount,
        asked_by: refund.asked_by,
        asked_at: refund.asked_at,
        number: refund.provider_reference.clone(),
    };
    let Some(provider) = app.providers.refund(attempt.provider) else {
        return Ok(RefundAnswer::Refused("it gives nothing back by itself".into()));
    };
    let answer = if is_new { provider.send(&order).await } else { provider.follow(&order).await };
    Ok(answer.unwrap_or_else(|why| RefundAnswer::Unclear(why.to_string())))
}

/// What the answer makes of it; why it must be asked about again, if it must.
async fn note(app: &App, refund: &Refund, answer: RefundAnswer) -> Result<Option<String>, pg::Error> {
    app.pool
        .transaction(async |conn| {
            let mut held = hold(conn, refund).await?;
            let (to, left) = match answer {
                RefundAnswer::Accepted(number) | RefundAnswer::Done(number)
                    if refunds::is_known_elsewhere(conn, refund.id, &number).await? =>
                {
                    (RefundState::Unknown, Some("the provider tells of another refund".to_owned()))
                }
                RefundAnswer::Accepted(number) => {
                    held.refund.provider_reference = Some(number);
                    (RefundState::Sent, Some("the provider is at it".to_owned()))
                }
                RefundAnswer::Done(number) => {
                    held.refund.provider_reference = Some(number);
                    (RefundState::Done, None)
                }
                RefundAnswer::Refused(why) => {
                    held.refund.failure = Some(why);
                    (RefundState::Failed, None)
                }
                RefundAnswer::Unclear(why) => (RefundState::Unknown, Some(why)),
            };
            if held.refund.state == to {
                refunds::save(conn, &held.refund).await?;
            } else {
                go(conn, app, held, to, None).await?;
            }
            Ok(left)
        })
        .await
}

/// As about an attempt; then hourly no more, but daily for two weeks: banks take their time.
fn again(app: &App, refund: &Refund, run: Run, why: String) -> Result<(), JobError> {
    let (by, now) = (app.life.clock.cautious(), app.life.clock.steady());
    match asking::next_of_refund(refund.asked_at.max(run.since), run.number, by)
        .map(|at: DateTime<Utc>| now + (at - by))
    {
        Some(at) => Err(JobError::NotYet(why, at)),
        None => {
            tracing::error!(refund = %refund.id, why, "a person must find out what became of a refund");
            Err(JobError::GiveUp(why))
        }
    }
}
