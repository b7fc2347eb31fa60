//! A payment as a wallet remembers it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the payer does on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Choice {
    Pay,
    Cancel,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Payment {
    pub(crate) number: u64,
    /// The merchant's name for it.
    pub(crate) reference: String,
    /// Đồng.
    pub(crate) amount: i64,
    pub(crate) info: String,
    pub(crate) return_url: String,
    pub(crate) notice_url: String,
    /// What the merchant asked for, as it came.
    pub(crate) asked: Value,
    pub(crate) choice: Option<Choice>,
    /// When it was asked for, and then when the payer chose.
    pub(crate) at: DateTime<Utc>,
    pub(crate) refunds: Vec<Refund>,
    /// What the merchant answered to each notification.
    pub(crate) answers: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Refund {
    pub(crate) number: u64,
    /// The merchant's name for it.
    pub(crate) id: String,
    pub(crate) amount: i64,
}

impl Payment {
    pub(crate) fn is_paid(&self) -> bool {
        self.choice == Some(Choice::Pay)
    }

    /// What can still be given back.
    pub(crate) fn left(&self) -> i64 {
        let back: i64 = self.refunds.iter().map(|refund| refund.amount).sum();
        if self.is_paid() { self.amount - back } else { 0 }
    }

    /// What was asked for, under a name.
    pub(crate) fn text(&self, name: &str) -> String {
        match &self.asked[name] {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        }
    }
}
