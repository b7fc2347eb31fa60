//! The one way in which news of an attempt takes effect, however it came: attempt, order, history, ledger, outbox and
//! audit in the caller's transaction.

use civic::events::PaymentSettled;
use diesel_async::AsyncPgConnection;
use edge::audit::{self, Deed};
use serde_json::json;
use uuid::Uuid;

use super::{
    attempts::{self, Attempt},
    callbacks::{self, Told},
    history::{self, Entry},
    ledger::{self, Occasion},
    orders::{self, Order},
};
use crate::{
    app::App,
    domain::{
        ledger::{Purpose, Transfer},
        report::{Outcome, Payment, Report, Verdict},
        status::{self, AttemptStatus, News, OrderStatus, Step},
    },
};

/// Judges a provider's signed word, does what it says, and keeps it with the verdict.
pub async fn hear(
    conn: &mut AsyncPgConnection,
    app: &App,
    told: Told<'_>,
    report: &Report,
) -> Result<Verdict, pg::Error> {
    let attempt = attempts::find_reference(conn, told.provider, &report.reference).await?;
    let verdict = match &attempt {
        None => Verdict::UnknownOrder,
        Some(attempt) => judge(conn, app, attempt.id, attempt.order_id, report).await?,
    };
    if verdict.is_for_a_person() {
        tracing::error!(reference = report.reference, verdict = verdict.as_str(), "a person must look at a callback");
    }
    let attempt_id = attempt.map(|attempt| attempt.id);
    callbacks::keep(conn, app.life.new_id(), told, verdict, attempt_id, app.now()).await?;
    Ok(verdict)
}

/// Takes in news that no signed word stands behind: no answer, or no payment in time.
pub async fn note(conn: &mut AsyncPgConnection, app: &App, attempt: &Attempt, news: News<'_>) -> Result<(), pg::Error> {
    let (order, attempt) = hold(conn, attempt.id, attempt.order_id).await?;
    advance(conn, app, &order, &attempt, news).await?;
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
    if report.amount != Some(attempt.amount()) {
        return Ok(Verdict::WrongAmount);
    }
    let news = match &report.outcome {
        Outcome::Paid(payment) if is_second(&attempt, payment) => return Ok(Verdict::Review),
        Outcome::Paid(payment) if attempts::is_known_elsewhere(conn, &attempt, payment).await? => {
            return Ok(Verdict::Review);
        }
        Outcome::Paid(payment) => News::Paid(payment),
        Outcome::Failed => News::Failed,
        Outcome::Unclear => News::NoAnswer,
    };
    let step = advance(conn, app, &order, &attempt, news).await?;
    Ok(match step {
        _ if news == News::NoAnswer => Verdict::Review,
        Step::Move(..) => Verdict::Accepted,
        Step::Already => Verdict::Already,
        Step::Stale => Verdict::Stale,
    })
}

/// Whether the provider took money for this attempt under another number before.
fn is_second(attempt: &Attempt, payment: &Payment) -> bool {
    attempt.provider_reference.as_ref().is_some_and(|known| *known != payment.provider_reference)
}

async fn advance(
    conn: &mut AsyncPgConnection,
    app: &App,
    order: &Order,
    attempt: &Attempt,
    news: News<'_>,
) -> Result<Step, pg::Error> {
    let step = status::step(order.status(), attempt.status(), news);
    let Step::Move(attempt_to, order_to) = step else {
        return Ok(step);
    };
    let payment = if let News::Paid(payment) = news { Some(payment) } else { None };
    let paid_at = payment.filter(|_| attempt_to == AttemptStatus::Settled).map(|payment| payment.paid_at);
    attempts::advance(conn, attempt.id, attempt_to, payment).await?;
    orders::advance(conn, order, order_to, paid_at).await?;
    write_down(conn, app, order, attempt, news, (attempt_to, order_to)).await?;
    if let Some(payment) = payment {
        book(conn, app, order, attempt, payment, attempt_to).await?;
    }
    Ok(step)
}

/// History and audit log.
async fn write_down(
    conn: &mut AsyncPgConnection,
    app: &App,
    order: &Order,
    attempt: &Attempt,
    news: News<'_>,
    (attempt_to, order_to): (AttemptStatus, OrderStatus),
) -> Result<(), pg::Error> {
    let entry = Entry {
        order_id: order.id,
        version: order.version + 1,
        at: app.now(),
        cause: news.cause(),
        order_from: Some(order.status().as_str()),
        order_to: order_to.as_str(),
        attempt_id: Some(attempt.id),
        attempt_from: Some(attempt.status().as_str()),
        attempt_to: Some(attempt_to.as_str()),
    };
    history::write(conn, entry).await?;
    let deed = Deed {
        actor: None,
        action: "payment_attempt.moved",
        subject_type: "payment_order",
        subject_id: order.id.to_string(),
        detail: json!({
            "attempt_id": attempt.id, "cause": news.cause(), "version": order.version + 1,
            "from": attempt.status(), "to": attempt_to, "order": order_to,
        }),
    };
    audit::record(conn, &app.life, deed).await
}

/// The ledger, and the news for the other services.
async fn book(
    conn: &mut AsyncPgConnection,
    app: &App,
    order: &Order,
    attempt: &Attempt,
    payment: &Payment,
    attempt_to: AttemptStatus,
) -> Result<(), pg::Error> {
    let settles = attempt_to == AttemptStatus::Settled;
    let purpose = if settles { Purpose::Capture } else { Purpose::Surplus };
    let transfer = Transfer::of_payment(purpose, attempt.provider(), order.agency(), attempt.amount());
    let occasion = Occasion { id: app.life.new_id(), order_id: order.id, attempt_id: attempt.id, at: app.now() };
    ledger::post(conn, occasion, &transfer).await?;
    if !settles {
        tracing::error!(order = %order.id, attempt = %attempt.id, "an order was paid twice: money is owed to the payer");
        return Ok(());
    }
    let settled = PaymentSettled {
        order_id: order.id,
        dossier_id: order.dossier_id,
        amount: attempt.amount(),
        provider: attempt.provider().as_str().to_ascii_lowercase(),
        provider_reference: payment.provider_reference.clone(),
        paid_at: payment.paid_at,
    };
    app.outbox.put(conn, &settled).await?;
    Ok(())
}
