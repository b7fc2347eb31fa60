//! The hours of a working day.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Malformed;

/// A stretch of time in which the agency is open, without a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OpeningSession)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// From, inclusive; `HH:MM` on the wire.
    #[serde(with = "clock_time")]
    #[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "07:00")]
    pub opens: NaiveTime,
    /// To, exclusive; `HH:MM` on the wire.
    #[serde(with = "clock_time")]
    #[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "11:30")]
    pub closes: NaiveTime,
}

/// The sessions of a working day in order, at least one. By default 07:00–11:30 and 13:30–17:00, eight hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = Vec<Session>, min_items = 1, max_items = 6)]
#[serde(try_from = "Vec<Session>", into = "Vec<Session>")]
pub struct OpeningHours(Vec<Session>);

impl OpeningHours {
    /// Opening hours of these sessions.
    ///
    /// # Errors
    /// [`Malformed`] if there is none, one is empty, or they are not in order.
    pub fn new(sessions: Vec<Session>) -> Result<Self, Malformed> {
        let open = sessions.iter().all(|session| session.opens < session.closes);
        let ordered = sessions.is_sorted_by(|before, after| before.closes <= after.opens);
        if sessions.is_empty() || !open || !ordered {
            return Err(Malformed::new("sessions that follow each other"));
        }
        Ok(Self(sessions))
    }

    /// The sessions, the earliest first.
    #[must_use]
    pub fn sessions(&self) -> &[Session] {
        &self.0
    }

    /// When the day ends.
    #[must_use]
    pub fn close(&self) -> NaiveTime {
        self.0.last().map_or(NaiveTime::MIN, |session| session.closes)
    }
}

impl Default for OpeningHours {
    fn default() -> Self {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).expect("a time written in this function");
        Self(vec![Session { opens: at(7, 0), closes: at(11, 30) }, Session { opens: at(13, 30), closes: at(17, 0) }])
    }
}

impl TryFrom<Vec<Session>> for OpeningHours {
    type Error = Malformed;

    fn try_from(sessions: Vec<Session>) -> Result<Self, Malformed> {
        Self::new(sessions)
    }
}

impl From<OpeningHours> for Vec<Session> {
    fn from(hours: OpeningHours) -> Self {
        hours.0
    }
}

/// A time of day as `HH:MM`.
pub(crate) mod clock_time {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    const FORMAT: &str = "%H:%M";

    pub(crate) fn serialize<S: Serializer>(time: &NaiveTime, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&time.format(FORMAT))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(from)?;
        NaiveTime::parse_from_str(&text, FORMAT).map_err(|_| D::Error::custom("expected a time of day as HH:MM"))
    }
}
