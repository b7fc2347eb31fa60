//! What the pool promises, on a real PostgreSQL.

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::{Error, Pool, Settings};
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
