//! VNPAY PAY 2.1.0: the signed redirect, the notification, the question, the refund.

mod acknowledgement;
mod outcome;
mod query;
mod refund;
mod signature;

use anyhow::{Context, Result};
use civic::{Language, Vnd};
use futures_util::{FutureExt, future::BoxFuture};
use runtime::Life;

pub use self::acknowledgement::VnpayAcknowledgement;
use self::{
    outcome::ReportedStatus,
    signature::{Fields, Keys},
};
use super::{
    Acknowledgement, Ask, Bill, NoAnswer, Notification, Query, QueryOutcome, Redirect, Refund, RefundAnswer,
    RefundOrder, wire, wire_time,
};
use crate::{
    config::VnpaySettings,
    domain::report::{Outcome, Payment, Report, Verdict},
};

const VERSION: &str = "2.1.0";
/// Where payers' browsers come back to: the portal's page.
const RETURN_PATH: &str = "/payment-return";

/// The contract of one merchant with VNPAY.
pub struct Vnpay {
    client: reqwest::Client,
    life: Life,
    keys: Keys,
    tmn_code: String,
    pay_url: String,
    api_url: String,
    return_url: String,
}

impl Vnpay {
    /// Prepares the adapter; nothing is called yet.
    ///
    /// # Errors
    /// When the HTTP client cannot start.
    pub fn new(settings: &VnpaySettings, public_url: &str, life: Life) -> Result<Self> {
        Ok(Self {
            client: runtime::http_client(wire::TIMEOUT).context("no HTTP client for VNPAY")?,
            life,
            keys: Keys::new(&settings.vnpay_hash_secret, settings.vnpay_previous_hash_secret.as_deref()),
            tmn_code: settings.vnpay_tmn_code.clone(),
            pay_url: settings.vnpay_pay_url.clone(),
            api_url: settings.vnpay_api_url.clone(),
            return_url: settings
                .vnpay_return_url
                .clone()
                .unwrap_or_else(|| format!("{}{RETURN_PATH}", public_url.trim_end_matches('/'))),
        })
    }
}

impl Redirect for Vnpay {
    fn pay_url(&self, bill: &Bill<'_>) -> String {
        let fields: Fields = [
            ("vnp_Version", VERSION.to_owned()),
            ("vnp_Command", "pay".to_owned()),
            ("vnp_TmnCode", self.tmn_code.clone()),
            ("vnp_Amount", hundredths(bill.amount)),
            ("vnp_CreateDate", wire_time::write(bill.created_at)),
            ("vnp_ExpireDate", wire_time::write(bill.expires_at)),
            ("vnp_CurrCode", "VND".to_owned()),
            ("vnp_IpAddr", bill.payer_address.to_string()),
            ("vnp_Locale", locale(bill.language).to_owned()),
            ("vnp_OrderInfo", bill.purpose()),
            ("vnp_OrderType", "other".to_owned()),
            ("vnp_ReturnUrl", self.return_url.clone()),
            ("vnp_TxnRef", bill.reference.to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        let query = signature::form(&fields);
        format!("{}?{query}&{}={}", self.pay_url, signature::SECURE_HASH, self.keys.sign(&query))
    }
}

impl Notification for Vnpay {
    /// A signature of VNPAY's is not enough: we sign payment requests with the same secret, and whoever sends the query of such an
    /// address here tells us nothing. A request has a command, and only an outcome has a response code.
    fn read(&self, query: &str) -> Option<Report> {
        let fields = signature::fields_of(query)?;
        let get = |name: &str| fields.get(name).map_or("", String::as_str);
        let signed = signature::form(&fields);
        let is_outcome = get("vnp_Command") != "pay" && !get("vnp_ResponseCode").is_empty();
        if !is_outcome || !self.keys.signed(&signed, get(signature::SECURE_HASH)) {
            return None;
        }
        let reported = outcome::of_callback(get("vnp_ResponseCode"), get("vnp_TransactionStatus"));
        Some(self.report(reported, signed, get))
    }

    fn acknowledge(&self, verdict: Option<Verdict>) -> Acknowledgement {
        Acknowledgement::Words(acknowledgement::of(verdict))
    }
}

impl Ask for Vnpay {
    fn ask<'a>(&'a self, query: &'a Query) -> BoxFuture<'a, Result<QueryOutcome, NoAnswer>> {
        query::ask(self, query).boxed()
    }
}

impl Refund for Vnpay {
    fn send<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundAnswer, NoAnswer>> {
        refund::send(self, order).boxed()
    }

    fn follow<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundAnswer, NoAnswer>> {
        refund::follow(self, order).boxed()
    }
}

impl Vnpay {
    fn report<'a>(&self, reported: ReportedStatus, signed: String, get: impl Fn(&str) -> &'a str) -> Report {
        let number = get("vnp_TransactionNo");
        let in_dong = matches!(get("vnp_CurrCode"), "" | "VND");
        let outcome = match reported {
            // Money without a number could not be found again, and money of another country is another amount.
            ReportedStatus::Paid if !number.is_empty() && in_dong => Outcome::Paid(Payment {
                provider_reference: number.to_owned(),
                paid_at: wire_time::read(get("vnp_PayDate")).unwrap_or_else(|| self.life.clock.now()),
            }),
            ReportedStatus::Failed => Outcome::Failed,
            ReportedStatus::Paid | ReportedStatus::NotFinished | ReportedStatus::Unclear => Outcome::Unclear,
        };
        Report {
            reference: get("vnp_TxnRef").to_owned(),
            signed,
            for_us: get("vnp_TmnCode") == self.tmn_code,
            amount: dong(get("vnp_Amount")),
            outcome,
        }
    }
}

/// An amount as VNPAY writes it: in hundredths of a đồng.
fn hundredths(amount: Vnd) -> String {
    (amount.dong() * 100).to_string()
}

/// The amount that VNPAY wrote, when it is whole đồng in plain digits.
fn dong(hundredths: &str) -> Option<Vnd> {
    let digits = hundredths.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = hundredths.parse().ok().filter(|number| digits && number % 100 == 0)?;
    Vnd::new(number / 100).ok()
}

fn locale(language: Language) -> &'static str {
    match language {
        Language::Vi => "vn",
        Language::En => "en",
    }
}

#[cfg(test)]
mod tests;
