//! How a service tells others what happened: a CloudEvents 1.0 envelope in JSON around one event.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

const SPEC_VERSION: &str = "1.0";

/// Something that happened in one service and that others want to know.
///
/// Events only grow: a reader ignores fields it does not know, so a later sender may add optional ones; a changed
/// meaning is another type with the next version at its end.
pub trait Event: Serialize + DeserializeOwned + ToSchema {
    /// The CloudEvents type, `vn.motcua.<noun>.<verb>.v<version>`.
    const TYPE: &'static str;

    /// The id of what the event is about. Events of one subject are told in order.
    fn subject(&self) -> String;
}

/// An event that carries the whole public state of its subject, and replaces every earlier one about it.
pub trait Fact: Event {
    /// Grows with every change of the subject.
    fn version(&self) -> i64;
}

/// A CloudEvents 1.0 event in its JSON format. Attributes it does not know are ignored. `Debug` leaves the data out, which
/// may be personal.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Always `1.0`.
    pub specversion: String,
    /// The event's own id: the same event told twice has the same id.
    pub id: Uuid,
    /// The sender, `/submissions`.
    pub source: String,
    /// [`Event::TYPE`].
    #[serde(rename = "type")]
    pub event_type: String,
    /// [`Event::subject`].
    pub subject: String,
    /// When it happened.
    pub time: DateTime<Utc>,
    /// Always `application/json`.
    pub datacontenttype: String,
    /// The W3C trace context of the request that caused it (CloudEvents' distributed tracing extension).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
    /// The event itself.
    pub data: Value,
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Envelope")
            .field("id", &self.id)
            .field("source", &self.source)
            .field("type", &self.event_type)
            .field("subject", &self.subject)
            .field("time", &self.time)
            .finish_non_exhaustive()
    }
}

/// Why an envelope does not open as the event asked for.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// Not CloudEvents 1.0.
    #[error("the envelope is not CloudEvents 1.0")]
    Version,
    /// Another event.
    #[error("the envelope holds {found}, not {expected}")]
    OtherEvent {
        /// The type asked for.
        expected: &'static str,
        /// The type in the envelope.
        found: String,
    },
    /// The data cannot be read as, or written from, the event.
    #[error("the data of {event} cannot be read or written")]
    Data {
        /// The type of the event.
        event: &'static str,
        /// What serde says.
        source: serde_json::Error,
    },
}

impl Envelope {
    /// Puts `event` in an envelope. `source` is the sender as a path, `/submissions`.
    ///
    /// # Errors
    /// [`EnvelopeError::Data`] if the event does not serialise, which none of this crate's does.
    pub fn wrap<E: Event>(
        id: Uuid,
        source: impl Into<String>,
        time: DateTime<Utc>,
        traceparent: Option<String>,
        event: &E,
    ) -> Result<Self, EnvelopeError> {
        let data = serde_json::to_value(event).map_err(|source| EnvelopeError::Data { event: E::TYPE, source })?;
        Ok(Self {
            specversion: SPEC_VERSION.to_owned(),
            id,
            source: source.into(),
            event_type: E::TYPE.to_owned(),
            subject: event.subject(),
            time,
            datacontenttype: "application/json".to_owned(),
            traceparent,
            data,
        })
    }

    /// Reads the event inside. Fields of the data that `E` does not know are ignored.
    ///
    /// # Errors
    /// [`EnvelopeError`] when the envelope is of another version or type, or its data is not an `E`.
    pub fn open<E: Event>(&self) -> Result<E, EnvelopeError> {
        if self.specversion != SPEC_VERSION {
            return Err(EnvelopeError::Version);
        }
        if self.event_type != E::TYPE {
            return Err(EnvelopeError::OtherEvent { expected: E::TYPE, found: self.event_type.clone() });
        }
        E::deserialize(&self.data).map_err(|source| EnvelopeError::Data { event: E::TYPE, source })
    }
}
