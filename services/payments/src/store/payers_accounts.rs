//! What each payer owed an agency, paid, and is to get back.

use chrono::{DateTime, Utc};
use civic::{PartyKind, Vnd};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::figures::Period;

/// Of orders that were opened from `$2` until `$3`. What came twice or for nothing is to go back, and what was asked to; as far as it did
/// not.
const PAYERS: &str = "with each as (
        select o.payer_kind, o.payer_id, o.code, o.created_at, o.total - o.waived as due, o.status, o.paid, o.refunded, m.again, m.back,
            (select coalesce(sum(f.amount), 0) from refunds f where f.order_id = o.id and f.state = 'DONE') as done
        from orders o
        cross join lateral (
            select coalesce(sum(a.amount) filter (where a.status = 'PAID_AGAIN'), 0) as again,
                coalesce(sum(case when a.status = 'PAID_AGAIN' or (a.status = 'SETTLED' and o.dossier_end is not null)
                    then a.amount else a.going_back end), 0) as back
            from attempts a where a.order_id = o.id and a.status in ('SETTLED', 'PAID_AGAIN')) m
        where o.agency = $1 and o.created_at >= $2 and o.created_at < $3)
    select payer_kind, payer_id, count(*) as orders,
        coalesce(sum(due) filter (where status <> 'CANCELLED'), 0)::bigint as due, sum(paid + again)::bigint as paid,
        sum(done)::bigint as refunded, sum(greatest(back - done, 0))::bigint as to_refund,
        (array_agg(code order by created_at desc))[1:3] as codes
    from each where (payer_kind, payer_id) > ($4, $5)
    group by payer_kind, payer_id order by payer_kind, payer_id limit $6";

/// One payer.
#[derive(Clone, Debug, QueryableByName)]
pub struct PayersAccount {
    #[diesel(sql_type = Text)]
    pub payer_kind: PartyKind,
    #[diesel(sql_type = SqlUuid)]
    pub payer_id: Uuid,
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
    #[diesel(sql_type = BigInt)]
    pub due: Vnd,
    #[diesel(sql_type = BigInt)]
    pub paid: Vnd,
    #[diesel(sql_type = BigInt)]
    pub refunded: Vnd,
    #[diesel(sql_type = BigInt)]
    pub to_refund: Vnd,
    /// The newest dossiers, three at most.
    #[diesel(sql_type = Array<Text>)]
    pub codes: Vec<String>,
}

/// The payers of orders that were opened in a time, behind one.
pub async fn of(
    conn: &mut AsyncPgConnection,
    period: Period<'_>,
    after: Option<(PartyKind, Uuid)>,
    limit: i64,
) -> Result<Vec<PayersAccount>, pg::Error> {
    let (kind, id) = after.map_or(("", Uuid::nil()), |(kind, id)| (kind.as_str(), id));
    let rows = sql_query(PAYERS)
        .bind::<Text, _>(period.agency.as_str())
        .bind::<Timestamptz, DateTime<Utc>>(period.from)
        .bind::<Timestamptz, DateTime<Utc>>(period.until)
        .bind::<Text, _>(kind)
        .bind::<SqlUuid, _>(id)
        .bind::<BigInt, _>(limit);
    Ok(rows.load(conn).await?)
}
