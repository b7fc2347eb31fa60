//! Receipts: how a sender learns that a listener has dealt with an event.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Only of whom an event waits for. One that waits for nobody yet was put on the streams by a relay that died before it noted
/// who listens: it is published again, and receipted again.
const RECEIPT: &str = "update outbox set waiting_for = array_remove(waiting_for, $2),
        receipted_at = case when waiting_for <@ array[$2] then $3 end
    where id = any($1) and receipted_at is null and $2 = any(waiting_for)";

/// One listener's receipt of one event.
#[derive(Deserialize, Serialize)]
pub(crate) struct Receipt {
    pub(crate) event: Uuid,
    pub(crate) listener: String,
}

impl Receipt {
    pub(crate) fn to_json(&self) -> String {
        serde_json::json!(self).to_string()
    }
}

/// Takes the listeners of `receipts`, JSON each, off the events they receipt. What is not a receipt is passed over.
pub(crate) async fn take_in(
    connection: &mut AsyncPgConnection,
    receipts: &[String],
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let mut events: HashMap<String, Vec<Uuid>> = HashMap::new();
    for receipt in receipts.iter().filter_map(|text| serde_json::from_str::<Receipt>(text).ok()) {
        events.entry(receipt.listener).or_default().push(receipt.event);
    }
    for (listener, ids) in events {
        let update = diesel::sql_query(RECEIPT)
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<Text, _>(listener)
            .bind::<Timestamptz, _>(now);
        update.execute(connection).await?;
    }
    Ok(())
}
