//! ZaloPay v2: a payment asked for and paid in the wallet, the callback, the question, the refund.
//!
//! What it tells us unasked is signed by the second key. Its answers are not signed: they are its own because it was asked over TLS.

mod refund;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use civic::{VIETNAM, Vnd};
use futures_util::{FutureExt, future::BoxFuture};
use hmac::Hmac;
use runtime::Life;
use serde_json::{Map, Value, json};
use sha2::Sha256;

use super::{
    Acknowledgement, Ask, Bill, Checkout, NoAnswer, Notification, Query, QueryOutcome, Refund, RefundAnswer,
    RefundOrder,
    keys::Keys,
    wire::{self, text},
};
use crate::{
    config::{ZalopaySettings, given, needed},
    domain::report::{Outcome, Payment, Report, Verdict},
};

const NOTIFICATION_PATH: &str = "/api/v1/payments/zalopay/notification";
const RETURN_PATH: &str = "/payment-return";
/// ZaloPay's name for whoever pays; it wants one, and is told nothing of her.
const PAYER: &str = "motcua";
/// ZaloPay knows no payment of this name.
const UNKNOWN: &str = "-101";
/// The shortest life of a payment that ZaloPay takes, in seconds.
const SHORTEST: i64 = 300;

/// The contract of one merchant with ZaloPay.
pub struct Zalopay {
    client: reqwest::Client,
    life: Life,
    ours: Keys<Hmac<Sha256>>,
    theirs: Keys<Hmac<Sha256>>,
    /// A question signs it too.
    key1: String,
    app_id: i64,
    url: String,
    public_url: String,
}

impl Zalopay {
    /// Prepares the adapter, if there is a contract; nothing is called yet.
    ///
    /// # Errors
    /// When a setting is missing or the HTTP client cannot start.
    pub fn new(settings: &ZalopaySettings, public_url: &str, life: Life) -> Result<Option<Self>> {
        let Some(key1) = given(settings.zalopay_key1.as_ref()) else { return Ok(None) };
        let key2 = given(settings.zalopay_key2.as_ref()).context("MOTCUA_ZALOPAY_KEY2 is not set, and the first is")?;
        let url = needed(settings.zalopay_url.as_ref(), "MOTCUA_ZALOPAY_URL")?;
        Ok(Some(Self {
            client: runtime::http_client(wire::TIMEOUT).context("no HTTP client for ZaloPay")?,
            life,
            ours: Keys::new(key1, None),
            theirs: Keys::new(key2, given(settings.zalopay_previous_key2.as_ref())),
            key1: key1.to_owned(),
            app_id: needed(settings.zalopay_app_id.as_ref(), "MOTCUA_ZALOPAY_APP_ID")?,
            url: url.trim_end_matches('/').to_owned(),
            public_url: public_url.trim_end_matches('/').to_owned(),
        }))
    }

    /// The request that has ZaloPay open a payment.
    pub fn create_request(&self, bill: &Bill<'_>) -> Value {
        let name = name_of(bill.created_at, bill.reference);
        let (amount, time) = (bill.amount.dong(), bill.created_at.timestamp_millis());
        let embed_data = json!({"redirecturl": format!("{}{RETURN_PATH}", self.public_url)}).to_string();
        let signed = format!("{}|{name}|{PAYER}|{amount}|{time}|{embed_data}|[]", self.app_id);
        json!({
            "app_id": self.app_id, "app_user": PAYER, "app_trans_id": name, "app_time": time, "amount": amount,
            "item": "[]", "embed_data": embed_data, "bank_code": "zalopayapp",
            "description": format!("Nop phi ho so {}", bill.code),
            "expire_duration_seconds": (bill.expires_at - bill.created_at).num_seconds().max(SHORTEST),
            "callback_url": format!("{}{NOTIFICATION_PATH}", self.public_url), "mac": self.ours.sign(&signed),
        })
    }

    /// The question what became of an attempt.
    pub fn question(&self, query: &Query) -> Value {
        let name = name_of(query.created_at, &query.reference);
        let mac = self.ours.sign(&format!("{}|{name}|{}", self.app_id, self.key1));
        json!({"app_id": self.app_id, "app_trans_id": name, "mac": mac})
    }

