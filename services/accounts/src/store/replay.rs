//! Subjects as they stand, for who is told them again: batches behind a cursor, locked until they are told.

use chrono::{DateTime, Utc};
use civic::{
    AgencyCode, CitizenNumber, Email, Language, LocalText, OfficialRole, PersonName, Phone, TaxNumber,
    events::{
        AccountRegistered, AgencyContact, AgencyOpened, CalendarChanged, OfficialAssigned, OrganisationRegistered,
    },
};
use diesel::{
    QueryableByName,
    pg::Pg,
    result::Error,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::{FutureExt, future::BoxFuture};
use queue::Batch;
use uuid::Uuid;

use super::calendars::NATIONAL;

const AGENCIES: &str = "select code, name_vi, name_en, parent, address, phone, email, tax_number from agencies
    where code > $1 order by code limit $2 for share";
const CALENDARS: &str = "select owner, version, content, changed_at, reason from calendars as it
    where owner > $1 and not exists (select from calendars newer where newer.owner = it.owner and newer.version > it.version)
    order by owner limit $2 for share";
const PERSONS: &str = "select id, name, email, phone, language from users
    where id > $1::uuid and citizen_number is not null and closed_at is null order by id limit $2 for share";
const ORGANISATIONS: &str =
    "select id, name, email, phone from organisations where id > $1::uuid order by id limit $2 for share";
/// An official's posts are told together.
const OFFICIALS: &str = "with officials as materialized (
        select id, name, email, phone, citizen_number from users
        where id > $1::uuid and closed_at is null and exists (select from official_roles where user_id = users.id)
        order by id limit $2 for share)
    select id, name, email, phone, citizen_number, agency, array_agg(role order by role) as roles
    from officials join official_roles on user_id = id
    group by id, name, email, phone, citizen_number, agency order by id, agency";

type Reading<'a, E> = BoxFuture<'a, Result<Batch<E>, pg::Error>>;

/// A subject as it stands in its tables.
trait Subject: QueryableByName<Pg> + Send + 'static {
    /// Those behind a cursor, `$1`, so many at most, `$2`.
    const QUERY: &'static str;
    /// What is told of it.
    type Event;

    /// Its cursor, and what is told.
    fn told(self) -> (String, Self::Event);
}

/// One batch, whatever the subjects are.
async fn batch<S: Subject>(
    conn: &mut AsyncPgConnection,
    after: &str,
    count: i64,
) -> Result<Batch<S::Event>, pg::Error> {
    let rows: Vec<S> = sql_query(S::QUERY).bind::<Text, _>(after).bind::<BigInt, _>(count).load(conn).await?;
    Ok(rows.into_iter().map(S::told).collect())
}

/// The same, behind an id.
async fn batch_by_id<S: Subject>(
    conn: &mut AsyncPgConnection,
    after: &str,
    count: i64,
) -> Result<Batch<S::Event>, pg::Error> {
    batch::<S>(conn, &queue::id_behind(after)?.to_string(), count).await
}

/// Every agency.
pub fn agencies<'a>(conn: &'a mut AsyncPgConnection, after: &'a str, count: i64) -> Reading<'a, AgencyOpened> {
    batch::<Agency>(conn, after, count).boxed()
}

/// Every calendar as it is now.
pub fn calendars<'a>(conn: &'a mut AsyncPgConnection, after: &'a str, count: i64) -> Reading<'a, CalendarChanged> {
    async move {
        let rows = sql_query(CALENDARS).bind::<Text, _>(after).bind::<BigInt, _>(count);
        let rows: Vec<Calendar> = rows.load(conn).await?;
        rows.into_iter().map(Calendar::told).collect()
    }
    .boxed()
}

/// Every person with an account of her own.
pub fn persons<'a>(conn: &'a mut AsyncPgConnection, after: &'a str, count: i64) -> Reading<'a, AccountRegistered> {
    batch_by_id::<Person>(conn, after, count).boxed()
}

/// Every organisation.
pub fn organisations<'a>(
    conn: &'a mut AsyncPgConnection,
    after: &'a str,
    count: i64,
) -> Reading<'a, OrganisationRegistered> {
    batch_by_id::<Organisation>(conn, after, count).boxed()
}

