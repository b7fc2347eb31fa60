//! Who serves where.

use std::collections::HashMap;

use civic::{AgencyCode, OfficialRole};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::contacts::{self, Contact};
use crate::schema::{contacts as contact, official_posts};

/// Replaces all roles of an official at an agency.
pub async fn replace(
    conn: &mut AsyncPgConnection,
    official: Uuid,
    agency: &AgencyCode,
    roles: &[OfficialRole],
) -> Result<(), pg::Error> {
    let held = official_posts::table
        .filter(official_posts::official_id.eq(official))
        .filter(official_posts::agency.eq(agency.as_str()));
    diesel::delete(held).execute(conn).await?;
    let posts: Vec<_> = roles
        .iter()
        .map(|role| {
            (
                official_posts::agency.eq(agency.as_str()),
                official_posts::role.eq(role.as_str()),
                official_posts::official_id.eq(official),
            )
        })
        .collect();
    // A role named twice is held once.
    diesel::insert_into(official_posts::table).values(posts).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}

/// The officials who hold `role` at these agencies, by the agencies' codes.
pub async fn holders(
    conn: &mut AsyncPgConnection,
    agencies: &[&str],
    role: OfficialRole,
) -> Result<HashMap<String, Vec<Contact>>, pg::Error> {
    let rows: Vec<(String, contacts::Row)> = official_posts::table
        .inner_join(contact::table)
        .filter(official_posts::agency.eq_any(agencies))
        .filter(official_posts::role.eq(role.as_str()))
        .order((official_posts::agency, official_posts::official_id))
        .select((official_posts::agency, contacts::Row::as_select()))
        .load(conn)
        .await?;
    let mut holders: HashMap<String, Vec<Contact>> = HashMap::new();
    for (agency, row) in rows {
        holders.entry(agency).or_default().push(row.try_into()?);
    }
    Ok(holders)
}
