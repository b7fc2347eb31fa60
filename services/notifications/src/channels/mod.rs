//! What a message leaves by: a port per channel.

pub mod email;
pub mod sms;
mod smtp;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use queue::Outside;

use crate::domain::{
    delivery::Outcome,
    message::{self, Outgoing, Words},
};

/// A way out. Sending the same message again must be recognisable to the other side as the same message.
pub trait Channel: Send + Sync {
    /// Tries to send, once and for a bounded time.
    fn send<'a>(&'a self, message: &'a Outgoing, words: &'a Words) -> BoxFuture<'a, Outcome>;
}

/// The way out of each channel.
#[derive(Clone)]
pub struct Channels {
    email: Arc<dyn Channel>,
    sms: Arc<dyn Channel>,
    mail_server: Arc<Outside>,
    aggregator: Arc<Outside>,
}

impl Channels {
    /// E-mail by one way, SMS by the other.
    pub fn new(email: impl Channel + 'static, sms: impl Channel + 'static) -> Self {
        Self {
            email: Arc::new(email),
            sms: Arc::new(sms),
            mail_server: Arc::new(Outside::new("notifications", "mail server")),
            aggregator: Arc::new(Outside::new("notifications", "SMS aggregator")),
        }
    }

    /// Tries to send by the message's channel.
    pub async fn send(&self, message: &Outgoing, words: &Words) -> Outcome {
        let (channel, outside) = match message.channel {
            message::Channel::Email => (&self.email, &self.mail_server),
            message::Channel::Sms => (&self.sms, &self.aggregator),
        };
        let outcome = channel.send(message, words).await;
        match &outcome {
            Outcome::Accepted(_) => outside.works(),
            // It answers, but this says nothing of the next message.
            Outcome::Refused(_) => {}
            // What the other side said may hold an address; it stays in the table of attempts.
            Outcome::PutOff(_) | Outcome::Unknown(_) => outside.fails(outcome.as_str()),
        }
        outcome
    }
}
