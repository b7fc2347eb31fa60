//! The service, described once. It has no part in the public API and owns no database.

use runtime::{Life, Role, Running, Service};

use crate::{Config, start};

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>("sandbox", 8090).role(Role::Sandbox).serve(serve).build()
}

async fn serve(config: Config, life: Life) -> anyhow::Result<Running> {
    let sandbox = start(config, life).await?;
    let address = Some(sandbox.http);
    let finished = async move {
        sandbox.stop.cancelled().await;
        sandbox.stopped().await;
        Ok(())
    };
    Ok(Running { address, finished: Box::pin(finished) })
}
