//! What those see who watch.

use chrono::TimeDelta;
use queue::{Job, JobError, Run, Subscriptions, Worker, enqueue};
use runtime::telemetry::{self, Format};
use serde::{Deserialize, Serialize};

use crate::stage::{Stage, Up, eventually, patiently};

#[derive(Serialize, Deserialize)]
enum Errand {
    Fails,
    IsTooEarly,
}

impl Job for Errand {
    const KIND: &'static str = "errand";
}

async fn run(stage: &Stage, job: Errand) -> Result<(), JobError> {
    match job {
        Errand::Fails => Err(JobError::Retry("451".into())),
        Errand::IsTooEarly => Err(JobError::NotYet("in an hour".into(), stage.clock.now() + TimeDelta::hours(1))),
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
    let stage: &Stage = Box::leak(Box::new(Stage::set().await));
    let life = stage.life();
    let worker = Worker::new("watched", (), stage.listener.clone(), life.clone(), &stage.settings);
    let jobs = Subscriptions::new().job::<Errand>(async move |(), job: Errand, _: Run| run(stage, job).await);
    let _up = Up::new(&life, worker.start(jobs));
    let write = async |job| {
        let now = stage.clock.now();
        patiently(async || stage.listener.transaction(async |conn| enqueue(conn, &life, &job, now).await).await).await
    };
    write(Errand::IsTooEarly).await;
    eventually("put off", async || stage.listener_count("select runs_ended::bigint as number from jobs").await == 1)
        .await;
    stage.advance(600);
    write(Errand::Fails).await;
    eventually("counted", async || shown("motcua_jobs_put_off_total") == Some(1.0)).await;
    eventually("seen", async || shown("motcua_jobs_put_off") == Some(1.0)).await;
    assert_eq!((shown("motcua_jobs_lag_seconds"), shown("motcua_jobs_due")), (Some(0.0), Some(0.0)));
    // The next run has been put off again before the gauges look: nothing is due, and yet it is late.
    stage.advance(1800);
    eventually("late", async || {
        shown("motcua_jobs_put_off_total") >= Some(2.0) && shown("motcua_jobs_lag_seconds") == Some(1800.0)
    })
    .await;
    assert_eq!(shown("motcua_jobs_put_off"), Some(1.0));
}
