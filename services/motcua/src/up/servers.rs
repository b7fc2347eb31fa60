//! PostgreSQL and Redis for a whole installation: private ones, or those that the environment names.

use std::{env, path::Path, sync::Arc};

use anyhow::{Context, Result};
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::RunQueryDsl;
use provision::{Options, Postgres, Redis};
use runtime::Life;

use crate::{progress, stored::beside};

/// The database of one service.
pub struct Database {
    /// Its URL for who migrates it.
    pub owner: String,
    /// Its URL for the service.
    pub url: String,
    /// The role that the second URL names, when it is not the owner.
    pub role: Option<String>,
}

/// The servers in use.
pub struct Servers {
    postgres: Option<Postgres>,
    redis: Option<Redis>,
    /// URL of the database server, with a database to connect to first.
    pub postgres_url: String,
    /// URL of Redis.
    pub redis_url: String,
}

impl Servers {
    /// Takes what `MOTCUA_DATABASE_URL` and `MOTCUA_REDIS_URL` name, and starts private servers under `folder` for the rest.
    ///
    /// # Errors
    /// A sentence when a server cannot be found, installed or started.
    pub async fn start(folder: &Path) -> Result<Self> {
        let (postgres_url, redis_url) = (env::var("MOTCUA_DATABASE_URL").ok(), env::var("MOTCUA_REDIS_URL").ok());
        let options = |name: &str| Options {
            tools: folder.join("tools"),
            progress: Arc::new(|what: &str| progress::step(what)),
            ..Options::durable(folder.join(name))
        };
        let (for_postgres, for_redis) = (options("postgres"), options("redis"));
        let postgres = async {
            match postgres_url {
                Some(_) => Ok(None),
                None => Postgres::start(&for_postgres).await.map(Some),
            }
        };
        let redis = async {
            match redis_url {
                Some(_) => Ok(None),
                None => Redis::start(&for_redis).await.map(Some),
            }
        };
        let (postgres, redis) = tokio::try_join!(postgres, redis)?;
        let postgres_url = postgres.as_ref().map(|server| format!("{}postgres", server.url())).or(postgres_url);
        let redis_url = redis.as_ref().map(|server| server.url().to_owned()).or(redis_url);
        let postgres_url = postgres_url.context("no PostgreSQL")?;
        Ok(Self { postgres, redis, postgres_url, redis_url: redis_url.context("no Redis")? })
    }

    /// A service's own database, which is made when it is not there yet, and on a private server the role that it runs as.
    ///
    /// # Errors
    /// When the server does not answer or refuses to make them.
    pub async fn database(&self, service: &str) -> Result<Database> {
        let name = format!("motcua_{service}");
        let mut connection = pg::connect(&self.postgres_url)
            .await
            .context("PostgreSQL does not answer; look at its address (MOTCUA_DATABASE_URL) or its log under var/")?;
        let known =
            sql_query("select datname::text as name from pg_database where datname = $1").bind::<Text, _>(&name);
        if known.load::<Name>(&mut connection).await?.is_empty() {
            // The name is made of a service's name, which is a constant of ours.
            sql_query(format!("create database {name}")).execute(&mut connection).await?;
        }
        let owner = beside(&self.postgres_url, service)?;
        if self.postgres.is_none() {
            return Ok(Database { url: owner.clone(), owner, role: None });
        }
        let random = Life::system().random.bytes::<24>();
        let password: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        // A role outlives the server; its password is this run's.
        sql_query(format!("do $$ begin create role {name}; exception when duplicate_object then null; end $$"))
            .execute(&mut connection)
            .await?;
        sql_query(format!("alter role {name} login password '{password}'")).execute(&mut connection).await?;
        Ok(Database { url: of_role(&owner, &name, &password)?, owner, role: Some(name) })
    }

    /// Resolves when a private server ends by itself, with the sentence that names it.
    pub async fn broke(&mut self) -> String {
        let postgres = async {
            match &mut self.postgres {
                Some(server) => server.exited().await.to_string(),
                None => std::future::pending().await,
            }
        };
        let redis = async {
            match &mut self.redis {
                Some(server) => server.exited().await.to_string(),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            why = postgres => why,
            why = redis => why,
        }
    }

    /// Stops the private servers and returns when they are gone.
    pub async fn stop(self) {
        if let Some(redis) = self.redis {
            redis.stop().await;
        }
        if let Some(postgres) = self.postgres {
            postgres.stop().await;
        }
    }
}

/// The same database for another role.
fn of_role(url: &str, role: &str, password: &str) -> Result<String> {
    let (_, place) = url.rsplit_once('@').context("The database URL names no user.")?;
    Ok(format!("postgres://{role}:{password}@{place}"))
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    #[allow(dead_code, reason = "only whether there is one matters")]
    name: String,
}
