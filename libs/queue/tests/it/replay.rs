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
    stage::{Stage, Up, eventually},
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
async fn begin() -> (Stage, Up, Up) {
    let stage = Stage::set().await;
    stage.subscribers.add("sender", &sender().events());
    stage.subscribers.add("keeper", &listener().events());
    let subjects = "create table subjects (subject bigint primary key, version bigint not null);
        insert into subjects select n, 1 from generate_series(1, 450) n";
    stage.at_sender(subjects).await;
    let copies = "create table copies (subject bigint primary key, version bigint not null)";
    stage.listener.get().await.unwrap().batch_execute(copies).await.unwrap();
    let life = stage.life();
    let keeper = Worker::new("keeper", (), stage.listener.clone(), life.clone(), &stage.settings);
    let (sender, keeper) = (stage.start_sender(), Up::new(&life, keeper.start(listener())));
    (stage, sender, keeper)
}

async fn tell_again(stage: &Stage) -> usize {
    replay("sender", sender().into_replays(), &stage.sender, &stage.life(), "keeper").await.unwrap()
}

/// One more change of a subject, told as it happens.
async fn change(stage: &Stage, subject: i64) {
    let outbox = Outbox::new("sender", stage.life());
    let changed = stage.sender.transaction(async |connection| {
        let change =
            "update subjects set version = version + 1 where subject = $1 returning '' as cursor, subject, version";
        let row: Row = sql_query(change).bind::<BigInt, _>(subject).get_result(connection).await?;
        outbox.put(connection, &Stands { subject, version: row.version }).await
    });
    changed.await.unwrap();
}

async fn copies_equal(stage: &Stage) {
    let all = "select coalesce(sum(subject * 1000 + version), 0)::bigint as number from";
    eventually("every copy", async || {
        let there = stage.sender_count(&format!("{all} subjects")).await;
        stage.listener_count(&format!("{all} copies")).await == there
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_broken_off_in_the_middle_goes_on_there_while_work_goes_on() {
    let (stage, _sender, _keeper) = begin().await;
    let some = eventually("some", async || stage.listener_count("select count(*) as number from copies").await > 0);
    tokio::select! {
        () = some => {}
        count = tell_again(&stage) => assert_eq!(count, 450),
    }
    for subject in [1, 100, 449] {
        change(&stage, subject).await;
    }
    tell_again(&stage).await;
    copies_equal(&stage).await;
    assert_eq!(stage.sender_count("select count(*) as number from replays").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_that_lost_its_copies_has_them_again() {
    let (stage, _sender, _keeper) = begin().await;
    change(&stage, 7).await;
    assert_eq!(tell_again(&stage).await, 450);
    copies_equal(&stage).await;
    stage.all_receipted().await;
    stage.listener.get().await.unwrap().batch_execute("delete from copies").await.unwrap();
    change(&stage, 8).await;
    assert_eq!(tell_again(&stage).await, 450);
    copies_equal(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_goes_on_behind_what_was_told_last() {
    let (stage, _sender, _keeper) = begin().await;
    stage.at_sender("insert into replays values ('keeper', 'test.stands.v1', '000000400')").await;
    assert_eq!(tell_again(&stage).await, 50);
    assert_eq!(tell_again(&stage).await, 450);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hears_nothing_of_it_is_told_nothing() {
    let (stage, _sender, _keeper) = begin().await;
    let refused = replay("sender", sender().into_replays(), &stage.sender, &stage.life(), "listener").await;
    assert_eq!(refused.unwrap_err().to_string(), "listener hears nothing that sender can tell again.");
}
