//! A provider's word on an attempt takes effect, however it came.

use diesel_async::AsyncPgConnection;

use super::{
    hold_payment::{HeldPayment, hold},
    move_attempt,
    tell_payer::tell_payer,
};
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
        Some(attempt) => judge(conn, app, attempt, report).await?,
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

/// Takes in what no signed word stands behind: no answer, or no payment in time. Of a joint payment it is so of all its attempts.
pub async fn note(
    conn: &mut AsyncPgConnection,
    app: &App,
    attempt: &Attempt,
    event: AttemptEvent<'_>,
) -> Result<(), pg::Error> {
    let held = hold(conn, attempt).await?;
    move_all(conn, app, &held, event).await?;
    Ok(())
}

async fn judge(
    conn: &mut AsyncPgConnection,
    app: &App,
    attempt: &Attempt,
    report: &Report,
) -> Result<Verdict, pg::Error> {
    let held = hold(conn, attempt).await?;
    if let Some((taken, verdict)) = unlike_asked(conn, &held, report).await? {
        if matches!(report.outcome, Outcome::Paid(_)) {
            leave_to_a_person(conn, app, &held, taken).await?;
        }
        return Ok(verdict);
    }
    let event = match &report.outcome {
        Outcome::Paid(payment) => AttemptEvent::Paid(payment),
        Outcome::Failed => AttemptEvent::Failed,
        Outcome::Unclear => AttemptEvent::NoAnswer,
    };
    let step = move_all(conn, app, &held, event).await?;
    Ok(match step {
        _ if event == AttemptEvent::NoAnswer => Verdict::Review,
        Step::Move(..) => Verdict::Accepted,
        Step::Already => Verdict::Already,
        Step::Stale => Verdict::Stale,
    })
}

/// Does what the event does to every attempt of a payment, in the caller's transaction: all or none. What of it pays its order and what is
/// owed back is said order by order; gives the step of the first, as the attempts of one payment move together.
async fn move_all(
    conn: &mut AsyncPgConnection,
    app: &App,
    held: &HeldPayment,
    event: AttemptEvent<'_>,
) -> Result<Step, pg::Error> {
    let mut first = None;
    for (order, attempt) in &held.parts {
        let step = move_attempt::apply(conn, app, order, attempt, event).await?;
        first.get_or_insert(step);
    }
    first.ok_or(pg::Error::NotFound)
}

/// What is not as it was asked for, if anything.
async fn unlike_asked(
    conn: &mut AsyncPgConnection,
    held: &HeldPayment,
    report: &Report,
) -> Result<Option<(Taken, Verdict)>, pg::Error> {
    if !report.for_us {
        return Ok(Some((Taken::ForAnotherMerchant, Verdict::WrongMerchant)));
    }
    if report.amount != Some(held.amount) {
        return Ok(Some((Taken::AnotherAmount, Verdict::WrongAmount)));
    }
    let Outcome::Paid(payment) = &report.outcome else { return Ok(None) };
    let (_, first) = held.parts.first().ok_or(pg::Error::NotFound)?;
    let is_second = is_second(first, payment) || attempts::is_known_elsewhere(conn, first, payment).await?;
    Ok(is_second.then_some((Taken::UnderAnotherNumber, Verdict::Review)))
}

/// Nothing is booked, and the payer is told once that an official looks at it: of a joint payment by its first order.
async fn leave_to_a_person(
    conn: &mut AsyncPgConnection,
    app: &App,
    held: &HeldPayment,
    taken: Taken,
) -> Result<(), pg::Error> {
    let (order, attempt) = held.parts.first().ok_or(pg::Error::NotFound)?;
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
