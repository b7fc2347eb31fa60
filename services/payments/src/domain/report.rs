//! What a provider says became of an attempt, and what we make of it.

use chrono::{DateTime, Utc};
use civic::Vnd;

/// A provider's word on one attempt. Its signature is verified; nothing else is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Our name for the attempt.
    pub reference: String,
    /// All that it signed, as it is signed: whatever was added beside changes nothing.
    pub signed: String,
    /// Whether it speaks of us, and not of another merchant.
    pub for_us: bool,
    /// How much it is about; `None` when that is no whole amount of đồng.
    pub amount: Option<Vnd>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money was taken.
    Paid(Payment),
    /// No money was taken, and none will be.
    Failed,
    /// Neither is sure: suspected fraud, a reversal, a contradiction. A person must look when asking again does not help.
    Unclear,
}

/// Money that a provider took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The provider's name for it.
    pub provider_reference: String,
    /// When, by the provider's clock.
    pub paid_at: DateTime<Utc>,
}

civic::closed_list! {
    /// What we made of a provider's word.
    pub enum Verdict: "a verdict" {
        /// It was not known yet, and took effect.
        Accepted = "ACCEPTED",
        /// We knew.
        Already = "ALREADY",
        /// It contradicts something final that we knew before; without effect.
        Stale = "STALE",
        /// Signed, but not to be acted on: a person must look.
        Review = "REVIEW",
        /// The amount is not the attempt's.
        WrongAmount = "WRONG_AMOUNT",
        /// It speaks of another merchant.
        WrongMerchant = "WRONG_MERCHANT",
        /// We know no such attempt.
        UnknownOrder = "UNKNOWN_ORDER",
        /// Not signed by the provider.
        Forged = "FORGED",
    }
}

impl Verdict {
    /// Whether a signed word was not acted on.
    pub const fn is_for_a_person(self) -> bool {
        matches!(self, Self::Stale | Self::Review | Self::WrongAmount | Self::WrongMerchant)
    }
}
