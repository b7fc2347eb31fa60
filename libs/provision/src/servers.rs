//! Both servers at once.

use crate::{Error, Options, Postgres, Redis};

/// A private PostgreSQL and a private Redis.
pub struct Servers {
    /// The database server.
    pub postgres: Postgres,
    /// The server of queues and caches.
    pub redis: Redis,
}

impl Servers {
    /// Starts both side by side.
    ///
    /// # Errors
    /// As [`Postgres::start`] and [`Redis::start`]; the other server is stopped then.
    pub async fn start(postgres: &Options, redis: &Options) -> Result<Self, Error> {
        let (postgres, redis) = tokio::try_join!(Postgres::start(postgres), Redis::start(redis))?;
        Ok(Self { postgres, redis })
    }

    /// Both for a test: on free ports, in memory where there is room, gone without a trace afterwards.
    ///
    /// # Errors
    /// As [`Servers::start`].
    pub async fn throwaway() -> Result<Self, Error> {
        let options = Options::throwaway();
        Self::start(&options, &options).await
    }

    /// Resolves when one of them ends without being told to, with the sentence that names it.
    pub async fn exited(&mut self) -> Error {
        tokio::select! {
            error = self.postgres.exited() => error,
            error = self.redis.exited() => error,
        }
    }

    /// Stops both in order and returns when they are gone.
    pub async fn stop(self) {
        tokio::join!(self.postgres.stop(), self.redis.stop());
    }
}
