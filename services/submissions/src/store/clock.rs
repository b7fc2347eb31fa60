//! The periods in which the agency's time for a dossier runs or stands still.

use chrono::{DateTime, Utc};
use civic::DossierStatus;
use diesel::{prelude::*, upsert::excluded};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::clock::{Clock, Period, PeriodKind},
    schema::clock_periods,
};

const RUNNING: &str = "RUNNING";
const PAUSED: &str = "PAUSED";

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = clock_periods)]
struct Row {
    dossier: Uuid,
    seq: i32,
    kind: String,
    reason: Option<DossierStatus>,
    from_at: DateTime<Utc>,
    until_at: Option<DateTime<Utc>>,
    due_before: Option<DateTime<Utc>>,
    due_after: Option<DateTime<Utc>>,
    recounted: bool,
    restarted: bool,
}

/// The clock of a dossier.
pub async fn of_dossier(mut conn: &AsyncPgConnection, dossier: Uuid) -> QueryResult<Clock> {
    let own = clock_periods::table.filter(clock_periods::dossier.eq(dossier)).order(clock_periods::seq);
    let rows: Vec<Row> = own.select(Row::as_select()).load(&mut conn).await?;
    Ok(Clock(rows.into_iter().map(Period::from).collect()))
}

/// Writes the period at `seq`, new, ended or moved there. The caller holds the dossier's lock.
pub async fn save(conn: &mut AsyncPgConnection, dossier: Uuid, seq: i32, period: &Period) -> QueryResult<()> {
    diesel::insert_into(clock_periods::table)
        .values(Row::of(dossier, seq, period))
        .on_conflict((clock_periods::dossier, clock_periods::seq))
        .do_update()
        .set((
            clock_periods::kind.eq(excluded(clock_periods::kind)),
            clock_periods::reason.eq(excluded(clock_periods::reason)),
            clock_periods::from_at.eq(excluded(clock_periods::from_at)),
            clock_periods::due_before.eq(excluded(clock_periods::due_before)),
            clock_periods::recounted.eq(excluded(clock_periods::recounted)),
            clock_periods::restarted.eq(excluded(clock_periods::restarted)),
            clock_periods::until_at.eq(excluded(clock_periods::until_at)),
            clock_periods::due_after.eq(excluded(clock_periods::due_after)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

impl Row {
    fn of(dossier: Uuid, seq: i32, period: &Period) -> Self {
        let (kind, reason) = match period.kind {
            PeriodKind::Running => (RUNNING, None),
            PeriodKind::Paused(status) => (PAUSED, Some(status)),
        };
        Self {
            dossier,
            seq,
            kind: kind.to_owned(),
            reason,
            from_at: period.from,
            until_at: period.until,
            due_before: period.due_before,
            due_after: period.due_after,
            recounted: period.recounted,
            restarted: period.restarted,
        }
    }
}

impl From<Row> for Period {
    fn from(row: Row) -> Self {
        // The table has a reason for every pause and for nothing else.
        let kind = row.reason.map_or(PeriodKind::Running, PeriodKind::Paused);
        let Row { from_at: from, until_at: until, due_before, due_after, recounted, restarted, .. } = row;
        Self { kind, from, until, due_before, due_after, recounted, restarted }
    }
}
