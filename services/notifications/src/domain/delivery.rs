//! What an attempt to send means for the message, and whether there is another.

use super::message::State;

/// How an attempt to send ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took the message, under its own number if it gave one.
    Accepted(Option<String>),
    /// The other side will never take this message.
    Refused(String),
    /// Nothing was sent; it may be later.
    PutOff(String),
    /// It broke off at a point where the other side may have taken the message.
    Unknown(String),
}

/// What to do after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it is sent.
    Done,
    /// Try again later.
    Again,
    /// Never try again.
    Stop,
}

impl Outcome {
    /// As stored with the attempt.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Accepted(_) => "ACCEPTED",
            Self::Refused(_) => "REFUSED",
            Self::PutOff(_) => "PUT_OFF",
            Self::Unknown(_) => "UNKNOWN",
        }
    }

    /// What the other side said, or why there was no answer.
    pub fn detail(&self) -> &str {
        match self {
            Self::Accepted(reference) => reference.as_deref().unwrap_or_default(),
            Self::Refused(why) | Self::PutOff(why) | Self::Unknown(why) => why,
        }
    }
}

/// The state of a message and what to do, after an attempt that found it in `state`. A message that may have gone out once
/// is never called failed: whoever asks must not be told that it surely did not arrive.
pub fn after(state: State, outcome: &Outcome, is_last: bool) -> (State, Next) {
    let failed = if state == State::Unknown { State::Unknown } else { State::Failed };
    match outcome {
        Outcome::Accepted(_) => (State::Sent, Next::Done),
        Outcome::Refused(_) => (failed, Next::Stop),
        Outcome::PutOff(_) if is_last => (failed, Next::Stop),
        Outcome::PutOff(_) => (state, Next::Again),
        Outcome::Unknown(_) if is_last => (State::Unknown, Next::Stop),
        Outcome::Unknown(_) => (State::Unknown, Next::Again),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_of_every_attempt_leaves_the_state_it_promises() {
        let why = || "why".to_owned();
        let table = [
            (State::Queued, Outcome::Accepted(None), false, State::Sent, Next::Done),
            (State::Unknown, Outcome::Accepted(None), true, State::Sent, Next::Done),
            (State::Queued, Outcome::Refused(why()), false, State::Failed, Next::Stop),
            (State::Unknown, Outcome::Refused(why()), false, State::Unknown, Next::Stop),
            (State::Queued, Outcome::PutOff(why()), false, State::Queued, Next::Again),
            (State::Queued, Outcome::PutOff(why()), true, State::Failed, Next::Stop),
            (State::Unknown, Outcome::PutOff(why()), false, State::Unknown, Next::Again),
            (State::Unknown, Outcome::PutOff(why()), true, State::Unknown, Next::Stop),
            (State::Queued, Outcome::Unknown(why()), false, State::Unknown, Next::Again),
            (State::Queued, Outcome::Unknown(why()), true, State::Unknown, Next::Stop),
        ];
        for (state, outcome, is_last, left, next) in table {
            assert_eq!(after(state, &outcome, is_last), (left, next), "{state:?} {outcome:?} last: {is_last}");
        }
    }
}
