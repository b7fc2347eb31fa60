//! SMTP conversations (RFC 5321), kept open between mails, that know on which side of DATA they broke.
//!
//! lettre's own pool is not used: it takes back a connection whose sending was broken off in the middle, and the late answer
//! to one mail would then be read as the answer to the next.

use std::{
    io,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use lettre::{
    Address, Message,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout_at},
};

use crate::{
    config::{self, Security},
    domain::delivery::Outcome,
};

/// Servers close idle connections after some minutes; ours are gone sooner, so that none is used in the moment it closes.
const IDLE: Duration = Duration::from_secs(20);
/// As many as jobs run at once.
const KEPT: usize = 32;
const ACCEPTED: u16 = 250;
/// The server says goodbye.
const CLOSING: u16 = 421;
const GO_AHEAD: u16 = 354;

/// Connections to one mail server.
pub struct Smtp {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    hello: ClientId,
    timeout: Duration,
    idle: Mutex<Vec<(Instant, AsyncSmtpConnection)>>,
}

impl Smtp {
    /// Prepares connections; none is opened yet. `domain` is how we introduce ourselves.
    pub fn new(settings: &config::Mail, domain: &str) -> Self {
        let user = settings.smtp_user.clone().zip(settings.smtp_password.clone());
        Self {
            host: settings.smtp_host.clone(),
            port: settings.smtp_port,
            security: settings.smtp_security,
            credentials: user.map(|(user, password)| Credentials::new(user, password)),
            hello: ClientId::Domain(domain.to_owned()),
            timeout: settings.smtp_timeout,
            idle: Mutex::default(),
        }
    }

