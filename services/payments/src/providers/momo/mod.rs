//! MoMo, AIO v2: a payment asked for and paid in the wallet, the notification, the question, the refund.
//!
//! What it tells us unasked is signed. Its answers are not: they are its own because it was asked over TLS.

mod outcome;
mod refund;
mod signature;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use civic::{Language, Vnd};
use futures_util::{FutureExt, future::BoxFuture};
use runtime::Life;
use serde_json::{Map, Value, json};

use self::signature::Keys;
use super::{
    Acknowledgement, Ask, Bill, Checkout, NoAnswer, Notification, Query, QueryOutcome, Refund, RefundAnswer,
    RefundOrder,
    wire::{self, text},
};
use crate::{
    config::{MomoSettings, given, needed},
    domain::report::{Outcome, Payment, Report, Verdict},
};

const REQUEST_TYPE: &str = "captureWallet";
/// Where MoMo notifies us, and where it sends payers back to.
const NOTIFICATION_PATH: &str = "/api/v1/payments/momo/notification";
const RETURN_PATH: &str = "/payment-return";

/// The contract of one merchant with MoMo.
pub struct Momo {
    client: reqwest::Client,
    life: Life,
    keys: Keys,
    partner_code: String,
    access_key: String,
    url: String,
    public_url: String,
}

impl Momo {
    /// Prepares the adapter, if there is a contract; nothing is called yet.
    ///
    /// # Errors
    /// When a setting is missing or the HTTP client cannot start.
    pub fn new(settings: &MomoSettings, public_url: &str, life: Life) -> Result<Option<Self>> {
        let Some(secret) = given(settings.momo_secret_key.as_ref()) else { return Ok(None) };
        let url = needed(settings.momo_url.as_ref(), "MOTCUA_MOMO_URL")?;
        Ok(Some(Self {
            client: runtime::http_client(wire::TIMEOUT).context("no HTTP client for MoMo")?,
            life,
            keys: Keys::new(secret, given(settings.momo_previous_secret_key.as_ref())),
            partner_code: needed(settings.momo_partner_code.as_ref(), "MOTCUA_MOMO_PARTNER_CODE")?,
            access_key: needed(settings.momo_access_key.as_ref(), "MOTCUA_MOMO_ACCESS_KEY")?,
            url: url.trim_end_matches('/').to_owned(),
            public_url: public_url.trim_end_matches('/').to_owned(),
        }))
    }

    /// The request that has MoMo open a payment.
    pub fn create_request(&self, bill: &Bill<'_>) -> Value {
        let (ipn, back) =
            (format!("{}{NOTIFICATION_PATH}", self.public_url), format!("{}{RETURN_PATH}", self.public_url));
        let (amount, info) = (bill.amount.dong().to_string(), format!("Nop phi ho so {}", bill.code));
        let signed = [
            ("accessKey", self.access_key.as_str()),
            ("amount", &amount),
            ("extraData", ""),
            ("ipnUrl", &ipn),
            ("orderId", bill.reference),
            ("orderInfo", &info),
            ("partnerCode", &self.partner_code),
            ("redirectUrl", &back),
            // The attempt's own name: the same request again opens no second payment.
            ("requestId", bill.reference),
            ("requestType", REQUEST_TYPE),
        ];
        let minutes = (bill.expires_at - bill.created_at).num_minutes().max(1);
        json!({
            "partnerCode": self.partner_code, "requestId": bill.reference, "orderId": bill.reference,
            "amount": bill.amount.dong(), "orderInfo": info, "redirectUrl": back, "ipnUrl": ipn, "extraData": "",
            "requestType": REQUEST_TYPE, "autoCapture": true, "lang": language(bill.language),
            "orderExpireTime": minutes, "signature": self.keys.sign(&signature::line(&signed)),
        })
    }

    /// A request about what was asked for before, by names of ours.
    fn question(&self, order_id: &str) -> Value {
        let request_id = self.life.new_id().simple().to_string();
        let signed = [
            ("accessKey", self.access_key.as_str()),
            ("orderId", order_id),
            ("partnerCode", &self.partner_code),
            ("requestId", &request_id),
        ];
        json!({
            "partnerCode": self.partner_code, "requestId": request_id, "orderId": order_id, "lang": "vi",
            "signature": self.keys.sign(&signature::line(&signed)),
        })
    }

