//! The provider is asked now what became of an attempt, and its word takes effect in a transaction of its own.

use super::{hold_payment::query_of, settle};
use crate::{
    app::App,
    domain::{provider::Channel, report::Verdict},
    providers::{Ask, QueryOutcome},
    store::{attempts::Attempt, callbacks::Callback},
};

/// What asking brought.
pub enum Heard {
    /// Its word was taken in.
    Known,
    /// The payer has not finished, or not begun.
    NotFinished,
    /// Nothing that can be used, and why.
    Doubt(String),
}

/// Asks once, about all of a joint payment where the attempt is part of one. The provider's word goes the same way as if it had notified us.
///
/// # Errors
/// When the database does not take its word.
pub async fn ask_now(app: &App, provider: &dyn Ask, attempt: &Attempt) -> Result<Heard, pg::Error> {
    let query = query_of(&mut *app.pool.get().await?, attempt).await?;
    let answer = provider.ask(&query).await;
    match &answer {
        Ok(_) => app.questions.works(),
        Err(why) => app.questions.fails(&why.to_string()),
    }
    let (report, raw) = match answer {
        Ok(QueryOutcome::Reported(report, raw)) => (report, raw),
        Ok(QueryOutcome::NotFinished) => return Ok(Heard::NotFinished),
        Err(why) => return Ok(Heard::Doubt(why.to_string())),
    };
    let callback = Callback { provider: attempt.provider, channel: Channel::Query, raw: &raw, signed: &report.signed };
    let verdict = app.pool.transaction(async |conn| settle::hear(conn, app, callback, &report).await).await?;
    let known = matches!(verdict, Verdict::Accepted | Verdict::Already | Verdict::Stale);
    Ok(if known { Heard::Known } else { Heard::Doubt(format!("its answer is {verdict}")) })
}
