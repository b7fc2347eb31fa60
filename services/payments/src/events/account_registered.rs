//! A person has an account, or another name or phone: what a receipt calls her, and how a cashier finds her.

use civic::{Party, events::AccountRegistered};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, store::payers};

/// Notes the person.
pub async fn handle(_: &App, conn: &mut AsyncPgConnection, event: Received<AccountRegistered>) -> anyhow::Result<()> {
    let AccountRegistered { account_id, name, phone, .. } = event.data;
    Ok(payers::note(conn, Party::person(account_id), name.as_str(), phone.as_ref()).await?)
}
