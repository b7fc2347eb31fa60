//! Sign-ins and the chains of their refresh tokens.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{domain::refresh_token::Chain, schema::sessions};

/// A sign-in.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub id: Uuid,
    pub user_id: Uuid,
    pub chain_key: Vec<u8>,
    pub current_hash: Vec<u8>,
    pub previous_hash: Option<Vec<u8>>,
    pub replaced_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// In which capacity it acts; `None` in sessions from before there were any.
    pub capacity: Option<String>,
    /// How often something was taken from the person since: tokens of earlier ones are revoked.
    pub generation: i32,
}

civic::closed_list! {
    /// Why a session ended before its time.
    pub enum Revoked: "why a session ended" {
        /// The person left.
        SignedOut = "SIGNED_OUT",
        /// A refresh token was used twice: there is a copy of it.
        TokenReused = "TOKEN_REUSED",
        /// The account was closed.
        AccountClosed = "ACCOUNT_CLOSED",
        /// The post or the membership ended that it acted in.
        CapacityEnded = "CAPACITY_ENDED",
        /// The person ended it from another one.
        EndedByOwner = "ENDED_BY_OWNER",
        /// The password was changed.
        PasswordChanged = "PASSWORD_CHANGED",
    }
}

impl Session {
    /// The chain of its refresh tokens.
    pub fn chain(&self) -> Chain<'_> {
        let previous = self.previous_hash.as_deref().zip(self.replaced_at);
        Chain { key: &self.chain_key, current: &self.current_hash, previous }
    }

    /// Whether it lives at `now`.
    pub fn lives(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// Opens a session.
pub async fn insert(conn: &mut AsyncPgConnection, session: &Session) -> Result<(), pg::Error> {
    diesel::insert_into(sessions::table).values(session).execute(conn).await?;
    Ok(())
}

/// A session, locked until the transaction ends: of two who present the same token one is first.
pub async fn locked(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Session>, pg::Error> {
    let row = sessions::table.find(id).select(Session::as_select()).for_no_key_update();
    Ok(row.first(conn).await.optional()?)
}

/// Puts a token's successor in its place.
pub async fn replace(
    conn: &mut AsyncPgConnection,
    session: &Session,
    successor: &[u8],
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    diesel::update(sessions::table.find(session.id))
        .set((
            sessions::current_hash.eq(successor),
            sessions::previous_hash.eq(&session.current_hash),
            sessions::replaced_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a session; `false` when it had ended before.
pub async fn revoke(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    why: Revoked,
    now: DateTime<Utc>,
) -> Result<bool, pg::Error> {
    let alive = sessions::table.find(id).filter(sessions::revoked_at.is_null());
    let ended = (sessions::revoked_at.eq(now), sessions::revoked_for.eq(why));
    Ok(diesel::update(alive).set(ended).execute(conn).await? > 0)
}

/// Lets a session act in another capacity.
pub async fn act_as(conn: &mut AsyncPgConnection, id: Uuid, capacity: &str) -> Result<(), pg::Error> {
    diesel::update(sessions::table.find(id)).set(sessions::capacity.eq(capacity)).execute(conn).await?;
    Ok(())
}

/// The capacity in which a person acted last.
pub async fn last_capacity(conn: &mut AsyncPgConnection, user: Uuid) -> Result<Option<String>, pg::Error> {
    let capacity = sessions::table
        .filter(sessions::user_id.eq(user))
        .order((sessions::created_at.desc(), sessions::id.desc()))
        .select(sessions::capacity)
        .first(conn)
        .await
        .optional()?;
    Ok(capacity.flatten())
}

/// The oldest transaction that is still running: what others have written and nobody sees yet is its or a later one's.
pub async fn oldest_running(conn: &mut AsyncPgConnection) -> Result<i64, pg::Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        position: i64,
    }
    let query = diesel::sql_query("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as position");
    Ok(query.get_result::<Row>(conn).await?.position)
}

/// Sessions that ended or began a new generation in transaction `after` or a later one, with the first generation whose tokens are
/// good, if any is; not those that were over at `over` anyway.
pub async fn revoked_since(
    conn: &mut AsyncPgConnection,
    after: i64,
    over: DateTime<Utc>,
) -> Result<Vec<(Uuid, Option<i32>)>, pg::Error> {
    let rows: Vec<(Uuid, i32, Option<DateTime<Utc>>)> = sessions::table
        .filter(sessions::revoked_in.ge(after))
        .filter(sessions::expires_at.gt(over))
        .select((sessions::id, sessions::generation, sessions::revoked_at))
        .load(conn)
        .await?;
    let good_from = |(id, generation, ended): (Uuid, i32, Option<_>)| (id, ended.is_none().then_some(generation));
    Ok(rows.into_iter().map(good_from).collect())
}

/// Ends every session of a person but `except`; gives how many.
pub async fn revoke_all(
    conn: &mut AsyncPgConnection,
    user: Uuid,
    except: Option<Uuid>,
    why: Revoked,
    now: DateTime<Utc>,
) -> Result<usize, pg::Error> {
    let alive = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::id.ne(except.unwrap_or_default()))
        .filter(sessions::revoked_at.is_null());
    Ok(diesel::update(alive).set((sessions::revoked_at.eq(now), sessions::revoked_for.eq(why))).execute(conn).await?)
}

/// The sessions of a person that live at `now`, the newest first; a hundred at most.
pub async fn alive(conn: &mut AsyncPgConnection, user: Uuid, now: DateTime<Utc>) -> Result<Vec<Session>, pg::Error> {
    let rows = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .order((sessions::created_at.desc(), sessions::id.desc()))
        .limit(100)
        .select(Session::as_select());
    Ok(rows.load(conn).await?)
}

/// Whether a session is a person's, ended or not.
pub async fn is_of(conn: &mut AsyncPgConnection, id: Uuid, user: Uuid) -> Result<bool, pg::Error> {
    let own = sessions::table.find(id).filter(sessions::user_id.eq(user));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn).await?)
}
