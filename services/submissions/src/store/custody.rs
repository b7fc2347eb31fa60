//! Who had dossiers, hand-over by hand-over.

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use diesel::{prelude::*, upsert::excluded};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::custody::{Handover, HandoverKind, Holder},
    schema::custody,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = custody)]
struct Row {
    dossier: Uuid,
    seq: i32,
    from_agency: Option<AgencyCode>,
    from_official: Option<Uuid>,
    to_agency: AgencyCode,
    to_official: Option<Uuid>,
    handed_over_at: DateTime<Utc>,
    due_at: Option<DateTime<Utc>>,
    accepted_at: Option<DateTime<Utc>>,
    stage: Option<String>,
    kind: HandoverKind,
    note: Option<String>,
    done_by: Option<Uuid>,
    meant_for: Option<Uuid>,
    deputies: Vec<Uuid>,
}

/// The hand-overs of a dossier, in order.
pub async fn of_dossier(mut conn: &AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<Handover>> {
    let own = custody::table.filter(custody::dossier.eq(dossier)).order(custody::seq);
    let rows: Vec<Row> = own.select(Row::as_select()).load(&mut conn).await?;
    Ok(rows.into_iter().map(Handover::from).collect())
}

/// Writes the hand-over at `seq`, new, accepted, due later, placed, or with a deputy's part in it. The caller holds the dossier's lock.
pub async fn save(conn: &mut AsyncPgConnection, dossier: Uuid, seq: i32, handover: &Handover) -> QueryResult<()> {
    diesel::insert_into(custody::table)
        .values(Row::of(dossier, seq, handover))
        .on_conflict((custody::dossier, custody::seq))
        .do_update()
        .set((
            custody::to_official.eq(excluded(custody::to_official)),
            custody::accepted_at.eq(excluded(custody::accepted_at)),
            custody::due_at.eq(excluded(custody::due_at)),
            custody::stage.eq(excluded(custody::stage)),
            custody::deputies.eq(excluded(custody::deputies)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

impl Row {
    fn of(dossier: Uuid, seq: i32, handover: &Handover) -> Self {
        let from = handover.from.as_ref();
        Self {
            dossier,
            seq,
            from_agency: from.map(|holder| holder.agency.clone()),
            from_official: from.and_then(|holder| holder.official),
            to_agency: handover.to.agency.clone(),
            to_official: handover.to.official,
            handed_over_at: handover.handed_over_at,
            due_at: handover.due_at,
            accepted_at: handover.accepted_at,
            stage: handover.stage.clone(),
            kind: handover.kind,
            note: handover.note.clone(),
            done_by: handover.done_by,
            meant_for: handover.meant_for,
            deputies: handover.deputies.clone(),
        }
    }
}

impl From<Row> for Handover {
    fn from(row: Row) -> Self {
        Self {
            from: row.from_agency.map(|agency| Holder { agency, official: row.from_official }),
            to: Holder { agency: row.to_agency, official: row.to_official },
            handed_over_at: row.handed_over_at,
            due_at: row.due_at,
            accepted_at: row.accepted_at,
            stage: row.stage,
            kind: row.kind,
            note: row.note,
            done_by: row.done_by,
            meant_for: row.meant_for,
            deputies: row.deputies,
        }
    }
}
