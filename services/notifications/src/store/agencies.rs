//! The names of agencies.

use civic::{AgencyCode, LocalText};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::schema::agencies;

/// Keeps the name of an agency, in place of an older one.
pub async fn save(conn: &mut AsyncPgConnection, code: &AgencyCode, name: &LocalText) -> Result<(), pg::Error> {
    let names = (agencies::name_vi.eq(&name.vi), agencies::name_en.eq(&name.en));
    diesel::insert_into(agencies::table)
        .values((agencies::code.eq(code.as_str()), names))
        .on_conflict(agencies::code)
        .do_update()
        .set(names)
        .execute(conn)
        .await?;
    Ok(())
}

/// The name of an agency, if it is known yet.
pub async fn name(conn: &mut AsyncPgConnection, code: &AgencyCode) -> Result<Option<LocalText>, pg::Error> {
    let found = agencies::table.find(code.as_str()).select((agencies::name_vi, agencies::name_en));
    let names = found.first::<(String, String)>(conn).await.optional()?;
    Ok(names.map(|(vi, en)| LocalText { vi, en }))
}
