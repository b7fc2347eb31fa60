//! What providers told us, word for word.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    dsl::{exists, select},
    prelude::*,
    upsert::excluded,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    domain::{
        provider::{Channel, ProviderName},
        report::Verdict,
    },
    schema::provider_callbacks,
};

/// Forgeries kept an hour. Anybody can send one, so they must not fill the disk.
const FORGERIES_KEPT: i64 = 1_000;

/// Different words kept of an attempt, beside those that took effect: more than a provider asked for 26 hours says, and not as many as
/// somebody can send who has found words that it signed.
const KEPT_OF_ATTEMPT: i64 = 100;

/// What nobody signed is kept so long, for whoever looks who tried.
const FORGERIES_KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// What a provider told, or somebody who claims to be one.
#[derive(Clone, Copy, Debug)]
pub struct Callback<'a> {
    pub provider: ProviderName,
    pub channel: Channel,
    /// As it came.
    pub raw: &'a str,
    /// What of it is signed; all of it when nothing is. The same again is the same callback.
    pub signed: &'a str,
}

/// Keeps what was told and what we made of it, unless much was told of the attempt without effect. The same words again are counted, and
/// do not change the verdict when they bring nothing new.
pub async fn keep(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    callback: Callback<'_>,
    verdict: Verdict,
    attempt_id: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    use provider_callbacks as table;
    let key: Vec<u8> = Sha256::new()
        .chain_update(callback.channel.as_str())
        .chain_update("\n")
        .chain_update(callback.signed)
        .finalize()
        .to_vec();
    if let Some(attempt) = attempt_id.filter(|_| verdict != Verdict::Accepted) {
        let others = table::attempt_id.eq(attempt).and(table::event_key.ne(&key));
        let kept: i64 = table::table.filter(others).count().get_result(conn).await?;
        if kept >= KEPT_OF_ATTEMPT {
            return Ok(());
        }
    }
    let row = (
        table::id.eq(id),
        table::provider.eq(callback.provider),
        table::channel.eq(callback.channel),
        table::event_key.eq(key),
        table::raw.eq(callback.raw),
        table::verdict.eq(verdict),
        table::attempt_id.eq(attempt_id),
        table::received_at.eq(now),
        table::last_received_at.eq(now),
    );
    let counted = (table::deliveries.eq(table::deliveries + 1), table::last_received_at.eq(now));
    let insert = diesel::insert_into(table::table).values(row).on_conflict((table::provider, table::event_key));
    match verdict {
        Verdict::Already | Verdict::Forged => kept(insert.do_update().set(counted)).execute(conn).await?,
        _ => {
            let judged = (table::verdict.eq(excluded(table::verdict)), table::attempt_id.eq(attempt_id));
            kept(insert.do_update().set((counted, judged))).execute(conn).await?
        }
    };
    Ok(())
}

/// Whether something was told of an attempt before of which we made the same.
pub async fn is_known(conn: &mut AsyncPgConnection, attempt: Uuid, verdict: Verdict) -> Result<bool, pg::Error> {
    use provider_callbacks as table;
    let known = table::table.filter(table::attempt_id.eq(attempt).and(table::verdict.eq(verdict)));
    Ok(select(exists(known)).get_result(conn).await?)
}

/// Whether something that was told of an attempt waits for a person already.
pub async fn waits_for_a_person(conn: &mut AsyncPgConnection, attempt: Uuid) -> Result<bool, pg::Error> {
    use provider_callbacks as table;
    let judged = table::verdict.eq_any([Verdict::Review, Verdict::WrongAmount, Verdict::WrongMerchant]);
    let known = table::table.filter(table::attempt_id.eq(attempt).and(judged));
    Ok(select(exists(known)).get_result(conn).await?)
}

/// Keeps a forgery, unless many came of late.
pub async fn keep_forgery(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    callback: Callback<'_>,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    use provider_callbacks as table;
    let recent = table::verdict.eq(Verdict::Forged).and(table::received_at.gt(now - TimeDelta::hours(1)));
    let kept: i64 = table::table.filter(recent).count().get_result(conn).await?;
    if kept >= FORGERIES_KEPT {
        tracing::warn!(provider = callback.provider.as_str(), "more forged callbacks than are kept");
        return Ok(());
    }
    keep(conn, id, callback, Verdict::Forged, None, now).await
}

/// Deletes forgeries that are old by `now`.
pub async fn forget_forgeries(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<(), pg::Error> {
    use provider_callbacks as table;
    let old = table::verdict.eq(Verdict::Forged).and(table::received_at.lt(now - FORGERIES_KEPT_FOR));
    diesel::delete(table::table.filter(old)).execute(conn).await?;
    Ok(())
}
