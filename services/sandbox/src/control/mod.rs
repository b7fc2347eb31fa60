//! What people, tests and load scripts see and steer: the index, the lists, the behaviour.

pub(crate) mod behaviour;
mod index;
mod lists;
pub(crate) mod parties;

use actix_web::web;

pub(crate) fn routes(app: &mut web::ServiceConfig) {
    app.route("/", web::get().to(index::show))
        .route("/behaviour", web::get().to(behaviour::show))
        .route("/behaviour", web::put().to(behaviour::replace))
        .route("/mails", web::get().to(lists::mails))
        .route("/mails", web::delete().to(lists::clear_mails))
        .route("/mails/{id}", web::get().to(lists::mail))
        .route("/sms", web::get().to(lists::sms))
        .route("/sms", web::delete().to(lists::clear_sms))
        .route("/payments", web::get().to(lists::payments))
        .route("/payments", web::delete().to(lists::clear_payments));
}
