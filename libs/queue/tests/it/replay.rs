//! A listener that is told every subject again.

use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use futures_util::{FutureExt, future::BoxFuture};
use queue::{Batch, Outbox, Received, Subscriptions, Worker, replay};

use crate::{
    facts::Stands,
    fixture::{Fixture, Up, eventually},
};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    cursor: String,
    #[diesel(sql_type = BigInt)]
    subject: i64,
    #[diesel(sql_type = BigInt)]
    version: i64,
}

fn read<'a>(
    connection: &'a mut AsyncPgConnection,
    after: &'a str,
    count: i64,
) -> BoxFuture<'a, Result<Batch<Stands>, pg::Error>> {
    async move {
        let rows: Vec<Row> = sql_query(
            "select lpad(subject::text, 9, '0') as cursor, subject, version from subjects
            where lpad(subject::text, 9, '0') > $1 order by 1 limit $2 for share",
        )
        .bind::<Text, _>(after)
        .bind::<BigInt, _>(count)
        .load(connection)
        .await?;
        Ok(rows.into_iter().map(|row| (row.cursor, Stands { subject: row.subject, version: row.version })).collect())
    }
    .boxed()
}

fn sender() -> Subscriptions<()> {
    Subscriptions::new().sends::<Stands>().replays::<Stands>(read)
}

fn listener() -> Subscriptions<()> {
    Subscriptions::new().on_newest::<Stands>(keep)
}

async fn keep((): &(), connection: &mut AsyncPgConnection, facts: Vec<Received<Stands>>) -> anyhow::Result<()> {
    for fact in facts {
        let keep = "insert into copies values ($1, $2) on conflict (subject) do update set version = $2";
        let row = sql_query(keep).bind::<BigInt, _>(fact.data.subject).bind::<BigInt, _>(fact.data.version);
        row.execute(connection).await?;
    }
    Ok(())
}

/// A sender with 450 subjects and a listener that has a copy of none.
async fn begin() -> (Fixture, Up, Up) {
    let fixture = Fixture::set().await;
    fixture.subscribers.add("sender", &sender().events());
    fixture.subscribers.add("keeper", &listener().events());
    let subjects = "create table subjects (subject bigint primary key, version bigint not null);
        insert into subjects select n, 1 from generate_series(1, 450) n";
    fixture.at_sender(subjects).await;
    let copies = "create table copies (subject bigint primary key, version bigint not null)";
    fixture.listener.get().await.unwrap().batch_execute(copies).await.unwrap();
    let life = fixture.life();
    let keeper = Worker::new("keeper", (), fixture.listener.clone(), life.clone(), &fixture.settings);
    let (sender, keeper) = (fixture.start_sender(), Up::new(&life, keeper.start(listener())));
    (fixture, sender, keeper)
}

async fn tell_again(fixture: &Fixture) -> usize {
    replay("sender", sender().into_replays(), &fixture.sender, &fixture.life(), "keeper").await.unwrap()
}

/// One more change of a subject, told as it happens.
async fn change(fixture: &Fixture, subject: i64) {
    let outbox = Outbox::new("sender", fixture.life());
    let changed = fixture.sender.transaction(async |connection| {
        let change =
            "update subjects set version = version + 1 where subject = $1 returning '' as cursor, subject, version";
        let row: Row = sql_query(change).bind::<BigInt, _>(subject).get_result(connection).await?;
        outbox.put(connection, &Stands { subject, version: row.version }).await
    });
    changed.await.unwrap();
}

async fn copies_equal(fixture: &Fixture) {
    let all = "select coalesce(sum(subject * 1000 + version), 0)::bigint as number from";
    eventually("every copy", async || {
        let there = fixture.sender_count(&format!("{all} subjects")).await;
        fixture.listener_count(&format!("{all} copies")).await == there
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_broken_off_in_the_middle_goes_on_there_while_work_goes_on() {
    let (fixture, _sender, _keeper) = begin().await;
    let some = eventually("some", async || fixture.listener_count("select count(*) as number from copies").await > 0);
    tokio::select! {
        () = some => {}
        count = tell_again(&fixture) => assert_eq!(count, 450),
    }
    for subject in [1, 100, 449] {
        change(&fixture, subject).await;
    }
    tell_again(&fixture).await;
    copies_equal(&fixture).await;
    assert_eq!(fixture.sender_count("select count(*) as number from replays").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_that_lost_its_copies_has_them_again() {
    let (fixture, _sender, _keeper) = begin().await;
    change(&fixture, 7).await;
    assert_eq!(tell_again(&fixture).await, 450);
    copies_equal(&fixture).await;
    fixture.all_receipted().await;
    fixture.listener.get().await.unwrap().batch_execute("delete from copies").await.unwrap();
    change(&fixture, 8).await;
    assert_eq!(tell_again(&fixture).await, 450);
    copies_equal(&fixture).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_goes_on_behind_what_was_told_last() {
    let (fixture, _sender, _keeper) = begin().await;
    fixture.at_sender("insert into replays values ('keeper', 'test.stands.v1', '000000400')").await;
    assert_eq!(tell_again(&fixture).await, 50);
    assert_eq!(tell_again(&fixture).await, 450);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hears_nothing_of_it_is_told_nothing() {
    let (fixture, _sender, _keeper) = begin().await;
    let refused = replay("sender", sender().into_replays(), &fixture.sender, &fixture.life(), "listener").await;
    assert_eq!(refused.unwrap_err().to_string(), "listener hears nothing that sender can tell again.");
}
