//! The daily statement: successful payments and refunds of one day as CSV, closed by its totals.

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

#[derive(Deserialize)]
pub(crate) struct StatementQuery {
    /// `yyyyMMdd`, in GMT+7.
    date: String,
}

#[derive(Clone)]
struct Row {
    transaction_no: u64,
    txn_ref: String,
    transaction_type: String,
    amount: i64,
    pay_date: String,
    response_code: &'static str,
}

pub(crate) async fn download(query: web::Query<StatementQuery>, state: web::Data<State>) -> HttpResponse {
    let mut rows = rows_of(&state.payments.open(), &query.date);
    for how in state.behaviour().statement_breaks {
        break_newest(&mut rows, how, &query.date);
    }
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
            transaction_no: payment.transaction_no,
            txn_ref: payment.txn_ref.clone(),
            transaction_type: "01".to_owned(),
            amount: payment.amount,
            pay_date: payment.pay_date.clone(),
            response_code: "00",
        }
    }

    fn of_refund(payment: &Payment, refund: &Refund) -> Self {
        Self {
            transaction_no: refund.transaction_no,
            txn_ref: payment.txn_ref.clone(),
            transaction_type: refund.transaction_type.clone(),
            amount: refund.amount,
            pay_date: refund.pay_date.clone(),
            response_code: "00",
        }
    }

    fn nobodys(date: &str) -> Self {
        Self {
            transaction_no: 1,
            txn_ref: format!("UNKNOWN{date}"),
            transaction_type: "01".to_owned(),
            amount: 1_000_000,
            pay_date: format!("{date}120000"),
            response_code: "00",
        }
    }
}

fn break_newest(rows: &mut Vec<Row>, how: StatementBreak, date: &str) {
    if how == StatementBreak::MissingHere {
        rows.insert(0, Row::nobodys(date));
        return;
    }
    let Some(newest) = rows.last_mut() else {
        return;
    };
    match how {
        StatementBreak::MissingHere => {}
        StatementBreak::MissingThere => drop(rows.pop()),
        StatementBreak::Amount => newest.amount += 100 * 100,
        StatementBreak::Status => newest.response_code = "02",
        StatementBreak::Late => newest.pay_date = dates::a_day_later(&newest.pay_date),
        StatementBreak::Duplicate => {
            let copy = newest.clone();
            rows.push(copy);
        }
    }
}

fn as_csv(rows: &[Row]) -> String {
    let mut csv = String::from("transaction_no,txn_ref,transaction_type,amount,pay_date,response_code\n");
    for row in rows {
        let Row { transaction_no, txn_ref, transaction_type, amount, pay_date, response_code } = row;
        let line = format!("{transaction_no},{txn_ref},{transaction_type},{amount},{pay_date},{response_code}\n");
        csv.push_str(&line);
    }
    let total: i64 = rows.iter().map(|row| row.amount).sum();
    let checksum = hex::encode(Sha256::digest(&csv));
    // Writing to a String cannot fail.
    let _ = writeln!(csv, "total,{},{total},{checksum}", rows.len());
    csv
}
