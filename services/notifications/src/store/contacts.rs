//! Whom we write to.

use std::collections::HashMap;

use civic::{Email, Language, Malformed, PartyKind, Phone};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::contacts;

/// Somebody to write to.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The account or the organisation.
    pub id: Uuid,
    pub kind: PartyKind,
    /// Empty where the address is not proven: nothing that somebody typed goes there.
    pub name: String,
    pub email: Email,
    pub phone: Option<Phone>,
    pub language: Language,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = contacts)]
pub(super) struct Row {
    id: Uuid,
    kind: String,
    name: String,
    email: String,
    phone: Option<String>,
    language: String,
}

impl TryFrom<Row> for Contact {
    type Error = pg::Error;

    fn try_from(row: Row) -> Result<Self, pg::Error> {
        let unreadable = |why: Malformed| pg::Error::Query(diesel::result::Error::DeserializationError(why.into()));
        Ok(Self {
            id: row.id,
            kind: row.kind.parse().map_err(unreadable)?,
            name: row.name,
            email: row.email.parse().map_err(unreadable)?,
            phone: row.phone.map(|phone| phone.parse()).transpose().map_err(unreadable)?,
            language: row.language.parse().map_err(unreadable)?,
        })
    }
}

/// Keeps a contact, in place of an older one; a known contact's language only when `language_is_told`.
pub async fn save(conn: &mut AsyncPgConnection, contact: &Contact, language_is_told: bool) -> Result<(), pg::Error> {
    let told = (
        contacts::kind.eq(contact.kind.as_str()),
        contacts::name.eq(&contact.name),
        contacts::email.eq(contact.email.as_str()),
        contacts::phone.eq(contact.phone.as_ref().map(Phone::as_str)),
    );
    let language = contacts::language.eq(contact.language.as_str());
    diesel::insert_into(contacts::table)
        .values((contacts::id.eq(contact.id), told, language))
        .on_conflict(contacts::id)
        .do_update()
        .set((told, language_is_told.then_some(language)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Those of these contacts that are known yet.
pub async fn find(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, Contact>, pg::Error> {
    let rows: Vec<Row> = contacts::table.filter(contacts::id.eq_any(ids)).select(Row::as_select()).load(conn).await?;
    rows.into_iter().map(|row| Ok((row.id, row.try_into()?))).collect()
}
