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
    /// Bytes a document or result may have.
    #[arg(long, env = "MOTCUA_DOCUMENT_LIMIT", default_value_t = 10 * 1024 * 1024, value_name = "BYTES")]
    pub document_limit: u64,
}

impl AsRef<backend::Settings> for Config {
    fn as_ref(&self) -> &backend::Settings {
        &self.backend
    }
}
