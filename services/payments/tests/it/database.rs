//! What the service's database holds, and what must always hold in it.

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use testkit::World;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// What `select count(*) from …` counts.
pub async fn count(world: &World, from: &str) -> i64 {
    count_in(&mut world.database("payments").await, from).await
}

async fn count_in(conn: &mut AsyncPgConnection, from: &str) -> i64 {
    let counted: Count = sql_query(format!("select count(*) as count from {from}")).get_result(conn).await.unwrap();
    counted.count
}

/// Breaches of what must always hold, each with the rows that would break it.
const INVARIANTS: [(&str, &str); 6] = [
    (
        "a paid order has one capture of exactly its total, a due order none",
        "orders o where (select coalesce(array_agg(amount), '{}') from transfers t where t.order_id = o.id and \
         purpose = 'CAPTURE') <> case status when 'PAID' then array[total] else '{}' end",
    ),
    (
        "an attempt that took money has one transfer of its amount, any other none",
        "attempts a where (select coalesce(array_agg(amount), '{}') from transfers t where t.attempt_id = a.id) \
         <> case when status in ('SETTLED', 'PAID_AGAIN') then array[amount] else '{}' end",
    ),
    (
        "versions run from 1 to the order's without a gap",
        "orders o where (select array_agg(version order by version) from order_history h where h.order_id = o.id) \
         <> array(select generate_series(1, o.version))",
    ),
    (
        "each step of an order begins where the one before ended",
        "order_history h join order_history n on n.order_id = h.order_id and n.version = h.version + 1 \
         where n.order_from <> h.order_to",
    ),
    (
        "the history ends where the order and its attempts are",
        "orders o join order_history h on h.order_id = o.id and h.version = o.version where h.order_to <> o.status",
    ),
    (
        "one settlement is told for each paid order",
        "orders o where (select count(*) from outbox where type = 'vn.motcua.payment.settled.v1' and \
         subject = o.id::text) <> (status = 'PAID')::int",
    ),
];

/// Holds the database against every invariant.
pub async fn assert_sound(world: &World) {
    let conn = &mut world.database("payments").await;
    for (promise, breach) in INVARIANTS {
        assert_eq!(count_in(conn, breach).await, 0, "{promise}");
    }
}
