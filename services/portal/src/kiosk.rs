//! A kiosk forgets: how long a screen that everybody uses waits for whoever stands at it.

use actix_web::http::header::HeaderMap;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::cookies;

/// After this many seconds without a touch the page's script asks whether somebody is there,
const ASK_AFTER_SECONDS: i64 = 60;
/// and after this many more without an answer it goes to [`END`].
const WARNING_SECONDS: i64 = 20;
/// The session ends by itself after this long without a page or a sign of life; where no script runs, the page goes to [`END`]
/// after it. Longer than the script's time by what signs of life come late.
pub(crate) const IDLE: TimeDelta = TimeDelta::seconds(120);
/// Where a visit ends: signed out there, the browser is led to the first page.
pub(crate) const END: &str = "/kiosk/end";
/// Where the script says that somebody is typing or reading.
pub(crate) const ALIVE: &str = "/kiosk/alive";

/// Whether this browser is a kiosk.
pub(crate) fn is_one(headers: &HeaderMap) -> bool {
    cookies::read(headers, cookies::KIOSK) == Some("1")
}

/// What the layout of a kiosk's page needs; `address` is the page's own, for the visitor's own device.
pub(crate) fn frame(address: &str) -> Value {
    json!({
        "ask_after": ASK_AFTER_SECONDS,
        "warning": WARNING_SECONDS,
        "idle": IDLE.num_seconds(),
        "end": END,
        "alive": ALIVE,
        "address": address,
    })
}
