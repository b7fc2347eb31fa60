//! What a line of a statement says is booked, by the way that every word of a provider goes.

use diesel_async::AsyncPgConnection;
use edge::Caller;
use serde_json::json;

use super::{hold_payment::query_of, settle::hear, start_attempt::begin};
use crate::{
    app::App,
    domain::{
        day,
        difference::{DifferenceClass, can_be_booked},
        order::OrderState,
        provider::Channel,
        report::{Outcome, Payment, Report, Verdict},
    },
    store::{
        attempts::{self, Attempt},
        callbacks::Callback,
        differences::Difference,
        orders,
        statement_lines::{self, KeptLine},
    },
};

/// Whether it can be: see [`can_be_booked`]; and it is what the attempt was over, for an order that does not wait for a first payment when
/// this is a second one. The sum of a joint payment a second time is no attempt of one order: it is explained, and given back by hand.
pub async fn is_possible(conn: &mut AsyncPgConnection, difference: &Difference) -> Result<bool, pg::Error> {
    let Some((line, attempt)) = of(conn, difference).await? else { return Ok(false) };
    let order = orders::find(conn, attempt.order_id).await?.ok_or(pg::Error::NotFound)?;
    let is_wanted = difference.class != DifferenceClass::Twice || order.status != OrderState::Due;
    let is_new = difference.class != DifferenceClass::MissingHere || !attempt.status.took_money();
    let is_of_one = difference.class != DifferenceClass::Twice || attempt.joint_payment_id.is_none();
    let payment = query_of(conn, &attempt).await?;
    Ok(line.amount == payment.amount && is_wanted && is_new && is_of_one)
}

/// Books it; `false` when it cannot be any more. The same money a second time is an attempt of its own, so that it can go back as any
/// other does.
pub async fn book(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    difference: &Difference,
) -> Result<bool, pg::Error> {
    let Some((line, attempt)) = of(conn, difference).await? else { return Ok(false) };
    let order = orders::lock(conn, attempt.order_id).await?;
    if !is_possible(conn, difference).await? {
        return Ok(false);
    }
    let attempt = match difference.class {
        DifferenceClass::Twice => begin(conn, app, Some(by), &order, (attempt.provider, line.amount)).await?,
        _ => attempt,
    };
    settle(conn, app, &line, &attempt).await
}

/// The provider's word is what stands on the statement.
async fn settle(
    conn: &mut AsyncPgConnection,
    app: &App,
    line: &KeptLine,
    attempt: &Attempt,
) -> Result<bool, pg::Error> {
    // The line's own where the statement says none: no other payment has it.
    let number = line.number_there.clone().unwrap_or_else(|| format!("L{}", line.id));
    let raw = json!({"line": line.id, "number": number, "day": line.day, "amount": line.amount, "text": line.text})
        .to_string();
    let payment = Payment { provider_reference: number, paid_at: day::noon(line.day) };
    let report = Report {
        reference: query_of(conn, attempt).await?.reference,
        signed: hex::encode(&line.key),
        for_us: true,
        amount: Some(line.amount),
        outcome: Outcome::Paid(payment),
    };
    let callback =
        Callback { provider: attempt.provider, channel: Channel::Statement, raw: &raw, signed: &report.signed };
    Ok(hear(conn, app, callback, &report).await? == Verdict::Accepted)
}

/// The line and the attempt of a difference that a person may have booked.
async fn of(conn: &mut AsyncPgConnection, difference: &Difference) -> Result<Option<(KeptLine, Attempt)>, pg::Error> {
    let Some((line, attempt)) = difference.line_id.zip(difference.attempt_id) else { return Ok(None) };
    let line = statement_lines::of(conn, &[line]).await?.pop().ok_or(pg::Error::NotFound)?;
    let attempt = attempts::find(conn, attempt).await?.ok_or(pg::Error::NotFound)?;
    Ok((can_be_booked(difference.class, line.direction, true)).then_some((line, attempt)))
}
