//! Every step of an order and its attempts, one row a version.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use uuid::Uuid;

use crate::{
    domain::{attempt::AttemptStatus, history::StepCause, order::OrderState},
    schema::order_history,
};

/// One step.
#[derive(Debug, Insertable)]
#[diesel(table_name = order_history)]
pub struct Entry {
    pub order_id: Uuid,
    pub version: i32,
    pub at: DateTime<Utc>,
    pub cause: StepCause,
    pub order_from: Option<OrderState>,
    pub order_to: OrderState,
    pub attempt_id: Option<Uuid>,
    pub attempt_from: Option<AttemptStatus>,
    pub attempt_to: Option<AttemptStatus>,
    pub refund_id: Option<Uuid>,
}

/// Writes a step down.
pub async fn write(mut conn: &AsyncPgConnection, entry: &Entry) -> Result<(), pg::Error> {
    kept(diesel::insert_into(order_history::table).values(entry)).execute(&mut conn).await?;
    Ok(())
}