    /// What the answer to a question says, if it is about this attempt.
    pub fn read_answer(&self, query: &Query, raw: String) -> Result<QueryOutcome, NoAnswer> {
        let fields = wire::object(&raw)?;
        let code = text(&fields, "resultCode");
        match outcome::of_answer(&code) {
            outcome::Told::NotFinished => Ok(QueryOutcome::NotFinished),
            outcome::Told::Nothing => Err(NoAnswer(format!("code {code}"))),
            _ if text(&fields, "orderId") != query.reference => Err(NoAnswer("it is about another payment".into())),
            told => {
                let names = ["amount", "orderId", "partnerCode", "resultCode", "transId"];
                let said = names.map(|name| (name, text(&fields, name)));
                let said = said.each_ref().map(|(name, value)| (*name, value.as_str()));
                Ok(QueryOutcome::Reported(self.report(told, signature::line(&said), &fields), raw))
            }
        }
    }

    fn report(&self, told: outcome::Told, signed: String, fields: &Map<String, Value>) -> Report {
        let number = text(fields, "transId");
        let outcome = match told {
            outcome::Told::Paid if !matches!(number.as_str(), "" | "0") => Outcome::Paid(Payment {
                provider_reference: number,
                paid_at: moment(&text(fields, "responseTime")).unwrap_or_else(|| self.life.clock.now()),
            }),
            outcome::Told::Failed => Outcome::Failed,
            _ => Outcome::Unclear,
        };
        Report {
            reference: text(fields, "orderId"),
            signed,
            for_us: text(fields, "partnerCode") == self.partner_code,
            amount: text(fields, "amount").parse().ok().and_then(|dong| Vnd::new(dong).ok()),
            outcome,
        }
    }
}

impl Checkout for Momo {
    fn open<'a>(&'a self, bill: &'a Bill<'a>) -> BoxFuture<'a, Result<String, NoAnswer>> {
        async move {
            let url = format!("{}/v2/gateway/api/create", self.url);
            let fields = wire::object(&wire::post(&self.client, &url, &self.create_request(bill)).await?)?;
            let (code, page) = (text(&fields, "resultCode"), text(&fields, "payUrl"));
            if code != "0" || text(&fields, "orderId") != bill.reference {
                return Err(NoAnswer(format!("code {code}")));
            }
            wire::page(page)
        }
        .boxed()
    }
}

impl Notification for Momo {
    fn read(&self, raw: &str) -> Option<Report> {
        let fields = wire::object(raw).ok()?;
        let signed = signature::of_notification(&self.access_key, &fields);
        if !self.keys.signed(&signed, &text(&fields, "signature")) {
            return None;
        }
        let told = outcome::of_notification(&text(&fields, "resultCode"));
        Some(self.report(told, signed, &fields))
    }

    /// MoMo wants 204, and repeats what it hears anything else to.
    fn acknowledge(&self, verdict: Option<Verdict>) -> Acknowledgement {
        match verdict {
            None | Some(Verdict::Forged) => Acknowledgement::Refused,
            Some(_) => Acknowledgement::Recorded,
        }
    }
}

impl Ask for Momo {
    fn ask<'a>(&'a self, query: &'a Query) -> BoxFuture<'a, Result<QueryOutcome, NoAnswer>> {
        async move {
            let url = format!("{}/v2/gateway/api/query", self.url);
            self.read_answer(query, wire::post(&self.client, &url, &self.question(&query.reference)).await?)
        }
        .boxed()
    }
}

impl Refund for Momo {
    fn send<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundAnswer, NoAnswer>> {
        refund::send(self, order).boxed()
    }

    fn follow<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundAnswer, NoAnswer>> {
        refund::follow(self, order).boxed()
    }
}

/// Milliseconds since 1970.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(text.parse().ok().filter(|millis| *millis > 0)?)
}

fn language(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi",
        Language::En => "en",
    }
}

#[cfg(test)]
mod tests;
