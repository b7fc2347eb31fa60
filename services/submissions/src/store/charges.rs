//! What dossiers cost, round by round.

use chrono::{DateTime, Utc};
use civic::{Vnd, events::OrderState};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::unreadable;
use crate::{
    domain::charge::{Charge, ChargeReason},
    schema::charges,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = charges)]
struct Row {
    dossier: Uuid,
    round: i32,
    reason: ChargeReason,
    order_id: Uuid,
    lines: String,
    total: Vnd,
    state: OrderState,
    order_version: i64,
    asked_at: DateTime<Utc>,
    due_at: Option<DateTime<Utc>>,
    paid_at: Option<DateTime<Utc>>,
}

/// The charges of a dossier, by round.
pub async fn of_dossier(mut conn: &AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<Charge>> {
    let own = charges::table.filter(charges::dossier.eq(dossier)).order(charges::round);
    let rows: Vec<Row> = own.select(Row::as_select()).load(&mut conn).await?;
    rows.into_iter().map(Charge::try_from).collect()
}

/// Writes a charge that is new or has changed. The caller holds the dossier's lock.
pub async fn save(conn: &mut AsyncPgConnection, dossier: Uuid, charge: &Charge) -> QueryResult<()> {
    diesel::insert_into(charges::table)
        .values(Row::of(dossier, charge)?)
        .on_conflict((charges::dossier, charges::round))
        .do_update()
        .set((
            charges::state.eq(excluded(charges::state)),
            charges::order_version.eq(excluded(charges::order_version)),
            charges::paid_at.eq(excluded(charges::paid_at)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// The lines of a charge, as they are stored.
pub fn lines(charge: &Charge) -> QueryResult<String> {
    serde_json::to_string(&charge.lines).map_err(unreadable)
}

impl Row {
    fn of(dossier: Uuid, charge: &Charge) -> QueryResult<Self> {
        Ok(Self {
            dossier,
            round: charge.round,
            reason: charge.reason,
            order_id: charge.order_id,
            lines: lines(charge)?,
            total: charge.total,
            state: charge.state,
            order_version: charge.order_version,
            asked_at: charge.asked_at,
            due_at: charge.due_at,
            paid_at: charge.paid_at,
        })
    }
}

impl TryFrom<Row> for Charge {
    type Error = diesel::result::Error;

    fn try_from(row: Row) -> QueryResult<Self> {
        Ok(Self {
            round: row.round,
            reason: row.reason,
            order_id: row.order_id,
            lines: serde_json::from_str(&row.lines).map_err(unreadable)?,
            total: row.total,
            state: row.state,
            order_version: row.order_version,
            asked_at: row.asked_at,
            due_at: row.due_at,
            paid_at: row.paid_at,
        })
    }
}
