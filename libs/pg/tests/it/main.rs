//! What the pool promises, on a real PostgreSQL.

mod tls;

use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, BigInt},
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use pg::{Error, Pool, Settings, kept};
use provision::{Options, Postgres};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

async fn server() -> (Postgres, String) {
    let server = Postgres::start(&Options::throwaway()).await.unwrap();
    let url = format!("{}postgres", server.url());
    (server, url)
}

fn pool(url: &str, connections: usize) -> Pool {
    Pool::new(&Settings { database_url: url.to_owned(), database_connections: connections }).unwrap()
}

async fn run(conn: &mut AsyncPgConnection, sql: &str) -> Result<usize, Error> {
    Ok(sql_query(sql).execute(conn).await?)
}

async fn count(pool: &Pool) -> i64 {
    let rows: Vec<Count> = sql_query("select count(*) as n from t").load(&mut pool.get().await.unwrap()).await.unwrap();
    rows[0].n
}

#[tokio::test]
async fn a_transaction_commits_on_ok_and_leaves_nothing_on_error() {
    let (_server, url) = server().await;
    let pool = pool(&url, 2);
    run(&mut pool.get().await.unwrap(), "create table t (id int constraint t_id_unique unique)").await.unwrap();
    pool.transaction(async |conn| run(conn, "insert into t values (1)").await).await.unwrap();
    let refused = pool.transaction(async |conn| {
        run(conn, "insert into t values (2)").await?;
        run(conn, "insert into t values (1)").await
    });
    assert!(matches!(refused.await, Err(Error::Conflict(name)) if name == "t_id_unique"));
    assert_eq!(count(&pool).await, 1);
}

#[tokio::test]
async fn a_transaction_given_up_in_the_middle_commits_nothing_and_its_connection_is_not_reused() {
    let (_server, url) = server().await;
    let pool = pool(&url, 1);
    run(&mut pool.get().await.unwrap(), "create table t (id int)").await.unwrap();
    let work = pool.transaction(async |conn| {
        run(conn, "insert into t values (1)").await?;
        run(conn, "select pg_sleep(10)").await
    });
    let short = std::time::Duration::from_millis(300);
    assert!(tokio::time::timeout(short, work).await.is_err());
    assert_eq!(count(&pool).await, 0);
}

#[tokio::test]
async fn a_pool_without_a_free_connection_says_unavailable_within_its_wait() {
    let (_server, url) = server().await;
    let pool = pool(&url, 1);
    let held = pool.get().await.unwrap();
    assert!(matches!(pool.get().await, Err(Error::Unavailable(_))));
    drop(held);
    pool.ready().await.unwrap();
}

#[tokio::test]
async fn a_database_that_is_down_is_unavailable() {
    let free = provision::free_port().unwrap();
    let pool = pool(&format!("postgres://motcua:x@127.0.0.1:{free}/postgres"), 1);
    assert!(matches!(pool.ready().await, Err(Error::Unavailable(_))));
}

#[tokio::test]
async fn connections_cut_by_the_server_are_replaced() {
    let (_server, url) = server().await;
    let (pool, other) = (pool(&url, 2), pool(&url, 1));
    pool.ready().await.unwrap();
    let cut = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()";
    run(&mut other.get().await.unwrap(), cut).await.unwrap();
    let mut first = pool.ready().await;
    for _ in 0..3 {
        if first.is_ok() {
            break;
        }
        assert!(matches!(first, Err(Error::Unavailable(_))), "{first:?}");
        first = pool.ready().await;
    }
    first.unwrap();
}

#[tokio::test]
async fn a_kept_statement_is_prepared_once_and_given_new_values_each_time() {
    let (_server, url) = server().await;
    let pool = pool(&url, 1);
    let conn: &mut AsyncPgConnection = &mut pool.get().await.unwrap();
    for numbers in [vec![], vec![1_i64], vec![1, 2, 3]] {
        let query = sql_query("select count(*) as n from unnest($1::bigint[])").bind::<Array<BigInt>, _>(&numbers);
        let counted: Count = kept(query).get_result(conn).await.unwrap();
        assert_eq!(usize::try_from(counted.n), Ok(numbers.len()));
    }
    let prepared = "select count(*) as n from pg_prepared_statements where statement like '%unnest($1::bigint[])'";
    let prepared: Count = sql_query(prepared).get_result(conn).await.unwrap();
    assert_eq!(prepared.n, 1);
}

const WRITE: &str = "insert into t values (1)";

#[tokio::test]
async fn connections_to_a_server_that_takes_no_writes_any_more_are_replaced() {
    let (_server, url) = server().await;
    let pool = pool(&url, 1);
    run(&mut pool.get().await.unwrap(), "create table t (id int)").await.unwrap();
    run(&mut pool.get().await.unwrap(), "set default_transaction_read_only = on").await.unwrap();
    let refused = pool.transaction(async |conn| run(conn, WRITE).await);
    assert!(matches!(refused.await, Err(Error::Unavailable(_))));
    pool.transaction(async |conn| run(conn, WRITE).await).await.unwrap();
    assert_eq!(count(&pool).await, 1);
}

