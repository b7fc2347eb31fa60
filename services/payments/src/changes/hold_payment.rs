//! What a provider's word is about: an attempt to pay one order, or those of several orders that are paid together.

use civic::Vnd;
use diesel_async::AsyncPgConnection;

use crate::{
    providers::Query,
    store::{
        attempts::{self, Attempt},
        joint_payments,
        orders::{self, Order},
    },
};

/// A payment whose orders nobody else can change.
pub struct HeldPayment {
    /// What the provider was to take.
    pub amount: Vnd,
    /// The attempts with their orders. The first stands for all where one is enough: they move together.
    pub parts: Vec<(Order, Attempt)>,
}

/// What an attempt is called at its provider, since when, and over how much; where it is part of a joint payment that one's.
pub async fn query_of(conn: &mut AsyncPgConnection, attempt: &Attempt) -> Result<Query, pg::Error> {
    Ok(match attempt.joint_payment_id {
        Some(id) => {
            let joint = joint_payments::get(conn, id).await?;
            Query { reference: joint.reference, created_at: joint.created_at, amount: joint.total }
        }
        None => {
            let Attempt { reference, created_at, amount, .. } = attempt.clone();
            Query { reference, created_at, amount }
        }
    })
}

/// The payment that an attempt is, or is part of, as it is once nobody else can change it. Orders are held in the order of their ids, as
/// by everybody who holds several.
pub async fn hold(conn: &mut AsyncPgConnection, attempt: &Attempt) -> Result<HeldPayment, pg::Error> {
    let Some(joint_id) = attempt.joint_payment_id else {
        let order = orders::lock(conn, attempt.order_id).await?;
        let attempt = attempts::find(conn, attempt.id).await?.ok_or(pg::Error::NotFound)?;
        return Ok(HeldPayment { amount: attempt.amount, parts: vec![(order, attempt)] });
    };
    let joint = joint_payments::get(conn, joint_id).await?;
    let ids: Vec<_> =
        attempts::of_joint_payment(conn, joint_id).await?.into_iter().map(|attempt| attempt.order_id).collect();
    let orders = orders::lock_all(conn, &ids).await?;
    let attempts = attempts::of_joint_payment(conn, joint_id).await?;
    let mut parts = Vec::with_capacity(attempts.len());
    for attempt in attempts {
        let order = orders.iter().find(|order| order.id == attempt.order_id).ok_or(pg::Error::NotFound)?;
        parts.push((order.clone(), attempt));
    }
    Ok(HeldPayment { amount: joint.total, parts })
}
