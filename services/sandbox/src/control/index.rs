//! The index page for the developer's eyes: what is here, and the latest of everything.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde_json::json;

use super::{lists::readings, parties::Parties};
use crate::{
    Behaviour,
    mail::message::{Mail, Reading},
    shelf::Shelf,
};

const SHOWN: usize = 20;

pub(crate) async fn show(parties: web::Data<Parties>) -> HttpResponse {
    let behaviour = Behaviour::of(&parties);
    let page = json!({
        "is_well_behaved": behaviour == Behaviour::default(),
        "behaviour": serde_json::to_string_pretty(&behaviour).unwrap_or_default(),
        "ipn_url": parties.vnpay.ipn_url.borrow().as_ref().map(ToString::to_string),
        "mails": latest_mails(&parties.mail.mails),
        "sms": latest(&parties.sms.sms),
        "payments": latest(&parties.vnpay.payments),
    });
    parties.pages.answer(StatusCode::OK, "index.html", page)
}

fn latest_mails(mails: &Shelf<Mail>) -> Vec<Reading> {
    let mut room = SHOWN;
    readings(&mails.open(), |_| {
        let fits = room > 0;
        room = room.saturating_sub(1);
        fits
    })
}

fn latest<T: Clone>(shelf: &Shelf<T>) -> Vec<T> {
    shelf.open().newest_first().take(SHOWN).cloned().collect()
}
