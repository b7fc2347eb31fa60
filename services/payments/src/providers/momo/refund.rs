//! Has MoMo give money back, and asks about it.

use serde_json::{Map, Value, json};

use super::{Momo, signature};
use crate::providers::{
    NoAnswer, RefundAnswer, RefundOrder,
    wire::{self, text},
};

/// Sends it. The request bears the refund's own id, of which MoMo takes one: the same again is no second refund.
pub(super) async fn send(momo: &Momo, order: &RefundOrder) -> Result<RefundAnswer, NoAnswer> {
    let url = format!("{}/v2/gateway/api/refund", momo.url);
    read(order, &wire::post(&momo.client, &url, &momo.refund_request(order)).await?)
}

/// Asks about it by that id.
pub(super) async fn follow(momo: &Momo, order: &RefundOrder) -> Result<RefundAnswer, NoAnswer> {
    let url = format!("{}/v2/gateway/api/refund/query", momo.url);
    let question = momo.question(&order.id.simple().to_string());
    read(order, &wire::post(&momo.client, &url, &question).await?)
}

impl Momo {
    /// The request that has money given back.
    pub fn refund_request(&self, order: &RefundOrder) -> Value {
        let (id, amount) = (order.id.simple().to_string(), order.amount.dong().to_string());
        let description = format!("Hoan phi {}", order.reference);
        let signed = [
            ("accessKey", self.access_key.as_str()),
            ("amount", &amount),
            ("description", &description),
            ("orderId", &id),
            ("partnerCode", &self.partner_code),
            ("requestId", &id),
            ("transId", &order.provider_reference),
        ];
        json!({
            "partnerCode": self.partner_code, "orderId": id, "requestId": id, "amount": order.amount.dong(),
            // MoMo's number is one on the wire too.
            "transId": order.provider_reference.parse::<i64>().map_or_else(|_| json!(order.provider_reference), |it| json!(it)),
            "lang": "vi", "description": description, "signature": self.keys.sign(&signature::line(&signed)),
        })
    }
}

fn read(order: &RefundOrder, raw: &str) -> Result<RefundAnswer, NoAnswer> {
    let fields = wire::object(raw)?;
    let (code, number) = (text(&fields, "resultCode"), number(order, &fields));
    match code.as_str() {
        "0" | "7000" | "7002" if !is_it(order, &fields) => {
            Ok(RefundAnswer::Unclear("MoMo does not tell of this refund".into()))
        }
        "0" => Ok(RefundAnswer::Done(number)),
        "7000" | "7002" => Ok(RefundAnswer::Accepted(number)),
        // It refuses the request as it is, or the payment cannot go back: nothing happened.
        "11" | "13" | "20" | "21" | "22" | "1080" | "1088" => Ok(RefundAnswer::Refused(format!("MoMo: {code}"))),
        _ => Err(NoAnswer(format!("code {code}"))),
    }
}

/// MoMo's number of the refund; ours until there is one.
fn number(order: &RefundOrder, fields: &Map<String, Value>) -> String {
    let own = text(fields, "transId");
    if matches!(own.as_str(), "" | "0") { order.id.simple().to_string() } else { own }
}

fn is_it(order: &RefundOrder, fields: &Map<String, Value>) -> bool {
    text(fields, "orderId") == order.id.simple().to_string()
        && text(fields, "amount") == order.amount.dong().to_string()
}
