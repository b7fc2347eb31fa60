//! Officials and their posts, copied from what accounts tells, and what each has to do.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use civic::{AgencyCode, CitizenNumber, OfficialRole, PersonName, VIETNAM};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::leaves;
use crate::{
    domain::{colleague::Colleague, staff::Staff},
    schema::{official_posts, officials},
};

/// Notes that an official holds exactly these roles at an agency, her name and her citizen number, if that is told.
pub async fn replace(
    conn: &mut AsyncPgConnection,
    official: Uuid,
    (name, citizen_number): (&PersonName, Option<&CitizenNumber>),
    agency: &AgencyCode,
    roles: &[OfficialRole],
) -> QueryResult<()> {
    let named = (officials::name.eq(name.as_str()), officials::citizen_number.eq(citizen_number));
    diesel::insert_into(officials::table)
        .values((officials::id.eq(official), named))
        .on_conflict(officials::id)
        .do_update()
        .set(named)
        .execute(conn)
        .await?;
    let held = official_posts::table.filter(official_posts::official.eq(official));
    diesel::delete(held.filter(official_posts::agency.eq(agency.as_str()))).execute(conn).await?;
    let post = |role: &OfficialRole| {
        (
            official_posts::official.eq(official),
            official_posts::agency.eq(agency.as_str()),
            official_posts::role.eq(*role),
        )
    };
    let posts: Vec<_> = roles.iter().map(post).collect();
    // A role named twice is held once.
    diesel::insert_into(official_posts::table).values(posts).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Array<Text>)]
    roles: Vec<OfficialRole>,
    #[diesel(sql_type = BigInt)]
    load: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    given_at: Option<DateTime<Utc>>,
}

/// Who serves at an agency, by name, and who of them is away at a moment.
pub async fn of_agency(conn: &mut AsyncPgConnection, agency: &AgencyCode, now: DateTime<Utc>) -> QueryResult<Staff> {
    let select = sql_query(
        "select o.id, o.name, p.roles,
            (select count(*) from dossiers d where d.agency = $1 and d.holder = o.id and d.holder is not null) as load,
            (select max(c.handed_over_at) from custody c where c.to_official = o.id and c.to_official is not null) as given_at
        from officials o
        join (
            select official, array_agg(role order by role) as roles from official_posts
            where agency = $1
            group by official
        ) p on p.official = o.id
        order by o.name, o.id",
    );
    let rows: Vec<Row> = select.bind::<Text, _>(agency.as_str()).load(conn).await?;
    let colleagues = rows.into_iter().map(Colleague::from).collect();
    let day = now.with_timezone(&VIETNAM).date_naive();
    Ok(Staff::of(colleagues, leaves::of_agency(conn, agency, day).await?, now))
}

/// Makes whoever else chooses by load at the agency wait until the end of the transaction, so that each choice counts the one before.
pub async fn lock_choice(conn: &mut AsyncPgConnection, agency: &AgencyCode) -> QueryResult<()> {
    let lock = sql_query("select pg_advisory_xact_lock(hashtextextended('assignment ' || $1, 0))");
    lock.bind::<Text, _>(agency.as_str()).execute(conn).await?;
    Ok(())
}

/// An official's citizen number, if it is known.
pub async fn citizen_number(conn: &mut AsyncPgConnection, official: Uuid) -> QueryResult<Option<CitizenNumber>> {
    let number = officials::table.find(official).select(officials::citizen_number);
    Ok(number.first::<Option<CitizenNumber>>(conn).await.optional()?.flatten())
}

/// The names of officials, as far as they are known.
pub async fn names(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let named = officials::table.filter(officials::id.eq_any(ids)).select((officials::id, officials::name));
    Ok(named.load::<(Uuid, String)>(conn).await?.into_iter().collect())
}

impl From<Row> for Colleague {
    fn from(row: Row) -> Self {
        let Row { id, name, roles, load, given_at } = row;
        Self { id, name, roles, load, given_at }
    }
}
