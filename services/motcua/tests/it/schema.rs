//! What diesel believes of the tables (`schema.rs`) is what the migrations make of them: names, types, what may be null.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use provision::{Options, Postgres};

use crate::migrations::{run, sets, steps};

/// Tables and columns that are there for the version before, or for SQL alone, with who reads them.
const NOT_DIESELS: [&str; 3] = [
    // Summed up by a statement of `store/workload.rs`, written by a trigger.
    "services/submissions workload.",
    // One statement of `facts.rs` reads and writes it.
    "libs/queue fact_versions.",
    // Statements of `given_up.rs` and of who counts what waits.
    "libs/queue taken_as_handled.",
];

/// PostgreSQL's columns, as diesel would write them: `table.column Nullable<Text>`.
const COLUMNS: &str = "select format('%s.%s %s', table_name, column_name,
        case is_nullable when 'YES' then format('Nullable<%s>', kind) else kind end) as line
    from (select columns.*, case
            when udt_name like '\\_%' then format('Array<%s>', initcap(substr(udt_name, 2)))
            when udt_name = 'bytea' then 'Binary'
            else initcap(udt_name) end as kind
        from information_schema.columns join information_schema.tables using (table_schema, table_name)
        where table_schema = 'public' and table_type = 'BASE TABLE') columns";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The lines of a `schema.rs`, in the same form.
fn written(set: &str) -> BTreeSet<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(set).join("src/schema.rs");
    let text = fs::read_to_string(&file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    let (mut lines, mut table, mut sql_name) = (BTreeSet::new(), None, None);
    for line in text.lines().map(|line| line.split("//").next().unwrap_or_default().trim()) {
        if line.ends_with(';') {
            // `joinable!`, `allow_tables_to_appear_in_same_query!`.
            continue;
        }
        if let Some(name) = line.strip_prefix("#[sql_name = \"") {
            sql_name = name.strip_suffix("\"]").map(str::to_owned);
        } else if let Some((name, kind)) = line.split_once(" -> ") {
            let name = sql_name.take().unwrap_or_else(|| name.trim_start_matches("r#").to_owned());
            let table = table.as_deref().unwrap_or_else(|| panic!("{}: {name} is in no table", file.display()));
            lines.insert(format!("{table}.{name} {}", plain(kind.trim_end_matches(','))));
        } else if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with('{')) {
            table = Some(name.to_owned());
        }
    }
    lines
}

/// One name for each type, whichever of its names is written.
fn plain(kind: &str) -> String {
    let names = BTreeMap::from([
        ("Array<Nullable<Text>>", "Array<Text>"),
        ("SmallInt", "Int2"),
        ("Integer", "Int4"),
        ("BigInt", "Int8"),
        ("Bytea", "Binary"),
        ("Double", "Float8"),
    ]);
    let kind = kind.replace("diesel::sql_types::", "");
    names.iter().fold(kind, |kind, (from, to)| kind.replace(from, to))
}

#[tokio::test]
async fn every_schema_is_that_of_its_migrations() {
    let server = Postgres::start(&Options::throwaway()).await.unwrap();
    let mut connection = AsyncPgConnection::establish(&format!("{}postgres", server.url())).await.unwrap();
    let mut wrong = Vec::new();
    for set in sets() {
        for step in steps(&set) {
            run(&mut connection, &step, "up.sql").await;
        }
        let made: Vec<Line> = sql_query(COLUMNS).load(&mut connection).await.unwrap();
        let made: BTreeSet<_> = made.into_iter().map(|line| line.line).collect();
        let written = written(&set);
        let ours = |line: &&String| !NOT_DIESELS.iter().any(|known| format!("{set} {line}").starts_with(known));
        wrong.extend(
            written.difference(&made).map(|line| format!("{set}/src/schema.rs has {line}, the database has not")),
        );
        wrong.extend(made.difference(&written).filter(ours).map(|line| format!("{set}: the database has {line}")));
        // Each service has a database of its own.
        connection.batch_execute("drop schema public cascade; create schema public").await.unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
