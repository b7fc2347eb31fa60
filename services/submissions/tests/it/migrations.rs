//! The migrations and the tables as diesel sees them.

use diesel_async::SimpleAsyncConnection;

use crate::house::{BIRTH, HERE, House};

#[tokio::test]
async fn going_down_and_up_again_leaves_the_same_tables() {
    let house = House::open().await;
    let mut database = house.world.database("submissions").await;
    let tables = "pg_class where relnamespace = 'public'::regnamespace";
    let before = house.count(tables).await;
    for step in [
        include_str!("../../migrations/0003_party_index/down.sql"),
        include_str!("../../migrations/0002_workload/down.sql"),
        include_str!("../../migrations/0001_dossiers/down.sql"),
        include_str!("../../migrations/0001_dossiers/up.sql"),
        include_str!("../../migrations/0002_workload/up.sql"),
        include_str!("../../migrations/0003_party_index/up.sql"),
    ] {
        database.batch_execute(step).await.expect("a step");
    }
    assert_eq!(house.count(tables).await, before);
}

#[tokio::test]
async fn what_was_filed_before_dossiers_were_counted_is_counted_too() {
    let house = House::open().await;
    let an = house.an();
    house.filed(&an, BIRTH).await;
    house.draft(&an, BIRTH, HERE).await;
    let mut database = house.world.database("submissions").await;
    for step in
        [include_str!("../../migrations/0002_workload/down.sql"), include_str!("../../migrations/0002_workload/up.sql")]
    {
        database.batch_execute(step).await.expect("a step");
    }
    let registered = "workload where agency = 'H44.100' and status = 'REGISTERED' and dossiers = 1";
    assert_eq!((house.count(registered).await, house.count("workload").await), (1, 1));
    assert_eq!(house.count("procedure_versions where life_events <> '{}' and levels <> '{}'").await, 3);
}
