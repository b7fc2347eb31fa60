//! An event on its way: the CloudEvents envelope and the request it came from.

use civic::Envelope;
use runtime::{Random, Trace};
use serde::{Deserialize, Serialize};

/// What travels: one JSON object, CloudEvents with an extension attribute of ours.
#[derive(Deserialize, Serialize)]
pub(crate) struct WireEvent {
    #[serde(flatten)]
    pub(crate) envelope: Envelope,
    /// The id shown to the person who asks for help; CloudEvents allows only lower-case letters and digits in a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) requestid: Option<String>,
}

impl WireEvent {
    /// The sender's name, without the slash that makes a CloudEvents source of it.
    pub(crate) fn sender(&self) -> &str {
        self.envelope.source.trim_start_matches('/')
    }

    /// The trace of the request that caused the event, continued here.
    pub(crate) fn trace(&self, random: &Random) -> Trace {
        Trace::continued(self.envelope.traceparent.as_deref(), self.requestid.as_deref(), random)
    }
}
