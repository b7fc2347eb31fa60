//! How results are wanted, where somebody chose it.

use chrono::{DateTime, Utc};
use civic::Phone;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::unreadable;
use crate::{
    domain::actions::{choose_return::WantedReturn, return_result::ReturnWay},
    schema::wanted_returns,
};

/// Notes how the result of a dossier is wanted, in place of what was chosen before. The caller holds the dossier's lock.
pub async fn save(
    conn: &mut AsyncPgConnection,
    dossier: Uuid,
    wanted: &WantedReturn,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let chosen = || {
        (
            wanted_returns::way.eq(wanted.way),
            wanted_returns::address.eq(wanted.address.as_deref()),
            wanted_returns::phone.eq(wanted.phone.as_ref().map(Phone::as_str)),
            wanted_returns::chosen_at.eq(now),
        )
    };
    diesel::insert_into(wanted_returns::table)
        .values((wanted_returns::dossier.eq(dossier), chosen()))
        .on_conflict(wanted_returns::dossier)
        .do_update()
        .set(chosen())
        .execute(conn)
        .await?;
    Ok(())
}

/// What was chosen for a dossier, if anything was.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Option<WantedReturn>> {
    let columns = (wanted_returns::way, wanted_returns::address, wanted_returns::phone);
    let row = wanted_returns::table.find(dossier).select(columns).first(conn).await.optional()?;
    let Some((way, address, phone)): Option<(ReturnWay, Option<String>, Option<String>)> = row else {
        return Ok(None);
    };
    let phone = phone.map(|phone| phone.parse().map_err(unreadable)).transpose()?;
    Ok(Some(WantedReturn { way, address, phone }))
}
