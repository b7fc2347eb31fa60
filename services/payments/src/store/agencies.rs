//! Agencies, copied from what accounts tells.

use civic::{AgencyCode, LocalText};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::schema::agencies;

/// Notes an agency, or its new name.
pub async fn note(conn: &mut AsyncPgConnection, code: &AgencyCode, name: &LocalText) -> Result<(), pg::Error> {
    let names = (agencies::name_vi.eq(&name.vi), agencies::name_en.eq(&name.en));
    let insert = diesel::insert_into(agencies::table).values((agencies::code.eq(code), names));
    insert.on_conflict(agencies::code).do_update().set(names).execute(conn).await?;
    Ok(())
}

/// The Vietnamese name of an agency, if it is known.
pub async fn name(conn: &mut AsyncPgConnection, code: &AgencyCode) -> Result<Option<String>, pg::Error> {
    let name = agencies::table.filter(agencies::code.eq(code)).select(agencies::name_vi);
    Ok(name.first(conn).await.optional()?)
}
