//! The migrations.

use crate::fixture::Fixture;

/// Each, down and up, in order.
const STEPS: [(&str, &str); 5] = [
    (
        include_str!("../../migrations/0001_procedures/down.sql"),
        include_str!("../../migrations/0001_procedures/up.sql"),
    ),
    (
        include_str!("../../migrations/0002_procedures_have_everyday_words/down.sql"),
        include_str!("../../migrations/0002_procedures_have_everyday_words/up.sql"),
    ),
    (
        include_str!("../../migrations/0003_procedure_drafts/down.sql"),
        include_str!("../../migrations/0003_procedure_drafts/up.sql"),
    ),
    (
        include_str!("../../migrations/0004_versions_have_a_decision/down.sql"),
        include_str!("../../migrations/0004_versions_have_a_decision/up.sql"),
    ),
    (
        include_str!("../../migrations/0005_procedures_are_withdrawn/down.sql"),
        include_str!("../../migrations/0005_procedures_are_withdrawn/up.sql"),
    ),
];

#[tokio::test]
async fn going_down_and_up_again_leaves_the_same_tables() {
    let fixture = Fixture::open().await;
    let tables = "pg_class where relnamespace = 'public'::regnamespace";
    let before = fixture.count(tables).await;
    for (down, _) in STEPS.iter().rev() {
        fixture.run(down).await;
    }
    for (_, up) in STEPS {
        fixture.run(up).await;
    }
    assert_eq!(fixture.count(tables).await, before);
}
