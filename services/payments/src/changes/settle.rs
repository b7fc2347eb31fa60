//! A provider's word on an attempt takes effect, however it came.

use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::{move_attempt, tell_payer::tell_payer};
use crate::{
    app::App,
    domain::{
        attempt::{AttemptEvent, Step},
        destination::{Destination, Taken},
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
    let attempt_id = attempt.map(|attempt| attempt.id);
    if let Some(attempt) = attempt_id.filter(|_| verdict.is_for_a_person()) {
        // Once: whoever has the provider's words can send them again and again.
        if !callbacks::is_known(conn, attempt, verdict).await? {
            tracing::error!(reference = report.reference, %verdict, "a person must look at a callback");
        }
    }
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
    if let Some((taken, verdict)) = unlike_asked(conn, &attempt, report).await? {
        if matches!(report.outcome, Outcome::Paid(_)) {
            leave_to_a_person(conn, app, (&order, &attempt), taken).await?;
        }
        return Ok(verdict);
    }
    let event = match &report.outcome {
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

/// What is not as it was asked for, if anything.
async fn unlike_asked(
    conn: &mut AsyncPgConnection,
    attempt: &Attempt,
    report: &Report,
) -> Result<Option<(Taken, Verdict)>, pg::Error> {
    if !report.for_us {
        return Ok(Some((Taken::ForAnotherMerchant, Verdict::WrongMerchant)));
    }
    if report.amount != Some(attempt.amount) {
        return Ok(Some((Taken::AnotherAmount, Verdict::WrongAmount)));
    }
    let Outcome::Paid(payment) = &report.outcome else { return Ok(None) };
    let is_second = is_second(attempt, payment) || attempts::is_known_elsewhere(conn, attempt, payment).await?;
    Ok(is_second.then_some((Taken::UnderAnotherNumber, Verdict::Review)))
}

/// Nothing is booked, and the payer is told once that an official looks at it.
async fn leave_to_a_person(
    conn: &mut AsyncPgConnection,
    app: &App,
    (order, attempt): (&Order, &Attempt),
    taken: Taken,
) -> Result<(), pg::Error> {
    let notice = Destination::of(order.status, taken).notice(order.status);
    match notice {
        Some(notice) if !callbacks::waits_for_a_person(conn, attempt.id).await? => {
            tell_payer(conn, app, order, notice, None).await
        }
        _ => Ok(()),
    }
}

/// Whether the provider took money for this attempt under another number before.
fn is_second(attempt: &Attempt, payment: &Payment) -> bool {
    attempt.provider_reference.as_ref().is_some_and(|known| *known != payment.provider_reference)
}
