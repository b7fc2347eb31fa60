//! The settings of this service.

use std::path::PathBuf;

/// What the environment or the command line says.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Where it listens.
    #[command(flatten)]
    pub listen: runtime::Listen,
    /// Its database.
    #[command(flatten)]
    pub database: pg::Settings,
    /// The Redis of events.
    #[command(flatten)]
    pub queue: queue::Settings,
    /// Whose tokens it believes.
    #[command(flatten)]
    pub token: edge::token::Settings,
    /// Folder of documents and results. All replicas must see the same one.
    #[arg(long, env = "MOTCUA_DOCUMENTS_DIR", default_value = "var/documents", value_name = "FOLDER")]
    pub documents_dir: PathBuf,
    /// Bytes a document or result may have.
    #[arg(long, env = "MOTCUA_DOCUMENT_LIMIT", default_value_t = 10 * 1024 * 1024, value_name = "BYTES")]
    pub document_limit: u64,
}
