//! A draft will be deleted that nobody touched for long: its applicant learns how to keep it.

use anyhow::Result;
use civic::events::DraftExpiring;
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{template::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, events: Vec<Received<DraftExpiring>>) -> Result<()> {
    let drafts = events.iter().map(|event| (&event.data.agency, event.data.applicant));
    let mut messages = MessageBatch::about(app, conn, drafts).await?;
    for event in &events {
        let draft = &event.data;
        let agency = messages.agency(&draft.agency)?;
        let facts = |language| {
            context! {
                draft => draft.dossier_id.to_string(),
                procedure => draft.procedure_name.get(language),
                agency => agency.get(language),
                kept_until => in_vietnam(draft.kept_until),
            }
        };
        let cause = Cause::new(event, None).leading_to_dossier(draft.dossier_id);
        messages.write_to_applicant(&cause, draft.applicant, Template::DraftExpiring, &facts)?;
    }
    messages.enqueue(conn).await
}
