//! Why dossiers are late, as it was recorded.

use chrono::{DateTime, Utc};
use civic::events::LatenessCause;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{domain::lateness::Lateness, schema::lateness_causes};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = lateness_causes)]
struct Row {
    dossier: Uuid,
    seq: i32,
    cause: LatenessCause,
    proof: String,
    noted_by: Uuid,
    noted_at: DateTime<Utc>,
}

/// The causes recorded of a dossier, in order.
pub async fn of_dossier(mut conn: &AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<Lateness>> {
    let own = lateness_causes::table.filter(lateness_causes::dossier.eq(dossier)).order(lateness_causes::seq);
    let rows: Vec<Row> = own.select(Row::as_select()).load(&mut conn).await?;
    Ok(rows.into_iter().map(Lateness::from).collect())
}

/// Writes the cause at `seq`; what is written stays. The caller holds the dossier's lock.
pub async fn insert(conn: &mut AsyncPgConnection, dossier: Uuid, seq: i32, lateness: &Lateness) -> QueryResult<()> {
    let Lateness { cause, proof, noted_by, noted_at } = lateness.clone();
    let row = Row { dossier, seq, cause, proof, noted_by, noted_at };
    diesel::insert_into(lateness_causes::table).values(row).execute(conn).await?;
    Ok(())
}

impl From<Row> for Lateness {
    fn from(row: Row) -> Self {
        let Row { cause, proof, noted_by, noted_at, .. } = row;
        Self { cause, proof, noted_by, noted_at }
    }
}
