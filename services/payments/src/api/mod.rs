//! The table of contents: one line an operation.

pub mod pages;
mod payer_address;
mod read_payment_order;
mod receive_vnpay_notification;
mod show_vnpay_return;
mod start_payment_attempt;
mod vnpay_query;

use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers every operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(read_payment_order::read_payment_order)
        .service(start_payment_attempt::start_payment_attempt)
        .service(receive_vnpay_notification::receive_vnpay_notification)
        .service(show_vnpay_return::show_vnpay_return);
}

/// The service's OpenAPI document.
pub fn document() -> OpenApi {
    edge::document("payments", "Motcua payments", routes)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_vnpay_may_add_to_its_query_is_let_through() {
        let document = serde_json::to_value(document()).unwrap();
        for path in ["/api/v1/payments/vnpay/ipn", "/api/v1/payments/vnpay/return"] {
            let parameters: &Vec<Value> = document["paths"][path]["get"]["parameters"].as_array().unwrap();
            let open = parameters.iter().find(|parameter| parameter["name"] == "vnp").unwrap();
            assert_eq!(
                (&open["in"], &open["style"], &open["explode"]),
                (&json!("query"), &json!("form"), &json!(true))
            );
            assert_eq!(open["schema"]["additionalProperties"], json!({"type": "string"}), "{open}");
            assert!(parameters.iter().all(|parameter| parameter["required"] != true));
        }
    }
}
