//! The schema can be taken away and put back.

use diesel_async::SimpleAsyncConnection;

use crate::people::{ask, demonstration, installation};

macro_rules! migration {
    ($name:literal) => {
        (
            include_str!(concat!("../../migrations/", $name, "/up.sql")),
            include_str!(concat!("../../migrations/", $name, "/down.sql")),
        )
    };
}

const MIGRATIONS: &[(&str, &str)] = &[
    migration!("a0001_accounts"),
    migration!("a0002_memberships_have_a_term"),
    migration!("a0003_posts_have_a_term"),
    migration!("a0004_sessions_have_a_capacity"),
    migration!("a0005_known_devices"),
    migration!("a0006_guesses_are_charged_first"),
    migration!("a0007_sessions_tell_their_end"),
    migration!("a0008_posts_that_end_revoke_tokens"),
    migration!("a0009_memberships_that_end_revoke_tokens"),
    migration!("a0010_closed_accounts_end_sessions"),
    migration!("a0011_closed_accounts_free_what_they_had"),
    migration!("a0012_confirmations"),
    migration!("a0013_registrations_know_who_asked"),
    migration!("a0014_registrations_are_confirmed_as_all_else"),
    migration!("a0015_registrations_have_confirmations"),
    migration!("a0016_births_known_in_part"),
    migration!("a0018_api_clients_tell_their_end"),
    migration!("a0019_agency_contacts"),
    migration!("a0020_controllers_of_procedures"),
];

const SCHEMA: &str = "select string_agg(line, E'\\n' order by line) from (
    select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '')
        as line from information_schema.columns where table_schema = 'public'
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public') as lines";

#[tokio::test]
async fn up_then_down_then_up_gives_the_same_schema() {
    let installation = installation().await;
    let before = ask(&installation, SCHEMA).await;
    let mut conn = installation.database("accounts").await;
    for (_, down) in MIGRATIONS.iter().rev() {
        conn.batch_execute(down).await.expect("down");
    }
    assert!(!ask(&installation, SCHEMA).await.contains("signing_keys"));
    for (up, _) in MIGRATIONS {
        conn.batch_execute(up).await.expect("up");
    }
    assert_eq!(ask(&installation, SCHEMA).await, before);
}

#[tokio::test]
async fn what_was_held_before_terms_is_held_from_the_day_it_was_given() {
    let installation = demonstration().await;
    let mut conn = installation.database("accounts").await;
    for (_, down) in MIGRATIONS[1..].iter().rev() {
        conn.batch_execute(down).await.expect("down");
    }
    for (up, _) in &MIGRATIONS[1..] {
        conn.batch_execute(up).await.expect("up");
    }
    let terms = "select string_agg(distinct valid_from || coalesce(valid_until::text, ''), ' ') from (
        select valid_from, valid_until from memberships union all select valid_from, valid_until from official_roles) t";
    assert_eq!(ask(&installation, terms).await, "2026-07-21");
}
