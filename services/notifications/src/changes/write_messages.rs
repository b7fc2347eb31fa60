//! People are written to: for a batch of events what is known is read at once, and all messages are written down at once, with
//! the jobs that send them, in the events' transaction.

use std::collections::HashMap;

use anyhow::{Context, Result};
use civic::{AgencyCode, DossierCode, Event, Language, LocalText, OfficialRole, Party, PartyKind, Secret};
use diesel_async::AsyncPgConnection;
use minijinja::{Value, context};
use queue::{Job, Received};
use runtime::Trace;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        message::{Channel, message_id},
        sms,
        template::Template,
    },
    store::{
        agencies,
        contacts::{self, Contact},
        messages::{self, NewMessage},
        official_posts,
    },
};

/// The message to send: the job that comes with it. `jobs/send_message.rs` sends it.
#[derive(Serialize, Deserialize)]
pub struct SendMessage {
    /// Which message.
    pub message_id: Uuid,
}

impl Job for SendMessage {
    const KIND: &'static str = "send_message";
}

/// The messages that a batch of events causes.
pub struct MessageBatch<'a> {
    app: &'a App,
    agencies: HashMap<String, LocalText>,
    contacts: HashMap<Uuid, Contact>,
    receivers: HashMap<String, Vec<Contact>>,
    messages: Vec<NewMessage>,
}

/// Where in the portal a message leads.
enum LeadsTo {
    /// To a dossier, as whoever reads it sees that.
    Dossier(Uuid),
    /// To this page.
    Page(String),
}

impl LeadsTo {
    fn page(&self, template: Template) -> String {
        match self {
            Self::Dossier(id) => template.page(*id),
            Self::Page(page) => page.clone(),
        }
    }
}

/// An event that people are written to about.
pub struct Cause<'a> {
    event: Uuid,
    /// The dossier's code, if it is about one.
    about: Option<&'a DossierCode>,
    leads_to: Option<LeadsTo>,
    secret: Option<&'a Secret>,
    trace: &'a Trace,
}

impl<'a> Cause<'a> {
    /// An event about a dossier, if `about` says which.
    pub fn new<E: Event>(event: &'a Received<E>, about: Option<&'a DossierCode>) -> Self {
        Self { event: event.id, about, leads_to: None, secret: None, trace: &event.trace }
    }

    /// About this dossier, to which the message leads.
    pub fn leading_to_dossier(self, dossier: Uuid) -> Self {
        Self { leads_to: Some(LeadsTo::Dossier(dossier)), ..self }
    }

    /// What it is about has a page of its own.
    pub fn leading_to(self, page: impl Into<String>) -> Self {
        Self { leads_to: Some(LeadsTo::Page(page.into())), ..self }
    }

    /// With what only its reader may know, for which [`HIDDEN`](crate::domain::message::HIDDEN) stands in the facts.
    pub fn hiding(self, secret: &'a Secret) -> Self {
        Self { secret: Some(secret), ..self }
    }
}

/// The facts a template fills in, in a language.
pub type Facts<'a> = &'a dyn Fn(Language) -> Value;

impl<'a> MessageBatch<'a> {
    /// About nobody known yet.
    pub fn new(app: &'a App) -> Self {
        let (agencies, contacts, receivers) = Default::default();
        Self { app, agencies, contacts, receivers, messages: Vec::new() }
    }

    /// About dossiers of these agencies and applicants.
    pub async fn about(
        app: &'a App,
        conn: &mut AsyncPgConnection,
        dossiers: impl Iterator<Item = (&AgencyCode, Party)>,
    ) -> Result<Self> {
        let (agencies, applicants): (Vec<_>, Vec<_>) =
            dossiers.map(|(agency, applicant)| (agency.as_str(), applicant.id)).unzip();
        let receivers = official_posts::holders(conn, &agencies, OfficialRole::Receiver).await?;
        let agencies = agencies::names(conn, &agencies).await?;
        let contacts = contacts::find(conn, &applicants).await?;
        Ok(Self { app, agencies, contacts, receivers, messages: Vec::new() })
    }

