//! A person has an account: we know where to write.

use anyhow::Result;
use civic::{PartyKind, events::AccountRegistered};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{
    app::App,
    store::contacts::{self, Contact},
};

pub async fn handle(_: &App, conn: &mut AsyncPgConnection, event: Received<AccountRegistered>) -> Result<()> {
    let account = event.data;
    let contact = Contact {
        id: account.account_id,
        kind: PartyKind::Person,
        name: account.name.as_str().to_owned(),
        email: account.email,
        phone: account.phone,
        language: account.language,
    };
    Ok(contacts::save(conn, &contact, true).await?)
}
