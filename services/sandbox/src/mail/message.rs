//! A mail as it was taken, and as it reads.

use chrono::{DateTime, Utc};
use mail_parser::{Address, Message, MessageParser, PartType};
use serde::Serialize;

use super::session::Envelope;

/// What is kept: the envelope and the raw octets.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) id: u64,
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) envelope: Envelope,
    /// Without its angle brackets.
    pub(crate) message_id: Option<String>,
    pub(crate) raw: Vec<u8>,
}

/// What is shown.
#[derive(Debug, Serialize)]
pub(crate) struct Reading {
    id: u64,
    received_at: DateTime<Utc>,
    envelope: Envelope,
    message_id: Option<String>,
    from: Vec<String>,
    to: Vec<String>,
    subject: Option<String>,
    text: Option<String>,
    html: Option<String>,
    headers: Vec<Header>,
    /// How many mails with this Message-ID were taken, this one included.
    copies: usize,
}

#[derive(Debug, Serialize)]
struct Header {
    name: String,
    /// As sent: folded and encoded.
    value: String,
}

impl Mail {
    pub(crate) fn new(id: u64, received_at: DateTime<Utc>, envelope: Envelope, raw: Vec<u8>) -> Self {
        let parsed = MessageParser::default().parse_headers(&raw);
        let message_id = parsed.and_then(|mail| mail.message_id().map(str::to_owned));
        Self { id, received_at, envelope, message_id, raw }
    }

    /// Whether it was sent to this address, whatever its headers say.
    pub(crate) fn is_to(&self, address: &str) -> bool {
        let mut recipients = self.envelope.to.iter();
        recipients.any(|to| to.eq_ignore_ascii_case(address))
    }

    pub(crate) fn read(&self, copies: usize) -> Reading {
        let parsed = MessageParser::default().parse(&self.raw).unwrap_or_default();
        Reading {
            id: self.id,
            received_at: self.received_at,
            envelope: self.envelope.clone(),
            message_id: self.message_id.clone(),
            from: addresses(parsed.from()),
            to: addresses(parsed.to()),
            subject: parsed.subject().map(str::to_owned),
            text: text(&parsed),
            html: html(&parsed),
            headers: headers(&parsed),
            copies,
        }
    }
}

fn addresses(header: Option<&Address<'_>>) -> Vec<String> {
    let each = header.into_iter().flat_map(Address::iter);
    each.filter_map(|one| one.address().map(str::to_owned)).collect()
}

/// Only a part that really is plain text: nothing is made up from the HTML.
fn text(mail: &Message<'_>) -> Option<String> {
    mail.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        _ => None,
    })
}

fn html(mail: &Message<'_>) -> Option<String> {
    mail.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.to_string()),
        _ => None,
    })
}

fn headers(mail: &Message<'_>) -> Vec<Header> {
    let raw = mail.headers_raw();
    raw.map(|(name, value)| Header { name: name.to_owned(), value: value.trim().to_owned() }).collect()
}
