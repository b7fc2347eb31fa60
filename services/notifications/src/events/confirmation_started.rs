//! Somebody with an account must show a code: it goes to the address in question.

use anyhow::Result;
use civic::{
    PartyKind,
    events::{ConfirmationPurpose, ConfirmationStarted},
};
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{message::HIDDEN, template::Template, times::in_vietnam},
    store::contacts::Contact,
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<ConfirmationStarted>) -> Result<()> {
    let confirmation = &event.data;
    let (template, name) = match confirmation.purpose {
        ConfirmationPurpose::PasswordReset => (Template::ResetPassword, confirmation.name.as_str().to_owned()),
        // It is not known yet whose address this is: the letter says nothing that somebody typed.
        ConfirmationPurpose::EmailChange => (Template::ConfirmNewEmail, String::new()),
    };
    let reader = Contact {
        id: confirmation.confirmation_id,
        kind: PartyKind::Person,
        name,
        email: confirmation.email.clone(),
        phone: None,
        language: confirmation.language,
    };
    let facts = |_| {
        context! {
            confirmation_code => HIDDEN,
            expires_at => in_vietnam(confirmation.expires_at),
        }
    };
    let mut messages = MessageBatch::new(app);
    // In nobody's inbox: who has forgotten her password cannot read it, and whose session was stolen must not.
    messages.write_to_newcomer(&Cause::new(&event, None).hiding(&confirmation.code), &reader, template, &facts)?;
    messages.enqueue(conn).await
}
