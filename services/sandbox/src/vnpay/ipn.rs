//! Notifications (IPN): a signed GET to the merchant, repeated until it answers 00 or 02.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, bail};
use serde::Deserialize;
use tokio::{sync::mpsc, task::JoinSet};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;

use super::{
    notice::Notice,
    payment::{Notification, Payment},
    signing,
    state::State,
};
use crate::VnpayBehaviour;

const MOST_ATTEMPTS: usize = 10;
const FOREIGN_SECRET: &str = "NOBODYSHARESTHISSECRET";

/// Sends what it is given until told to stop.
pub(crate) async fn serve(
    state: Arc<State>,
    client: reqwest::Client,
    mut notices: mpsc::UnboundedReceiver<Notice>,
    tasks: TaskTracker,
    stop: CancellationToken,
) {
    let mut held = None;
    while let Some(Some(notice)) = stop.run_until_cancelled(notices.recv()).await {
        let batch = if notice.behaviour.ipn_reorder {
            match held.take() {
                Some(earlier) => vec![notice, earlier],
                None => {
                    held = Some(notice);
                    continue;
                }
            }
        } else {
            held.take().into_iter().chain([notice]).collect()
        };
        let (state, client) = (state.clone(), client.clone());
        let notifying = stop.clone().run_until_cancelled_owned(async move {
            for notice in batch {
                notify(&state, &client, &notice).await;
            }
        });
        tasks.spawn(notifying);
    }
}

async fn notify(state: &Arc<State>, client: &reqwest::Client, notice: &Notice) {
    let Notice { payment, behaviour } = notice;
    if behaviour.ipn_drop {
        return;
    }
    tokio::time::sleep(Duration::from_millis(behaviour.ipn_delay_ms)).await;
    for attempt in 0..MOST_ATTEMPTS {
        if attempt > 0 {
            tokio::time::sleep(Duration::from_millis(state.config.vnpay_ipn_retry_ms)).await;
        }
        // Read anew each time: misbehaviour may begin or end between two attempts.
        let behaviour = state.behaviour();
        let Some(target) = state.ipn_url.borrow().clone() else {
            note(state, payment, "no IPN URL is registered");
            continue;
        };
        let address = address(state, target, payment, &behaviour);
        if send_copies(state, client, payment, &address, behaviour.ipn_copies).await {
            return;
        }
    }
}

fn address(state: &State, mut target: Url, payment: &Payment, behaviour: &VnpayBehaviour) -> Url {
    let mut told = payment.clone();
    told.amount = told.amount.saturating_add(behaviour.ipn_amount_delta);
    if let Some(other) = &behaviour.ipn_tmn_code {
        told.tmn_code.clone_from(other);
    }
    let secret = match &behaviour.ipn_sign_with {
        _ if behaviour.ipn_forge_signature => FOREIGN_SECRET,
        Some(other) => other,
        None => &state.config.vnpay_hash_secret,
    };
    let result = signing::signed_query(secret, &told.result());
    let query = match target.query() {
        Some(own) if !own.is_empty() => format!("{own}&{result}"),
        _ => result,
    };
    target.set_query(Some(&query));
    target
}

/// Sends all copies at once; `true` when the merchant has confirmed any of them.
async fn send_copies(
    state: &Arc<State>,
    client: &reqwest::Client,
    payment: &Payment,
    address: &Url,
    copies: u32,
) -> bool {
    let mut sending = JoinSet::new();
    for _ in 0..copies {
        sending.spawn(ask(client.clone(), address.clone()));
    }
    let mut confirmed = false;
    while let Some(sent) = sending.join_next().await {
        let answer = match sent {
            Ok(Ok(code)) => code,
            Ok(Err(error)) => format!("{error:#}"),
            Err(error) => error.to_string(),
        };
        confirmed |= matches!(answer.as_str(), "00" | "02");
        note(state, payment, &answer);
    }
    confirmed
}

#[derive(Deserialize)]
struct IpnAnswer {
    #[serde(rename = "RspCode")]
    code: String,
}

async fn ask(client: reqwest::Client, address: Url) -> anyhow::Result<String> {
    let response = client.get(address).send().await.map_err(reqwest::Error::without_url)?;
    if !response.status().is_success() {
        bail!("HTTP {}", response.status());
    }
    let body = response.bytes().await.context("unreadable body")?;
    let answer: IpnAnswer = serde_json::from_slice(&body).context("no RspCode in the answer")?;
    Ok(answer.code)
}

fn note(state: &State, payment: &Payment, answer: &str) {
    let notification = Notification { at: state.now(), answer: answer.to_owned() };
    let mut payments = state.payments.open();
    if let Some(known) = payments.newest_first_mut().find(|known| known.transaction_no == payment.transaction_no) {
        known.notifications.push(notification);
    }
}
