//! From an event to messages: each written down, with the job that sends it, in the event's transaction.

use anyhow::{Context, Result};
use civic::{AgencyCode, Language, LocalText, OfficialRole, Party, PartyKind};
use diesel_async::AsyncPgConnection;
use minijinja::{Value, context};
use runtime::Trace;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        message::{Channel, State, message_id},
        sms,
        templates::Template,
    },
    jobs::send_message::SendMessage,
    store::{
        agencies,
        contacts::{self, Contact},
        messages::{self, NewMessage},
        official_posts,
    },
};

/// One event that people are told about.
pub struct News<'a> {
    pub app: &'a App,
    /// The event.
    pub event: Uuid,
    /// The dossier's code, if it is about one.
    pub about: Option<&'a str>,
}

/// The facts a template fills in, in a language.
pub type Facts<'a> = &'a dyn Fn(Language) -> Value;

impl News<'_> {
    /// Writes to somebody with an account, who will find it in the inbox too.
    pub async fn tell(
        &self,
        conn: &mut AsyncPgConnection,
        contact: &Contact,
        template: Template,
        facts: Facts<'_>,
    ) -> Result<()> {
        self.write(conn, contact, Some(contact.id), template, facts).await
    }

    /// Writes to somebody who has no inbox yet.
    pub async fn tell_newcomer(
        &self,
        conn: &mut AsyncPgConnection,
        newcomer: &Contact,
        template: Template,
        facts: Facts<'_>,
    ) -> Result<()> {
        self.write(conn, newcomer, None, template, facts).await
    }

    /// Tells everybody who receives dossiers at an agency that one is waiting, by e-mail and SMS.
    pub async fn alert_receivers(
        &self,
        conn: &mut AsyncPgConnection,
        agency: &AgencyCode,
        facts: Facts<'_>,
    ) -> Result<()> {
        let receivers = official_posts::holders(conn, agency, OfficialRole::Receiver).await?;
        if receivers.is_empty() {
            tracing::warn!(%agency, event = %self.event, "nobody receives dossiers at this agency: nobody is alerted");
        }
        for receiver in &receivers {
            self.tell(conn, receiver, Template::OfficialAlert, facts).await?;
            self.tell(conn, receiver, Template::OfficialAlertSms, facts).await?;
        }
        Ok(())
    }

    async fn write(
        &self,
        conn: &mut AsyncPgConnection,
        contact: &Contact,
        inbox: Option<Uuid>,
        template: Template,
        facts: Facts<'_>,
    ) -> Result<()> {
        let (channel, language) = (template.channel(), contact.language);
        let Some(address) = address(contact, channel) else { return Ok(()) };
        let facts = context! {
            name => contact.name.as_str(),
            is_organisation => contact.kind == PartyKind::Organisation,
            ..facts(language)
        };
        let words = self.app.templates.write(template, language, &facts)?;
        let trace = Trace::current();
        let message = NewMessage {
            id: message_id(self.event, contact.id, channel, template.name()),
            recipient_id: inbox,
            channel: channel.as_str(),
            template: template.name(),
            language: language.as_str(),
            subject: words.subject,
            body_text: words.text,
            body_html: words.html,
            address,
            about: self.about,
            created_at: self.app.life.clock.now(),
            state: State::Queued.as_str(),
            trace_id: trace.as_ref().map(Trace::id),
            request_id: trace.map(|trace| trace.request_id().to_owned()),
        };
        if messages::add(conn, &message).await? {
            let job = SendMessage { message_id: message.id };
            queue::enqueue(conn, &self.app.life, &job, message.created_at).await?;
        }
        Ok(())
    }
}

/// Where a message of this channel reaches somebody, if anywhere.
fn address(contact: &Contact, channel: Channel) -> Option<&str> {
    match channel {
        Channel::Email => Some(contact.email.as_str()),
        Channel::Sms => contact.phone.as_ref().map(|phone| phone.as_str()).filter(|phone| sms::reaches(phone)),
    }
}

/// The contact of an applicant.
///
/// # Errors
/// When accounts has not told of it yet: the queue tries again.
pub async fn applicant(conn: &mut AsyncPgConnection, party: Party) -> Result<Contact> {
    contacts::find(conn, party.id).await?.context("the applicant's contact is not known yet")
}

/// The name of an agency.
///
/// # Errors
/// When accounts has not told of it yet: the queue tries again.
pub async fn agency_name(conn: &mut AsyncPgConnection, agency: &AgencyCode) -> Result<LocalText> {
    agencies::name(conn, agency).await?.with_context(|| format!("the agency {agency} is not known yet"))
}
