//! The migrations and the tables as diesel sees them.

use diesel_async::SimpleAsyncConnection;

use crate::house::House;

#[tokio::test]
async fn going_down_and_up_again_leaves_the_same_tables() {
    let house = House::open().await;
    let mut database = house.world.database("submissions").await;
    let tables = "pg_class where relnamespace = 'public'::regnamespace";
    let before = house.count(tables).await;
    database.batch_execute(include_str!("../../migrations/0001_dossiers/down.sql")).await.expect("down");
    assert!(house.count(tables).await < before);
    database.batch_execute(include_str!("../../migrations/0001_dossiers/up.sql")).await.expect("up again");
    assert_eq!(house.count(tables).await, before);
}
