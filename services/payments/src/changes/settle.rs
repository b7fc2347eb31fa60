//! A provider's word on an attempt takes effect, however it came.

use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::move_attempt;
use crate::{
    app::App,
    domain::{
        attempt::{AttemptEvent, Step},
        report::{Outcome, Payment, Report, Verdict},
    },
    store::{
        attempts::{self, Attempt},
        callbacks::{self, Callback},
        orders::{self, Order},
    },
};

/// Judges a provider's signed word, does what it says, and keeps it with the verdict.
pub async fn hear(
    conn: &mut AsyncPgConnection,
    app: &App,
    callback: Callback<'_>,
    report: &Report,
) -> Result<Verdict, pg::Error> {
    let attempt = attempts::find_reference(conn, callback.provider, &report.reference).await?;
    let verdict = match &attempt {
        None => Verdict::UnknownOrder,
        Some(attempt) => judge(conn, app, attempt.id, attempt.order_id, report).await?,
    };
    if verdict.is_for_a_person() {
        tracing::error!(reference = report.reference, %verdict, "a person must look at a callback");
    }
    let attempt_id = attempt.map(|attempt| attempt.id);
    callbacks::keep(conn, app.life.new_id(), callback, verdict, attempt_id, app.now()).await?;
    Ok(verdict)
}

/// Takes in what no signed word stands behind: no answer, or no payment in time.
pub async fn note(
    conn: &mut AsyncPgConnection,
    app: &App,
    attempt: &Attempt,
    event: AttemptEvent<'_>,
) -> Result<(), pg::Error> {
    let (order, attempt) = hold(conn, attempt.id, attempt.order_id).await?;
    move_attempt::apply(conn, app, &order, &attempt, event).await?;
    Ok(())
}

/// The order and the attempt as they are once nobody else can change them.
async fn hold(conn: &mut AsyncPgConnection, id: Uuid, order_id: Uuid) -> Result<(Order, Attempt), pg::Error> {
    let order = orders::lock(conn, order_id).await?;
    let attempt = attempts::find(conn, id).await?.ok_or(pg::Error::NotFound)?;
    Ok((order, attempt))
}

async fn judge(
    conn: &mut AsyncPgConnection,
    app: &App,
    id: Uuid,
    order_id: Uuid,
    report: &Report,
) -> Result<Verdict, pg::Error> {
    let (order, attempt) = hold(conn, id, order_id).await?;
    if !report.for_us {
        return Ok(Verdict::WrongMerchant);
    }
    if report.amount != Some(attempt.amount) {
        return Ok(Verdict::WrongAmount);
    }
    let event = match &report.outcome {
        Outcome::Paid(payment) if is_second(&attempt, payment) => return Ok(Verdict::Review),
        Outcome::Paid(payment) if attempts::is_known_elsewhere(conn, &attempt, payment).await? => {
            return Ok(Verdict::Review);
        }
        Outcome::Paid(payment) => AttemptEvent::Paid(payment),
        Outcome::Failed => AttemptEvent::Failed,
        Outcome::Unclear => AttemptEvent::NoAnswer,
    };
    let step = move_attempt::apply(conn, app, &order, &attempt, event).await?;
    Ok(match step {
        _ if event == AttemptEvent::NoAnswer => Verdict::Review,
        Step::Move(..) => Verdict::Accepted,
        Step::Already => Verdict::Already,
        Step::Stale => Verdict::Stale,
    })
}

/// Whether the provider took money for this attempt under another number before.
fn is_second(attempt: &Attempt, payment: &Payment) -> bool {
    attempt.provider_reference.as_ref().is_some_and(|known| *known != payment.provider_reference)
}
