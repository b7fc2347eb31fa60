//! How the mail server may be told to misbehave.

use serde::{Deserialize, Serialize};

/// The mail server's misbehaviour; the default takes every mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailBehaviour {
    /// Reset every new connection at once.
    pub refuse_connections: bool,
    /// Take connections but never greet.
    pub greet_silently: bool,
    /// Answer every `RCPT TO` with this code (400 to 599); 421 also ends the connection.
    pub reply_to_rcpt: Option<u16>,
    /// Keep the mail but never say so: the sender sees a timeout after DATA.
    pub accept_then_silent: bool,
    /// Take all of DATA, then lose the mail and end the connection without an answer.
    pub drop_after_data: bool,
}

impl MailBehaviour {
    pub(crate) fn check(&self) -> Result<(), String> {
        match self.reply_to_rcpt {
            Some(code) if !(400..=599).contains(&code) => {
                Err("mail.reply_to_rcpt must be between 400 and 599".to_owned())
            }
            _ => Ok(()),
        }
    }
}
