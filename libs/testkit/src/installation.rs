//! An installation: services, clock, callers.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
    time::Duration,
};

use chrono::{DateTime, Utc};
use civic::{AgencyCode, Envelope, Event, MemberRole, OfficialRole, Party};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{Bool, Text},
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use edge::Capacity;
use redis::{AsyncCommands, AsyncConnectionConfig};
use runtime::{Clock, Life, Service, Trace};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    Contract, TestCaller,
    call::Wire,
    eventually, free_port,
    issuer::{Bearer, ISSUER, publish, token},
    servers::{Addresses, servers},
};

/// How long the test Redis may take to answer.
const REDIS_TIMEOUT: Duration = Duration::from_secs(30);

/// An installation of its own for one test. Its services stop when it is dropped.
pub struct Installation {
    /// Stands at 10:00 on Tuesday 21 July 2026 in Vietnam until it is moved.
    pub clock: Clock,
    /// The prefix of this installation's streams.
    pub stream_prefix: String,
    /// The Redis that this installation uses.
    pub redis_url: String,
    life: Life,
    servers: &'static Addresses,
    jwks_url: String,
    databases: HashMap<&'static str, String>,
    flags: HashMap<&'static str, Vec<String>>,
    wire: Arc<RwLock<Wire>>,
}

impl Installation {
    /// A installation with these services, tokens issued by the test.
    pub async fn start(services: impl IntoIterator<Item = Service>) -> Self {
        Self::start_with(services, &[]).await
    }

    /// As [`Installation::start`], with further flags for some services by name.
    pub async fn start_with(services: impl IntoIterator<Item = Service>, flags: &[(&str, &[&str])]) -> Self {
        let mut installation = Self::empty().await;
        let services: Vec<_> = services.into_iter().collect();
        services.iter().for_each(|service| installation.will_hold(service));
        for service in services {
            let further = flags.iter().filter(|(name, _)| *name == service.name).flat_map(|(_, flags)| *flags);
            let further: Vec<_> = further.copied().collect();
            installation.add(service, &further).await;
        }
        installation
    }

    /// A installation without services.
    ///
    /// # Panics
    /// When the test servers cannot start.
    pub async fn empty() -> Self {
        let servers = servers().await;
        let start: DateTime<Utc> = "2026-07-21T03:00:00Z".parse().expect("a date");
        let clock = Clock::held_at(start);
        let life = Life { clock: clock.clone(), ..Life::system() };
        let client = runtime::http_client(Duration::from_secs(30)).expect("an HTTP client");
        let wire = Wire { client, bases: HashMap::new(), contracts: HashMap::new() };
        Self {
            clock,
            stream_prefix: format!("test:{}:", Uuid::new_v4().simple()),
            redis_url: servers.redis.clone(),
            life,
            servers,
            jwks_url: publish(),
            databases: HashMap::new(),
            flags: HashMap::new(),
            wire: Arc::new(RwLock::new(wire)),
        }
    }

    /// Who tells and hears what, when the service is only added later, or never: what is told meanwhile waits for it.
    pub fn will_hold(&self, service: &Service) {
        self.life.subscribers.add(service.name, &service.events());
    }

