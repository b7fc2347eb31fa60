//! A payment as VNPAY remembers it, with its refunds and the notifications sent for it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{dates, order::Order, signing::Fields};
use crate::shelf::Pile;

/// What the payer does on the payment page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Choice {
    /// Pays from the bank NCB.
    Pay,
    /// Gives up.
    Cancel,
    /// Tries to pay from an account without enough money.
    InsufficientBalance,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Payment {
    pub(crate) transaction_no: u64,
    pub(crate) tmn_code: String,
    pub(crate) txn_ref: String,
    /// Hundredths of a dong.
    pub(crate) amount: i64,
    pub(crate) order_info: String,
    pub(crate) create_date: String,
    pub(crate) pay_date: String,
    pub(crate) response_code: &'static str,
    pub(crate) transaction_status: &'static str,
    pub(crate) bank_code: &'static str,
    pub(crate) bank_tran_no: String,
    pub(crate) card_type: &'static str,
    pub(crate) recorded_at: DateTime<Utc>,
    pub(crate) refunds: Vec<Refund>,
    pub(crate) notifications: Vec<Notification>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Refund {
    pub(crate) transaction_no: u64,
    pub(crate) request_id: String,
    /// `02` in full, `03` in part.
    pub(crate) transaction_type: String,
    /// Hundredths of a dong.
    pub(crate) amount: i64,
    pub(crate) created_by: String,
    pub(crate) pay_date: String,
}

/// One attempt to tell the merchant, and what came of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Notification {
    pub(crate) at: DateTime<Utc>,
    /// The merchant's `RspCode`, or what went wrong.
    pub(crate) answer: String,
}

impl Payment {
    pub(crate) fn of(order: &Order, choice: Choice, number: u64, now: DateTime<Utc>) -> Self {
        let (response_code, transaction_status) = match choice {
            Choice::Pay => ("00", "00"),
            Choice::Cancel => ("24", "02"),
            Choice::InsufficientBalance => ("51", "02"),
        };
        let (bank_code, card_type) = match choice {
            Choice::Cancel => ("VNPAY", "VNPAY"),
            Choice::Pay | Choice::InsufficientBalance => ("NCB", "ATM"),
        };
        let bank_tran_no = match choice {
            Choice::Pay => format!("VNP{number}"),
            Choice::Cancel | Choice::InsufficientBalance => String::new(),
        };
        Self {
            transaction_no: number,
            tmn_code: order.tmn_code.clone(),
            txn_ref: order.txn_ref.clone(),
            amount: order.amount,
            order_info: order.order_info.clone(),
            create_date: order.create_date.clone(),
            pay_date: dates::to_wire(now),
            response_code,
            transaction_status,
            bank_code,
            bank_tran_no,
            card_type,
            recorded_at: now,
            refunds: Vec::new(),
            notifications: Vec::new(),
        }
    }

    pub(crate) fn is_paid(&self) -> bool {
        self.transaction_status == "00"
    }

    pub(crate) fn refunded(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }

    /// Whether this is the outcome of that very order, and not of another that reuses its reference.
    pub(crate) fn answers(&self, order: &Order) -> bool {
        self.create_date == order.create_date && self.amount == order.amount && self.order_info == order.order_info
    }

    /// What the return address and the notification are told.
    pub(crate) fn result(&self) -> Fields {
        [
            ("vnp_Amount", self.amount.to_string()),
            ("vnp_BankCode", self.bank_code.to_owned()),
            ("vnp_BankTranNo", self.bank_tran_no.clone()),
            ("vnp_CardType", self.card_type.to_owned()),
            ("vnp_OrderInfo", self.order_info.clone()),
            ("vnp_PayDate", self.pay_date.clone()),
            ("vnp_ResponseCode", self.response_code.to_owned()),
            ("vnp_TmnCode", self.tmn_code.clone()),
            ("vnp_TransactionNo", self.transaction_no.to_string()),
            ("vnp_TransactionStatus", self.transaction_status.to_owned()),
            ("vnp_TxnRef", self.txn_ref.clone()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

/// A merchant's references are unique within the day the order was created.
pub(crate) fn of_the_day<'a>(payments: &'a Pile<Payment>, txn_ref: &str, create_date: &str) -> Option<&'a Payment> {
    payments
        .newest_first()
        .find(|payment| payment.txn_ref == txn_ref && dates::day(&payment.create_date) == dates::day(create_date))
}
