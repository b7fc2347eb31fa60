//! The tables come, go and come again.

use diesel_async::SimpleAsyncConnection;
use testkit::World;

use crate::database::count;

#[tokio::test]
async fn every_migration_can_be_undone_and_done_again() {
    let world = World::start([payments::service()]).await;
    let ours = "information_schema.tables where table_name in ('orders', 'order_lines', 'attempts', 'transfers', \
        'provider_callbacks', 'order_history', 'ledger_accounts')";
    let conn = &mut world.database("payments").await;
    for (step, tables) in [
        (include_str!("../../migrations/0001_payments/down.sql"), 0),
        (include_str!("../../migrations/0001_payments/up.sql"), 7),
    ] {
        conn.batch_execute(step).await.unwrap();
        assert_eq!(count(&world, ours).await, tables);
    }
}
