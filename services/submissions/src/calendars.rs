//! The working calendars of agencies, in memory: whoever counts time asks here, and nobody waits for the database.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use civic::{AgencyCode, WorkingCalendar};
use edge::Check;
use runtime::Life;

use crate::store::calendars::{self, Copies};

/// How old what is known may be: another process may have heard of a change.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// The calendars that are known. Clones share them.
#[derive(Clone, Default)]
pub struct Calendars(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    /// What was read, as of this mark; nothing before it was read first.
    read: Option<(i64, Copies)>,
    /// Those that were asked for since.
    made: HashMap<AgencyCode, Arc<WorkingCalendar>>,
}

impl Calendars {
    /// The calendars as `pool` has them, looked for again and again until `life` stops.
    pub fn watch(pool: &pg::Pool, life: &Life) -> Self {
        let (watched, pool, stop) = (Self::default(), pool.clone(), life.stop.clone());
        let calendars = watched.clone();
        tokio::spawn(async move {
            while !stop.is_cancelled() {
                // A database that does not answer is said by whoever needs it; what is known goes on being right.
                if let Err(why) = calendars.refresh(&pool).await {
                    tracing::debug!(error = %why, "working calendars could not be looked for");
                }
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(POLL_INTERVAL) => {}
                }
            }
        });
        watched
    }

    /// Reads them, if there is anything new.
    async fn refresh(&self, pool: &pg::Pool) -> Result<(), pg::Error> {
        let conn = &mut *pool.get().await?;
        let mark = calendars::mark(conn).await?;
        if self.with(|known| known.read.as_ref().is_some_and(|(read, _)| *read == mark)) {
            return Ok(());
        }
        let copies = calendars::all(conn).await?;
        self.with(|known| *known = Known { read: Some((mark, copies)), made: HashMap::new() });
        Ok(())
    }

    /// The calendar of an agency; the country's when it has none of its own.
    pub fn of(&self, agency: &AgencyCode) -> Arc<WorkingCalendar> {
        self.with(|known| {
            if let Some(made) = known.made.get(agency) {
                return Arc::clone(made);
            }
            let none = Copies::default();
            let made = Arc::new(known.read.as_ref().map_or(&none, |(_, copies)| copies).of(agency));
            known.made.insert(agency.clone(), Arc::clone(&made));
            made
        })
    }

    /// Whether they were read, for the readiness of the process: before that every agency seems to have the country's.
    pub fn check(&self) -> Check {
        let calendars = self.clone();
        Check::new("calendars", move || {
            let read = calendars.with(|known| known.read.is_some());
            std::future::ready(if read { Ok(()) } else { Err("the working calendars are not read yet".to_owned()) })
        })
    }

    fn with<T>(&self, what: impl FnOnce(&mut Known) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
