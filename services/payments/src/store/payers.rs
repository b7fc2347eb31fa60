//! Whoever may have to pay, copied from what accounts tells.

use civic::{Party, PartyKind, Phone};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::payers;

/// Notes a payer, or what is new about one.
pub async fn note(
    conn: &mut AsyncPgConnection,
    payer: Party,
    name: &str,
    phone: Option<&Phone>,
) -> Result<(), pg::Error> {
    let known = (payers::name.eq(name), payers::phone.eq(phone.map(Phone::as_str)));
    let insert =
        diesel::insert_into(payers::table).values((payers::kind.eq(payer.kind), payers::id.eq(payer.id), known));
    insert.on_conflict((payers::kind, payers::id)).do_update().set(known).execute(conn).await?;
    Ok(())
}

/// The name of a payer, if it is known.
pub async fn name(conn: &mut AsyncPgConnection, payer: Party) -> Result<Option<String>, pg::Error> {
    let same = payers::kind.eq(payer.kind).and(payers::id.eq(payer.id));
    Ok(payers::table.filter(same).select(payers::name).first(conn).await.optional()?)
}

/// The payers with this phone.
pub async fn with_phone(conn: &mut AsyncPgConnection, phone: &Phone) -> Result<Vec<(PartyKind, Uuid)>, pg::Error> {
    let same = payers::table.filter(payers::phone.eq(phone.as_str()));
    Ok(same.select((payers::kind, payers::id)).load(conn).await?)
}
