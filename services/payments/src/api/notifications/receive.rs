//! A provider notifies us of what became of an attempt.

use actix_web::{HttpRequest, get, web};
use edge::{Origin, Problem, Reply};
use runtime::failpoint;

use super::provider_query::ProviderQuery;
use crate::{
    app::App,
    changes::settle,
    domain::{
        provider::{Channel, ProviderName},
        report::{Report, Verdict},
    },
    error,
    providers::vnpay::VnpayAcknowledgement,
    store::callbacks::{self, Callback},
};

edge::failures![error::PROVIDER_NOT_FOUND];

/// Notify of a payment (payment providers only)
///
/// The provider calls this address after every payment, successful or not, and repeats it until it hears that it was recorded
/// (VNPAY: `00` or `02`). The status is 200 for every provider that there is. The answer is given after everything is
/// committed, so a lost or repeated call does no harm. Parameters without a valid signature change nothing, and one address may
/// send sixty of them a minute; what is signed is never too much.
#[utoipa::path(
    operation_id = "receive_payment_notification",
    tag = "payments",
    extensions(("x-signed" = json!(true))),
    params(("provider" = String, Path, description = "The provider, in small letters", example = "vnpay"), ProviderQuery),
    responses(
        (status = 200, description = "Whether it was recorded, in the provider's words", body = VnpayAcknowledgement),
        Failures
    )
)]
#[get("/api/v1/payments/{provider}/notification")]
pub async fn receive_payment_notification(
    app: web::Data<App>,
    provider: web::Path<String>,
    origin: Origin,
    request: HttpRequest,
) -> Result<Reply, Problem> {
    let provider = ProviderName::of_address(&provider).ok_or(error::PROVIDER_NOT_FOUND)?;
    answer(&app, provider, origin, &request).await
}

/// Takes a notification in, and answers in the provider's words.
///
/// # Errors
/// [`edge::kinds::TOO_MANY`] when nobody signed it, as many others from its address before.
pub async fn answer(
    app: &App,
    provider: ProviderName,
    origin: Origin,
    request: &HttpRequest,
) -> Result<Reply, Problem> {
    let notification = app.providers.notification(provider).ok_or(error::PROVIDER_NOT_FOUND)?;
    // The HTTP library takes no address longer than 64 KiB, so this is short enough to keep.
    let raw = request.query_string();
    let report = notification.read(raw);
    if report.is_none() {
        // Before anything is asked of the database: that is what a stranger must not keep busy.
        app.forgeries.count(origin)?;
    }
    let verdict = hear(app, provider, raw, report).await.inspect_err(|why| {
        tracing::error!(%why, %provider, "a notification was not recorded; the provider will repeat it");
    });
    Ok(Reply::ok(&notification.acknowledge(verdict.ok())))
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
