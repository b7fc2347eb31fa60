//! Settings: where mail and SMS leave, and what they say of us.

use std::time::Duration;

use clap::{Args, ValueEnum};
use lettre::message::Mailbox;
use runtime::{Guard, Part, Values, is_loopback};

/// Settings of notifications. The defaults speak to the sandbox on this machine.
#[derive(Clone, Args)]
pub struct Config {
    #[command(flatten)]
    pub backend: backend::Settings,
    #[command(flatten)]
    pub mail: Mail,
    #[command(flatten)]
    pub sms: Sms,
    /// Days for which the words of messages are kept; who was written to, when and about what stays. Codes and tracking secrets are
    /// forgotten as soon as they are sent.
    #[arg(long, env = "MOTCUA_MESSAGE_DAYS", default_value_t = 90, value_parser = clap::value_parser!(u32).range(7..=36500),
        value_name = "DAYS")]
    pub message_days: u32,
}

impl AsRef<backend::Settings> for Config {
    fn as_ref(&self) -> &backend::Settings {
        &self.backend
    }
}

/// How connections to the mail server are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Security {
    /// Not at all: for a server on the same machine.
    Plain,
    /// TLS, begun by STARTTLS; no mail is sent without it (port 587).
    Starttls,
    /// TLS from the first byte (port 465).
    Tls,
}

/// The mail server.
#[derive(Clone, Args)]
pub struct Mail {
    /// Host name of the mail server.
    #[arg(long, env = "MOTCUA_SMTP_HOST", default_value = "127.0.0.1", value_name = "HOST")]
    pub smtp_host: String,
    /// Port of the mail server.
    #[arg(long, env = "MOTCUA_SMTP_PORT", default_value_t = 8025, value_name = "PORT",
        add = Guard::own_value().only_for(Part::Work))]
    pub smtp_port: u16,
    /// Protection of connections to the mail server.
    #[arg(long, env = "MOTCUA_SMTP_SECURITY", value_enum, default_value_t = Security::Plain,
        add = Guard::judged_by(protected_on_its_way).only_for(Part::Work))]
    pub smtp_security: Security,
    /// User name at the mail server, if it asks for one.
    #[arg(long, env = "MOTCUA_SMTP_USER", value_name = "NAME", requires = "smtp_password")]
    pub smtp_user: Option<String>,
    /// Password at the mail server.
    #[arg(long, env = "MOTCUA_SMTP_PASSWORD", hide_env_values = true, value_name = "SECRET",
        add = Guard::secret().only_for(Part::Work))]
    pub smtp_password: Option<String>,
    /// Seconds until sending one mail is broken off.
    #[arg(long, env = "MOTCUA_SMTP_TIMEOUT", default_value = "25", value_parser = seconds, value_name = "SECONDS")]
    pub smtp_timeout: Duration,
    /// Sender of all mails. Its domain also stands in their Message-IDs.
    #[arg(
        long,
        env = "MOTCUA_MAIL_FROM",
        default_value = "Một cửa <khong-tra-loi@motcua.localhost>",
        value_name = "MAILBOX",
        add = Guard::own_value().only_for(Part::Work)
    )]
    pub mail_from: Mailbox,
}

/// The SMS aggregator.
#[derive(Clone, Args)]
pub struct Sms {
    /// Address of the SMS aggregator.
    #[arg(long, env = "MOTCUA_SMS_URL", default_value = "http://127.0.0.1:8090", value_name = "URL",
        value_parser = runtime::http_address, add = Guard::outside_address().only_for(Part::Work))]
    pub sms_url: String,
    /// API key at the SMS aggregator.
    #[arg(long, env = "MOTCUA_SMS_API_KEY", hide_env_values = true, default_value = "DEMOSMSAPIKEY",
        add = Guard::secret().only_for(Part::Work))]
    pub sms_api_key: String,
    /// Secret key at the SMS aggregator.
    #[arg(long, env = "MOTCUA_SMS_SECRET_KEY", hide_env_values = true, default_value = "DEMOSMSSECRETKEY",
        add = Guard::secret().only_for(Part::Work))]
    pub sms_secret_key: String,
    /// Name that the phone shows as the sender, registered at the aggregator.
    #[arg(long, env = "MOTCUA_SMS_BRANDNAME", default_value = "MOTCUA", value_name = "NAME")]
    pub sms_brandname: String,
    /// Seconds until sending one SMS is broken off.
    #[arg(long, env = "MOTCUA_SMS_TIMEOUT", default_value = "10", value_parser = seconds, value_name = "SECONDS")]
    pub sms_timeout: Duration,
}

/// Mails and the password go in clear to a mail server without TLS: only one on this machine may be without.
fn protected_on_its_way(security: &str, others: &Values) -> Option<&'static str> {
    let here = others.of("MOTCUA_SMTP_HOST").is_some_and(is_loopback);
    (security == "plain" && !here).then_some("is plain, to a mail server on another machine")
}

/// At most thirty, for the job that sends is cut off after fifty.
fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(seconds @ 1..=30) => Ok(Duration::from_secs(seconds)),
        _ => Err("a whole number of seconds from 1 to 30".into()),
    }
}
