//! The `Idempotency-Key`: one key, one effect, one answer, however often the request comes.

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::{StatusCode, header},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::failpoint;
use sha2::{Digest, Sha256};
use std::future::{Ready, ready};
use uuid::Uuid;

use crate::{Capacity, Problem, Reply, claims::Claims, kinds, schema::idempotency_keys};

/// The header, for an operation's contract: `params(edge::IdempotencyHeader)`.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "describes a header; it is read by IdempotencyKey")]
pub struct IdempotencyHeader {
    /// Chosen by the client, a UUID at best; in quotes or without. The same key and request give the same answer for seven
    /// days.
    #[param(rename = "Idempotency-Key", min_length = 1, max_length = 257, pattern = "^\"?[!#-~]{1,255}\"?$")]
    idempotency_key: String,
}

/// The key of a request that creates or moves something.
#[derive(Clone, Debug)]
pub struct IdempotencyKey(String);

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

/// How long a key stands for its first answer. Promised to clients in the header's description.
const RETENTION: TimeDelta = TimeDelta::days(7);

/// Forgets the keys that are older than was promised at `now`; for a service's hourly tidying.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_keys(pool: &pg::Pool, now: DateTime<Utc>) -> Result<(), pg::Error> {
    let old = idempotency_keys::table.filter(idempotency_keys::created_at.lt(now - RETENTION));
    diesel::delete(old).execute(&mut pool.get().await?).await?;
    Ok(())
}

/// What is stored of an answer.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_keys)]
struct Row {
    scope: Uuid,
    key: String,
    fingerprint: Vec<u8>,
    status: i16,
    location: Option<String>,
    etag: Option<String>,
    body: String,
    created_at: DateTime<Utc>,
}

/// A key in the hands of one caller with one request: what the key's row says beside the answer.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The caller.
    pub scope: Uuid,
    /// The key.
    pub key: String,
    /// Equal for equal requests.
    pub fingerprint: Vec<u8>,
}

impl IdempotencyKey {
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let header = request.headers().get("Idempotency-Key").and_then(|value| value.to_str().ok());
        // The IETF draft writes the key as a quoted string; a bare token is taken too.
        let key = header
            .map(|text| text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text))
            .filter(|text| (1..=255).contains(&text.len()))
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"'));
        let key = key.ok_or(kinds::KEY_REQUIRED)?;
        // No key has a blank in it.
        Ok(Self(acting(request).map_or_else(|| key.to_owned(), |capacity| format!("{key} {capacity}"))))
    }

    /// This key for a caller (`scope`) and a request: its method, path and body, or a digest of them.
    pub fn claim(&self, scope: Uuid, request: &[u8]) -> Claim {
        Claim { scope, key: self.0.clone(), fingerprint: Sha256::digest(request).to_vec() }
    }

    /// Does `work` once for this key of this caller (`scope`), or gives the answer of the first time.
    ///
    /// `request` is what must be equal for two requests to be the same: method, path and body, or a digest of them.
    /// The key's row commits with the work; when `work` refuses, nothing is stored.
    ///
    /// # Errors
    /// What `work` refused with; 422 for another request under this key; 409 while the first is running.
    pub async fn once(
        &self,
        pool: &pg::Pool,
        scope: Uuid,
        request: &[u8],
        now: DateTime<Utc>,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<Reply, Problem>,
    ) -> Result<Reply, Problem> {
        let claim = self.claim(scope, request);
        let reply = pool.transaction(async |conn| {
            if !claim.lock(conn).await? {
                return Err(Problem::from(kinds::IN_PROGRESS).retry_after(1));
            }
            if let Some(earlier) = claim.earlier(conn).await? {
                return Ok(earlier);
            }
            let reply = work(conn).await?;
            claim.store(conn, now, &reply).await?;
            failpoint("key: done, not committed");
            Ok(reply)
        });
        let reply = reply.await;
        failpoint("key: committed, not answered");
        reply
    }
}

/// In which capacity the request is made, if not for oneself: one person who acts for two is two callers. Read from the token
/// as it stands: whoever answers the request verifies it, and the key is of that caller alone.
fn acting(request: &HttpRequest) -> Option<Capacity> {
    let token = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?.1;
    let claims = BASE64_URL_SAFE_NO_PAD.decode(token.trim().split('.').nth(1)?).ok()?;
    let claims: Claims = serde_json::from_slice(&claims).ok()?;
    matches!(claims.capacity, Capacity::Organisation { .. } | Capacity::Post { .. }).then_some(claims.capacity)
}

impl Claim {
    /// The answer that was given to this request under this key, if it was.
    ///
    /// # Errors
    /// 422 when the key was used for another request.
    pub async fn earlier(&self, conn: &mut AsyncPgConnection) -> Result<Option<Reply>, Problem> {
        let row = idempotency_keys::table.find((self.scope, &self.key)).select(Row::as_select());
        let row: Option<Row> = row.first(conn).await.optional()?;
        row.map(|row| replay(row, &self.fingerprint)).transpose()
    }

    async fn lock(&self, conn: &mut AsyncPgConnection) -> Result<bool, Problem> {
        let digest = Sha256::new().chain_update(self.scope.as_bytes()).chain_update(&self.key).finalize();
        let number = i64::from_be_bytes(digest[..8].try_into().map_err(anyhow::Error::from)?);
        let locked = diesel::select(pg_try_advisory_xact_lock(number)).get_result(conn).await?;
        Ok(locked)
    }

    async fn store(&self, conn: &mut AsyncPgConnection, now: DateTime<Utc>, reply: &Reply) -> Result<(), Problem> {
        let row = Row {
            scope: self.scope,
            key: self.key.clone(),
            fingerprint: self.fingerprint.clone(),
            status: i16::try_from(reply.status.as_u16()).map_err(anyhow::Error::from)?,
            location: reply.location.clone(),
            etag: reply.etag.clone(),
            body: reply.body.clone(),
            created_at: now,
        };
        pg::kept(diesel::insert_into(idempotency_keys::table).values(row)).execute(conn).await?;
        Ok(())
    }
}

diesel::define_sql_function! {
    /// Takes a lock until the end of the transaction, if nobody holds it.
    fn pg_try_advisory_xact_lock(number: diesel::sql_types::BigInt) -> diesel::sql_types::Bool;
}

fn replay(row: Row, fingerprint: &[u8]) -> Result<Reply, Problem> {
    if row.fingerprint != fingerprint {
        return Err(kinds::KEY_REUSED.into());
    }
    let status = u16::try_from(row.status).ok().and_then(|code| StatusCode::from_u16(code).ok());
    Ok(Reply {
        status: status.unwrap_or(StatusCode::OK),
        body: row.body,
        location: row.location,
        etag: row.etag,
        replayed: true,
    })
}
