//! Once an hour: files that no row names are removed, such as those of uploads that a power cut ended.

use anyhow::Result;
use chrono::{TimeDelta, Timelike};
use files::{Found, Turn};

use crate::{app::App, store::files::named};

/// How old a file must be: whoever is about to name one has minutes.
const AGE: TimeDelta = TimeDelta::days(1);

/// Looks at the files of this hour's folders. A clock that is wrong for a moment makes none of them old.
pub async fn run(app: &App) -> Result<()> {
    let now = app.life.clock.cautious();
    let (mut removed, mut bytes) = (0, 0);
    let remove = async |found: Vec<Found>| {
        let keys: Vec<_> = found.iter().map(|file| file.key.as_str()).collect();
        let named = named(&mut *app.pool.get().await?, &keys).await?;
        for file in found.iter().filter(|file| !named.contains(&file.key)) {
            app.files.remove(file).await?;
            removed += 1;
            bytes += file.size;
        }
        Ok(())
    };
    app.files.older_than(now - AGE, Turn::OfHour(now.hour()), remove).await?;
    if removed > 0 {
        tracing::info!(removed, bytes, "files that no row names were removed");
    }
    Ok(())
}
