//! Drafts: how many somebody has, and which nobody touched for long.

use chrono::{DateTime, Utc};
use civic::DossierStatus;
use diesel::{dsl::count_star, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::drafts::Untouched,
    schema::dossiers::{self, expiry_told_at, filer_id, id, party_id, status, touched_at},
};

const DRAFT: &str = DossierStatus::Draft.as_str();

/// How many drafts of a party somebody has begun.
pub async fn count(conn: &mut AsyncPgConnection, party: Uuid, filer: Uuid) -> QueryResult<i64> {
    let own = dossiers::table.filter(party_id.eq(party)).filter(filer_id.eq(filer)).filter(status.eq(DRAFT));
    own.select(count_star()).first(conn).await
}

/// Since when nobody touched the draft; `None` when it is none.
pub async fn untouched(conn: &mut AsyncPgConnection, draft: Uuid) -> QueryResult<Option<Untouched>> {
    let known = dossiers::table.find(draft).filter(status.eq(DRAFT)).select((touched_at, expiry_told_at));
    let known: Option<(DateTime<Utc>, Option<DateTime<Utc>>)> = known.first(conn).await.optional()?;
    Ok(known.map(|(since, told_at)| Untouched { since, told_at }))
}

/// The applicant touched the draft: it is kept anew. The caller holds its lock.
pub async fn touch(conn: &mut AsyncPgConnection, draft: Uuid, now: DateTime<Utc>) -> QueryResult<()> {
    let anew = (touched_at.eq(now), expiry_told_at.eq(None::<DateTime<Utc>>));
    diesel::update(dossiers::table.find(draft)).set(anew).execute(conn).await?;
    Ok(())
}

/// Some drafts that nobody touched since `then` and whose applicants are not told yet; locked, and passed over where somebody else
/// holds them.
pub async fn to_be_told(conn: &mut AsyncPgConnection, then: DateTime<Utc>, limit: i64) -> QueryResult<Vec<Uuid>> {
    let untouched =
        dossiers::table.filter(status.eq(DRAFT)).filter(touched_at.lt(then)).filter(expiry_told_at.is_null());
    let some = untouched.order(touched_at).limit(limit).select(id);
    some.for_no_key_update().skip_locked().load(conn).await
}

/// The draft's applicant was told. The caller holds its lock.
pub async fn told(conn: &mut AsyncPgConnection, draft: Uuid, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(dossiers::table.find(draft)).set(expiry_told_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Some drafts that nobody touched since `then` and whose applicants were told before `notice`; locked, as [`to_be_told`].
pub async fn expired(
    conn: &mut AsyncPgConnection,
    then: DateTime<Utc>,
    notice: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<Uuid>> {
    let untouched =
        dossiers::table.filter(status.eq(DRAFT)).filter(touched_at.lt(then)).filter(expiry_told_at.lt(notice));
    let some = untouched.order(touched_at).limit(limit).select(id);
    some.for_no_key_update().skip_locked().load(conn).await
}
