//! VNPAY PAY 2.1.0 as the provider speaks it: payment page, notification, query, refund, statement.

pub(crate) mod behaviour;
mod code;
pub(crate) mod dates;
pub(crate) mod ipn;
pub(crate) mod merchant;
pub(crate) mod notice;
pub(crate) mod order;
mod pay;
pub(crate) mod payment;
mod query;
mod refund;
pub(crate) mod signing;
pub(crate) mod state;
mod statement;
mod transaction_api;

use actix_web::web;

const VERSION: &str = "2.1.0";

pub(crate) fn routes(app: &mut web::ServiceConfig) {
    app.route("/paymentv2/vpcpay.html", web::get().to(pay::show))
        .route("/paymentv2/pay", web::post().to(pay::pay))
        .route("/merchant_webapi/api/transaction", web::post().to(transaction_api::answer))
        .route("/vnpay/merchant", web::put().to(merchant::register))
        .route("/vnpay/statement", web::get().to(statement::download));
}
