//! When dossiers are looked at for deadlines that are near, and to what somebody was alerted.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use civic::{
    AgencyCode, DossierCode, DossierStatus, LocalText, OfficialRole,
    events::{DeadlineKind, DeadlineStep},
};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::unreadable;
use crate::{
    domain::deadline::{Alert, Watched},
    schema::alerts,
};

/// Those that another worker looks at are left to it.
const CLAIM: &str = "select dossier from watches where look_at <= $1 order by look_at, agency, dossier limit $2
    for update skip locked";
/// A statement of its own: what was changed before the rows were locked is seen, and what is changed since will be looked at again.
const READ: &str = "select d.id, d.agency, d.code, d.status, d.received_at, d.stage_due_at, d.due_at, d.completed_at is not null as is_over,
        d.holder, d.stage_role, v.name_vi, v.name_en,
        (select max(h.at) from dossier_history h where h.dossier = d.id and h.to_status = 'REGISTERED') as registered_at,
        (select max(c.handed_over_at) from custody c
            where c.dossier = d.id and c.kind in ('RECEIPT', 'PASSING', 'FORWARDING', 'SENDING_BACK')) as stage_since
    from dossiers d
    join procedure_versions v on v.id = d.procedure_version
    where d.id = any($1) and d.code is not null and d.due_at is not null";
const TELL: &str = "insert into alerts (dossier, kind, due_at, step, fell_due_at, told_at, told_to)
    select dossier, kind, due_at, step, fell_due_at, greatest($6, fell_due_at), array(
        select value::uuid from jsonb_array_elements_text(told_to::jsonb) value)
    from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::timestamptz[], $7::text[])
        as new (dossier, kind, due_at, step, fell_due_at, told_to)";
const LOOK_AGAIN: &str = "update watches set look_at = coalesce(next.look_at, 'infinity')
    from unnest($1::uuid[], $2::timestamptz[]) as next (dossier, look_at)
    where watches.dossier = next.dossier";

/// A dossier that is looked at.
pub struct WatchedDossier {
    /// What its deadlines follow from.
    pub watched: Watched,
    /// Its code.
    pub code: DossierCode,
    /// The procedure's name.
    pub procedure_name: LocalText,
}

/// An alert as it is written down.
#[derive(Clone, Debug)]
pub struct ToldAlert {
    /// The dossier.
    pub dossier: Uuid,
    /// What it is.
    pub alert: Alert,
    /// The working minute at which it fell due.
    pub fell_due_at: DateTime<Utc>,
    /// Who was told.
    pub told_to: Vec<Uuid>,
}

#[derive(QueryableByName)]
struct Claimed {
    #[diesel(sql_type = SqlUuid)]
    dossier: Uuid,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    agency: AgencyCode,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    status: DossierStatus,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    received_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    stage_due_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    due_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    is_over: bool,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    holder: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    stage_role: Option<OfficialRole>,
    #[diesel(sql_type = Text)]
    name_vi: String,
    #[diesel(sql_type = Text)]
    name_en: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    registered_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    stage_since: Option<DateTime<Utc>>,
}

/// The next dossiers to look at, at most so many, locked until the end of the transaction.
pub async fn claim(conn: &mut AsyncPgConnection, now: DateTime<Utc>, limit: i64) -> QueryResult<Vec<Uuid>> {
    let claimed = sql_query(CLAIM).bind::<Timestamptz, _>(now).bind::<BigInt, _>(limit);
    Ok(claimed.load::<Claimed>(conn).await?.into_iter().map(|claimed| claimed.dossier).collect())
}

/// These dossiers, as they stand now.
pub async fn read(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> QueryResult<Vec<WatchedDossier>> {
    let rows: Vec<Row> = sql_query(READ).bind::<Array<SqlUuid>, _>(ids).load(conn).await?;
    rows.into_iter().map(WatchedDossier::try_from).collect()
}

/// To what somebody was alerted of these dossiers before.
pub async fn told(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, Vec<Alert>>> {
    let own = alerts::table.filter(alerts::dossier.eq_any(ids));
    let rows = own.select((alerts::dossier, alerts::kind, alerts::due_at, alerts::step));
    let mut told: HashMap<Uuid, Vec<Alert>> = HashMap::new();
    for (dossier, kind, due_at, step) in rows.load::<(Uuid, DeadlineKind, DateTime<Utc>, DeadlineStep)>(conn).await? {
        told.entry(dossier).or_default().push(Alert { kind, due_at, step });
    }
    Ok(told)
}

/// Writes down who is alerted to what now.
pub async fn tell(conn: &mut AsyncPgConnection, new: &[ToldAlert], now: DateTime<Utc>) -> QueryResult<()> {
    if new.is_empty() {
        return Ok(());
    }
    let people = |told: &ToldAlert| serde_json::to_string(&told.told_to).map_err(unreadable);
    sql_query(TELL)
        .bind::<Array<SqlUuid>, _>(new.iter().map(|told| told.dossier).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(new.iter().map(|told| told.alert.kind.as_str()).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(new.iter().map(|told| told.alert.due_at).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(new.iter().map(|told| told.alert.step.as_str()).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(new.iter().map(|told| told.fell_due_at).collect::<Vec<_>>())
        .bind::<Timestamptz, _>(now)
        .bind::<Array<Text>, _>(new.iter().map(people).collect::<QueryResult<Vec<_>>>()?)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes down when these dossiers are looked at again; of those with nothing to come, when they are changed.
pub async fn look_again(conn: &mut AsyncPgConnection, ids: &[Uuid], when: &[Option<DateTime<Utc>>]) -> QueryResult<()> {
    let next = sql_query(LOOK_AGAIN).bind::<Array<SqlUuid>, _>(ids).bind::<Array<Nullable<Timestamptz>>, _>(when);
    next.execute(conn).await?;
    Ok(())
}

impl TryFrom<Row> for WatchedDossier {
    type Error = diesel::result::Error;

    fn try_from(row: Row) -> QueryResult<Self> {
        let watched = Watched {
            dossier: row.id,
            agency: row.agency,
            status: row.status,
            registered_at: row.registered_at,
            received_at: row.received_at,
            stage_since: row.stage_since,
            stage_due_at: row.stage_due_at,
            due_at: row.due_at,
            is_over: row.is_over,
            holder: row.holder,
            stage_role: row.stage_role,
        };
        Ok(Self {
            watched,
            code: row.code.parse().map_err(unreadable)?,
            procedure_name: LocalText { vi: row.name_vi, en: row.name_en },
        })
    }
}
