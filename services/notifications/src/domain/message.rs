//! A message: its channel, its state, its words, its id.

use chrono::{DateTime, Utc};
use civic::Malformed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::{Uuid, uuid};

/// The namespace of message ids: UUIDv5 of `messages.motcua.vn` in the DNS namespace. Never changes.
const MESSAGES: Uuid = uuid!("18931254-02cb-512e-a0cd-ed92ad130013");

/// Stands in the words of a message for its secret.
pub const HIDDEN: &str = "••••••";

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
    /// As they are sent; `None` once they, or their secret, are forgotten.
    pub words: Option<Words>,
    pub created_at: DateTime<Utc>,
    pub trace_id: Option<String>,
    pub request_id: Option<String>,
}

impl Words {
    /// Whether a secret goes with them.
    pub fn hide_a_secret(&self) -> bool {
        self.text.contains(HIDDEN)
    }

    /// The words as they are sent, with their secret if there was one; `None` when either is forgotten.
    pub fn revealed(self, secret: Option<&str>) -> Option<Self> {
        if self.text.is_empty() {
            return None;
        }
        match secret {
            None => Some(self),
            Some("") => None,
            Some(secret) => Some(Self {
                subject: self.subject,
                text: self.text.replace(HIDDEN, secret),
                html: self.html.map(|html| html.replace(HIDDEN, &escaped(secret))),
            }),
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_stands_in_the_words_only_while_it_is_kept() {
        let words = |text: &str| Words { subject: None, text: text.into(), html: Some(format!("<b>{text}</b>")) };
        let hidden = words("Code: ••••••");
        let sent = hidden.clone().revealed(Some("4<9")).expect("kept");
        assert_eq!((&*sent.text, sent.html.as_deref()), ("Code: 4<9", Some("<b>Code: 4&lt;9</b>")));
        assert!(hidden.hide_a_secret() && !words("Hello").hide_a_secret());
        assert_eq!(hidden.revealed(Some("")), None, "forgotten");
        assert_eq!(words("Hello").revealed(None), Some(words("Hello")));
        assert_eq!(words("").revealed(None), None, "forgotten");
    }
}