    /// The name of an agency.
    ///
    /// # Errors
    /// When accounts has not told of it yet: the queue tries again.
    pub fn agency(&self, agency: &AgencyCode) -> Result<LocalText> {
        let name = self.agencies.get(agency.as_str()).cloned();
        name.with_context(|| format!("the agency {agency} is not known yet"))
    }

    /// Writes to an applicant, who will find it in the inbox too. Who came to a counter and has no account has neither address nor inbox.
    ///
    /// # Errors
    /// When accounts has not told of the applicant yet: the queue tries again.
    pub fn write_to_applicant(
        &mut self,
        cause: &Cause<'_>,
        applicant: Party,
        template: Template,
        facts: Facts<'_>,
    ) -> Result<()> {
        if !applicant.has_account() {
            return Ok(());
        }
        let contact = self.contacts.get(&applicant.id).context("the applicant's contact is not known yet")?;
        self.messages.extend(compose(self.app, cause, contact, Some(contact.id), template, facts)?);
        Ok(())
    }

    /// Writes to somebody who has no inbox yet.
    pub fn write_to_newcomer(
        &mut self,
        cause: &Cause<'_>,
        newcomer: &Contact,
        template: Template,
        facts: Facts<'_>,
    ) -> Result<()> {
        self.messages.extend(compose(self.app, cause, newcomer, None, template, facts)?);
        Ok(())
    }

    /// Writes to everybody who receives dossiers at an agency that one is waiting, by e-mail and SMS.
    pub fn alert_receivers(&mut self, cause: &Cause<'_>, agency: &AgencyCode, facts: Facts<'_>) -> Result<()> {
        self.write_to_receivers(cause, agency, &[Template::OfficialAlert, Template::OfficialAlertSms], facts)
    }

    /// The same to these officials, as far as they do not receive there and have been written to.
    pub fn alert_officials(
        &mut self,
        cause: &Cause<'_>,
        agency: &AgencyCode,
        officials: &[Uuid],
        facts: Facts<'_>,
    ) -> Result<()> {
        let receivers = self.receivers.get(agency.as_str()).map(Vec::as_slice).unwrap_or_default();
        let receives = |official: &&Uuid| receivers.iter().any(|receiver| receiver.id == **official);
        let others: Vec<_> = officials.iter().filter(|official| !receives(official)).copied().collect();
        for official in others {
            for template in [Template::OfficialAlert, Template::OfficialAlertSms] {
                self.write_to_official(cause, official, template, facts)?;
            }
        }
        Ok(())
    }

    /// Writes to everybody who receives dossiers at an agency.
    pub fn write_to_receivers(
        &mut self,
        cause: &Cause<'_>,
        agency: &AgencyCode,
        templates: &[Template],
        facts: Facts<'_>,
    ) -> Result<()> {
        let receivers = self.receivers.get(agency.as_str()).map(Vec::as_slice).unwrap_or_default();
        if receivers.is_empty() {
            tracing::warn!(%agency, event = %cause.event, "nobody receives dossiers at this agency: nobody is alerted");
        }
        for receiver in receivers {
            for template in templates {
                self.messages.extend(compose(self.app, cause, receiver, Some(receiver.id), *template, facts)?);
            }
        }
        Ok(())
    }

    /// Writes to each of these officials, for whom nobody would do instead.
    pub fn write_to_all(
        &mut self,
        cause: &Cause<'_>,
        officials: &[&Contact],
        template: Template,
        facts: Facts<'_>,
    ) -> Result<()> {
        if officials.is_empty() {
            tracing::warn!(event = %cause.event, "nobody at the agency can do something about it: nobody is told");
        }
        for official in officials {
            self.messages.extend(compose(self.app, cause, official, Some(official.id), template, facts)?);
        }
        Ok(())
    }

