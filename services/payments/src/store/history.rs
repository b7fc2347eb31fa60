//! Every step of an order and its attempts, one row a version.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::status::{AttemptStatus, OrderStatus},
    schema::order_history,
};

/// One step.
#[derive(Insertable)]
#[diesel(table_name = order_history)]
pub struct Entry {
    pub order_id: Uuid,
    pub version: i32,
    pub at: DateTime<Utc>,
    pub cause: &'static str,
    pub order_from: Option<&'static str>,
    pub order_to: &'static str,
    pub attempt_id: Option<Uuid>,
    pub attempt_from: Option<&'static str>,
    pub attempt_to: Option<&'static str>,
}

impl Entry {
    /// The first: the order is opened.
    pub fn opened(order_id: Uuid, at: DateTime<Utc>) -> Self {
        Self {
            order_id,
            version: 1,
            at,
            cause: "OPENED",
            order_from: None,
            order_to: OrderStatus::Due.as_str(),
            attempt_id: None,
            attempt_from: None,
            attempt_to: None,
        }
    }

    /// An attempt is begun, which makes `version` of an order that is due.
    pub fn started(order_id: Uuid, version: i32, attempt_id: Uuid, at: DateTime<Utc>) -> Self {
        Self {
            version,
            cause: "STARTED",
            order_from: Some(OrderStatus::Due.as_str()),
            attempt_id: Some(attempt_id),
            attempt_to: Some(AttemptStatus::Created.as_str()),
            ..Self::opened(order_id, at)
        }
    }
}

/// Writes a step down.
pub async fn write(conn: &mut AsyncPgConnection, entry: Entry) -> Result<(), pg::Error> {
    diesel::insert_into(order_history::table).values(entry).execute(conn).await?;
    Ok(())
}
