//! The schema can be taken away and put back.

use diesel_async::SimpleAsyncConnection;

use crate::people::{ask, world};

const SCHEMA: &str = "select string_agg(line, E'\\n' order by line) from (
    select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '')
        as line from information_schema.columns where table_schema = 'public'
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public') as lines";

#[tokio::test]
async fn up_then_down_then_up_gives_the_same_schema() {
    let world = world().await;
    let before = ask(&world, SCHEMA).await;
    let mut conn = world.database("accounts").await;
    conn.batch_execute(include_str!("../../migrations/a0001_accounts/down.sql")).await.expect("down");
    assert!(!ask(&world, SCHEMA).await.contains("signing_keys"));
    conn.batch_execute(include_str!("../../migrations/a0001_accounts/up.sql")).await.expect("up");
    assert_eq!(ask(&world, SCHEMA).await, before);
}
