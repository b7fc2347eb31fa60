//! `querydr`: what became of a payment, or of one of its refunds.

use super::{
    code::Code,
    payment::{Payment, Refund, of_the_day},
    signing::Fields,
    state::State,
};

const PAYMENT: &str = "01";
const REFUND_SENT_TO_BANK: &str = "06";

/// Finds by reference and creation time; `vnp_TransactionNo` of a refund asks for that refund, none for the newest transaction.
pub(crate) fn carry_out(state: &State, request: &Fields) -> Result<Fields, Code> {
    let override_status = state.behaviour().query_status;
    let payments = state.payments.open();
    let created = &request["vnp_TransactionDate"];
    let payment = of_the_day(&payments, &request["vnp_TxnRef"], created)
        .filter(|payment| payment.create_date == *created)
        .ok_or(Code::NotFound)?;
    let number = request["vnp_TransactionNo"].as_str();
    let mut told = match (number, payment.refunds.last()) {
        // Without a number it is about what happened last.
        ("" | "0", None) => of_payment(payment),
        ("" | "0", Some(refund)) => of_refund(payment, refund, &sent(state)),
        (number, _) if number == payment.transaction_no.to_string() => of_payment(payment),
        (number, _) => {
            let mut refunds = payment.refunds.iter();
            let refund = refunds.find(|refund| refund.transaction_no.to_string() == number).ok_or(Code::NotFound)?;
            of_refund(payment, refund, &sent(state))
        }
    };
    if let Some(status) = override_status {
        told.insert("vnp_TransactionStatus".to_owned(), status);
    }
    Ok(told)
}

/// How far refunds have come.
fn sent(state: &State) -> String {
    state.behaviour().refund_status.unwrap_or_else(|| REFUND_SENT_TO_BANK.to_owned())
}

fn of_payment(payment: &Payment) -> Fields {
    [
        ("vnp_TxnRef", payment.txn_ref.clone()),
        ("vnp_Amount", payment.amount.to_string()),
        ("vnp_BankCode", payment.bank_code.to_owned()),
        ("vnp_PayDate", payment.pay_date.clone()),
        ("vnp_TransactionNo", payment.transaction_no.to_string()),
        ("vnp_TransactionType", PAYMENT.to_owned()),
        ("vnp_TransactionStatus", payment.transaction_status.to_owned()),
        ("vnp_OrderInfo", payment.order_info.clone()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

pub(crate) fn of_refund(payment: &Payment, refund: &Refund, status: &str) -> Fields {
    let mut fields = of_payment(payment);
    for (name, value) in [
        ("vnp_Amount", refund.amount.to_string()),
        ("vnp_PayDate", refund.pay_date.clone()),
        ("vnp_TransactionNo", refund.transaction_no.to_string()),
        ("vnp_TransactionType", refund.transaction_type.clone()),
        ("vnp_TransactionStatus", status.to_owned()),
    ] {
        fields.insert(name.to_owned(), value);
    }
    fields
}
