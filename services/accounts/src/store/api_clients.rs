//! Programs that act for an organisation.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::organisations::Organisation;
use crate::schema::{api_clients, organisations};

/// An API client.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_clients)]
pub struct ApiClient {
    pub id: Uuid,
    pub client_id: String,
    pub name: String,
    pub organisation_id: Uuid,
    pub secret_hash: Vec<u8>,
    pub scopes: Vec<String>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// From when on it gets nothing any more.
    pub disabled_at: Option<DateTime<Utc>>,
    /// How often what its tokens rest on was changed: those of before are revoked.
    pub generation: i32,
}

impl ApiClient {
    /// Whether it gets tokens at `now`.
    pub fn lives(&self, now: DateTime<Utc>) -> bool {
        self.disabled_at.is_none() && now < self.expires_at
    }
}

/// The client that says it is this one, and its organisation.
pub async fn by_client_id(
    conn: &mut AsyncPgConnection,
    client_id: &str,
) -> Result<Option<(ApiClient, Organisation)>, pg::Error> {
    let row = api_clients::table
        .inner_join(organisations::table)
        .filter(api_clients::client_id.eq(client_id))
        .select((ApiClient::as_select(), Organisation::as_select()));
    Ok(row.first(conn).await.optional()?)
}

/// A client and its organisation.
pub async fn with_organisation(
    conn: &mut AsyncPgConnection,
    id: Uuid,
) -> Result<Option<(ApiClient, Organisation)>, pg::Error> {
    let row = api_clients::table
        .inner_join(organisations::table)
        .filter(api_clients::id.eq(id))
        .select((ApiClient::as_select(), Organisation::as_select()));
    Ok(row.first(conn).await.optional()?)
}

/// Clients that were changed in transaction `after` or a later one, with the first generation whose tokens are good.
pub async fn revoked_since(conn: &mut AsyncPgConnection, after: i64) -> Result<Vec<(Uuid, i32)>, pg::Error> {
    let changed = api_clients::table.filter(api_clients::revoked_in.ge(after));
    Ok(changed.select((api_clients::id, api_clients::generation)).load(conn).await?)
}

/// Remembers when a client was last here.
pub async fn used(conn: &mut AsyncPgConnection, id: Uuid, now: DateTime<Utc>) -> Result<(), pg::Error> {
    diesel::update(api_clients::table.find(id)).set(api_clients::last_used_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Adds a client, unless it is there already.
pub async fn add(conn: &mut AsyncPgConnection, client: &ApiClient) -> Result<(), pg::Error> {
    diesel::insert_into(api_clients::table).values(client).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}
