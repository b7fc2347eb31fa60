//! People with an account, their passwords and posts.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{
    AgencyCode, CitizenNumber, DatePrecision, Email, Gender, Language, OfficialRole, PartialDate, PersonName, Phone,
    VIETNAM,
};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use edge::CallerKind;
use uuid::Uuid;

use super::lower;
use crate::schema::{credentials, official_roles, users};

/// A person with an account. What she may act as stands in `store::capacities`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = users)]
pub struct User {
    pub id: Uuid,
    /// As what the account began. A person may be both since, so nothing is decided by it.
    pub kind: CallerKind,
    pub name: PersonName,
    pub email: Email,
    pub phone: Option<Phone>,
    pub citizen_number: Option<CitizenNumber>,
    /// The first day that it can be.
    pub birth_date: Option<NaiveDate>,
    pub birth_precision: DatePrecision,
    pub gender: Option<Gender>,
    pub language: Language,
    pub created_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl User {
    /// When she was born, as far as it is known.
    pub fn born(&self) -> Option<PartialDate> {
        self.birth_date.map(|first| PartialDate::of(first, self.birth_precision))
    }
}

/// The open account with this address and its PHC string.
pub async fn by_email(conn: &mut AsyncPgConnection, email: &str) -> Result<Option<(User, String)>, pg::Error> {
    let found = users::table
        .inner_join(credentials::table)
        .filter(lower(users::email).eq(lower(email)))
        .filter(users::closed_at.is_null())
        .select((User::as_select(), credentials::password_hash))
        .first(conn)
        .await
        .optional()?;
    Ok(found)
}

/// The open account with this id.
pub async fn open(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<User>, pg::Error> {
    let found = users::table.find(id).filter(users::closed_at.is_null()).select(User::as_select());
    Ok(found.first(conn).await.optional()?)
}

/// The open account with this id and its PHC string.
pub async fn with_password(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<(User, String)>, pg::Error> {
    let found = users::table
        .inner_join(credentials::table)
        .filter(users::id.eq(id))
        .filter(users::closed_at.is_null())
        .select((User::as_select(), credentials::password_hash));
    Ok(found.first(conn).await.optional()?)
}

/// The same, locked until the transaction ends: nothing is taken from the person meanwhile, and the password stays.
pub async fn open_locked(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<(User, String)>, pg::Error> {
    let row = users::table.find(id).select(users::id).for_share();
    row.first::<Uuid>(conn).await.optional()?;
    with_password(conn, id).await
}

/// The same, locked for who changes it.
pub async fn locked(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<(User, String)>, pg::Error> {
    let row = users::table.find(id).select(users::id).for_no_key_update();
    row.first::<Uuid>(conn).await.optional()?;
    with_password(conn, id).await
}

/// Gives a person another password.
pub async fn set_password(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let what = (credentials::password_hash.eq(password_hash), credentials::changed_at.eq(now));
    diesel::update(credentials::table.find(id)).set(what).execute(conn).await?;
    Ok(())
}

/// Gives a person another phone number.
pub async fn set_phone(conn: &mut AsyncPgConnection, id: Uuid, phone: &Phone) -> Result<(), pg::Error> {
    diesel::update(users::table.find(id)).set(users::phone.eq(phone)).execute(conn).await?;
    Ok(())
}

/// Gives a person another address.
pub async fn set_email(conn: &mut AsyncPgConnection, id: Uuid, email: &Email) -> Result<(), pg::Error> {
    diesel::update(users::table.find(id)).set(users::email.eq(email)).execute(conn).await?;
    Ok(())
}

/// Closes an account: nobody can show its password any more.
pub async fn close(conn: &mut AsyncPgConnection, id: Uuid, now: DateTime<Utc>) -> Result<(), pg::Error> {
    diesel::update(users::table.find(id)).set(users::closed_at.eq(now)).execute(conn).await?;
    diesel::delete(credentials::table.find(id)).execute(conn).await?;
    Ok(())
}

/// Whose open accounts have this address or this citizen number: two at most.
pub async fn known(conn: &mut AsyncPgConnection, email: &str, citizen_number: &str) -> Result<Vec<User>, pg::Error> {
    let same = lower(users::email).eq(lower(email)).or(users::citizen_number.eq(citizen_number).assume_not_null());
    let open = users::table.filter(same).filter(users::closed_at.is_null()).order(users::id);
    Ok(open.select(User::as_select()).load(conn).await?)
}

/// The open account with this citizen number.
pub async fn by_citizen_number(
    conn: &mut AsyncPgConnection,
    number: &CitizenNumber,
) -> Result<Option<User>, pg::Error> {
    let same = users::citizen_number.eq(number.as_str()).assume_not_null();
    let open = users::table.filter(same.and(users::closed_at.is_null())).select(User::as_select());
    Ok(open.first(conn).await.optional()?)
}

/// Adds a person; `false` when the address, the citizen number or the id is somebody's already.
pub async fn add(conn: &mut AsyncPgConnection, user: &User, password_hash: &str) -> Result<bool, pg::Error> {
    let added = diesel::insert_into(users::table).values(user).on_conflict_do_nothing().execute(conn).await?;
    if added == 0 {
        return Ok(false);
    }
    diesel::insert_into(credentials::table)
        .values((
            credentials::user_id.eq(user.id),
            credentials::password_hash.eq(password_hash),
            credentials::changed_at.eq(user.created_at),
        ))
        .execute(conn)
        .await?;
    Ok(true)
}

/// Gives a person a role at an agency from `now`'s day on; `false` when it was held already.
pub async fn assign(
    conn: &mut AsyncPgConnection,
    user: Uuid,
    agency: &AgencyCode,
    role: OfficialRole,
    now: DateTime<Utc>,
) -> Result<bool, pg::Error> {
    let added = diesel::insert_into(official_roles::table)
        .values((
            official_roles::user_id.eq(user),
            official_roles::agency.eq(agency),
            official_roles::role.eq(role),
            official_roles::created_at.eq(now),
            official_roles::valid_from.eq(now.with_timezone(&VIETNAM).date_naive()),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(added > 0)
}