/// Every official at every agency; `count` officials with all their posts.
pub fn officials<'a>(conn: &'a mut AsyncPgConnection, after: &'a str, count: i64) -> Reading<'a, OfficialAssigned> {
    batch_by_id::<Post>(conn, after, count).boxed()
}

#[derive(QueryableByName)]
struct Agency {
    #[diesel(sql_type = Text)]
    code: AgencyCode,
    #[diesel(sql_type = Text)]
    name_vi: String,
    #[diesel(sql_type = Text)]
    name_en: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent: Option<AgencyCode>,
    #[diesel(sql_type = Nullable<Text>)]
    address: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    phone: Option<Phone>,
    #[diesel(sql_type = Nullable<Text>)]
    email: Option<Email>,
    #[diesel(sql_type = Nullable<Text>)]
    tax_number: Option<TaxNumber>,
}

impl Subject for Agency {
    const QUERY: &'static str = AGENCIES;
    type Event = AgencyOpened;

    fn told(self) -> (String, AgencyOpened) {
        let Self { code, name_vi, name_en, parent, address, phone, email, tax_number } = self;
        let (name, contact) = (LocalText::new(name_vi, name_en), AgencyContact { address, phone, email, tax_number });
        (code.to_string(), AgencyOpened { agency: code, name, parent, contact })
    }
}

#[derive(QueryableByName)]
struct Calendar {
    #[diesel(sql_type = Text)]
    owner: String,
    #[diesel(sql_type = BigInt)]
    version: i64,
    #[diesel(sql_type = Text)]
    content: String,
    #[diesel(sql_type = Timestamptz)]
    changed_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    reason: String,
}

impl Calendar {
    fn told(self) -> Result<(String, CalendarChanged), pg::Error> {
        let Self { owner, version, content, changed_at, reason } = self;
        let calendar = serde_json::from_str(&content).map_err(|why| Error::DeserializationError(why.into()))?;
        let agency = (owner != NATIONAL).then(|| owner.parse()).transpose();
        let agency = agency.map_err(|why: civic::Malformed| Error::DeserializationError(why.into()))?;
        Ok((owner, CalendarChanged { agency, version, changed_at, reason, calendar }))
    }
}

#[derive(QueryableByName)]
struct Person {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: PersonName,
    #[diesel(sql_type = Text)]
    email: Email,
    #[diesel(sql_type = Nullable<Text>)]
    phone: Option<Phone>,
    #[diesel(sql_type = Text)]
    language: Language,
}

impl Subject for Person {
    const QUERY: &'static str = PERSONS;
    type Event = AccountRegistered;

    fn told(self) -> (String, AccountRegistered) {
        let Self { id, name, email, phone, language } = self;
        (id.to_string(), AccountRegistered { account_id: id, name, email, phone, language })
    }
}

#[derive(QueryableByName)]
struct Organisation {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: Email,
    #[diesel(sql_type = Nullable<Text>)]
    phone: Option<Phone>,
}

impl Subject for Organisation {
    const QUERY: &'static str = ORGANISATIONS;
    type Event = OrganisationRegistered;

    fn told(self) -> (String, OrganisationRegistered) {
        let Self { id, name, email, phone } = self;
        (id.to_string(), OrganisationRegistered { organisation_id: id, name, email, phone })
    }
}

#[derive(QueryableByName)]
struct Post {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: PersonName,
    #[diesel(sql_type = Text)]
    email: Email,
    #[diesel(sql_type = Nullable<Text>)]
    phone: Option<Phone>,
    #[diesel(sql_type = Text)]
    agency: AgencyCode,
    #[diesel(sql_type = Array<Text>)]
    roles: Vec<OfficialRole>,
    #[diesel(sql_type = Nullable<Text>)]
    citizen_number: Option<CitizenNumber>,
}

impl Subject for Post {
    const QUERY: &'static str = OFFICIALS;
    type Event = OfficialAssigned;

    fn told(self) -> (String, OfficialAssigned) {
        let Self { id, name, email, phone, agency, roles, citizen_number } = self;
        (id.to_string(), OfficialAssigned { official_id: id, name, email, phone, agency, roles, citizen_number })
    }
}
