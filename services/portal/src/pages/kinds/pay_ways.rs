//! The ways to pay that a page offers, and the one that is chosen already.

use serde_json::Value;

use crate::{form::Form, visit::Visit};

/// Each way of `payment` with its name, and a form in which the first is chosen.
pub(in crate::pages) fn pay_ways(visit: &Visit, payment: &Value) -> (Vec<[String; 2]>, Form) {
    let ways = payment["ways"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let ways: Vec<_> = ways.map(|way| [way.to_owned(), visit.say(&format!("payment-way-{way}"))]).collect();
    let usual = ways.first().map_or_else(String::new, |[way, _]| way.clone());
    (ways, Form::with(vec![("way".into(), usual)]))
}
