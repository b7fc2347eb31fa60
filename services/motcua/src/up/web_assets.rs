//! The pages' style sheet and script: built from the sources this binary was built beside, unless MOTCUA_ASSETS names a folder.

use std::{
    env,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::progress::{self, stage};

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../portal/web");

/// The folder of the built files; none where the portal knows better, or where they cannot be built, which is said: pages do
/// without.
pub async fn web_assets() -> Option<PathBuf> {
    if env::var_os("MOTCUA_ASSETS").is_some() {
        return None;
    }
    let progress: provision::Progress = Arc::new(|what: &str| progress::step(what));
    let tools = provision::default_tools();
    let building = async { Ok(provision::web::build(Path::new(SOURCES), &tools, &progress).await?) };
    match stage("style sheet and script of the pages", building).await {
        Ok(folder) => Some(folder),
        Err(why) => {
            progress::say(&format!("    {why}\n"));
            None
        }
    }
}
