//! The daily statement: successful payments and refunds of one day as CSV with the names of the protocol, closed by its totals.

use std::fmt::Write;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    dates,
    payment::{Payment, Refund},
    state::State,
};
use crate::{StatementBreak, shelf::Pile};

const HEADINGS: &str =
    "vnp_TmnCode,vnp_TxnRef,vnp_TransactionNo,vnp_Amount,vnp_PayDate,vnp_TransactionType,vnp_TransactionStatus";

#[derive(Deserialize)]
pub(crate) struct StatementQuery {
    /// `yyyyMMdd`, in GMT+7.
    date: String,
}

#[derive(Clone)]
struct Row {
    tmn_code: String,
    transaction_no: u64,
    txn_ref: String,
    transaction_type: String,
    amount: i64,
    pay_date: String,
    transaction_status: &'static str,
}

pub(crate) async fn download(query: web::Query<StatementQuery>, state: web::Data<State>) -> HttpResponse {
    let mut rows = rows_of(&state.payments.open(), &query.date);
    let nobodys = Row::nobodys(&state.config.vnpay_tmn_code, &query.date);
    break_some(&mut rows, &state.behaviour().statement_breaks, &nobodys);
    HttpResponse::Ok().content_type("text/csv; charset=utf-8").body(as_csv(&rows))
}

/// Oldest first.
fn rows_of(payments: &Pile<Payment>, date: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = payments
        .newest_first()
        .filter(|payment| payment.is_paid())
        .flat_map(|payment| {
            let refunds = payment.refunds.iter();
            let refunds = refunds.map(|refund| Row::of_refund(payment, refund));
            refunds.chain([Row::of_payment(payment)])
        })
        .filter(|row| dates::day(&row.pay_date) == date)
        .collect();
    rows.sort_by_key(|row| row.transaction_no);
    rows
}

impl Row {
    fn of_payment(payment: &Payment) -> Self {
        Self {
            tmn_code: payment.tmn_code.clone(),
            transaction_no: payment.transaction_no,
            txn_ref: payment.txn_ref.clone(),
            transaction_type: "01".to_owned(),
            amount: payment.amount,
            pay_date: payment.pay_date.clone(),
            transaction_status: "00",
        }
    }

    fn of_refund(payment: &Payment, refund: &Refund) -> Self {
        Self {
            tmn_code: payment.tmn_code.clone(),
            transaction_no: refund.transaction_no,
            txn_ref: payment.txn_ref.clone(),
            transaction_type: refund.transaction_type.clone(),
            amount: refund.amount,
            pay_date: refund.pay_date.clone(),
            transaction_status: "00",
        }
    }

    fn nobodys(tmn_code: &str, date: &str) -> Self {
        Self {
            tmn_code: tmn_code.to_owned(),
            transaction_no: 1,
            txn_ref: format!("UNKNOWN{date}"),
            transaction_type: "01".to_owned(),
            amount: 1_000_000,
            pay_date: format!("{date}120000"),
            transaction_status: "00",
        }
    }
}

/// Each break spoils a row of its own, the first the newest one.
fn break_some(rows: &mut Vec<Row>, breaks: &[StatementBreak], nobodys: &Row) {
    let mut newest_first = (0..rows.len()).rev();
    let (mut left_out, mut more) = (Vec::new(), Vec::new());
    for how in breaks {
        if *how == StatementBreak::MissingHere {
            more.push(nobodys.clone());
            continue;
        }
        let Some(at) = newest_first.next() else { break };
        let row = &mut rows[at];
        match how {
            StatementBreak::MissingHere => {}
            StatementBreak::MissingThere => left_out.push(at),
            StatementBreak::Amount => row.amount += 100 * 100,
            StatementBreak::Status => row.transaction_status = "02",
            StatementBreak::Late => row.pay_date = dates::a_day_later(&row.pay_date),
            StatementBreak::Duplicate => more.push(row.clone()),
        }
    }
    // From the last to the first: what stands before stays where it is.
    left_out.iter().for_each(|at| drop(rows.remove(*at)));
    rows.extend(more);
}

fn as_csv(rows: &[Row]) -> String {
    let mut csv = format!("{HEADINGS}\n");
    for row in rows {
        let Row { tmn_code, transaction_no, txn_ref, transaction_type, amount, pay_date, transaction_status } = row;
        // Writing to a String cannot fail.
        let _ = writeln!(
            csv,
            "{tmn_code},{txn_ref},{transaction_no},{amount},{pay_date},{transaction_type},{transaction_status}"
        );
    }
    let total: i64 = rows.iter().map(|row| row.amount).sum();
    let checksum = hex::encode(Sha256::digest(&csv));
    let _ = writeln!(csv, "total,{},{total},{checksum}", rows.len());
    csv
}
