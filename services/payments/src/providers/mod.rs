//! The port to payment providers: what each can do, an adapter a folder.
//!
//! A provider is a set of capabilities, a trait each: it may send payers to a page ([`Redirect`]), notify us ([`Notification`]),
//! answer questions ([`Ask`]) and give money back ([`Refund`]). A QR code and statements become traits beside these with the first
//! adapter that has them.

pub mod known;
pub mod vnpay;

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use civic::{DossierCode, Language, Vnd};
use futures_util::future::BoxFuture;
use serde_json::Value;
use uuid::Uuid;

use crate::domain::report::{Report, Verdict};

/// Payers are sent to a page of the provider's.
pub trait Redirect: Send + Sync {
    /// The signed address of the page where the payer pays.
    fn pay_url(&self, bill: &Bill<'_>) -> String;
}

/// The provider notifies us of what became of an attempt.
pub trait Notification: Send + Sync {
    /// What a notification says, if the provider signed it.
    fn read(&self, query: &str) -> Option<Report>;

    /// What the provider wants to hear: our verdict, or `None` when nothing was recorded and it must come again.
    fn acknowledge(&self, verdict: Option<Verdict>) -> Value;
}

/// The provider is asked what became of an attempt.
pub trait Ask: Send + Sync {
    /// Asks once.
    fn ask<'a>(&'a self, query: &'a Query) -> BoxFuture<'a, Result<QueryOutcome, NoAnswer>>;
}

/// The provider gives money back that it took.
pub trait Refund: Send + Sync {
    /// Has it given back: asked for once, whatever the answer is.
    fn send<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundAnswer, NoAnswer>>;

    /// Asks what became of one that was sent.
    fn follow<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundAnswer, NoAnswer>>;
}

/// Which money is to go back.
#[derive(Clone, Debug)]
pub struct RefundOrder {
    /// Our id of the refund.
    pub id: Uuid,
    /// Our name for the attempt.
    pub reference: String,
    /// When the attempt was made.
    pub created_at: DateTime<Utc>,
    /// The provider's number of the payment.
    pub provider_reference: String,
    /// How much.
    pub amount: Vnd,
    /// Whether that is all of it.
    pub is_whole: bool,
    /// The official who asked for it.
    pub asked_by: Uuid,
    /// The provider's number of the refund, where it is known.
    pub number: Option<String>,
}

/// What a provider says of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundAnswer {
    /// It is at it, under this number of its own.
    Accepted(String),
    /// The money went back, under this number.
    Done(String),
    /// It gives nothing back, and why.
    Refused(String),
    /// It cannot be told from the answer.
    Unclear(String),
}

/// What a payer is sent to pay.
#[derive(Clone, Debug)]
pub struct Bill<'a> {
    /// Our name for the attempt: letters and digits.
    pub reference: &'a str,
    /// The dossier that the fee is of.
    pub code: &'a DossierCode,
    /// How much.
    pub amount: Vnd,
    /// When the attempt was made.
    pub created_at: DateTime<Utc>,
    /// Until when it may be paid.
    pub expires_at: DateTime<Utc>,
    /// The language of the provider's page.
    pub language: Language,
    /// Where the payer's browser calls from.
    pub payer_address: IpAddr,
}

/// Which attempt is asked about.
#[derive(Clone, Debug)]
pub struct Query {
    /// Our name for it.
    pub reference: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A provider's answer.
#[derive(Clone, Debug)]
pub enum QueryOutcome {
    /// The payer has not finished, or not begun.
    NotFinished,
    /// What became of it, with the raw answer.
    Reported(Report, String),
}

/// Why there is no usable answer. Nothing is known then: least of all that nothing was paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the provider gave no usable answer: {0}")]
pub struct NoAnswer(pub String);
