//! `refund`: gives back all or part of a successful payment.

use super::{
    code::Code,
    dates,
    order::amount,
    payment::{Payment, Refund},
    query::of_refund,
    signing::Fields,
    state::State,
};

const FULL: &str = "02";
const PART: &str = "03";
const BEING_PROCESSED: &str = "05";

pub(crate) fn check(request: &Fields) -> Result<(), Code> {
    let fits = matches!(request["vnp_TransactionType"].as_str(), FULL | PART)
        && amount(&request["vnp_Amount"]).is_some()
        && !request["vnp_CreateBy"].is_empty();
    fits.then_some(()).ok_or(Code::BadFormat)
}

pub(crate) fn carry_out(state: &State, request: &Fields) -> Result<Fields, Code> {
    let wanted = amount(&request["vnp_Amount"]).ok_or(Code::BadFormat)?;
    let now = dates::to_wire(state.now());
    let mut payments = state.payments.open();
    let number = payments.take_number();
    let payment = payments.newest_first_mut().find(|payment| is_meant(payment, request)).ok_or(Code::NotFound)?;
    decide(payment, &request["vnp_TransactionType"], wanted)?;
    let refund = Refund {
        transaction_no: number,
        request_id: request["vnp_RequestId"].clone(),
        transaction_type: request["vnp_TransactionType"].clone(),
        amount: wanted,
        created_by: request["vnp_CreateBy"].clone(),
        pay_date: now,
    };
    let status = state.behaviour().refund_status.unwrap_or_else(|| BEING_PROCESSED.to_owned());
    let told = of_refund(payment, &refund, &status);
    payment.refunds.push(refund);
    Ok(told)
}

fn is_meant(payment: &Payment, request: &Fields) -> bool {
    let number = request["vnp_TransactionNo"].as_str();
    payment.txn_ref == request["vnp_TxnRef"]
        && payment.create_date == request["vnp_TransactionDate"]
        && (matches!(number, "" | "0") || number == payment.transaction_no.to_string())
}

fn decide(payment: &Payment, kind: &str, wanted: i64) -> Result<(), Code> {
    let left = payment.amount - payment.refunded();
    if !payment.is_paid() {
        Err(Code::NotPaid)
    } else if left == 0 {
        Err(Code::Duplicate)
    } else if kind == FULL && wanted != payment.amount {
        Err(Code::BadFormat)
    } else if wanted > left {
        Err(Code::Other)
    } else {
        Ok(())
    }
}
