//! Every migration goes up, down and up again to the same schema.

use std::{
    fs,
    path::{Path, PathBuf},
};

use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use provision::{Options, Postgres};

/// The folders that have migrations: the two libraries, and every service with a database.
pub fn sets() -> Vec<String> {
    let services = motcua::services().into_iter().filter(|service| service.migrates());
    let services = services.map(|service| format!("services/{}", service.name));
    ["libs/queue", "libs/edge"].map(str::to_owned).into_iter().chain(services).collect()
}

pub fn steps(set: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(set).join("migrations");
    let mut steps: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    steps.sort();
    assert!(!steps.is_empty(), "{set}");
    steps
}

pub async fn run(connection: &mut AsyncPgConnection, step: &Path, direction: &str) {
    let sql = fs::read_to_string(step.join(direction)).unwrap();
    connection.batch_execute(&sql).await.unwrap_or_else(|why| panic!("{}/{direction}: {why}", step.display()));
}

#[derive(QueryableByName, Debug, PartialEq)]
struct Part {
    #[diesel(sql_type = Text)]
    part: String,
}

/// Columns, constraints, indexes, triggers and functions of the schema, as text.
async fn schema(connection: &mut AsyncPgConnection) -> Vec<Part> {
    let parts = "select part from (
        select format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) part
            from information_schema.columns where table_schema = 'public'
        union all select format('constraint %s %s', conname, pg_get_constraintdef(oid)) from pg_constraint
            where connamespace = 'public'::regnamespace
        union all select indexdef from pg_indexes where schemaname = 'public'
        union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        union all select format('function %s', proname) from pg_proc where pronamespace = 'public'::regnamespace
        ) parts order by part";
    sql_query(parts).load(connection).await.unwrap()
}

#[tokio::test]
async fn every_set_goes_up_down_and_up_again() {
    let server = Postgres::start(&Options::throwaway()).await.unwrap();
    let mut connection = AsyncPgConnection::establish(&format!("{}postgres", server.url())).await.unwrap();
    for set in sets() {
        let steps = steps(&set);
        for step in &steps {
            run(&mut connection, step, "up.sql").await;
        }
        let first = schema(&mut connection).await;
        assert!(!first.is_empty(), "{set}");
        for step in steps.iter().rev() {
            run(&mut connection, step, "down.sql").await;
        }
        assert_eq!(schema(&mut connection).await, [], "{set}: down leaves something behind");
        for step in &steps {
            run(&mut connection, step, "up.sql").await;
        }
        assert_eq!(schema(&mut connection).await, first, "{set}");
        for step in steps.iter().rev() {
            run(&mut connection, step, "down.sql").await;
        }
    }
}

#[derive(QueryableByName)]
struct Locked {
    #[diesel(sql_type = Text)]
    tables: String,
}

/// The old version goes on meanwhile. Whoever held one of the two tables and wanted the other would wait for the migration, and
/// it for them, until PostgreSQL refused one.
#[tokio::test]
async fn no_migration_locks_writers_out_of_two_tables_at_once() {
    let server = Postgres::start(&Options::throwaway()).await.unwrap();
    let mut connection = AsyncPgConnection::establish(&format!("{}postgres", server.url())).await.unwrap();
    for set in sets() {
        for step in steps(&set) {
            let here = "create temporary table here on commit drop as select oid from pg_class where relkind = 'r'";
            connection.batch_execute(&format!("begin; {here}")).await.unwrap();
            run(&mut connection, &step, "up.sql").await;
            let locked = "select coalesce(string_agg(distinct relation::regclass::text, ', '), '') as tables
                from pg_locks join here on here.oid = relation
                where pid = pg_backend_pid() and relation::regclass::text not like 'pg_%'
                and mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')";
            let locked: Locked = sql_query(locked).get_result(&mut connection).await.unwrap();
            assert!(!locked.tables.contains(", "), "{} locks {}", step.display(), locked.tables);
            connection.batch_execute("commit").await.unwrap();
        }
        // Each service has a database of its own.
        connection.batch_execute("drop schema public cascade; create schema public").await.unwrap();
    }
}
