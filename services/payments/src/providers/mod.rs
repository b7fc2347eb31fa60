//! The port to payment providers: what each can do, an adapter a folder.
//!
//! A provider is a set of capabilities, a trait each: it may send payers to a page by a signed address ([`Redirect`]) or by one that
//! it is asked for ([`Checkout`]), notify us ([`Notification`]), answer questions ([`Ask`]) and give money back ([`Refund`]).

pub mod keys;
pub mod known;
pub mod momo;
pub mod national;
pub mod vietqr;
pub mod vnpay;
mod wire;
mod wire_time;
pub mod zalopay;

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Language, Vnd, events::FeeLine};
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::{
    credit::Credit,
    report::{Report, Verdict},
};

/// Payers are sent to a page of the provider's.
pub trait Redirect: Send + Sync {
    /// The signed address of the page where the payer pays.
    fn pay_url(&self, bill: &Bill<'_>) -> String;
}

/// The provider is told of a payment to come, and says at which page the payer pays.
pub trait Checkout: Send + Sync {
    /// The address of that page. The same bill again is the same payment to come.
    fn open<'a>(&'a self, bill: &'a Bill<'a>) -> BoxFuture<'a, Result<String, NoAnswer>>;
}

/// Payers transfer money to an account, by their own bank.
pub trait Transfer: Send + Sync {
    /// The code that their banking app reads.
    fn code(&self, bill: &Bill<'_>) -> TransferCode;
}

/// A transfer, as a QR code and in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TransferCode {
    /// The text of the QR code.
    #[schema(
        example = "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405750005802VN62230819H44.100-260721-00016304A0A0"
    )]
    pub text: String,
    /// The bank, by its number.
    #[schema(example = "970415")]
    pub bank: String,
    /// The account.
    #[schema(example = "113366668888")]
    pub account: String,
    /// Whose account it is.
    pub holder: String,
    /// How much is to be transferred.
    pub amount: Vnd,
    /// What must be written as its purpose.
    #[schema(example = "H44.100-260721-0001")]
    pub purpose: String,
}

/// A provider keeps receipts of its own.
pub trait Receipt: Send + Sync {
    /// Where the receipt of an attempt can be seen; `None` when there is none, or none yet.
    fn receipt<'a>(&'a self, query: &'a Query) -> BoxFuture<'a, Result<Option<String>, NoAnswer>>;
}

/// A bank tells of money that came to an account.
pub trait CreditNotice: Send + Sync {
    /// What its notice says, if the bank signed it.
    fn read(&self, raw: &str) -> Option<Credit>;

    /// Whether that account is the one into which is paid.
    fn is_ours(&self, credit: &Credit) -> bool;
}

/// How a payer pays by a provider.
pub enum Way<'a> {
    /// At a page whose address we sign.
    Redirect(&'a dyn Redirect),
    /// At a page that the provider is asked for.
    Checkout(&'a dyn Checkout),
    /// By a transfer to an account, for which there is a QR code.
    Transfer(&'a dyn Transfer),
}

/// The provider notifies us of what became of an attempt.
pub trait Notification: Send + Sync {
    /// What a notification says, if the provider signed it: a query, or a body where the provider posts.
    fn read(&self, raw: &str) -> Option<Report>;

    /// What the provider wants to hear: our verdict, or `None` when nothing was recorded and it must come again.
    fn acknowledge(&self, verdict: Option<Verdict>) -> Acknowledgement;
}

/// What a provider hears when it notified us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acknowledgement {
    /// 200 and words of its protocol.
    Words(Value),
    /// 204: it is recorded.
    Recorded,
    /// An error: it is not its own signature, or nothing is recorded and it must come again.
    Refused,
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
    /// When.
    pub asked_at: DateTime<Utc>,
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
    /// The dossier that the fee is of; the first of them, where the fees of several are paid together.
    pub code: &'a DossierCode,
    /// Of how many more dossiers fees are paid with it.
    pub others: usize,
    /// Who earns it.
    pub agency: &'a AgencyCode,
    /// What it is made of, where that is known.
    pub lines: &'a [FeeLine],
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

impl Bill<'_> {
    /// What it is for, as the payer reads it at the provider: letters without accents, digits and " .:-" only, which every provider takes.
    pub fn purpose(&self) -> String {
        match self.others {
            0 => format!("Nop phi ho so {}", self.code),
            others => format!("Nop phi ho so {} va {others} ho so khac", self.code),
        }
    }
}

/// Which attempt is asked about.
#[derive(Clone, Debug)]
pub struct Query {
    /// Our name for it, or for the joint payment that it is part of.
    pub reference: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What it is over.
    pub amount: Vnd,
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
