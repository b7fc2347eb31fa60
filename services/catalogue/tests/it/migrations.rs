//! The migrations.

use crate::fixture::Fixture;

#[tokio::test]
async fn going_down_and_up_again_leaves_the_same_tables() {
    let fixture = Fixture::open().await;
    let tables = "pg_class where relnamespace = 'public'::regnamespace";
    let before = fixture.count(tables).await;
    fixture.run(include_str!("../../migrations/0001_procedures/down.sql")).await;
    fixture.run(include_str!("../../migrations/0001_procedures/up.sql")).await;
    assert_eq!(fixture.count(tables).await, before);
}
