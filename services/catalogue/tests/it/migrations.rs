//! The migrations.

use crate::fixture::Fixture;

macro_rules! step {
    ($name:literal) => {
        (
            include_str!(concat!("../../migrations/", $name, "/down.sql")),
            include_str!(concat!("../../migrations/", $name, "/up.sql")),
        )
    };
}

/// Each, down and up, in order.
const STEPS: [(&str, &str); 7] = [
    step!("0001_procedures"),
    step!("0002_procedures_have_everyday_words"),
    step!("0003_procedure_drafts"),
    step!("0004_versions_have_a_decision"),
    step!("0005_procedures_are_withdrawn"),
    step!("0006_versions_that_end"),
    step!("0007_former_codes"),
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
