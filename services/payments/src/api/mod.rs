//! The table of contents: one line an operation.

mod attempts;
mod bank_credits;
mod books;
mod callbacks;
mod checkouts;
mod days;
mod differences;
mod figures;
mod given_up;
mod joint_payments;
mod links;
mod notifications;
mod orders;
mod owed_back;
mod receipts;
mod refunds;
mod returns;
mod shifts;
mod statements;
mod takings;
mod waivers;

use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers every operation.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        // Payers.
        .service(orders::list::list_payment_orders)
        .service(orders::read::read_payment_order)
        .service(attempts::start::start_payment_attempt)
        .service(joint_payments::start::start_joint_payment)
        .service(joint_payments::get::get_joint_payment)
        .service(links::make::make_pay_link)
        .service(links::list::list_pay_links)
        .service(links::revoke::revoke_pay_link)
        .service(orders::receipt::find_provider_receipt)
        // Whoever pays for somebody else.
        .service(links::view::read_pay_link)
        .service(links::pay::start_linked_attempt)
        .service(receipts::list::list_receipts)
        .service(receipts::get::get_receipt)
        .service(receipts::print::print_receipt)
        // Cashiers.
        .service(orders::list_at_counter::find_payment_orders)
        .service(shifts::list::list_shifts)
        .service(shifts::open::open_shift)
        .service(shifts::get::get_shift)
        .service(shifts::take::take_payment)
        .service(shifts::close::close_shift)
        .service(takings::reverse::reverse_taking)
        .service(receipts::cancel::cancel_receipt)
        .service(receipts::replace::replace_receipt)
        // Officials.
        .service(bank_credits::list::list_bank_credits)
        .service(bank_credits::note::note_bank_credit)
        .service(bank_credits::propose::propose_bank_credit)
        .service(bank_credits::confirm::confirm_bank_credit)
        .service(owed_back::list::list_owed_back)
        .service(refunds::list::list_refunds)
        .service(refunds::ask::ask_refund)
        .service(refunds::get::get_refund)
        .service(refunds::approve::approve_refund)
        .service(refunds::turn_down::turn_down_refund)
        .service(refunds::prove::prove_refund)
        .service(waivers::list::list_waivers)
        .service(waivers::ask::ask_waiver)
        .service(waivers::get::get_waiver)
        .service(waivers::approve::approve_waiver)
        .service(waivers::turn_down::turn_down_waiver)
        .service(statements::load::load_statement)
        .service(statements::list::list_statements)
        .service(statements::get::get_statement)
        .service(differences::list::list_differences)
        .service(differences::get::get_difference)
        .service(differences::take::take_difference)
        .service(differences::close::close_difference)
        .service(differences::approve::approve_difference)
        .service(differences::refuse::refuse_difference)
        .service(days::list::list_days)
        .service(days::get::get_day)
        .service(days::sign::sign_day)
        .service(figures::report::report_figures)
        .service(figures::transfers::list_transfers)
        .service(figures::export::export_transfers)
        .service(figures::payers::list_payers)
        .service(callbacks::list::list_payment_callbacks)
        .service(callbacks::review::review_payment_callback)
        .service(given_up::list::list_given_up_payments)
        .service(given_up::repair::repair_given_up_payments)
        // Providers, and payers on their way back from one.
        .service(notifications::receive::receive_payment_notification)
        .service(notifications::receive_posted::receive_posted_payment_notification)
        .service(notifications::receive_at_old_path::receive_vnpay_notification)
        .service(checkouts::open::open_payment_checkout)
        .service(returns::show::show_payment_return);
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
    fn what_a_provider_may_add_to_its_query_is_let_through() {
        let document = serde_json::to_value(document()).unwrap();
        let paths = ["{provider}/notification", "vnpay/ipn", "{provider}/return"];
        for path in paths.map(|path| format!("/api/v1/payments/{path}")) {
            let parameters: &Vec<Value> = document["paths"][&path]["get"]["parameters"].as_array().unwrap();
            let open = parameters.iter().find(|parameter| parameter["name"] == "vnp").unwrap();
            assert_eq!(
                (&open["in"], &open["style"], &open["explode"]),
                (&json!("query"), &json!("form"), &json!(true))
            );
            assert_eq!(open["schema"]["additionalProperties"], json!({"type": "string"}), "{open}");
            let mut queried = parameters.iter().filter(|parameter| parameter["in"] == "query");
            assert!(queried.all(|parameter| parameter["required"] != true));
        }
    }
}
