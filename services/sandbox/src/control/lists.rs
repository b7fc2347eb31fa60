//! What was taken, newest first, as JSON: mails, SMS, payments; and forgetting it.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::parties::Parties;
use crate::{
    mail::message::{Mail, Reading},
    shelf::{Pile, Shelf},
};

#[derive(Serialize)]
struct Items<T> {
    items: Vec<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailFilter {
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SmsFilter {
    phone: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaymentFilter {
    txn_ref: Option<String>,
}

pub(crate) async fn mails(filter: web::Query<MailFilter>, parties: web::Data<Parties>) -> HttpResponse {
    let fits = |mail: &Mail| filter.to.as_deref().is_none_or(|to| mail.is_to(to));
    HttpResponse::Ok().json(Items { items: readings(&parties.mail.mails.open(), fits) })
}

/// Readings of the mails that fit, each knowing how many share its Message-ID.
pub(crate) fn readings(mails: &Pile<Mail>, mut fits: impl FnMut(&Mail) -> bool) -> Vec<Reading> {
    let mut copies = HashMap::new();
    for id in mails.newest_first().filter_map(|mail| mail.message_id.as_deref()) {
        *copies.entry(id).or_insert(0) += 1;
    }
    let copies_of = |mail: &Mail| {
        let id = mail.message_id.as_deref();
        id.and_then(|id| copies.get(id).copied()).unwrap_or(1)
    };
    mails.newest_first().filter(|mail| fits(mail)).map(|mail| mail.read(copies_of(mail))).collect()
}

#[derive(Serialize)]
struct WithRaw {
    #[serde(flatten)]
    reading: Reading,
    /// Octets that are not UTF-8 are shown as U+FFFD.
    raw: String,
}

pub(crate) async fn mail(id: web::Path<u64>, parties: web::Data<Parties>) -> HttpResponse {
    let mails = parties.mail.mails.open();
    let raw =
        mails.newest_first().find(|mail| mail.id == *id).map(|mail| String::from_utf8_lossy(&mail.raw).into_owned());
    match (raw, readings(&mails, |mail| mail.id == *id).pop()) {
        (Some(raw), Some(reading)) => HttpResponse::Ok().json(WithRaw { reading, raw }),
        _ => HttpResponse::NotFound().json(json!({ "error": "no such mail" })),
    }
}

pub(crate) async fn sms(filter: web::Query<SmsFilter>, parties: web::Data<Parties>) -> HttpResponse {
    list(&parties.sms.sms, |sms| filter.phone.as_deref().is_none_or(|phone| sms.phone == phone))
}

pub(crate) async fn payments(filter: web::Query<PaymentFilter>, parties: web::Data<Parties>) -> HttpResponse {
    list(&parties.vnpay.payments, |payment| {
        let wanted = filter.txn_ref.as_deref();
        wanted.is_none_or(|txn_ref| payment.txn_ref == txn_ref)
    })
}

fn list<T: Serialize>(shelf: &Shelf<T>, fits: impl Fn(&T) -> bool) -> HttpResponse {
    let pile = shelf.open();
    let items: Vec<&T> = pile.newest_first().filter(|item| fits(item)).collect();
    HttpResponse::Ok().json(Items { items })
}

pub(crate) async fn clear_mails(parties: web::Data<Parties>) -> HttpResponse {
    clear(&parties.mail.mails)
}

pub(crate) async fn clear_sms(parties: web::Data<Parties>) -> HttpResponse {
    clear(&parties.sms.sms)
}

pub(crate) async fn clear_payments(parties: web::Data<Parties>) -> HttpResponse {
    clear(&parties.vnpay.payments)
}

fn clear<T>(shelf: &Shelf<T>) -> HttpResponse {
    shelf.open().clear();
    HttpResponse::NoContent().finish()
}
