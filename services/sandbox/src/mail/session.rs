//! The order of an SMTP conversation: which command may follow which, and its reply.

use serde::Serialize;

use super::{
    behaviour::MailBehaviour,
    command::{self, Command},
};

/// The largest mail taken, in octets; announced by EHLO.
pub(crate) const MOST_OCTETS: usize = 10 * 1024 * 1024;
const MOST_RECIPIENTS: usize = 100;

/// Who sends to whom, as said in the conversation and not in the mail's headers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Envelope {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    #[serde(skip)]
    utf8: bool,
}

/// What to do after a command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Reply(String),
    /// Reply and take the mail that follows.
    TakeData(String),
    /// Reply and end the connection.
    End(String),
}

#[derive(Default)]
pub(crate) struct Session {
    greeted: bool,
    envelope: Option<Envelope>,
}

impl Session {
    pub(crate) fn obey(&mut self, line: &[u8], behaviour: &MailBehaviour) -> Step {
        let command = match command::parse(line) {
            Ok(command) => command,
            Err(reply) => return say(reply),
        };
        match command {
            Command::Quit => Step::End("221 2.0.0 Goodbye".to_owned()),
            Command::Noop => say("250 2.0.0 OK"),
            Command::Vrfy => say("252 2.5.2 Send a mail and see"),
            Command::Rset => {
                self.envelope = None;
                say("250 2.0.0 OK")
            }
            Command::Ehlo => self.greet(&format!(
                "250-sandbox\r\n250-PIPELINING\r\n250-SIZE {MOST_OCTETS}\r\n250-8BITMIME\r\n\
                 250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES"
            )),
            Command::Helo => self.greet("250 sandbox"),
            Command::Mail { from, size, utf8 } => self.begin(from, size, utf8),
            Command::Rcpt { to } => self.add_recipient(to, behaviour.reply_to_rcpt),
            Command::Data => self.data(),
        }
    }

    /// Ends the mail in hand and gives its envelope.
    pub(crate) fn take_envelope(&mut self) -> Envelope {
        self.envelope.take().unwrap_or_default()
    }

    fn greet(&mut self, reply: &str) -> Step {
        self.greeted = true;
        self.envelope = None;
        say(reply)
    }

    fn begin(&mut self, from: String, size: u64, utf8: bool) -> Step {
        if !self.greeted {
            return say("503 5.5.1 Send EHLO first");
        }
        if self.envelope.is_some() {
            return say("503 5.5.1 A mail is already begun");
        }
        if size > MOST_OCTETS as u64 {
            return say("552 5.3.4 Mail too large");
        }
        let to = Vec::new();
        self.envelope = Some(Envelope { from, to, utf8 });
        say("250 2.1.0 OK")
    }

    fn add_recipient(&mut self, to: String, refuse_with: Option<u16>) -> Step {
        let Some(envelope) = &mut self.envelope else {
            return say("503 5.5.1 Send MAIL first");
        };
        match refuse_with {
            Some(421) => return Step::End("421 4.3.2 Told to go away".to_owned()),
            Some(code) => {
                let class = code / 100;
                return say(&format!("{code} {class}.2.1 Told to refuse this recipient"));
            }
            None => {}
        }
        if let Err(reply) = command::check_charset(&to, envelope.utf8) {
            return say(reply);
        }
        if envelope.to.len() == MOST_RECIPIENTS {
            return say("452 4.5.3 Too many recipients");
        }
        envelope.to.push(to);
        say("250 2.1.5 OK")
    }

    fn data(&self) -> Step {
        match &self.envelope {
            None => say("503 5.5.1 Send MAIL first"),
            Some(envelope) if envelope.to.is_empty() => say("554 5.5.1 No valid recipients"),
            Some(_) => Step::TakeData("354 End with a dot on a line of its own".to_owned()),
        }
    }
}

fn say(reply: &str) -> Step {
    Step::Reply(reply.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replies(lines: &[&str]) -> Vec<String> {
        let mut session = Session::default();
        let behaviour = MailBehaviour::default();
        let steps = lines.iter().map(|line| session.obey(line.as_bytes(), &behaviour));
        steps
            .map(|step| match step {
                Step::Reply(text) | Step::TakeData(text) | Step::End(text) => text[..3].to_owned(),
            })
            .collect()
    }

    #[test]
    fn commands_out_of_order_are_refused() {
        assert_eq!(replies(&["MAIL FROM:<a@b>", "EHLO x", "RCPT TO:<c@d>", "DATA"]), ["503", "250", "503", "503"]);
        assert_eq!(
            replies(&["EHLO x", "MAIL FROM:<a@b>", "MAIL FROM:<a@b>", "DATA", "RSET", "DATA"]),
            ["250", "250", "503", "554", "250", "503"]
        );
    }

    #[test]
    fn a_mail_said_to_be_too_large_is_refused_before_it_is_sent() {
        let said = format!("MAIL FROM:<a@b> SIZE={}", MOST_OCTETS + 1);
        assert_eq!(replies(&["EHLO x", &said]), ["250", "552"]);
    }

    #[test]
    fn no_mail_has_more_than_a_hundred_recipients() {
        let mut lines = vec!["EHLO x", "MAIL FROM:<a@b>"];
        lines.extend([RCPT; MOST_RECIPIENTS + 1]);
        let replies = replies(&lines);
        assert_eq!(replies.iter().filter(|reply| *reply == "452").count(), 1);
    }

    const RCPT: &str = "RCPT TO:<c@d>";

    #[test]
    fn a_non_ascii_recipient_needs_smtputf8() {
        assert_eq!(replies(&["EHLO x", "MAIL FROM:<a@b>", "RCPT TO:<ông@d>"]), ["250", "250", "553"]);
        assert_eq!(replies(&["EHLO x", "MAIL FROM:<a@b> SMTPUTF8", "RCPT TO:<ông@d>"]), ["250", "250", "250"]);
    }
}
