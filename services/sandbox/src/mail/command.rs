//! SMTP commands, parsed (RFC 5321 §4.1, RFC 1870 SIZE, RFC 6152 8BITMIME, RFC 6531 SMTPUTF8).

pub(crate) const SYNTAX: &str = "501 5.5.4 Syntax error in parameters";
const UNKNOWN: &str = "500 5.5.1 Command not recognised";
const NOT_ASCII: &str = "553 5.6.7 Non-ASCII address without SMTPUTF8";
const UNKNOWN_PARAMETER: &str = "555 5.5.4 Parameter not recognised";

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Ehlo,
    Helo,
    Mail {
        /// Empty for the null sender of bounces.
        from: String,
        /// What the client says the mail will weigh, in octets.
        size: u64,
        utf8: bool,
    },
    Rcpt {
        to: String,
    },
    Data,
    Rset,
    Noop,
    Vrfy,
    Quit,
}

/// The command, or the reply that refuses it.
pub(crate) fn parse(line: &[u8]) -> Result<Command, &'static str> {
    let line = str::from_utf8(line).map_err(|_| UNKNOWN)?.trim_end();
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let alone = |command| rest.is_empty().then_some(command).ok_or(SYNTAX);
    match verb.to_ascii_uppercase().as_str() {
        "EHLO" if !rest.is_empty() => Ok(Command::Ehlo),
        "HELO" if !rest.is_empty() => Ok(Command::Helo),
        "EHLO" | "HELO" => Err(SYNTAX),
        "MAIL" => mail(rest),
        "RCPT" => rcpt(rest),
        "DATA" => alone(Command::Data),
        "RSET" => alone(Command::Rset),
        "QUIT" => alone(Command::Quit),
        "NOOP" => Ok(Command::Noop),
        "VRFY" => Ok(Command::Vrfy),
        _ => Err(UNKNOWN),
    }
}

fn mail(rest: &str) -> Result<Command, &'static str> {
    let (from, parameters) = path(rest, "FROM:")?;
    let (mut size, mut utf8) = (0, false);
    for parameter in parameters.split_ascii_whitespace() {
        let parameter = parameter.to_ascii_uppercase();
        match parameter.split_once('=') {
            Some(("SIZE", octets)) => size = octets.parse().map_err(|_| SYNTAX)?,
            Some(("BODY", "7BIT" | "8BITMIME")) => {}
            None if parameter == "SMTPUTF8" => utf8 = true,
            _ => return Err(UNKNOWN_PARAMETER),
        }
    }
    if !utf8 && !from.is_ascii() {
        return Err(NOT_ASCII);
    }
    Ok(Command::Mail { from, size, utf8 })
}

fn rcpt(rest: &str) -> Result<Command, &'static str> {
    let (to, parameters) = path(rest, "TO:")?;
    if !parameters.trim().is_empty() {
        return Err(UNKNOWN_PARAMETER);
    }
    if to.is_empty() {
        return Err(SYNTAX);
    }
    Ok(Command::Rcpt { to })
}

/// `FROM:<a@b> rest` → `a@b`, ` rest`.
fn path(text: &str, word: &str) -> Result<(String, String), &'static str> {
    let begins = text.get(..word.len()).filter(|begin| begin.eq_ignore_ascii_case(word));
    let after = begins.map(|_| text[word.len()..].trim_start()).ok_or(SYNTAX)?;
    let inside = after.strip_prefix('<').ok_or(SYNTAX)?;
    let (address, rest) = inside.split_once('>').ok_or(SYNTAX)?;
    let is_mailbox = address.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    let is_clean = !address.contains(|c: char| c.is_whitespace() || c.is_control() || c == '<');
    if (address.is_empty() || is_mailbox) && is_clean && (rest.is_empty() || rest.starts_with(' ')) {
        Ok((address.to_owned(), rest.to_owned()))
    } else {
        Err(SYNTAX)
    }
}

/// Whether an address may be used in this mail.
pub(crate) fn check_charset(address: &str, utf8: bool) -> Result<(), &'static str> {
    (utf8 || address.is_ascii()).then_some(()).ok_or(NOT_ASCII)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_whatever_their_case() {
        let mail = parse(b"mail from:<a@b.vn> SIZE=12 body=8bitmime SMTPUTF8");
        let from = "a@b.vn".to_owned();
        assert_eq!(mail, Ok(Command::Mail { from, size: 12, utf8: true }));
        let to = "c@d.vn".to_owned();
        assert_eq!(parse(b"RCPT TO:<c@d.vn>"), Ok(Command::Rcpt { to }));
    }

    #[test]
    fn the_null_sender_is_taken_and_the_null_recipient_is_not() {
        assert!(parse(b"MAIL FROM:<>").is_ok());
        assert_eq!(parse(b"RCPT TO:<>"), Err(SYNTAX));
    }

    #[test]
    fn what_is_not_smtp_is_refused_with_the_right_code() {
        for (line, reply) in [
            ("EHLO", SYNTAX),
            ("MAIL FROM:a@b.vn", SYNTAX),
            ("MAIL FROM:<a@b.vn>X", SYNTAX),
            ("MAIL FROM:<a b@c.vn>", SYNTAX),
            ("MAIL FROM:<ab>", SYNTAX),
            ("MAIL FROM:<a@b.vn> AUTH=x", UNKNOWN_PARAMETER),
            ("MAIL FROM:<ông@b.vn>", NOT_ASCII),
            ("DATA now", SYNTAX),
            ("STARTTLS", UNKNOWN),
            ("", UNKNOWN),
        ] {
            assert_eq!(parse(line.as_bytes()), Err(reply), "{line}");
        }
    }
}