    /// Hands `mail` over. Until DATA is answered nothing is sent, so whatever breaks before is only put off; what breaks after
    /// it, before the last answer, leaves open whether the server has the mail.
    pub async fn deliver(&self, mail: &Message) -> Outcome {
        let deadline = Instant::now() + self.timeout;
        let mut connection = match timeout_at(deadline, self.announced(mail)).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(Refusal::OfUs(why))) => return Outcome::PutOff(why.to_string()),
            Ok(Err(Refusal::OfMail(why))) if why.is_permanent() => return Outcome::Refused(why.to_string()),
            Ok(Err(Refusal::OfMail(why))) => return Outcome::PutOff(why.to_string()),
            Ok(Err(Refusal::ByUs(why))) => return Outcome::Refused(why.into()),
            Err(_) => return Outcome::PutOff("no answer before DATA".into()),
        };
        let octets = mail.formatted();
        match timeout_at(deadline, connection.message(&octets)).await {
            Ok(Ok(answer)) if answer.has_code(ACCEPTED) => {
                let reference = answer.first_line().map(str::to_owned);
                self.keep(connection);
                Outcome::Accepted(reference)
            }
            Ok(Ok(answer)) => Outcome::Unknown(format!("an answer out of turn: {}", answer.code())),
            Ok(Err(why)) if why.is_permanent() => Outcome::Refused(why.to_string()),
            Ok(Err(why)) if why.is_transient() => Outcome::PutOff(why.to_string()),
            Ok(Err(why)) => Outcome::Unknown(why.to_string()),
            Err(_) => Outcome::Unknown("no answer after DATA".into()),
        }
    }

    /// A connection whose server waits for the mail itself. A kept one may have been closed meanwhile: that says nothing of the
    /// mail, of which nothing is sent yet.
    async fn announced(&self, mail: &Message) -> Result<AsyncSmtpConnection, Refusal> {
        if let Some(mut kept) = self.take() {
            match announce(&mut kept, mail).await {
                Err(Refusal::OfMail(why)) if is_gone(&why) => {}
                outcome => return outcome.map(|()| kept),
            }
        }
        let mut connection = self.connect().await.map_err(Refusal::OfUs)?;
        announce(&mut connection, mail).await?;
        Ok(connection)
    }

    async fn connect(&self) -> anyhow::Result<AsyncSmtpConnection> {
        let tls = || tls(&self.host);
        let mut connection = if self.security == Security::Tls {
            let server = (self.host.as_str(), self.port);
            AsyncSmtpConnection::connect_tokio1(server, Some(self.timeout), &self.hello, Some(tls()?), None).await?
        } else {
            AsyncSmtpConnection::connect_with_transport(Box::new(self.stream().await?), &self.hello).await?
        };
        if self.security == Security::Starttls {
            connection.starttls(tls()?, &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    /// lettre writes the end of a mail by itself. Without `TCP_NODELAY` that waits until the server's system has acknowledged the
    /// mail, which takes 40 ms where it has nothing to answer yet. A connection that begins with TLS is lettre's own, and waits.
    async fn stream(&self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect((self.host.as_str(), self.port)).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    fn take(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(since, _)| since.elapsed() < IDLE);
        idle.pop().map(|(_, connection)| connection)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push((Instant::now(), connection));
        }
    }
}

/// The server must be named by an authority that the system or the office believes.
fn tls(host: &str) -> Result<TlsParameters, Error> {
    let builder = TlsParameters::builder(host.to_owned());
    match runtime::Authorities::own_pem() {
        Some(own) => builder.add_root_certificate(Certificate::from_pem(own.as_bytes())?).build(),
        None => builder.build(),
    }
}

enum Refusal {
    /// No connection. Even a 5xx says nothing about the mail yet: it is our address or our password that is refused.
    OfUs(anyhow::Error),
    OfMail(Error),
    ByUs(&'static str),
}

impl From<Error> for Refusal {
    fn from(why: Error) -> Self {
        Self::OfMail(why)
    }
}

/// Whether it is the connection that ended.
fn is_gone(why: &Error) -> bool {
    why.status().is_none_or(|code| u16::from(code) == CLOSING)
}

/// Everything up to the answer that asks for the mail itself.
async fn announce(connection: &mut AsyncSmtpConnection, mail: &Message) -> Result<(), Refusal> {
    let envelope = mail.envelope();
    let mut parameters = Vec::new();
    if !envelope.to().iter().chain(envelope.from()).all(is_ascii) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Refusal::ByUs("the server does not take addresses beyond ASCII"));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    connection.command(Mail::new(envelope.from().cloned(), parameters)).await?;
    for to in envelope.to() {
        connection.command(Rcpt::new(to.clone(), Vec::new())).await?;
    }
    let answer = connection.command(Data).await?;
    match answer.has_code(GO_AHEAD) {
        true => Ok(()),
        false => Err(Refusal::ByUs("the server does not answer DATA as SMTP does")),
    }
}

fn is_ascii(address: &Address) -> bool {
    let text: &str = address.as_ref();
    text.is_ascii()
}

#[cfg(test)]
mod tests {
    use clap::{Args, FromArgMatches};
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    use super::*;

    /// Takes one mail, then says what it was told to say and closes the connection.
    async fn take_one(stream: TcpStream, farewell: &str) {
        let mut stream = BufReader::new(stream);
        let (mut line, mut in_mail) = (String::new(), false);
        let mut answer = "220 here";
        loop {
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.expect("the client listens");
            line.clear();
            while stream.read_line(&mut line).await.expect("the client speaks") > 0 && in_mail && line != ".\r\n" {
                line.clear();
            }
            answer = match line.get(..4) {
                Some("DATA") => "354 go ahead",
                Some(".\r\n") | None => "250 taken",
                _ => "250 yes",
            };
            if in_mail {
                stream.write_all(format!("250 taken\r\n{farewell}").as_bytes()).await.expect("the client listens");
                return;
            }
            in_mail = answer.starts_with("354");
        }
    }

    fn settings(port: u16) -> config::Mail {
        let flags = ["mail".to_owned(), format!("--smtp-port={port}")];
        let matches = config::Mail::augment_args(clap::Command::new("mail")).get_matches_from(flags);
        config::Mail::from_arg_matches(&matches).expect("settings")
    }

    #[tokio::test]
    async fn the_end_of_a_mail_does_not_wait_for_the_acknowledgement_of_its_beginning() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let smtp = Smtp::new(&settings(listener.local_addr().expect("an address").port()), "motcua.example");
        assert!(smtp.stream().await.expect("a connection").nodelay().expect("an option"));
    }

    #[tokio::test]
    async fn a_kept_connection_that_was_closed_meanwhile_does_not_put_off_the_next_mail() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let server = tokio::spawn(async move {
            for farewell in ["", "421 good night\r\n", ""] {
                take_one(listener.accept().await.expect("a client").0, farewell).await;
            }
        });
        let settings = settings(port);
        let smtp = Smtp::new(&settings, "motcua.example");
        let mail = Message::builder().from(settings.mail_from.clone()).to("an@example.vn".parse().expect("an address"));
        let mail = mail.body("Kính gửi".to_owned()).expect("a mail");
        for _ in 0..3 {
            assert!(matches!(smtp.deliver(&mail).await, Outcome::Accepted(_)));
        }
        server.await.expect("three connections");
    }
}
