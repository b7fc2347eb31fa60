//! Something happened to a question that one agency asks another: those who receive dossiers where it is asked are told, and the official
//! who asked when it is answered.

use anyhow::Result;
use civic::{
    Party,
    events::{ConsultationNotice, ConsultationNoticed},
};
use diesel_async::AsyncPgConnection;
use minijinja::context;
use queue::Received;

use crate::{
    app::App,
    changes::write_messages::{Cause, MessageBatch},
    domain::{template::Template, times::in_vietnam},
};

pub async fn handle(app: &App, conn: &mut AsyncPgConnection, events: Vec<Received<ConsultationNoticed>>) -> Result<()> {
    let both = events.iter().flat_map(|event| {
        let asks = Party::person(event.data.asked_by);
        [(&event.data.agency, asks), (&event.data.asked_of, asks)]
    });
    let mut messages = MessageBatch::about(app, conn, both).await?;
    for event in &events {
        write(&mut messages, event)?;
    }
    messages.enqueue(conn).await
}

fn write(messages: &mut MessageBatch<'_>, event: &Received<ConsultationNoticed>) -> Result<()> {
    let asked = &event.data;
    let cause = Cause::new(event, Some(&asked.code));
    let cause = match asked.notice {
        ConsultationNotice::Asked | ConsultationNotice::Late | ConsultationNotice::Cancelled => {
            cause.leading_to("/work/consultations")
        }
        ConsultationNotice::Answered | ConsultationNotice::Declined => cause.leading_to_dossier(asked.dossier_id),
    };
    let (agency, asked_of) = (messages.agency(&asked.agency)?, messages.agency(&asked.asked_of)?);
    let facts = |language| {
        context! {
            code => asked.code.as_str(),
            procedure => asked.procedure_name.get(language),
            agency => agency.get(language),
            asked_of => asked_of.get(language),
            notice => asked.notice.as_str(),
            happened_at => in_vietnam(asked.happened_at),
            answer_by => asked.answer_by.map(in_vietnam),
        }
    };
    match asked.notice {
        ConsultationNotice::Asked | ConsultationNotice::Late | ConsultationNotice::Cancelled => {
            messages.write_to_receivers(&cause, &asked.asked_of, &[Template::ConsultationNotice], &facts)
        }
        ConsultationNotice::Answered | ConsultationNotice::Declined => {
            messages.write_to_official(&cause, asked.asked_by, Template::ConsultationNotice, &facts)
        }
    }
}
