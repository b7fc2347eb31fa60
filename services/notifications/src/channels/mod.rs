//! What a message leaves by: a port per channel.

pub mod email;
pub mod sms;
mod smtp;

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::domain::{
    delivery::Outcome,
    message::{self, Outgoing},
};

/// A way out. Sending the same message again must be recognisable to the other side as the same message.
pub trait Channel: Send + Sync {
    /// Tries to send, once and for a bounded time.
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Outcome>;
}

/// The way out of each channel.
#[derive(Clone)]
pub struct Channels {
    pub email: Arc<dyn Channel>,
    pub sms: Arc<dyn Channel>,
}

impl Channels {
    /// Tries to send by the message's channel.
    pub async fn send(&self, message: &Outgoing) -> Outcome {
        match message.channel {
            message::Channel::Email => self.email.send(message).await,
            message::Channel::Sms => self.sms.send(message).await,
        }
    }
}