    /// Starts one more service, API and background work, on a database of its own. Gives its address.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn add(&mut self, service: Service, flags: &[&str]) -> String {
        self.will_hold(&service);
        let flags = self.flags_of(&service, flags).await;
        let running = service.serve(&flags, self.life.clone()).await.unwrap_or_else(|why| panic!("{why:#}"));
        tokio::spawn(running.finished);
        if service.works() {
            let running = service.work(&flags, self.life.clone()).await.unwrap_or_else(|why| panic!("{why:#}"));
            tokio::spawn(running.finished);
        }
        let base = format!("http://{}", running.address.expect("a service listens"));
        let mut wire = self.wire.write().expect("no test panics while it holds this");
        wire.bases.insert(service.name, base.clone());
        if let Some(document) = service.document() {
            let document = serde_json::to_value(document).expect("a document is JSON");
            wire.contracts.insert(service.name, Arc::new(Contract::new(document)));
        }
        self.flags.insert(service.name, flags);
        base
    }

    /// Starts a second API of a service beside the first, on the same database, reached as `name`.
    ///
    /// # Panics
    /// When it does not start, or the service was not added.
    pub async fn replicate(&mut self, service: &Service, name: &'static str) {
        let mut flags = self.flags.get(service.name).expect("the service was added").clone();
        flags.extend(["--listen".to_owned(), format!("127.0.0.1:{}", free_port())]);
        let running = service.serve(&flags, self.life.clone()).await.unwrap_or_else(|why| panic!("{why:#}"));
        let base = format!("http://{}", running.address.expect("a service listens"));
        tokio::spawn(running.finished);
        self.wire.write().expect("no test panics while it holds this").bases.insert(name, base);
    }

    /// Starts a second worker of a service beside the first, on the same database.
    ///
    /// # Panics
    /// When it does not start, or the service was not added.
    pub async fn work_beside(&self, service: &Service) {
        let flags = self.flags.get(service.name).expect("the service was added");
        let running = service.work(flags, self.life.clone()).await.unwrap_or_else(|why| panic!("{why:#}"));
        tokio::spawn(running.finished);
    }

    /// Loads a service's demonstration data into its database.
    ///
    /// # Panics
    /// When it cannot be loaded, or the service was not added.
    pub async fn demonstrate(&self, service: &Service) {
        let flags = self.flags.get(service.name).expect("the service was added");
        service.demonstrate(flags, self.life.clone()).await.unwrap_or_else(|why| panic!("{why:#}"));
    }

    async fn flags_of(&mut self, service: &Service, further: &[&str]) -> Vec<String> {
        let known = service.settings();
        let mut flags = Vec::new();
        let mut say = |variable: &str, value: &str| {
            let setting = known.iter().find(|setting| setting.variable == variable);
            // What the test says itself is not said twice.
            if let Some(setting) = setting.filter(|setting| !further.contains(&setting.flag.as_str())) {
                flags.extend([setting.flag.clone(), value.to_owned()]);
            }
        };
        say("MOTCUA_LISTEN", &format!("127.0.0.1:{}", free_port()));
        say("MOTCUA_THREADS", "1");
        say("MOTCUA_DATABASE_CONNECTIONS", "8");
        say("MOTCUA_REDIS_URL", &self.redis_url);
        say("MOTCUA_STREAM_PREFIX", &self.stream_prefix);
        say("MOTCUA_JWKS_URL", &self.jwks_url);
        say("MOTCUA_ISSUER", ISSUER);
        if service.migrates() {
            let name = format!("t{}_{}", Uuid::new_v4().simple(), service.name);
            let url = self.servers.database(service, &name).await;
            say("MOTCUA_DATABASE_URL", &url);
            self.databases.insert(service.name, url);
        }
        flags.extend(further.iter().map(|flag| (*flag).to_owned()));
        flags
    }

    /// The address of a service.
    ///
    /// # Panics
    /// When the installation has no such service.
    pub fn base(&self, service: &str) -> String {
        let wire = self.wire.read().expect("no test panics while it holds this");
        wire.bases.get(service).unwrap_or_else(|| panic!("no service {service} in this installation")).clone()
    }

    /// The address of a service's database.
    pub fn database_url(&self, service: &str) -> &str {
        &self.databases[service]
    }

    /// A connection to a service's database.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn database(&self, service: &str) -> AsyncPgConnection {
        AsyncPgConnection::establish(self.database_url(service)).await.expect("the test database answers")
    }

    /// Waits until the database of `service` says yes to a question, a SQL expression: what others told has come.
    pub async fn until(&self, service: &str, question: &str) {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Bool)]
            yes: bool,
        }
        let database = Mutex::new(self.database(service).await);
        let ask = async || {
            let asked = sql_query(format!("select ({question}) as yes"));
            let row: Row = asked.get_result(&mut *database.lock().await).await.expect("a question");
            row.yes.then_some(())
        };
        eventually(ask).await;
    }

    /// Holds the answers of `service` (such as the gateway) against this document.
    pub fn hold_against(&self, service: &'static str, contract: Arc<Contract>) {
        self.wire.write().expect("no test panics while it holds this").contracts.insert(service, contract);
    }

    /// Somebody without a token.
    pub fn nobody(&self) -> TestCaller {
        TestCaller { wire: self.wire.clone(), token: None, id: Uuid::nil(), party: None }
    }

    /// A citizen, acting for herself.
    pub fn citizen(&self, name: &str) -> TestCaller {
        self.citizen_of(Uuid::new_v4(), name)
    }

    /// The person with this account, acting for herself.
    pub fn citizen_of(&self, id: Uuid, name: &str) -> TestCaller {
        self.caller(id, name, Capacity::Myself, Some(Party::person(id)))
    }

    /// A member of an organisation, acting for it.
    pub fn member(&self, name: &str, organisation: Uuid) -> TestCaller {
        let capacity =
            Capacity::Organisation { organisation, name: "Công ty kiểm thử".to_owned(), role: MemberRole::Member };
        self.caller(Uuid::new_v4(), name, capacity, Some(Party::organisation(organisation)))
    }

    /// The same person, acting for an organisation that she is a member of.
    pub fn for_organisation(&self, person: &TestCaller, organisation: Uuid) -> TestCaller {
        let capacity =
            Capacity::Organisation { organisation, name: "Công ty kiểm thử".to_owned(), role: MemberRole::Member };
        self.caller(person.id, "An", capacity, Some(Party::organisation(organisation)))
    }

    /// An official in a post with these roles, all at one agency.
    ///
    /// # Panics
    /// When there is no role, the agency code is not one, or the roles are not of one agency.
    pub fn official(&self, roles: &[(&str, OfficialRole)]) -> TestCaller {
        self.in_post(Uuid::new_v4(), roles)
    }

    /// The person with this account in a post with these roles, all at one agency.
    ///
    /// # Panics
    /// As [`Installation::official`].
    pub fn in_post(&self, account: Uuid, roles: &[(&str, OfficialRole)]) -> TestCaller {
        let (agency, _) = roles.first().expect("a role");
        assert!(roles.iter().all(|(at, _)| at == agency), "a post is at one agency: {roles:?}");
        let agency = agency.parse::<AgencyCode>().expect("an agency code");
        let capacity = Capacity::Post { agency, roles: roles.iter().map(|(_, role)| *role).collect() };
        self.caller(account, "Cán bộ kiểm thử", capacity, None)
    }

    /// An API client of an organisation of its own.
    pub fn client(&self) -> TestCaller {
        let organisation = Uuid::new_v4();
        let capacity = Capacity::Client { organisation, name: "Công ty kiểm thử".to_owned() };
        self.caller(Uuid::new_v4(), "Phần mềm kiểm thử", capacity, Some(Party::organisation(organisation)))
    }

    fn caller(&self, id: Uuid, name: &str, capacity: Capacity, party: Option<Party>) -> TestCaller {
        let bearer = Bearer { id, name: name.to_owned(), capacity };
        TestCaller { wire: self.wire.clone(), token: Some(token(bearer, self.clock.now())), id, party }
    }

    /// Tells an event to everybody who listens, as the relay of `source` would, with the trace of the running task if it has
    /// one. Gives the event's id.
    ///
    /// # Panics
    /// When Redis does not take it.
    pub async fn publish<E: Event>(&self, source: &str, event: &E) -> Uuid {
        let id = self.life.new_id();
        self.publish_as(id, source, event).await;
        id
    }

    /// As [`Installation::publish`], under an id of the test's choosing: the same id is the same event told again.
    ///
    /// # Panics
    /// When Redis does not take it.
    pub async fn publish_as<E: Event>(&self, id: Uuid, source: &str, event: &E) {
        let trace = Trace::current().map(|trace| trace.to_string());
        let envelope =
            Envelope::wrap(id, format!("/{source}"), self.clock.now(), trace, event).expect("an event is JSON");
        let text = serde_json::to_string(&envelope).expect("an envelope is JSON");
        let client = redis::Client::open(self.redis_url.as_str()).expect("a Redis address");
        // A machine that builds beside the tests is slow, and that is no failure: the library would wait for half a second only.
        let patient = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(REDIS_TIMEOUT))
            .set_response_timeout(Some(REDIS_TIMEOUT));
        let redis = client.get_multiplexed_async_connection_with_config(&patient).await;
        let mut redis = redis.expect("the test Redis answers");
        for listener in self.life.subscribers.to(E::TYPE).unwrap_or_default() {
            let stream = format!("{}inbox:{listener}", self.stream_prefix);
            let _: String = redis.xadd(stream, "*", &[("letter", &text)]).await.expect("the stream takes the letter");
        }
    }

    /// The events of one type that a service put in its outbox, in order.
    ///
    /// # Panics
    /// When they cannot be read.
    pub async fn sent<E: Event>(&self, service: &str) -> Vec<E> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            payload: String,
        }
        let rows: Vec<Row> = sql_query("select payload::text as payload from outbox order by position")
            .load(&mut self.database(service).await)
            .await
            .expect("an outbox can be read");
        let envelopes = rows.iter().map(|row| serde_json::from_str::<Envelope>(&row.payload).expect("an envelope"));
        let wanted = envelopes.filter(|envelope| envelope.event_type == E::TYPE);
        wanted.map(|envelope| envelope.open().expect("an event of its type")).collect()
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        self.life.stop.cancel();
    }
}
