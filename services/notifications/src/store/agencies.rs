//! The names of agencies.

use std::collections::HashMap;

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

/// The names of those of these agencies that are known yet, by their codes.
pub async fn names(conn: &mut AsyncPgConnection, codes: &[&str]) -> Result<HashMap<String, LocalText>, pg::Error> {
    let found = agencies::table.filter(agencies::code.eq_any(codes));
    let names: Vec<(String, String, String)> =
        found.select((agencies::code, agencies::name_vi, agencies::name_en)).load(conn).await?;
    Ok(names.into_iter().map(|(code, vi, en)| (code, LocalText { vi, en })).collect())
}
