//! The phones of those who file, copied from what accounts tells.

use civic::{Party, Phone};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::schema::contact_phones;

/// Notes the phone of a party, or that it has none.
pub async fn note(conn: &mut AsyncPgConnection, party: Party, phone: Option<&Phone>) -> QueryResult<()> {
    let key = (contact_phones::party_kind.eq(party.kind.as_str()), contact_phones::party_id.eq(party.id));
    let Some(phone) = phone else {
        let its = contact_phones::table.filter(key.0.and(key.1));
        diesel::delete(its).execute(conn).await?;
        return Ok(());
    };
    let phone = contact_phones::phone.eq(phone.as_str());
    diesel::insert_into(contact_phones::table)
        .values((key, phone))
        .on_conflict((contact_phones::party_kind, contact_phones::party_id))
        .do_update()
        .set(phone)
        .execute(conn)
        .await?;
    Ok(())
}
