//! VNPAY notifies us (IPN) of what became of an attempt.

use actix_web::{HttpRequest, get, web};
use edge::Reply;
use runtime::failpoint;
use serde::Serialize;
use utoipa::ToSchema;

use super::vnpay_query::VnpayQuery;
use crate::{
    app::App,
    domain::{
        provider::{Channel, ProviderName},
        report::Verdict,
    },
    store::{
        callbacks::{self, Told},
        settlement,
    },
};

/// What VNPAY wants to hear. It repeats a notification until it hears `00` or `02`.
#[derive(Serialize, ToSchema)]
pub struct VnpayAcknowledgement {
    /// `00` recorded, `02` known before, `01` no such attempt, `04` wrong amount or merchant, `97` wrong signature,
    /// `99` not recorded: send it again.
    #[serde(rename = "RspCode")]
    #[schema(example = "00")]
    code: &'static str,
    /// The same in words.
    #[serde(rename = "Message")]
    #[schema(example = "Confirm Success")]
    message: &'static str,
}

impl From<Verdict> for VnpayAcknowledgement {
    fn from(verdict: Verdict) -> Self {
        let (code, message) = match verdict {
            Verdict::Accepted => ("00", "Confirm Success"),
            Verdict::Already | Verdict::Stale => ("02", "Order already confirmed"),
            // Kept for a person; hearing it again would add nothing.
            Verdict::Review => ("00", "Confirm Success"),
            Verdict::UnknownOrder => ("01", "Order not found"),
            Verdict::WrongAmount | Verdict::WrongMerchant => ("04", "Invalid amount"),
            Verdict::Forged => ("97", "Invalid Checksum"),
        };
        Self { code, message }
    }
}

/// Notify of a payment (VNPAY only)
///
/// VNPAY calls this address after every payment, successful or not, and repeats it until it hears `00` or `02`. The status is
/// always 200. The answer is given after everything is committed, so a lost or repeated call does no harm. Parameters
/// without a valid signature change nothing.
#[utoipa::path(
    operation_id = "receive_vnpay_notification",
    tag = "payments",
    params(VnpayQuery),
    responses((status = 200, description = "Whether it was recorded", body = VnpayAcknowledgement))
)]
#[get("/api/v1/payments/vnpay/ipn")]
pub async fn receive_vnpay_notification(app: web::Data<App>, request: HttpRequest) -> Reply {
    // The HTTP library takes no address longer than 64 KiB, so this is short enough to keep.
    let answer = match receive(&app, request.query_string()).await {
        Ok(verdict) => verdict.into(),
        Err(why) => {
            tracing::error!(%why, "a notification was not recorded; VNPAY will repeat it");
            VnpayAcknowledgement { code: "99", message: "Unknown error" }
        }
    };
    Reply::ok(&answer)
}

async fn receive(app: &App, raw: &str) -> Result<Verdict, pg::Error> {
    let told = Told { provider: ProviderName::Vnpay, channel: Channel::Notification, raw };
    let Some(report) = app.provider(told.provider).read_callback(raw) else {
        callbacks::keep_forgery(&mut *app.pool.get().await?, app.life.new_id(), told, app.now()).await?;
        return Ok(Verdict::Forged);
    };
    let _turn = app.turns.of(&report.reference).await?;
    let heard = app.pool.transaction(async |conn| {
        let verdict = settlement::hear(conn, app, told, &report).await?;
        failpoint("payments: heard, not committed");
        Ok(verdict)
    });
    let verdict = heard.await;
    failpoint("payments: committed, not answered");
    verdict
}
