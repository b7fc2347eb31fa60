//! The port to payment providers: what each can do, an adapter a file.

pub mod vnpay;

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use civic::{DossierCode, Language, Vnd};
use futures_util::future::BoxFuture;

use crate::domain::report::Report;

/// A payment provider.
pub trait Provider: Send + Sync {
    /// The signed address of the provider's page where the payer pays.
    fn pay_url(&self, bill: &Bill<'_>) -> String;

    /// What a callback says, if the provider signed it.
    fn read_callback(&self, query: &str) -> Option<Report>;

    /// Asks what became of an attempt.
    fn ask<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Answer, NoAnswer>>;
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
pub struct Question {
    /// Our name for it.
    pub reference: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A provider's answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The payer has not finished, or not begun.
    NotFinished,
    /// What became of it, with the raw answer.
    Told(Report, String),
}

/// Why there is no usable answer. Nothing is known then: least of all that nothing was paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the provider gave no usable answer: {0}")]
pub struct NoAnswer(pub String);
