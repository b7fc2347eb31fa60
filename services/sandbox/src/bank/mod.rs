//! The bank of the agency's account: somebody transfers money by a QR code or by hand, and the bank tells the account's owner by a signed notice.

pub(crate) mod behaviour;
mod qr;

use std::time::Duration;

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use runtime::Clock;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::watch;

use self::behaviour::BankBehaviour;
use crate::{Config, seal, shelf::Shelf, vnpay::notice::parse_target, wallet::state::Ground};

const MOST_ATTEMPTS: usize = 10;

pub(crate) fn routes(app: &mut web::ServiceConfig) {
    app.route("/bank/transfers", web::post().to(transfer)).route("/bank/transfers", web::get().to(list));
}

/// What the bank remembers, and how it behaves now.
pub(crate) struct State {
    config: Config,
    pub(crate) behaviour: watch::Sender<BankBehaviour>,
    transfers: Shelf<Transfer>,
    client: reqwest::Client,
    clock: Clock,
    ground: Ground,
}

#[derive(Debug, Clone, Serialize)]
struct Transfer {
    number: u64,
    bank: String,
    account: String,
    amount: i64,
    currency: String,
    content: String,
    at: DateTime<Utc>,
    answers: Vec<String>,
}

/// What somebody transfers: by a QR code's text, or spelled out. What is given besides a code stands instead of what is in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    qr: Option<String>,
    bank: Option<String>,
    account: Option<String>,
    amount: Option<i64>,
    content: Option<String>,
    currency: Option<String>,
}

impl State {
    pub(crate) fn new(ground: Ground) -> Self {
        Self {
            config: ground.config.clone(),
            behaviour: watch::Sender::default(),
            transfers: Shelf::numbered_by_time(ground.clock.now()),
            client: ground.client.clone(),
            clock: ground.clock.clone(),
            ground,
        }
    }

    pub(crate) fn behaviour(&self) -> BankBehaviour {
        self.behaviour.borrow().clone()
    }
}

async fn transfer(wish: web::Json<Wish>, state: web::Data<State>) -> HttpResponse {
    let wish = wish.into_inner();
    let code = match wish.qr.as_deref().map(qr::read) {
        Some(Err(why)) => return HttpResponse::BadRequest().json(json!({"error": why})),
        Some(Ok(code)) => code,
        None => qr::Code::default(),
    };
    let made = {
        let mut transfers = state.transfers.open();
        let made = Transfer {
            number: transfers.take_number(),
            bank: wish.bank.unwrap_or(code.bank),
            account: wish.account.unwrap_or(code.account),
            amount: wish.amount.or(code.amount).unwrap_or(0),
            currency: wish.currency.unwrap_or_else(|| "VND".to_owned()),
            content: wish.content.unwrap_or(code.purpose),
            at: state.clock.now(),
            answers: Vec::new(),
        };
        transfers.put(made.clone());
        made
    };
    tell(&state, made.clone());
    HttpResponse::Created().json(made)
}

async fn list(state: web::Data<State>) -> HttpResponse {
    let transfers = state.transfers.open();
    let items: Vec<&Transfer> = transfers.newest_first().collect();
    HttpResponse::Ok().json(json!({"items": items}))
}

/// Tells the owner, in the background, until it is confirmed.
fn tell(state: &web::Data<State>, transfer: Transfer) {
    let behaviour = state.behaviour();
    if behaviour.notice_drop {
        return;
    }
    let (state, stop, tasks) = (state.clone(), state.ground.stop.clone(), state.ground.tasks.clone());
    tasks.spawn(stop.run_until_cancelled_owned(async move {
        tokio::time::sleep(Duration::from_millis(behaviour.notice_delay_ms)).await;
        let notice = notice(&state.config, &transfer, &behaviour);
        for _ in 0..=behaviour.notice_repeats {
            for _ in 0..MOST_ATTEMPTS {
                if send(&state, transfer.number, &notice).await {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(state.config.vnpay_ipn_retry_ms)).await;
            }
        }
    }));
}

/// What is told, signed over its values with bars between them.
fn notice(config: &Config, transfer: &Transfer, behaviour: &BankBehaviour) -> Value {
    let Transfer { number, bank, account, currency, content, at, .. } = transfer;
    let amount = transfer.amount + behaviour.notice_amount_delta;
    let at = at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let secret = if behaviour.notice_forge { "NOBODYSHARESTHISSECRET" } else { &config.bank_secret };
    let signature = seal::hmac_sha256(secret, &format!("{number}|{bank}|{account}|{amount}|{currency}|{at}|{content}"));
    json!({
        "transaction_id": number.to_string(), "bank": bank, "account": account, "amount": amount, "currency": currency,
        "booked_at": at, "content": content, "signature": signature,
    })
}

async fn send(state: &State, number: u64, notice: &Value) -> bool {
    let Some(target) = state.config.bank_notice_url.as_deref().and_then(|url| parse_target(url).ok()) else {
        return true;
    };
    let answer = state.client.post(target).json(notice).send().await;
    let status = answer.as_ref().map_or(0, |answer| answer.status().as_u16());
    let mut transfers = state.transfers.open();
    if let Some(known) = transfers.newest_first_mut().find(|known| known.number == number) {
        known.answers.push(status.to_string());
    }
    status == 200
}