    /// Writes to an official, if there still is such an account.
    pub fn write_to_official(
        &mut self,
        cause: &Cause<'_>,
        official: Uuid,
        template: Template,
        facts: Facts<'_>,
    ) -> Result<()> {
        if let Some(contact) = self.contacts.get(&official) {
            self.messages.extend(compose(self.app, cause, contact, Some(contact.id), template, facts)?);
        }
        Ok(())
    }

    /// Keeps the messages, and the jobs that send them. One that was written before is left as it is.
    pub async fn enqueue(mut self, conn: &mut AsyncPgConnection) -> Result<()> {
        if self.messages.is_empty() {
            return Ok(());
        }
        self.count_alerts();
        self.pair();
        let now = self.app.life.clock.now();
        let new = messages::add(conn, &self.messages, now).await?;
        let of_new = self.messages.iter().filter(|message| new.contains(&message.id));
        let (jobs, traces): (Vec<_>, Vec<_>) =
            of_new.map(|message| (SendMessage { message_id: message.id }, Some(message.trace.clone()))).unzip();
        let jobs: Vec<_> = jobs.iter().zip(traces).collect();
        queue::enqueue_all(conn, &self.app.life, &jobs, now).await?;
        Ok(())
    }
}

impl MessageBatch<'_> {
    /// Has each SMS name the mail that says the same to the same person.
    fn pair(&mut self) {
        let of = |channel: Channel| move |message: &&NewMessage| message.channel == channel;
        let mails: HashMap<_, _> = self
            .messages
            .iter()
            .filter(of(Channel::Email))
            .map(|mail| ((mail.event, mail.recipient_id), mail.id))
            .collect();
        for sms in self.messages.iter_mut().filter(|message| message.channel == Channel::Sms) {
            sms.short_of = mails.get(&(sms.event, sms.recipient_id)).copied();
        }
    }

    /// Has the messages that alerts may go with say how many do, the first about a dossier all of them: so a missing one is noticed.
    fn count_alerts(&mut self) {
        let mut alerts: HashMap<String, i32> = HashMap::new();
        for about in
            self.messages.iter().filter(|message| message.template.is_alert()).filter_map(|it| it.about.clone())
        {
            *alerts.entry(about).or_default() += 1;
        }
        for message in self.messages.iter_mut().filter(|message| message.template.may_come_with_alerts()) {
            message.alerts = message.about.as_ref().map(|about| alerts.remove(about).unwrap_or_default());
        }
    }
}

fn compose(
    app: &App,
    cause: &Cause<'_>,
    contact: &Contact,
    inbox: Option<Uuid>,
    template: Template,
    facts: Facts<'_>,
) -> Result<Option<NewMessage>> {
    let (channel, language) = (template.channel(), contact.language);
    let Some(address) = address(contact, channel) else { return Ok(None) };
    let facts = context! {
        name => contact.name.as_str(),
        is_organisation => contact.kind == PartyKind::Organisation,
        ..facts(language)
    };
    let words = app.templates.write(template, language, &facts)?;
    let secret = cause.secret.filter(|_| words.hide_a_secret()).map(|secret| secret.expose().to_owned());
    Ok(Some(NewMessage {
        id: message_id(cause.event, contact.id, channel, template.name()),
        recipient_id: inbox,
        channel,
        template,
        language,
        words,
        secret,
        alerts: None,
        address: address.to_owned(),
        about: cause.about.map(ToString::to_string),
        page: cause.leads_to.as_ref().map(|leads_to| leads_to.page(template)),
        short_of: None,
        event: cause.event,
        trace: cause.trace.clone(),
    }))
}

/// Where a message of this channel reaches somebody, if anywhere.
fn address(contact: &Contact, channel: Channel) -> Option<&str> {
    match channel {
        Channel::Email => Some(contact.email.as_str()),
        Channel::Sms => contact.phone.as_ref().map(|phone| phone.as_str()).filter(|phone| sms::reaches(phone)),
    }
}
