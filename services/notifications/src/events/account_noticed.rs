//! Something happened to an account: its owner is written to, so that she notices if it was not she.

use anyhow::Result;
use civic::{PartyKind, events::AccountNoticed};
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{template::Template, times::in_vietnam},
    store::contacts::Contact,
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<AccountNoticed>) -> Result<()> {
    let account = &event.data;
    let owner = Contact {
        id: account.account_id,
        kind: PartyKind::Person,
        name: account.name.as_str().to_owned(),
        email: account.email.clone(),
        phone: None,
        language: account.language,
    };
    let facts = |_| {
        let (notice, happened_at) = (account.notice.as_str(), in_vietnam(account.happened_at));
        context! { notice, happened_at, by_office => account.by_office }
    };
    let mut messages = MessageBatch::new(app);
    // By mail alone: whoever is in the account without right must not find it first.
    messages.write_to_newcomer(&Cause::new(&event, None), &owner, Template::AccountNotice, &facts)?;
    messages.enqueue(conn).await
}