    /// What the answer to a question says. It names no payment: it is about the one that was asked about.
    pub fn read_answer(&self, query: &Query, raw: String) -> Result<QueryOutcome, NoAnswer> {
        let fields = wire::object(&raw)?;
        let outcome = match (text(&fields, "return_code").as_str(), text(&fields, "sub_return_code").as_str()) {
            ("1", _) => self.paid(&fields),
            // The payer never came to the page, or has not decided yet.
            ("3", _) | ("2", UNKNOWN) => return Ok(QueryOutcome::NotFinished),
            ("2", _) => Outcome::Failed,
            (code, _) => return Err(NoAnswer(format!("code {code}"))),
        };
        let (amount, number) = (text(&fields, "amount"), text(&fields, "zp_trans_id"));
        let amount = if outcome == Outcome::Failed { None } else { Some(amount) };
        let signed = format!(
            "{}|{}|{}|{number}",
            query.reference,
            text(&fields, "return_code"),
            amount.clone().unwrap_or_default()
        );
        let report = Report {
            reference: query.reference.clone(),
            signed,
            for_us: true,
            // What failed took nothing, and is told with no amount.
            amount: amount.map_or(Some(query.amount), |text| dong(&text)),
            outcome,
        };
        Ok(QueryOutcome::Reported(report, raw))
    }

    fn paid(&self, fields: &Map<String, Value>) -> Outcome {
        let number = text(fields, "zp_trans_id");
        if matches!(number.as_str(), "" | "0") {
            return Outcome::Unclear;
        }
        let at = text(fields, "server_time").parse().ok().filter(|millis| *millis > 0);
        let paid_at = at.and_then(DateTime::from_timestamp_millis).unwrap_or_else(|| self.life.clock.now());
        Outcome::Paid(Payment { provider_reference: number, paid_at })
    }
}

impl Checkout for Zalopay {
    fn open<'a>(&'a self, bill: &'a Bill<'a>) -> BoxFuture<'a, Result<String, NoAnswer>> {
        async move {
            let url = format!("{}/v2/create", self.url);
            let fields = wire::object(&wire::post(&self.client, &url, &self.create_request(bill)).await?)?;
            match text(&fields, "return_code").as_str() {
                "1" => wire::page(text(&fields, "order_url")),
                code => Err(NoAnswer(format!("code {code}, {}", text(&fields, "sub_return_code")))),
            }
        }
        .boxed()
    }
}

impl Notification for Zalopay {
    /// ZaloPay calls back only when it took money.
    fn read(&self, raw: &str) -> Option<Report> {
        let envelope = wire::object(raw).ok()?;
        let data = text(&envelope, "data");
        if !self.theirs.signed(&data, &text(&envelope, "mac")) {
            return None;
        }
        let fields = wire::object(&data).ok()?;
        let name = text(&fields, "app_trans_id");
        let reference = name.split_once('_').map_or(name.as_str(), |(_, reference)| reference).to_owned();
        Some(Report {
            reference,
            for_us: text(&fields, "app_id") == self.app_id.to_string(),
            amount: dong(&text(&fields, "amount")),
            outcome: self.paid(&fields),
            signed: data,
        })
    }

    /// 1 is recorded, 2 was known before; ZaloPay repeats what it hears 0 to.
    fn acknowledge(&self, verdict: Option<Verdict>) -> Acknowledgement {
        let (code, message) = match verdict {
            None => (0, "not recorded"),
            Some(Verdict::Forged) => (-1, "mac not equal"),
            Some(Verdict::Already | Verdict::Stale) => (2, "known before"),
            Some(_) => (1, "success"),
        };
        Acknowledgement::Words(json!({"return_code": code, "return_message": message}))
    }
}

impl Ask for Zalopay {
    fn ask<'a>(&'a self, query: &'a Query) -> BoxFuture<'a, Result<QueryOutcome, NoAnswer>> {
        async move {
            let url = format!("{}/v2/query", self.url);
            self.read_answer(query, wire::post(&self.client, &url, &self.question(query)).await?)
        }
        .boxed()
    }
}

impl Refund for Zalopay {
    fn send<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundAnswer, NoAnswer>> {
        refund::send(self, order).boxed()
    }

    fn follow<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundAnswer, NoAnswer>> {
        refund::follow(self, order).boxed()
    }
}

/// Our name for an attempt at ZaloPay, which begins with the day in Vietnam.
fn name_of(created_at: DateTime<Utc>, reference: &str) -> String {
    format!("{}_{reference}", created_at.with_timezone(&VIETNAM).format("%y%m%d"))
}

fn dong(text: &str) -> Option<Vnd> {
    text.parse().ok().and_then(|dong| Vnd::new(dong).ok())
}

#[cfg(test)]
mod tests;
