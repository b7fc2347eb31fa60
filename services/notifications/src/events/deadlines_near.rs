//! Deadlines are near, or past: the official who must act or know is told of all that fell due together, by one mail and one SMS.

use anyhow::Result;
use civic::{
    Party,
    events::{Deadline, DeadlinesNear},
};
use diesel_async::AsyncPgConnection;
use minijinja::{Value, context};
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{template::Template, times::in_vietnam},
};

/// Dossiers that one mail lists; the others are counted.
const SHOWN: usize = 20;

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, events: Vec<Received<DeadlinesNear>>) -> Result<()> {
    let officials = events.iter().map(|event| (&event.data.agency, Party::person(event.data.official_id)));
    let mut messages = MessageBatch::about(app, conn, officials).await?;
    for event in &events {
        write(&mut messages, event)?;
    }
    messages.enqueue(conn).await
}

fn write(messages: &mut MessageBatch<'_>, event: &Received<DeadlinesNear>) -> Result<()> {
    let near = &event.data;
    let agency = messages.agency(&near.agency)?;
    // A message about one dossier is found by it; of several none is more than the others.
    let cause = match &near.deadlines[..] {
        [only] => Cause::new(event, Some(&only.code)).leading_to_dossier(only.dossier_id),
        _ => Cause::new(event, None).leading_to("/work"),
    };
    let facts = |language| {
        let deadline = |it: &Deadline| {
            context! {
                dossier => it.dossier_id.to_string(),
                code => it.code.as_str(),
                procedure => it.procedure_name.get(language),
                kind => it.kind.as_str(),
                step => it.step.as_str(),
                due_at => in_vietnam(it.due_at),
            }
        };
        context! {
            agency => agency.get(language),
            deadlines => near.deadlines.iter().map(deadline).collect::<Vec<Value>>(),
            shown => SHOWN,
            more => near.deadlines.len().saturating_sub(SHOWN),
        }
    };
    for template in [Template::DeadlineAlert, Template::DeadlineAlertSms] {
        messages.write_to_official(&cause, near.official_id, template, &facts)?;
    }
    Ok(())
}
