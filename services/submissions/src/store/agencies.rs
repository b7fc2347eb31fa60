//! Agencies, copied from what accounts tells.

use std::collections::HashMap;

use civic::{AgencyCode, LocalText, OfficialRole, Phone, events::AgencyOpened};
use diesel::{
    BoolExpressionMethods,
    dsl::{exists, not},
    prelude::*,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::schema::{agencies, official_posts};

/// An agency as its papers name it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = agencies, check_for_backend(diesel::pg::Pg))]
pub struct Office {
    #[diesel(column_name = name_vi)]
    pub name: String,
    pub address: Option<String>,
    pub phone: Option<String>,
}

/// Notes an agency, its new name or how it is reached now.
pub async fn note(conn: &mut AsyncPgConnection, told: &AgencyOpened) -> QueryResult<()> {
    let known = (
        agencies::name_vi.eq(&told.name.vi),
        agencies::name_en.eq(&told.name.en),
        agencies::address.eq(&told.contact.address),
        agencies::phone.eq(told.contact.phone.as_ref().map(Phone::as_str)),
    );
    diesel::insert_into(agencies::table)
        .values((agencies::code.eq(told.agency.as_str()), known))
        .on_conflict(agencies::code)
        .do_update()
        .set(known)
        .execute(conn)
        .await?;
    Ok(())
}

/// The agency as its papers name it, if it is known.
pub async fn office(conn: &mut AsyncPgConnection, code: &AgencyCode) -> QueryResult<Option<Office>> {
    agencies::table.find(code.as_str()).select(Office::as_select()).first(conn).await.optional()
}

/// The name of an agency, if it is known.
pub async fn name(conn: &mut AsyncPgConnection, code: &AgencyCode) -> QueryResult<Option<LocalText>> {
    let names = agencies::table.find(code.as_str()).select((agencies::name_vi, agencies::name_en));
    let found: Option<(String, String)> = names.first(conn).await.optional()?;
    Ok(found.map(|(vi, en)| LocalText { vi, en }))
}

/// Whether somebody is there to receive what is filed at an agency. While accounts has told of nobody at all, anybody may be.
pub async fn has_receiver(conn: &mut AsyncPgConnection, code: &AgencyCode) -> QueryResult<bool> {
    let receivers = official_posts::table.filter(official_posts::role.eq(OfficialRole::Receiver));
    let there = exists(receivers.filter(official_posts::agency.eq(code.as_str())));
    let told = exists(official_posts::table.select(official_posts::official));
    diesel::select(there.or(not(told))).get_result(conn).await
}

/// The agencies where somebody receives, by code, as far as `limit`.
pub async fn with_receivers(conn: &mut AsyncPgConnection, limit: i64) -> QueryResult<Vec<(AgencyCode, LocalText)>> {
    let receivers = official_posts::table
        .filter(official_posts::agency.eq(agencies::code).and(official_posts::role.eq(OfficialRole::Receiver)));
    let rows = agencies::table.filter(exists(receivers)).order(agencies::code).limit(limit);
    let rows: Vec<(AgencyCode, String, String)> =
        rows.select((agencies::code, agencies::name_vi, agencies::name_en)).load(conn).await?;
    Ok(rows.into_iter().map(|(code, vi, en)| (code, LocalText { vi, en })).collect())
}

/// The names of agencies, by their codes.
pub async fn names(conn: &mut AsyncPgConnection, codes: &[&AgencyCode]) -> QueryResult<HashMap<String, LocalText>> {
    let codes = codes.iter().map(|code| code.as_str());
    let named = agencies::table.filter(agencies::code.eq_any(codes));
    let rows: Vec<(String, String, String)> =
        named.select((agencies::code, agencies::name_vi, agencies::name_en)).load(conn).await?;
    Ok(rows.into_iter().map(|(code, vi, en)| (code, LocalText { vi, en })).collect())
}
