//! What waits, for those who watch: events on their way, dead letters, jobs.

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName,
    sql_types::{BigInt, Double, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use metrics::gauge;
use runtime::Life;

use crate::outage::{Outage, pause};

const SAMPLE: Duration = Duration::from_secs(5);

/// Each part reads the few rows of a partial index.
const WAITING: &str = "select
        o.unpublished, o.unreceipted, greatest(o.lag, 0)::double precision as outbox_lag,
        (select count(*) from dead_letter where replayed_at is null
            and not exists (select from taken_as_handled h where h.subject = event_id and h.at >= failed_at)) as dead_letters,
        j.due as jobs_due, j.put_off as jobs_put_off, greatest(j.lag, 0)::double precision as jobs_lag, j.given_up as jobs_given_up
    from (select count(*) filter (where published_at is null) as unpublished, count(*) as unreceipted,
            coalesce(extract(epoch from $1 - min(created_at)), 0) as lag
        from outbox where receipted_at is null) o,
    (select count(*) filter (where failed_at is null and run_at <= $1) as due,
            count(*) filter (where failed_at is null and failing_since is not null) as put_off,
            coalesce(extract(epoch from $1 - min(coalesce(failing_since, run_at))
                filter (where failed_at is null and (failing_since is not null or run_at <= $1))), 0) as lag,
            count(*) filter (where failed_at is not null
                and not exists (select from taken_as_handled h where h.subject = id and h.at >= failed_at)) as given_up
        from jobs) j";

/// How much waits, and for how many seconds the oldest has.
#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = BigInt)]
    unpublished: i64,
    #[diesel(sql_type = BigInt)]
    unreceipted: i64,
    #[diesel(sql_type = Double)]
    outbox_lag: f64,
    #[diesel(sql_type = BigInt)]
    dead_letters: i64,
    #[diesel(sql_type = BigInt)]
    jobs_due: i64,
    #[diesel(sql_type = BigInt)]
    jobs_put_off: i64,
    #[diesel(sql_type = Double)]
    jobs_lag: f64,
    #[diesel(sql_type = BigInt)]
    jobs_given_up: i64,
}

/// Looks every five seconds until the life stops.
pub(crate) async fn run(service: &'static str, pool: pg::Pool, life: Life) {
    let mut outage = Outage::none(service, "gauges");
    while !life.stop.is_cancelled() {
        match look(&pool, life.clock.now()).await {
            Ok(waiting) => {
                outage.is_over();
                show(service, &waiting);
                pause(SAMPLE, &life.stop).await;
            }
            Err(why) => outage.pause(&why.into(), &life.stop).await,
        }
    }
}

async fn look(pool: &pg::Pool, now: DateTime<Utc>) -> Result<Waiting, pg::Error> {
    let connection: &mut AsyncPgConnection = &mut *pool.get().await?;
    Ok(diesel::sql_query(WAITING).bind::<Timestamptz, _>(now).get_result(connection).await?)
}

fn show(service: &'static str, waiting: &Waiting) {
    gauge!("motcua_outbox_unpublished", "service" => service).set(waiting.unpublished as f64);
    gauge!("motcua_outbox_unreceipted", "service" => service).set(waiting.unreceipted as f64);
    gauge!("motcua_outbox_lag_seconds", "service" => service).set(waiting.outbox_lag);
    gauge!("motcua_dead_letters", "service" => service).set(waiting.dead_letters as f64);
    gauge!("motcua_jobs_due", "service" => service).set(waiting.jobs_due as f64);
    gauge!("motcua_jobs_put_off", "service" => service).set(waiting.jobs_put_off as f64);
    gauge!("motcua_jobs_lag_seconds", "service" => service).set(waiting.jobs_lag);
    gauge!("motcua_jobs_given_up", "service" => service).set(waiting.jobs_given_up as f64);
}
