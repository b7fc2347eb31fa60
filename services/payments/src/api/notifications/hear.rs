//! Takes a notification in, whichever way it came.

use edge::{Origin, Problem, Reply, kinds};
use runtime::failpoint;
use serde_json::json;

use crate::{
    app::App,
    changes::{
        settle,
        take_credit::{self, Told},
    },
    domain::{
        credit::CreditSource,
        provider::{Channel, ProviderName},
        report::{Report, Verdict},
    },
    error,
    providers::{Acknowledgement, CreditNotice, vietqr::Vietqr},
    store::callbacks::{self, Callback},
};

/// Takes a notification in, and answers in the provider's words.
///
/// # Errors
/// [`error::PROVIDER_NOT_FOUND`] when there is no contract with it, [`kinds::TOO_MANY`] when nobody signed it, as many others from its
/// address before; and what a provider hears that knows errors only.
pub async fn answer(app: &App, provider: ProviderName, origin: Origin, raw: &str) -> Result<Reply, Problem> {
    if let Some(bank) = app.providers.credits(provider) {
        return answer_bank(app, bank, origin, raw).await;
    }
    let notification = app.providers.notification(provider).ok_or(error::PROVIDER_NOT_FOUND)?;
    let report = notification.read(raw);
    if report.is_none() {
        // Before anything is asked of the database: that is what a stranger must not keep busy.
        app.forgeries.count(origin)?;
    }
    let verdict = hear(app, provider, raw, report).await.inspect_err(|why| {
        tracing::error!(%why, %provider, "a notification was not recorded; the provider will repeat it");
    });
    let verdict = verdict.ok();
    match notification.acknowledge(verdict) {
        Acknowledgement::Words(words) => Ok(Reply::ok(&words)),
        Acknowledgement::Recorded => Ok(Reply::no_content()),
        Acknowledgement::Refused if verdict.is_none() => Err(Problem::from(kinds::UNAVAILABLE).retry_after(60)),
        Acknowledgement::Refused => Err(error::NOTIFICATION_NOT_SIGNED.into()),
    }
}

/// Takes in what the bank tells of money that came.
async fn answer_bank(app: &App, bank: &Vietqr, origin: Origin, raw: &str) -> Result<Reply, Problem> {
    let Some(credit) = bank.read(raw) else {
        app.forgeries.count(origin)?;
        let forged = Callback { provider: ProviderName::Vietqr, channel: Channel::Notification, raw, signed: raw };
        callbacks::keep_forgery(&mut *app.pool.get().await?, app.life.new_id(), forged, app.now()).await?;
        return Err(error::NOTIFICATION_NOT_SIGNED.into());
    };
    let _lock = app.attempt_locks.of(&credit.transaction).await?;
    let source = CreditSource::Notice;
    let told = Told { source, credit: &credit, raw, ours: bank.is_ours(&credit), keeper: &bank.agency };
    app.pool.transaction(async |conn| take_credit::hear(conn, app, told).await).await?;
    Ok(Reply::ok(&json!({"recorded": true})))
}

async fn hear(app: &App, provider: ProviderName, raw: &str, report: Option<Report>) -> Result<Verdict, pg::Error> {
    let callback = |signed| Callback { provider, channel: Channel::Notification, raw, signed };
    let Some(report) = report else {
        callbacks::keep_forgery(&mut *app.pool.get().await?, app.life.new_id(), callback(raw), app.now()).await?;
        return Ok(Verdict::Forged);
    };
    let _lock = app.attempt_locks.of(&report.reference).await?;
    let heard = app.pool.transaction(async |conn| {
        let verdict = settle::hear(conn, app, callback(&report.signed), &report).await?;
        failpoint("payments: heard, not committed");
        Ok(verdict)
    });
    let verdict = heard.await;
    failpoint("payments: committed, not answered");
    verdict
}
