//! Links by which somebody else pays an order.

use chrono::{DateTime, Utc};
use diesel::{
    dsl::{exists, select},
    prelude::*,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::pay_links;

/// One link.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = pay_links, check_for_backend(diesel::pg::Pg))]
pub struct PayLink {
    pub id: Uuid,
    pub order_id: Uuid,
    pub secret_hash: Vec<u8>,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Keeps a new link.
pub async fn insert(conn: &mut AsyncPgConnection, link: &PayLink) -> Result<(), pg::Error> {
    diesel::insert_into(pay_links::table).values(link).execute(conn).await?;
    Ok(())
}

/// The link of this secret, while it may be used.
pub async fn find_open(
    conn: &mut AsyncPgConnection,
    hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<PayLink>, pg::Error> {
    let open = pay_links::revoked_at.is_null().and(pay_links::expires_at.gt(now));
    let link = pay_links::table.filter(pay_links::secret_hash.eq(hash).and(open)).select(PayLink::as_select());
    Ok(link.first(conn).await.optional()?)
}

/// The newest links of an order.
pub async fn of_order(conn: &mut AsyncPgConnection, order_id: Uuid, limit: i64) -> Result<Vec<PayLink>, pg::Error> {
    let links = pay_links::table.filter(pay_links::order_id.eq(order_id));
    let links = links.order((pay_links::made_at.desc(), pay_links::id.desc())).limit(limit);
    Ok(links.select(PayLink::as_select()).load(conn).await?)
}

/// Takes a link of an order back, if it was not before; `false` when there is none.
pub async fn revoke(
    conn: &mut AsyncPgConnection,
    (order_id, id): (Uuid, Uuid),
    now: DateTime<Utc>,
) -> Result<bool, pg::Error> {
    let link = || pay_links::table.find(id).filter(pay_links::order_id.eq(order_id));
    let open = link().filter(pay_links::revoked_at.is_null());
    diesel::update(open).set(pay_links::revoked_at.eq(now)).execute(conn).await?;
    Ok(select(exists(link())).get_result(conn).await?)
}