#[tokio::test]
async fn of_several_servers_the_one_that_takes_writes_is_found() {
    let ((first, one), (second, two)) = (server().await, server().await);
    for (url, role) in
        [(&one, "alter database postgres set default_transaction_read_only = on"), (&two, "create table t (id int)")]
    {
        let mut conn = AsyncPgConnection::establish(url).await.unwrap();
        for statement in ["alter role motcua password 'one'", role] {
            conn.batch_execute(statement).await.unwrap();
        }
    }
    let both = format!("127.0.0.1:{},127.0.0.1:{}", first.port(), second.port());
    let pool =
        pool(&format!("postgres://motcua:one@{both}/postgres?target_session_attrs=read-write&connect_timeout=1"), 1);
    pool.transaction(async |conn| run(conn, WRITE).await).await.unwrap();
}

/// A line to `target` that swallows everything once it is told to.
async fn line_to(target: &str) -> (String, tokio::sync::watch::Sender<bool>) {
    use tokio::net::{TcpListener, TcpStream};
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (head, rest) = target.rsplit_once(':').unwrap();
    let (port, database) = rest.split_once('/').unwrap();
    let url = format!("{head}:{}/{database}", listener.local_addr().unwrap().port());
    let (dead, told) = tokio::sync::watch::channel(false);
    let server = format!("127.0.0.1:{port}");
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut there = TcpStream::connect(&server).await.unwrap();
            let mut told_too = told.clone();
            tokio::spawn(async move {
                tokio::select! {
                    _ = tokio::io::copy_bidirectional(&mut client, &mut there) => {}
                    () = async { told_too.wait_for(|dead| *dead).await.map(drop).unwrap() } => {
                        drop(there);
                        // Held open, and never answered.
                        let _ = tokio::io::copy(&mut client, &mut tokio::io::sink()).await;
                    }
                }
            });
        }
    });
    (url, dead)
}

#[tokio::test]
async fn a_server_that_answers_nothing_is_given_up_and_its_connection_is_not_used_again() {
    let (_server, url) = server().await;
    let (through, dead) = line_to(&url).await;
    let pool = pool(&through, 1);
    run(&mut pool.get().await.unwrap(), "select 1").await.unwrap();
    dead.send(true).unwrap();
    let begun = std::time::Instant::now();
    let unheard = run(&mut pool.get().await.unwrap(), "select 1").await;
    assert!(matches!(unheard, Err(Error::Unavailable(_))), "{unheard:?}");
    assert!(begun.elapsed() < std::time::Duration::from_secs(25));
    dead.send(false).unwrap();
    run(&mut pool.get().await.unwrap(), "select 1").await.unwrap();
}

#[tokio::test]
async fn the_role_of_a_service_works_with_rows_and_with_nothing_else() {
    let (server, url) = server().await;
    let owner = pool(&url, 1);
    let mut owner = owner.get().await.unwrap();
    owner
        .batch_execute(
            "create table __diesel_schema_migrations (version text);
             create table ledger (id bigserial, amount int);
             create function refuse() returns trigger language plpgsql as $$ begin raise 'never'; end $$;
             create trigger never_changed before update on ledger for each row execute function refuse();
             create role works login password 'works'",
        )
        .await
        .unwrap();
    run(&mut owner, "create database others").await.unwrap();
    let others = format!("{}others", server.url());
    let mut elsewhere = AsyncPgConnection::establish(&others).await.unwrap();
    elsewhere.batch_execute("create table __diesel_schema_migrations (version text); create role other").await.unwrap();
    pg::let_in(&url, "works").await.unwrap();
    pg::let_in(&others, "other").await.unwrap();
    let as_role = |url: &str| format!("postgres://works:works@{}", url.rsplit_once('@').unwrap().1);
    let mut works = AsyncPgConnection::establish(&as_role(&url)).await.unwrap();
    works.batch_execute("insert into ledger (amount) values (1); select * from ledger").await.unwrap();
    for forbidden in [
        "alter table ledger disable trigger never_changed",
        "drop trigger never_changed on ledger",
        "truncate ledger",
        "drop table ledger",
        "create table mine (id int)",
        "insert into __diesel_schema_migrations values ('x')",
        "create role another",
        "update ledger set amount = 2",
    ] {
        assert!(works.batch_execute(forbidden).await.is_err(), "{forbidden}");
    }
    assert!(AsyncPgConnection::establish(&as_role(&others)).await.is_err(), "another service's database");
    assert!(pg::let_in(&url, "nobody").await.is_err());
}
