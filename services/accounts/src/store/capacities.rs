//! What a person may act as: posts and memberships in force, read afresh for every token.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{AgencyCode, LocalText, MemberRole, OfficialRole, VIETNAM};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::users::User;
use crate::{
    domain::capacity::{self, Held, Membership, Post},
    schema::{agencies, memberships, official_roles, organisations},
};

/// The capacities that `user` holds at `now`.
pub async fn held(conn: &mut AsyncPgConnection, user: &User, now: DateTime<Utc>) -> Result<Vec<Held>, pg::Error> {
    let today = now.with_timezone(&VIETNAM).date_naive();
    let (posts, memberships) = (posts(conn, user.id, today).await?, members(conn, user.id, today).await?);
    let identified = user.citizen_number.is_some().then_some(user.name.as_str());
    Ok(capacity::held(identified, posts, memberships))
}

/// The posts of an official on a day, by agency.
pub async fn posts(conn: &mut AsyncPgConnection, user: Uuid, on: NaiveDate) -> Result<Vec<Post>, pg::Error> {
    let in_force = official_roles::valid_from
        .le(on)
        .and(official_roles::valid_until.is_null().or(official_roles::valid_until.ge(on).assume_not_null()));
    let rows: Vec<(AgencyCode, String, String, OfficialRole, Option<NaiveDate>)> = official_roles::table
        .inner_join(agencies::table)
        .filter(official_roles::user_id.eq(user))
        .filter(in_force)
        .order((official_roles::agency, official_roles::role))
        .select((
            official_roles::agency,
            agencies::name_vi,
            agencies::name_en,
            official_roles::role,
            official_roles::valid_until,
        ))
        .load(conn)
        .await?;
    let mut posts: Vec<Post> = Vec::new();
    for (agency, vi, en, role, until) in rows {
        match posts.last_mut().filter(|post| post.agency == agency) {
            Some(post) => {
                post.roles.push(role);
                post.until = [post.until, until].into_iter().flatten().min();
            }
            None => posts.push(Post { agency, name: LocalText { vi, en }, roles: vec![role], until }),
        }
    }
    Ok(posts)
}

async fn members(conn: &mut AsyncPgConnection, user: Uuid, on: NaiveDate) -> Result<Vec<Membership>, pg::Error> {
    let in_force = memberships::valid_from
        .le(on)
        .and(memberships::valid_until.is_null().or(memberships::valid_until.ge(on).assume_not_null()));
    let rows: Vec<(Uuid, String, MemberRole, Option<NaiveDate>)> = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::user_id.eq(user))
        .filter(in_force)
        .order((organisations::name, organisations::id))
        .select((organisations::id, organisations::name, memberships::role, memberships::valid_until))
        .load(conn)
        .await?;
    let member = |(organisation, name, role, until)| Membership { organisation, name, role, until };
    Ok(rows.into_iter().map(member).collect())
}
