//! What those see who watch.

use chrono::TimeDelta;
use queue::{Job, JobError, Run, Subscriptions, Worker, enqueue};
use runtime::telemetry::{self, Format};
use serde::{Deserialize, Serialize};

use crate::fixture::{Fixture, Up, eventually, patiently};

#[derive(Serialize, Deserialize)]
enum Errand {
    Fails,
    IsTooEarly,
}

impl Job for Errand {
    const KIND: &'static str = "errand";
}

async fn run(fixture: &Fixture, job: Errand) -> Result<(), JobError> {
    match job {
        Errand::Fails => Err(JobError::Retry("451".into())),
        Errand::IsTooEarly => Err(JobError::NotYet("in an hour".into(), fixture.clock.now() + TimeDelta::hours(1))),
    }
}

fn shown(metric: &str) -> Option<f64> {
    let begin = format!("{metric}{{service=\"watched\"");
    let page = telemetry::metrics();
    let line = page.lines().find(|line| line.starts_with(&begin))?;
    line.rsplit_once(' ')?.1.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_put_off_is_late_since_it_was_due_and_one_that_is_early_is_not() {
    telemetry::start(Format::Lines).unwrap();
    let fixture: &Fixture = Box::leak(Box::new(Fixture::set().await));
    let life = fixture.life();
    let worker = Worker::new("watched", (), fixture.listener.clone(), life.clone(), &fixture.settings);
    let jobs = Subscriptions::new().job::<Errand>(async move |(), job: Errand, _: Run| run(fixture, job).await);
    let _up = Up::new(&life, worker.start(jobs));
    let write = async |job| {
        let now = fixture.clock.now();
        patiently(async || fixture.listener.transaction(async |conn| enqueue(conn, &life, &job, now).await).await).await
    };
    write(Errand::IsTooEarly).await;
    eventually("put off", async || fixture.listener_count("select runs_ended::bigint as number from jobs").await == 1)
        .await;
    fixture.advance(600);
    write(Errand::Fails).await;
    eventually("counted", async || shown("motcua_jobs_put_off_total") == Some(1.0)).await;
    eventually("seen", async || shown("motcua_jobs_put_off") == Some(1.0)).await;
    assert_eq!((shown("motcua_jobs_lag_seconds"), shown("motcua_jobs_due")), (Some(0.0), Some(0.0)));
    // The next run has been put off again before the gauges look: nothing is due, and yet it is late.
    fixture.advance(1800);
    eventually("late", async || {
        shown("motcua_jobs_put_off_total") >= Some(2.0) && shown("motcua_jobs_lag_seconds") == Some(1800.0)
    })
    .await;
    assert_eq!(shown("motcua_jobs_put_off"), Some(1.0));
}
