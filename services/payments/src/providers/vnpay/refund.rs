//! `refund`: has VNPAY give money back; and `querydr` about one that was sent.

use serde_json::{Map, Value};

use super::{
    VERSION, Vnpay, hundredths,
    query::{self, OUR_ADDRESS},
    signature::{self, SECURE_HASH},
};
use crate::providers::{
    NoAnswer, Query, RefundAnswer, RefundOrder,
    wire::{self, text},
    wire_time,
};

const COMMAND: &str = "refund";
const WHOLE: &str = "02";
const PART: &str = "03";
/// An answer to `refund` is signed as one to `querydr`, without what a promotion gave.
const ANSWER_FIELDS: usize = 13;

/// Sends it. The request bears the refund's own id, of which VNPAY takes one a day: the same again is no second refund.
pub(super) async fn send(vnpay: &Vnpay, order: &RefundOrder) -> Result<RefundAnswer, NoAnswer> {
    let raw = wire::post(&vnpay.client, &vnpay.api_url, &vnpay.refund_request(order)).await?;
    vnpay.read_refund_answer(order, &raw)
}

/// Asks about it by its own number, or by the payment's while its own is not known.
pub(super) async fn follow(vnpay: &Vnpay, order: &RefundOrder) -> Result<RefundAnswer, NoAnswer> {
    let query = Query { reference: order.reference.clone(), created_at: order.created_at, amount: order.amount };
    let mut request = query::request(vnpay, &query);
    if let Some(number) = &order.number {
        request.insert("vnp_TransactionNo".to_owned(), Value::String(number.clone()));
    }
    let raw = wire::post(&vnpay.client, &vnpay.api_url, &request).await?;
    vnpay.read_answer_about(order, &raw)
}

impl Vnpay {
    /// What is sent, in the order in which it is signed.
    pub fn refund_request(&self, order: &RefundOrder) -> Map<String, Value> {
        let fields = [
            ("vnp_RequestId", order.id.simple().to_string()),
            ("vnp_Version", VERSION.to_owned()),
            ("vnp_Command", COMMAND.to_owned()),
            ("vnp_TmnCode", self.tmn_code.clone()),
            ("vnp_TransactionType", if order.is_whole { WHOLE } else { PART }.to_owned()),
            ("vnp_TxnRef", order.reference.clone()),
            ("vnp_Amount", hundredths(order.amount)),
            ("vnp_TransactionNo", order.provider_reference.clone()),
            ("vnp_TransactionDate", wire_time::write(order.created_at)),
            ("vnp_CreateBy", order.asked_by.simple().to_string()),
            ("vnp_CreateDate", wire_time::write(self.life.clock.now())),
            ("vnp_IpAddr", OUR_ADDRESS.to_owned()),
            ("vnp_OrderInfo", format!("Hoan phi {}", order.reference)),
        ];
        let hash = self.keys.sign(&signature::checksum(fields.iter().map(|(_, value)| value.as_str())));
        let signed = fields.into_iter().chain([(SECURE_HASH, hash)]);
        signed.map(|(name, value)| (name.to_owned(), Value::String(value))).collect()
    }

    /// What the answer to a refund says, if VNPAY signed it.
    pub fn read_refund_answer(&self, order: &RefundOrder, raw: &str) -> Result<RefundAnswer, NoAnswer> {
        let get = self.signed_answer(raw, COMMAND, ANSWER_FIELDS)?;
        match get("vnp_ResponseCode").as_str() {
            "00" => self.told(order, &get),
            // It knows the merchant, the request's form, the payment, or that money was taken for it, otherwise than we: nothing happened.
            code @ ("02" | "03" | "91" | "95" | "97") => Ok(RefundAnswer::Refused(format!("VNPAY: {code}"))),
            code => Err(NoAnswer(format!("code {code}"))),
        }
    }

    /// What the answer to a question about it says, if VNPAY signed it.
    pub fn read_answer_about(&self, order: &RefundOrder, raw: &str) -> Result<RefundAnswer, NoAnswer> {
        let get = self.signed_answer(raw, query::COMMAND, query::ANSWER_FIELDS.len())?;
        match get("vnp_ResponseCode").as_str() {
            "00" => self.told(order, &get),
            code => Err(NoAnswer(format!("code {code}"))),
        }
    }

    /// What is told of a transaction, if it is this refund.
    fn told(&self, order: &RefundOrder, get: &impl Fn(&str) -> String) -> Result<RefundAnswer, NoAnswer> {
        let number = get("vnp_TransactionNo");
        let is_it = get("vnp_TxnRef") == order.reference
            && matches!(get("vnp_TransactionType").as_str(), WHOLE | PART)
            && get("vnp_Amount") == hundredths(order.amount)
            && !number.is_empty()
            && order.number.as_ref().is_none_or(|known| *known == number);
        if !is_it {
            return Ok(RefundAnswer::Unclear("VNPAY does not tell of this refund".into()));
        }
        Ok(match get("vnp_TransactionStatus").as_str() {
            "05" | "01" => RefundAnswer::Accepted(number),
            "00" | "06" => RefundAnswer::Done(number),
            status @ ("02" | "09") => RefundAnswer::Refused(format!("VNPAY: {status}")),
            status => RefundAnswer::Unclear(format!("VNPAY: status {status}")),
        })
    }

    /// A reader of an answer's values, once its signature was found to be VNPAY's over the first so many of them.
    fn signed_answer(
        &self,
        raw: &str,
        command: &str,
        signed: usize,
    ) -> Result<impl Fn(&str) -> String + use<>, NoAnswer> {
        let fields = wire::object(raw)?;
        let texts: Vec<_> = query::ANSWER_FIELDS[..signed].iter().map(|name| text(&fields, name)).collect();
        let checksum = signature::checksum(texts.iter().map(String::as_str));
        if !self.keys.signed(&checksum, &text(&fields, SECURE_HASH)) || text(&fields, "vnp_Command") != command {
            return Err(NoAnswer("it is not signed by VNPAY".into()));
        }
        Ok(move |name: &str| text(&fields, name))
    }
}
