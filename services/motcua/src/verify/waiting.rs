//! What waits in the services' databases: nothing of it breaks an invariant, and somebody should know of it.

use anyhow::{Context, Result};
use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::RunQueryDsl;
use futures_util::future::try_join_all;
use runtime::Service;
use serde::Serialize;

use crate::{services, stored::Stored};

const COUNT: &str = "select
    (select count(*) from jobs where failed_at is not null
        and not exists (select from taken_as_handled h where h.subject = id and h.at >= failed_at)) as jobs_given_up,
    (select count(*) from jobs where failed_at is null and attempts > 0 and locked_until is null) as jobs_put_off,
    (select count(*) from dead_letter d where not exists (select from inbox i where i.event_id = d.event_id)
        and not exists (select from taken_as_handled h where h.subject = d.event_id and h.at >= d.failed_at))
        as events_not_handled";

/// What waits in one service.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    /// Which service.
    pub service: &'static str,
    #[serde(flatten)]
    counted: Counted,
}

#[derive(Clone, Debug, QueryableByName, Serialize)]
struct Counted {
    /// Jobs that nobody tries any more until somebody asks for it.
    #[diesel(sql_type = BigInt)]
    jobs_given_up: i64,
    /// Jobs that failed and are tried again by themselves.
    #[diesel(sql_type = BigInt)]
    jobs_put_off: i64,
    /// Events that could not be handled: put back by themselves for five days.
    #[diesel(sql_type = BigInt)]
    events_not_handled: i64,
}

impl Waiting {
    fn is_something(&self) -> bool {
        let Counted { jobs_given_up, jobs_put_off, events_not_handled } = self.counted;
        jobs_given_up + jobs_put_off + events_not_handled > 0
    }

    /// A line for a person, with what to do.
    pub fn line(&self) -> String {
        let Self { service, counted: Counted { jobs_given_up, jobs_put_off, events_not_handled } } = self;
        format!(
            "{service}: {jobs_given_up} jobs given up, {jobs_put_off} put off, {events_not_handled} events not handled; \
             `motcua retry {service}` has all of them tried again"
        )
    }
}

/// What waits, of each service where something does.
///
/// # Errors
/// When a database cannot be read.
pub async fn waiting(stored: &Stored) -> Result<Vec<Waiting>> {
    let services: Vec<_> = services().into_iter().filter(Service::migrates).collect();
    let all = try_join_all(services.iter().map(|service| of(stored, service.name))).await?;
    Ok(all.into_iter().filter(Waiting::is_something).collect())
}

async fn of(stored: &Stored, service: &'static str) -> Result<Waiting> {
    let mut connection = pg::connect(&stored.database(service)?).await?;
    let counted = sql_query(COUNT).get_result(&mut connection).await;
    Ok(Waiting { service, counted: counted.with_context(|| format!("What waits in {service} cannot be counted"))? })
}
