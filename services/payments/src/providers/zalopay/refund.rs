//! Has ZaloPay give money back, and asks about it.

use civic::VIETNAM;
use serde_json::{Map, Value, json};

use super::Zalopay;
use crate::providers::{
    NoAnswer, RefundAnswer, RefundOrder,
    wire::{self, text},
};

/// Sends it. The request bears the refund's own id, of which ZaloPay takes one: the same again is no second refund.
pub(super) async fn send(zalopay: &Zalopay, order: &RefundOrder) -> Result<RefundAnswer, NoAnswer> {
    let url = format!("{}/v2/refund", zalopay.url);
    read(order, &wire::post(&zalopay.client, &url, &zalopay.refund_request(order)).await?)
}

/// Asks about it by that id.
pub(super) async fn follow(zalopay: &Zalopay, order: &RefundOrder) -> Result<RefundAnswer, NoAnswer> {
    let url = format!("{}/v2/query_refund", zalopay.url);
    let (id, time) = (zalopay.name_of(order), zalopay.life.clock.now().timestamp_millis());
    let mac = zalopay.ours.sign(&format!("{}|{id}|{time}", zalopay.app_id));
    let question = json!({"app_id": zalopay.app_id, "m_refund_id": id, "timestamp": time, "mac": mac});
    read(order, &wire::post(&zalopay.client, &url, &question).await?)
}

impl Zalopay {
    /// The request that has money given back.
    pub fn refund_request(&self, order: &RefundOrder) -> Value {
        let (id, amount) = (self.name_of(order), order.amount.dong());
        let (time, description) = (self.life.clock.now().timestamp_millis(), format!("Hoan phi {}", order.reference));
        let signed = format!("{}|{}|{amount}|{description}|{time}", self.app_id, order.provider_reference);
        json!({
            "app_id": self.app_id, "m_refund_id": id, "zp_trans_id": order.provider_reference, "amount": amount,
            "timestamp": time, "description": description, "mac": self.ours.sign(&signed),
        })
    }

    /// Our name for a refund, `yyMMdd_app_id`: of the day on which it was asked for, so that it is the same whenever it is asked about.
    fn name_of(&self, order: &RefundOrder) -> String {
        let day = order.asked_at.with_timezone(&VIETNAM).format("%y%m%d");
        // ZaloPay takes 45 letters.
        let id: String = order.id.simple().to_string().chars().skip(8).collect();
        format!("{day}_{}_{id}", self.app_id)
    }
}

fn read(order: &RefundOrder, raw: &str) -> Result<RefundAnswer, NoAnswer> {
    let fields = wire::object(raw)?;
    match (text(&fields, "return_code").as_str(), text(&fields, "sub_return_code").as_str()) {
        ("1", _) => Ok(RefundAnswer::Done(number(order, &fields))),
        ("3", _) => Ok(RefundAnswer::Accepted(number(order, &fields))),
        // Not found: it may not have arrived, and is not sent again before a person has looked.
        ("2", code @ ("-101" | "")) => Err(NoAnswer(format!("code {code}"))),
        ("2", code) => Ok(RefundAnswer::Refused(format!("ZaloPay: {code}"))),
        (code, _) => Err(NoAnswer(format!("code {code}"))),
    }
}

/// ZaloPay's number of the refund; ours until there is one.
fn number(order: &RefundOrder, fields: &Map<String, Value>) -> String {
    let own = text(fields, "refund_id");
    let known = || order.number.clone().unwrap_or_else(|| order.id.simple().to_string());
    if matches!(own.as_str(), "" | "0") { known() } else { own }
}
