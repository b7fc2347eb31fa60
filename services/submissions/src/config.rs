//! The settings of this service.

use std::path::PathBuf;

/// What the environment or the command line says.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    #[command(flatten)]
    pub backend: backend::Settings,
    /// Folder of documents and results. All replicas must see the same one.
    #[arg(long, env = "MOTCUA_DOCUMENTS_DIR", default_value = "var/documents", value_name = "FOLDER")]
    pub documents_dir: PathBuf,
    /// How they are encrypted there.
    #[command(flatten)]
    pub file_keys: files::KeySettings,
    /// Bytes a document or result may have, 100 MiB at most; the gateway and the portal are told the same.
    #[arg(
        long,
        env = "MOTCUA_DOCUMENT_LIMIT",
        default_value_t = files::USUAL_LIMIT,
        value_parser = clap::value_parser!(u64).range(1..=files::HIGHEST_LIMIT),
        value_name = "BYTES"
    )]
    pub document_limit: u64,
    /// Bytes a second that a document or result must bring, over half a minute; 0 for any. The gateway is told the same.
    #[arg(long, env = "MOTCUA_LEAST_UPLOAD_RATE", default_value_t = edge::USUAL_LEAST_RATE, value_name = "BYTES",
        add = runtime::Guard::limit())]
    pub least_upload_rate: u64,
    /// Days that a draft is kept which nobody touches: then it is deleted, with its papers.
    #[arg(
        long,
        env = "MOTCUA_DRAFT_DAYS",
        default_value_t = 90,
        value_parser = clap::value_parser!(u16).range(14..=3650),
        value_name = "DAYS"
    )]
    pub draft_days: u16,
    /// Where clamd listens, host:port or the path of its socket: it sees every file before it is kept, and while it does not
    /// answer none is. No scanner when unset.
    #[arg(long, env = "MOTCUA_CLAMD", value_name = "ADDRESS")]
    pub clamd: Option<files::Scanner>,
    /// Working days in which an applicant may send in papers that were asked for.
    #[arg(
        long,
        env = "MOTCUA_SUPPLEMENT_DAYS",
        default_value_t = 15,
        value_parser = clap::value_parser!(u16).range(1..=365),
        value_name = "DAYS"
    )]
    pub supplement_days: u16,
    /// Working days in which another agency that is asked for its opinion answers.
    #[arg(
        long,
        env = "MOTCUA_CONSULTATION_DAYS",
        default_value_t = 3,
        value_parser = clap::value_parser!(u16).range(1..=60),
        value_name = "DAYS"
    )]
    pub consultation_days: u16,
    /// When somebody is alerted to a deadline.
    #[command(flatten)]
    pub alerts: AlertSettings,
}

/// When somebody is alerted to a deadline, in working hours.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct AlertSettings {
    /// Working hours before a deadline at which whoever must act is alerted first.
    #[arg(
        long,
        env = "MOTCUA_ALERT_EARLY_HOURS",
        default_value_t = 8,
        value_parser = clap::value_parser!(u16).range(1..=80),
        value_name = "HOURS"
    )]
    pub alert_early_hours: u16,
    /// Working hours before a deadline at which she is alerted again; fewer than the first.
    #[arg(
        long,
        env = "MOTCUA_ALERT_SOON_HOURS",
        default_value_t = 2,
        value_parser = clap::value_parser!(u16).range(1..=80),
        value_name = "HOURS"
    )]
    pub alert_soon_hours: u16,
    /// Working hours after a deadline at which the leader is alerted; eight are a working day.
    #[arg(
        long,
        env = "MOTCUA_ALERT_LATE_HOURS",
        default_value_t = 8,
        value_parser = clap::value_parser!(u16).range(1..=80),
        value_name = "HOURS"
    )]
    pub alert_late_hours: u16,
}

impl AsRef<backend::Settings> for Config {
    fn as_ref(&self) -> &backend::Settings {
        &self.backend
    }
}
