//! Deadlines are watched: who must act is alerted before one is missed, and who answers for that afterwards; each alert once.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use civic::{
    AgencyCode,
    events::{Deadline, DeadlinesNear},
};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        deadline::{Alert, AlertTimes},
        staff::Staff,
    },
    store::{
        calendars, staff,
        watches::{self, ToldAlert, WatchedDossier},
    },
};

/// Dossiers that are looked at in one transaction.
const BATCH: i64 = 200;

/// Looks at every dossier whose time has come, batch by batch. Of several processes each takes what the others have not.
///
/// # Errors
/// When the database does not answer.
pub async fn watch_deadlines(app: &App) -> anyhow::Result<()> {
    while app.pool.transaction(async |conn| watch(app, conn).await).await? {}
    Ok(())
}

/// Looks at a batch; whether there may be more. By the steady clock: one that is wrong for a moment alerts nobody.
async fn watch(app: &App, conn: &mut AsyncPgConnection) -> anyhow::Result<bool> {
    let now = app.life.clock.steady();
    let ids = watches::claim(conn, now, BATCH).await?;
    if ids.is_empty() {
        return Ok(false);
    }
    let (dossiers, told) = (watches::read(conn, &ids).await?, watches::told(conn, &ids).await?);
    let calendars = calendars::all(conn).await?;
    let hours = app.alerts;
    let times = AlertTimes::of_hours(hours.alert_early_hours, hours.alert_soon_hours, hours.alert_late_hours);
    let (mut fallen, mut next) = (Vec::new(), HashMap::new());
    for dossier in &dossiers {
        let (watched, none) = (&dossier.watched, Vec::new());
        let calendar = calendars.of(&watched.agency);
        let look = watched.look(told.get(&watched.dossier).unwrap_or(&none), &times, now, &calendar);
        next.insert(watched.dossier, look.next);
        fallen.extend(look.fallen.into_iter().map(|(alert, at)| (dossier, alert, at)));
    }
    alert(app, conn, &fallen, now).await?;
    let when: Vec<_> = ids.iter().map(|id| next.remove(id).flatten()).collect();
    watches::look_again(conn, &ids, &when).await?;
    Ok(i64::try_from(ids.len()) == Ok(BATCH))
}

/// Tells each official once of all that fell due at her agency.
async fn alert(
    app: &App,
    conn: &mut AsyncPgConnection,
    fallen: &[(&WatchedDossier, Alert, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let mut serving: BTreeMap<&AgencyCode, Staff> = BTreeMap::new();
    let (mut alerts, mut digests) = (Vec::new(), BTreeMap::<(&AgencyCode, Uuid), Vec<Deadline>>::new());
    for (dossier, alert, fell_due_at) in fallen {
        let agency = &dossier.watched.agency;
        if !serving.contains_key(agency) {
            serving.insert(agency, staff::of_agency(conn, agency, now).await?);
        }
        let told_to = serving.get(agency).map(|staff| dossier.watched.told_to(alert.step, staff)).unwrap_or_default();
        if told_to.is_empty() {
            tracing::warn!(%agency, dossier = %dossier.watched.dossier, "nobody serves there who could be alerted to a deadline");
        }
        for official in &told_to {
            digests.entry((agency, *official)).or_default().push(deadline(dossier, *alert));
        }
        alerts.push(ToldAlert { dossier: dossier.watched.dossier, alert: *alert, fell_due_at: *fell_due_at, told_to });
    }
    watches::tell(conn, &alerts, now).await?;
    for ((agency, official_id), mut deadlines) in digests {
        deadlines.sort_by_key(|deadline| (deadline.due_at, deadline.dossier_id));
        app.outbox
            .put(conn, &DeadlinesNear { official_id, agency: agency.clone(), happened_at: now, deadlines })
            .await?;
    }
    Ok(())
}

fn deadline(dossier: &WatchedDossier, alert: Alert) -> Deadline {
    Deadline {
        dossier_id: dossier.watched.dossier,
        code: dossier.code.clone(),
        procedure_name: dossier.procedure_name.clone(),
        kind: alert.kind,
        step: alert.step,
        due_at: alert.due_at,
    }
}
