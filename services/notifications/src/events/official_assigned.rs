//! An official holds these roles at an agency: we know whom to alert.

use anyhow::Result;
use civic::{Language, PartyKind, events::OfficialAssigned};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{
    app::App,
    store::{
        contacts::{self, Contact},
        official_posts,
    },
};

pub async fn handle(_: &App, conn: &mut AsyncPgConnection, event: Received<OfficialAssigned>) -> Result<()> {
    let official = event.data;
    let contact = Contact {
        id: official.official_id,
        kind: PartyKind::Person,
        name: official.name.as_str().to_owned(),
        email: official.email,
        phone: official.phone,
        language: Language::default(),
    };
    contacts::save(conn, &contact, false).await?;
    Ok(official_posts::replace(conn, official.official_id, &official.agency, &official.roles).await?)
}
