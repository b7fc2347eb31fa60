//! E-mail: a message as RFC 5322 text, the same octets at every attempt.

use anyhow::{Context, Result};
use futures_util::{FutureExt, future::BoxFuture};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{Header, HeaderName, HeaderValue},
    },
};

use super::{Channel, smtp::Smtp};
use crate::{
    config,
    domain::{
        delivery::Outcome,
        message::{Outgoing, Words},
    },
};

/// Sends by a mail server.
pub struct Email {
    from: Mailbox,
    smtp: Smtp,
}

impl Email {
    /// Prepares sending; nothing is connected yet.
    ///
    /// # Errors
    /// When the sender's address is not one.
    pub fn new(settings: &config::Mail) -> Result<Self> {
        let from = settings.mail_from.clone();
        let smtp = Smtp::new(settings, from.email.domain());
        Ok(Self { from, smtp })
    }

    fn compose(&self, message: &Outgoing, words: &Words) -> Result<Message> {
        let to: Address = message.address.parse().context("the address")?;
        let html = words.html.clone().context("an e-mail has HTML")?;
        let subject = words.subject.clone().context("an e-mail has a subject")?;
        let parts = MultiPart::alternative().boundary(message.id.simple().to_string());
        let builder = Message::builder()
            .message_id(Some(format!("<{}@{}>", message.id, self.from.email.domain())))
            .date(message.created_at.into())
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .header(AutoSubmitted("auto-generated".into()))
            .header(TraceId(message.trace_id.clone().unwrap_or_default()))
            .header(RequestId(message.request_id.clone().unwrap_or_default()));
        let body = parts.singlepart(SinglePart::plain(words.text.clone())).singlepart(SinglePart::html(html));
        builder.multipart(body).context("the mail")
    }
}

impl Channel for Email {
    fn send<'a>(&'a self, message: &'a Outgoing, words: &'a Words) -> BoxFuture<'a, Outcome> {
        async move {
            match self.compose(message, words) {
                Ok(mail) => self.smtp.deliver(&mail).await,
                Err(why) => Outcome::Refused(format!("it cannot be written as a mail: {why:#}")),
            }
        }
        .boxed()
    }
}

macro_rules! header {
    ($(#[$meta:meta])* $type:ident, $name:literal) => {
        $(#[$meta])*
        #[derive(Clone)]
        struct $type(String);

        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

header!(
    /// RFC 3834: holiday notices do not answer such mail.
    AutoSubmitted, "Auto-Submitted"
);
header!(
    /// The W3C trace id of the request that caused the mail.
    TraceId, "X-Trace-Id"
);
header!(
    /// The request id shown to the person who asks for help.
    RequestId, "X-Request-Id"
);
