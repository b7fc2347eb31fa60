//! A message: its channel, its state, its words, its id.

use chrono::{DateTime, Utc};
use civic::Malformed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::{Uuid, uuid};

/// The namespace of message ids: UUIDv5 of `messages.motcua.vn` in the DNS namespace. Never changes.
const MESSAGES: Uuid = uuid!("18931254-02cb-512e-a0cd-ed92ad130013");

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = MessageChannel)]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By SMS.
    Sms,
}

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = MessageState)]
pub enum State {
    /// To be sent, or to be sent again.
    Queued,
    /// Taken by the mail server or the SMS aggregator.
    Sent,
    /// Refused for good, or put off too often.
    Failed,
    /// It may have gone out: an attempt broke off before its answer.
    Unknown,
}

/// A message's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject; an SMS has none.
    pub subject: Option<String>,
    /// The text.
    pub text: String,
    /// The same as HTML; an SMS has none.
    pub html: Option<String>,
}

/// A message on its way out.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub id: Uuid,
    pub channel: Channel,
    pub state: State,
    pub address: String,
    pub words: Words,
    pub created_at: DateTime<Utc>,
    pub trace_id: Option<String>,
    pub request_id: Option<String>,
}

impl Channel {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Sms => "SMS",
        }
    }
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Sent => "SENT",
            Self::Failed => "FAILED",
            Self::Unknown => "UNKNOWN",
        }
    }
}

impl TryFrom<String> for Channel {
    type Error = Malformed;

    fn try_from(word: String) -> Result<Self, Malformed> {
        let known = [Self::Email, Self::Sms].into_iter().find(|channel| channel.as_str() == word);
        known.ok_or(Malformed::new("EMAIL or SMS"))
    }
}

impl TryFrom<String> for State {
    type Error = Malformed;

    fn try_from(word: String) -> Result<Self, Malformed> {
        let known = [Self::Queued, Self::Sent, Self::Failed, Self::Unknown];
        known.into_iter().find(|state| state.as_str() == word).ok_or(Malformed::new("a message's state"))
    }
}

/// The id of the message that an event makes for a recipient: told again, the same event makes the same message.
pub fn message_id(event: Uuid, recipient: Uuid, channel: Channel, template: &str) -> Uuid {
    Uuid::new_v5(&MESSAGES, format!("{event}/{recipient}/{}/{template}", channel.as_str()).as_bytes())
}
