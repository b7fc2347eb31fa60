//! What providers told and nothing acted on, as long as nobody has looked at it.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd, events::OrderState};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, BigInt, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::domain::{attempt::AttemptStatus, provider::ProviderName, report::Verdict};

const WAITING: &str = "select c.id, c.provider, c.verdict, c.received_at, c.last_received_at, c.deliveries,
        a.id as attempt_id, a.status as attempt_status, coalesce(j.total, a.amount) as amount, o.id as order_id, o.status as order_status, o.code as dossier
    from provider_callbacks c join attempts a on a.id = c.attempt_id join orders o on o.id = a.order_id
        left join joint_payments j on j.id = a.joint_payment_id
    where o.agency = $1 and c.verdict = any($2) and ($3 is null or c.id = $3)
        and not exists (select from taken_as_handled h where h.subject = c.id)
    order by c.received_at, c.id limit $4";

/// A callback that waits for a person, with the payment that it is about.
#[derive(Debug, QueryableByName)]
pub struct Unreviewed {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub provider: ProviderName,
    #[diesel(sql_type = Text)]
    pub verdict: Verdict,
    #[diesel(sql_type = Timestamptz)]
    pub received_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub last_received_at: DateTime<Utc>,
    #[diesel(sql_type = Int4)]
    pub deliveries: i32,
    #[diesel(sql_type = SqlUuid)]
    pub attempt_id: Uuid,
    #[diesel(sql_type = Text)]
    pub attempt_status: AttemptStatus,
    #[diesel(sql_type = BigInt)]
    pub amount: Vnd,
    #[diesel(sql_type = SqlUuid)]
    pub order_id: Uuid,
    #[diesel(sql_type = Text)]
    pub order_status: OrderState,
    #[diesel(sql_type = Text)]
    pub dossier: DossierCode,
}

/// Those of `agency`, the oldest first.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    limit: i64,
) -> Result<Vec<Unreviewed>, pg::Error> {
    waiting(conn, agency, None, limit).await
}

/// The one with this id, if it waits at `agency`.
pub async fn find(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    id: Uuid,
) -> Result<Option<Unreviewed>, pg::Error> {
    Ok(waiting(conn, agency, Some(id), 1).await?.pop())
}

async fn waiting(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    one: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Unreviewed>, pg::Error> {
    let judged = Verdict::ALL.iter().filter(|verdict| verdict.is_for_a_person()).map(|verdict| verdict.as_str());
    let query = sql_query(WAITING)
        .bind::<Text, _>(agency.as_str())
        .bind::<Array<Text>, _>(judged.collect::<Vec<_>>())
        .bind::<Nullable<SqlUuid>, _>(one)
        .bind::<BigInt, _>(limit);
    Ok(query.load(conn).await?)
}
