//! Somebody asked for an account: the confirmation code goes to the address given.

use anyhow::Result;
use civic::{PartyKind, events::RegistrationStarted};
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{message::HIDDEN, template::Template, times::in_vietnam},
    store::contacts::Contact,
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<RegistrationStarted>) -> Result<()> {
    let registration = &event.data;
    let newcomer = Contact {
        id: registration.registration_id,
        kind: PartyKind::Person,
        // Anybody may have typed anybody's address: the letter says nothing that was typed beside it.
        name: String::new(),
        email: registration.email.clone(),
        phone: None,
        language: registration.language,
    };
    let facts = |_| {
        context! {
            confirmation_code => HIDDEN,
            expires_at => in_vietnam(registration.expires_at),
        }
    };
    let mut messages = MessageBatch::new(app);
    messages.write_to_newcomer(
        &Cause::new(&event, None).hiding(&registration.code),
        &newcomer,
        Template::ConfirmEmail,
        &facts,
    )?;
    messages.enqueue(conn).await
}
