//! The W3C trace context and the request id that follow a request into events, jobs and mails.

use std::fmt;

use crate::Random;

tokio::task_local! {
    static CURRENT: Trace;
}

/// One request's identity: a W3C trace context (`traceparent`, level 1) and the id shown to the person who asks for help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    trace_id: u128,
    span_id: u64,
    parent: Option<u64>,
    sampled: bool,
    /// Trace and span of a stranger who asked.
    link: Option<(u128, u64)>,
    request_id: String,
}

impl Trace {
    /// A new trace, for a request that came without one.
    pub fn new(random: &Random) -> Self {
        let trace_id = u128::from_be_bytes(random.bytes()) | 1;
        let request_id = format!("{trace_id:032x}");
        Self { trace_id, span_id: new_span(random), parent: None, sampled: true, link: None, request_id }
    }

    /// Continues the trace of a `traceparent` header with a span of our own; a new trace when the header is absent or malformed.
    /// `request_id` is kept when it is 1–64 of letters, digits, `-`, `_` and `.`.
    pub fn continued(traceparent: Option<&str>, request_id: Option<&str>, random: &Random) -> Self {
        let mut trace = match traceparent.and_then(parse) {
            Some((trace_id, parent, sampled)) => {
                let request_id = format!("{trace_id:032x}");
                Self { trace_id, span_id: new_span(random), parent: Some(parent), sampled, link: None, request_id }
            }
            None => Self::new(random),
        };
        if let Some(id) = request_id.filter(|id| is_request_id(id)) {
            trace.request_id = id.to_owned();
        }
        trace
    }

    /// A new trace for a request of a stranger, whose own is linked and not continued: nobody outside chooses under which trace
    /// something is audited. `request_id` is kept as by [`Trace::continued`].
    pub fn at_border(traceparent: Option<&str>, request_id: Option<&str>, random: &Random) -> Self {
        let link = traceparent.and_then(parse).map(|(trace_id, span_id, _)| (trace_id, span_id));
        Self { link, ..Self::continued(None, request_id, random) }
    }

    /// The trace of the task that is running, if it runs [`Trace::scope`]d.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Clone::clone).ok()
    }

    /// Runs `work` with this trace as the current one.
    pub async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work).await
    }

    /// The trace id, 32 hexadecimal digits: what problems and logs show.
    pub fn id(&self) -> String {
        format!("{:032x}", self.trace_id)
    }

    /// The id of this span, 16 hexadecimal digits.
    pub fn span_id(&self) -> String {
        format!("{:016x}", self.span_id)
    }

    /// The id of the span that it continues; none for the first of a trace.
    pub fn parent_id(&self) -> Option<String> {
        self.parent.map(|id| format!("{id:016x}"))
    }

    /// Trace id and span id of a stranger's request that led to this one, if it named any.
    pub fn link(&self) -> Option<(String, String)> {
        self.link.map(|(trace_id, span_id)| (format!("{trace_id:032x}"), format!("{span_id:016x}")))
    }

    /// Whether whoever began the trace wants it told.
    pub fn is_sampled(&self) -> bool {
        self.sampled
    }

    /// The request id, as sent by the client or derived from the trace.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }
}

/// The `traceparent` header of this span.
impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.trace_id, self.span_id, u8::from(self.sampled))
    }
}

fn new_span(random: &Random) -> u64 {
    u64::from_be_bytes(random.bytes()) | 1
}

fn is_request_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn parse(header: &str) -> Option<(u128, u64, bool)> {
    let mut parts = header.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let lower_hex = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let lengths = (version.len(), trace.len(), span.len(), flags.len()) == (2, 32, 16, 2);
    if !lengths || version == "ff" || ![version, trace, span, flags].into_iter().all(lower_hex) {
        return None;
    }
    let trace_id = u128::from_str_radix(trace, 16).ok().filter(|id| *id != 0)?;
    let parent = u64::from_str_radix(span, 16).ok().filter(|id| *id != 0)?;
    Some((trace_id, parent, u8::from_str_radix(flags, 16).ok()? & 1 == 1))
}
