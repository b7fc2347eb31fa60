//! `querydr`: asks VNPAY what became of a payment.

use serde_json::{Map, Value};

use super::{VERSION, Vnpay, outcome, outcome::ReportedStatus, signature, signature::SECURE_HASH};
use crate::providers::{
    NoAnswer, Query, QueryOutcome,
    wire::{self, text},
    wire_time,
};

pub(super) const COMMAND: &str = "querydr";
/// The address from which we ask. VNPAY wants one, and knows the true one from the connection.
pub(super) const OUR_ADDRESS: &str = "127.0.0.1";

/// What an answer's signature covers, in this order.
pub(super) const ANSWER_FIELDS: [&str; 15] = [
    "vnp_ResponseId",
    "vnp_Command",
    "vnp_ResponseCode",
    "vnp_Message",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_BankCode",
    "vnp_PayDate",
    "vnp_TransactionNo",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
    "vnp_OrderInfo",
    "vnp_PromotionCode",
    "vnp_PromotionAmount",
];

pub(super) async fn ask(vnpay: &Vnpay, query: &Query) -> Result<QueryOutcome, NoAnswer> {
    let raw = wire::post(&vnpay.client, &vnpay.api_url, &request(vnpay, query)).await?;
    vnpay.read_answer(query, raw)
}

pub(super) fn request(vnpay: &Vnpay, query: &Query) -> Map<String, Value> {
    let now = vnpay.life.clock.now();
    // In the order in which they are signed.
    let fields = [
        ("vnp_RequestId", vnpay.life.new_id().simple().to_string()),
        ("vnp_Version", VERSION.to_owned()),
        ("vnp_Command", COMMAND.to_owned()),
        ("vnp_TmnCode", vnpay.tmn_code.clone()),
        ("vnp_TxnRef", query.reference.clone()),
        ("vnp_TransactionDate", wire_time::write(query.created_at)),
        ("vnp_CreateDate", wire_time::write(now)),
        ("vnp_IpAddr", OUR_ADDRESS.to_owned()),
        ("vnp_OrderInfo", format!("Truy van GD {}", query.reference)),
    ];
    let hash = vnpay.keys.sign(&signature::checksum(fields.iter().map(|(_, value)| value.as_str())));
    let signed = fields.into_iter().chain([(SECURE_HASH, hash)]);
    signed.map(|(name, value)| (name.to_owned(), Value::String(value))).collect()
}

impl Vnpay {
    /// What an answer says, if VNPAY signed it and it is about this attempt.
    pub fn read_answer(&self, query: &Query, raw: String) -> Result<QueryOutcome, NoAnswer> {
        let fields = wire::object(&raw)?;
        let texts = ANSWER_FIELDS.map(|name| text(&fields, name));
        let get =
            |name: &str| ANSWER_FIELDS.iter().position(|known| *known == name).map_or("", |at| texts[at].as_str());
        let signed = signature::checksum(texts.iter().map(String::as_str));
        if !self.keys.signed(&signed, &text(&fields, SECURE_HASH)) || get("vnp_Command") != COMMAND {
            return Err(NoAnswer("it is not signed by VNPAY".into()));
        }
        match get("vnp_ResponseCode") {
            "00" if get("vnp_TxnRef") != query.reference => Err(NoAnswer("it is about another payment".into())),
            "00" => {
                let reported = match get("vnp_TransactionType") {
                    "01" => outcome::of_status(get("vnp_TransactionStatus")),
                    _ => ReportedStatus::Unclear,
                };
                if reported == ReportedStatus::NotFinished {
                    return Ok(QueryOutcome::NotFinished);
                }
                Ok(QueryOutcome::Reported(self.report(reported, signed.clone(), get), raw))
            }
            // The payer never reached the payment page, or left it before choosing anything.
            "91" => Ok(QueryOutcome::NotFinished),
            code => Err(NoAnswer(format!("code {code}"))),
        }
    }
}
