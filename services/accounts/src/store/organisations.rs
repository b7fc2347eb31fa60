//! Organisations and who belongs to them.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{MemberRole, VIETNAM};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::{memberships, organisations};

/// A business or other organisation.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisations)]
pub struct Organisation {
    pub id: Uuid,
    pub name: String,
    pub tax_number: String,
    pub email: String,
    pub phone: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// The organisations a person belongs to on a day, by name.
pub async fn of_member(
    conn: &mut AsyncPgConnection,
    user: Uuid,
    on: NaiveDate,
) -> Result<Vec<Organisation>, pg::Error> {
    let rows = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::user_id.eq(user))
        .filter(memberships::valid_from.le(on))
        .filter(memberships::valid_until.is_null().or(memberships::valid_until.ge(on).assume_not_null()))
        .order((organisations::name, organisations::id))
        .select(Organisation::as_select())
        .load(conn)
        .await?;
    Ok(rows)
}

/// Adds an organisation; `false` when it is there already.
pub async fn add(conn: &mut AsyncPgConnection, organisation: &Organisation) -> Result<bool, pg::Error> {
    let insert = diesel::insert_into(organisations::table).values(organisation).on_conflict_do_nothing();
    Ok(insert.execute(conn).await? > 0)
}

/// Lets a person belong to an organisation from `now`'s day on.
pub async fn join(
    conn: &mut AsyncPgConnection,
    user: Uuid,
    organisation: Uuid,
    role: MemberRole,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::user_id.eq(user),
            memberships::organisation_id.eq(organisation),
            memberships::created_at.eq(now),
            memberships::role.eq(role),
            memberships::valid_from.eq(now.with_timezone(&VIETNAM).date_naive()),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}
