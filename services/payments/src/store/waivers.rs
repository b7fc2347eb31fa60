//! What payers are freed from, a row a waiver.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::waiver::{WaiverClass, WaiverState},
    schema::waivers,
};

/// One waiver.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = waivers, check_for_backend(diesel::pg::Pg))]
#[diesel(treat_none_as_null = true)]
pub struct Waiver {
    pub id: Uuid,
    pub order_id: Uuid,
    pub agency: AgencyCode,
    pub code: DossierCode,
    pub class: WaiverClass,
    /// What of the law says so.
    pub legal_basis: String,
    /// Which paper was seen: its number, its date, who issued it.
    pub proof: String,
    pub amount: Vnd,
    pub state: WaiverState,
    pub asked_by: Uuid,
    pub asked_by_name: String,
    pub asked_at: DateTime<Utc>,
    /// Who approved it or turned it down, where it waited for somebody.
    pub decided_by: Option<Uuid>,
    pub decided_by_name: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was turned down.
    pub refusal: Option<String>,
    /// Counts its changes, from 1.
    pub version: i32,
}

/// Keeps a new waiver of an order that is held.
pub async fn insert(conn: &mut AsyncPgConnection, waiver: &Waiver) -> Result<(), pg::Error> {
    diesel::insert_into(waivers::table).values(waiver).execute(conn).await?;
    Ok(())
}

/// The waiver, if there is one.
pub async fn find(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Waiver>, pg::Error> {
    Ok(waivers::table.find(id).select(Waiver::as_select()).first(conn).await.optional()?)
}

/// Every waiver of an order, the oldest first.
pub async fn of_order(conn: &mut AsyncPgConnection, order_id: Uuid) -> Result<Vec<Waiver>, pg::Error> {
    let waivers = waivers::table.filter(waivers::order_id.eq(order_id));
    Ok(waivers.order((waivers::asked_at, waivers::id)).select(Waiver::as_select()).load(conn).await?)
}

/// Waivers of an agency, the newest first, those before one.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    states: &[WaiverState],
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Waiver>, pg::Error> {
    let mut all = waivers::table
        .filter(waivers::agency.eq(agency))
        .filter(waivers::state.eq_any(states.to_vec()))
        .order((waivers::asked_at.desc(), waivers::id.desc()))
        .limit(limit)
        .select(Waiver::as_select())
        .into_boxed();
    if let Some((at, id)) = before {
        all = all.filter(waivers::asked_at.lt(at).or(waivers::asked_at.eq(at).and(waivers::id.lt(id))));
    }
    Ok(all.load(conn).await?)
}

/// What was waived of an order by a moment.
pub async fn waived_by(conn: &mut AsyncPgConnection, order_id: Uuid, at: DateTime<Utc>) -> Result<Vnd, pg::Error> {
    let approved = waivers::table.filter(waivers::order_id.eq(order_id).and(waivers::state.eq(WaiverState::Approved)));
    let amounts: Vec<Vnd> = approved.filter(waivers::decided_at.le(at)).select(waivers::amount).load(conn).await?;
    Ok(Vnd::sum(amounts).unwrap_or(Vnd::MAX))
}

/// Writes a waiver of an order that is held as it is now, one change later.
pub async fn save(conn: &mut AsyncPgConnection, waiver: &Waiver) -> Result<(), pg::Error> {
    let waiver = Waiver { version: waiver.version + 1, ..waiver.clone() };
    diesel::update(waivers::table.find(waiver.id)).set(&waiver).execute(conn).await?;
    Ok(())
}
