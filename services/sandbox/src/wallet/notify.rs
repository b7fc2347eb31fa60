//! Notifications: posted to the merchant until it confirms.

use std::{sync::Arc, time::Duration};

use actix_web::web;
use serde_json::Value;

use super::{
    payment::Payment,
    state::{Protocol, State},
};
use crate::vnpay::notice::parse_target;

const MOST_ATTEMPTS: usize = 10;

/// Notifies of a payment, in the background.
pub(crate) fn begin<P: Protocol>(state: &web::Data<State<P>>, payment: Payment) {
    let at_once = state.behaviour();
    if at_once.notice_drop {
        return;
    }
    let (state, stop) = (Arc::clone(state), state.stop.clone());
    let tasks = state.tasks.clone();
    tasks.spawn(stop.run_until_cancelled_owned(async move {
        tokio::time::sleep(Duration::from_millis(at_once.notice_delay_ms)).await;
        for attempt in 0..MOST_ATTEMPTS {
            if attempt > 0 {
                tokio::time::sleep(Duration::from_millis(state.config.vnpay_ipn_retry_ms)).await;
            }
            // Read anew each time: misbehaviour may begin or end between two attempts.
            let behaviour = state.behaviour();
            let Some(notice) = P::notice(&state, &payment, &behaviour) else { return };
            let mut confirmed = false;
            for _ in 0..behaviour.notice_copies {
                confirmed |= send(&state, &payment, &notice).await;
            }
            if confirmed {
                return;
            }
        }
    }));
}

async fn send<P: Protocol>(state: &State<P>, payment: &Payment, notice: &Value) -> bool {
    let answer = match parse_target(&payment.notice_url) {
        Ok(target) => post(state, target, notice).await,
        Err(why) => Err(why),
    };
    let confirmed = answer.as_ref().is_ok_and(|(status, body)| P::is_confirmed(*status, body));
    let said = match answer {
        Ok((status, body)) => format!("{status} {body}"),
        Err(why) => why,
    };
    let mut payments = state.payments.open();
    if let Some(known) = payments.newest_first_mut().find(|known| known.number == payment.number) {
        known.answers.push(said);
    }
    confirmed
}

async fn post<P: Protocol>(state: &State<P>, target: url::Url, notice: &Value) -> Result<(u16, String), String> {
    let answer = state.client.post(target).json(notice).send().await.map_err(|why| why.without_url().to_string())?;
    let status = answer.status().as_u16();
    Ok((status, answer.text().await.map_err(|why| why.without_url().to_string())?))
}
