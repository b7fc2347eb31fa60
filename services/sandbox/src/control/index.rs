//! The index page for the developer's eyes: what is here, and the latest of everything.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde_json::json;

use super::lists::readings;
use crate::{Behaviour, mail::message::Reading, shelf::Shelf, state::State};

const SHOWN: usize = 20;

pub(crate) async fn show(state: web::Data<State>) -> HttpResponse {
    let behaviour = state.behaviour();
    let page = json!({
        "is_well_behaved": behaviour == Behaviour::default(),
        "behaviour": serde_json::to_string_pretty(&behaviour).unwrap_or_default(),
        "ipn_url": state.ipn_url.borrow().as_ref().map(ToString::to_string),
        "mails": latest_mails(&state),
        "sms": latest(&state.sms),
        "payments": latest(&state.payments),
    });
    state.pages.answer(StatusCode::OK, "index.html", page)
}

fn latest_mails(state: &State) -> Vec<Reading> {
    let mut room = SHOWN;
    readings(&state.mails.open(), |_| {
        let fits = room > 0;
        room = room.saturating_sub(1);
        fits
    })
}

fn latest<T: Clone>(shelf: &Shelf<T>) -> Vec<T> {
    shelf.open().newest_first().take(SHOWN).cloned().collect()
}
