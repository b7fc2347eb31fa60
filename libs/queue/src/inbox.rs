//! The receiver's memory of which events took effect.

use chrono::{DateTime, Utc};
use diesel::ExpressionMethods;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::inbox;

/// Remembers the event in the caller's transaction; false when it took effect before.
pub(crate) async fn is_new(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, pg::Error> {
    let row = (inbox::event_id.eq(event), inbox::received_at.eq(now));
    let written = diesel::insert_into(inbox::table).values(row).on_conflict_do_nothing().execute(connection).await?;
    Ok(written == 1)
}
