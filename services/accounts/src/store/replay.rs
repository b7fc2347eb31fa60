//! Subjects as they stand, for who is told them again: batches behind a cursor, locked until they are told.

use civic::{
    LocalText,
    events::{AccountRegistered, AgencyOpened, OfficialAssigned, OrganisationRegistered},
};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, BigInt, Nullable, Text, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::{FutureExt, future::BoxFuture};
use queue::Batch;
use uuid::Uuid;

use super::damaged;

const AGENCIES: &str =
    "select code, name_vi, name_en, parent from agencies where code > $1 order by code limit $2 for share";
const PERSONS: &str = "select id, name, email, phone, language from users
    where id > $1 and citizen_number is not null and closed_at is null order by id limit $2 for share";
const ORGANISATIONS: &str =
    "select id, name, email, phone, 'vi' as language from organisations where id > $1 order by id limit $2 for share";
/// An official's posts are told together.
const OFFICIALS: &str = "with officials as materialized (
        select id, name, email, phone from users
        where id > $1 and closed_at is null and exists (select from official_roles where user_id = users.id)
        order by id limit $2 for share)
    select id, name, email, phone, agency, array_agg(role order by role) as roles
    from officials join official_roles on user_id = id
    group by id, name, email, phone, agency order by id, agency";

#[derive(QueryableByName)]
struct Agency {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name_vi: String,
    #[diesel(sql_type = Text)]
    name_en: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent: Option<String>,
}

#[derive(QueryableByName)]
struct Party {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Nullable<Text>)]
    phone: Option<String>,
    #[diesel(sql_type = Text)]
    language: String,
}

#[derive(QueryableByName)]
struct Post {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Nullable<Text>)]
    phone: Option<String>,
    #[diesel(sql_type = Text)]
    agency: String,
    #[diesel(sql_type = Array<Text>)]
    roles: Vec<String>,
}

/// Every agency.
pub fn agencies<'a>(
    conn: &'a mut AsyncPgConnection,
    after: &'a str,
    count: i64,
) -> BoxFuture<'a, Result<Batch<AgencyOpened>, pg::Error>> {
    async move {
        let query = sql_query(AGENCIES).bind::<Text, _>(after).bind::<BigInt, _>(count);
        let rows: Vec<Agency> = query.load(conn).await?;
        let opened = |row: Agency| {
            let parent = row.parent.map(|parent| parent.parse()).transpose().map_err(damaged)?;
            let (agency, name) = (row.code.parse().map_err(damaged)?, LocalText::new(row.name_vi, row.name_en));
            Ok((row.code, AgencyOpened { agency, name, parent }))
        };
        rows.into_iter().map(opened).collect()
    }
    .boxed()
}

/// Every person with an account of her own.
pub fn persons<'a>(
    conn: &'a mut AsyncPgConnection,
    after: &'a str,
    count: i64,
) -> BoxFuture<'a, Result<Batch<AccountRegistered>, pg::Error>> {
    async move {
        let registered = |row: Party| {
            let registered = AccountRegistered {
                account_id: row.id,
                name: row.name.parse().map_err(damaged)?,
                email: row.email.parse().map_err(damaged)?,
                phone: row.phone.map(|phone| phone.parse()).transpose().map_err(damaged)?,
                language: row.language.parse().map_err(damaged)?,
            };
            Ok((row.id.to_string(), registered))
        };
        parties(conn, PERSONS, after, count).await?.into_iter().map(registered).collect()
    }
    .boxed()
}

/// Every organisation.
pub fn organisations<'a>(
    conn: &'a mut AsyncPgConnection,
    after: &'a str,
    count: i64,
) -> BoxFuture<'a, Result<Batch<OrganisationRegistered>, pg::Error>> {
    async move {
        let registered = |row: Party| {
            let registered = OrganisationRegistered {
                organisation_id: row.id,
                name: row.name,
                email: row.email.parse().map_err(damaged)?,
                phone: row.phone.map(|phone| phone.parse()).transpose().map_err(damaged)?,
            };
            Ok((row.id.to_string(), registered))
        };
        parties(conn, ORGANISATIONS, after, count).await?.into_iter().map(registered).collect()
    }
    .boxed()
}

/// Every official at every agency; `count` officials with all their posts.
pub fn officials<'a>(
    conn: &'a mut AsyncPgConnection,
    after: &'a str,
    count: i64,
) -> BoxFuture<'a, Result<Batch<OfficialAssigned>, pg::Error>> {
    async move {
        let query = sql_query(OFFICIALS).bind::<SqlUuid, _>(queue::id_behind(after)?).bind::<BigInt, _>(count);
        let rows: Vec<Post> = query.load(conn).await?;
        let assigned = |row: Post| {
            let roles: Result<_, _> = row.roles.iter().map(|role| role.parse()).collect();
            let assigned = OfficialAssigned {
                official_id: row.id,
                name: row.name.parse().map_err(damaged)?,
                email: row.email.parse().map_err(damaged)?,
                phone: row.phone.map(|phone| phone.parse()).transpose().map_err(damaged)?,
                agency: row.agency.parse().map_err(damaged)?,
                roles: roles.map_err(damaged)?,
            };
            Ok((row.id.to_string(), assigned))
        };
        rows.into_iter().map(assigned).collect()
    }
    .boxed()
}

async fn parties(conn: &mut AsyncPgConnection, query: &str, after: &str, count: i64) -> Result<Vec<Party>, pg::Error> {
    let query = sql_query(query).bind::<SqlUuid, _>(queue::id_behind(after)?).bind::<BigInt, _>(count);
    Ok(query.load(conn).await?)
}
