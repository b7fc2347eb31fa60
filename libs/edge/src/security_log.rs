//! Where refusals are kept: in the audit log of the service, or where it has none (the gateway) as lines of its log. Once a minute, so
//! that no refused request waits for the database.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use actix_web::HttpRequest;
use chrono::{DateTime, Utc};
use runtime::{Life, Trace};
use serde_json::json;
use tokio::{sync::oneshot, time::timeout};

use crate::{
    Caller, Origin, Problem, SecurityEvent,
    audit::{self, Row},
    refusals::{Actor, Refusal, Times, Window},
    route::route,
};

/// How often is looked whether there is something to write.
const LOOK: Duration = Duration::from_millis(500);
/// Bytes of a path that are kept.
const PATH: usize = 200;

/// The refusals of one service. Clones share them.
#[derive(Clone)]
pub(crate) struct SecurityLog(Arc<Inner>);

struct Inner {
    service: &'static str,
    audit: Option<pg::Pool>,
    life: Life,
    window: Mutex<Window>,
}

/// Notes that the service refuses a request of `caller`, if she is known, from `origin`. What is no security event is passed over.
pub fn refused(request: &HttpRequest, caller: Option<&Caller>, origin: Origin, problem: &Problem) {
    let (Some(log), Some((event, subject))) = (request.app_data::<SecurityLog>(), problem.refusal()) else { return };
    let refusal = Refusal {
        event,
        actor: caller.map(Actor::from),
        origin,
        operation: operation(request, event, caller),
        route: format!("{} {}", request.method(), route(request)),
        subject: subject.cloned(),
        status: problem.kind.status,
        code: problem.kind.code,
    };
    log.add(refusal);
}

/// What was asked for. The path itself only of whom we know, and who may not: a stranger writes there what he likes.
fn operation(request: &HttpRequest, event: SecurityEvent, caller: Option<&Caller>) -> String {
    if event == SecurityEvent::Forbidden && caller.is_some() {
        let path: String = request.path().chars().take(PATH).collect();
        return format!("{} {path}", request.method());
    }
    format!("{} {}", request.method(), route(request))
}

impl SecurityLog {
    /// The refusals of `service`, for the audit log in `audit` if it has one.
    pub fn new(service: &'static str, audit: Option<pg::Pool>, life: Life) -> Self {
        Self(Arc::new(Inner { service, audit, life, window: Mutex::default() }))
    }

    fn add(&self, refusal: Refusal) {
        refusal.event.count(self.0.service);
        let trace_id = Trace::current().map(|trace| trace.id());
        if !self.window().add(refusal, trace_id, self.0.life.clock.now()) {
            SecurityEvent::NotKept.count(self.0.service);
        }
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.0.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what is refused, until `served` resolves; then what is left.
    pub async fn keep(self, mut served: oneshot::Receiver<()>) {
        let mut rows = Vec::new();
        loop {
            let last = timeout(LOOK, &mut served).await.is_ok();
            // While the database takes none, what comes meanwhile goes on being counted together.
            if (rows.is_empty() && self.window().is_over(self.0.life.clock.now())) || last {
                let window = std::mem::take(&mut *self.window());
                rows.extend(self.rows(window));
            }
            if self.write(&rows).await {
                rows.clear();
            }
            if last {
                rows.iter().for_each(|row| self.say(row));
                return;
            }
        }
    }

    fn rows(&self, window: Window) -> Vec<Row> {
        let (began, not_kept) = (window.began(), window.not_kept);
        let mut rows: Vec<_> = window.into_kept().map(|(refusal, times)| self.row(refusal, times)).collect();
        if let Some(began) = began.filter(|_| not_kept > 0) {
            rows.push(self.not_kept(began, not_kept));
        }
        rows
    }

    fn row(&self, refusal: Refusal, times: Times) -> Row {
        let Refusal { event, actor, origin, operation, route: _, subject, status, code } = refusal;
        let detail =
            json!({"operation": operation, "status": status, "code": code, "times": times.count, "until": times.last});
        let (subject_type, subject_id) = subject.map_or(("operation", operation), |subject| (subject.kind, subject.id));
        Row {
            id: self.0.life.new_id(),
            at: times.first,
            actor_id: actor.as_ref().map(|actor| actor.id),
            actor_kind: actor.as_ref().map_or("STRANGER", |actor| actor.kind.as_str()),
            actor_capacity: actor.map(|actor| actor.capacity),
            action: event.as_str(),
            subject_type,
            subject_id,
            trace_id: times.trace_id,
            detail,
            origin: Some(origin.to_string()),
        }
    }

    fn not_kept(&self, began: DateTime<Utc>, times: u64) -> Row {
        Row {
            id: self.0.life.new_id(),
            at: began,
            actor_id: None,
            actor_kind: "SYSTEM",
            actor_capacity: None,
            action: SecurityEvent::NotKept.as_str(),
            subject_type: "service",
            subject_id: self.0.service.to_owned(),
            trace_id: None,
            detail: json!({"times": times}),
            origin: None,
        }
    }

    /// Whether they are kept. That the database is away is told elsewhere.
    async fn write(&self, rows: &[Row]) -> bool {
        let Some(pool) = self.0.audit.as_ref().filter(|_| !rows.is_empty()) else {
            rows.iter().for_each(|row| self.say(row));
            return true;
        };
        let written = async { audit::keep(&mut *pool.get().await?, rows).await };
        match written.await {
            Ok(()) => true,
            Err(why) if why.is_passing() => false,
            // Else they would be tried for ever, and nothing after them.
            Err(why) => {
                tracing::error!(error = %why, "the audit log does not take what was refused: it is said here instead");
                rows.iter().for_each(|row| self.say(row));
                true
            }
        }
    }

    fn say(&self, row: &Row) {
        tracing::warn!(
            service = self.0.service,
            event = row.action,
            actor = row.actor_id.map(tracing::field::display),
            capacity = row.actor_capacity,
            origin = row.origin,
            subject = row.subject_id,
            detail = %row.detail,
            since = %row.at,
            trace_id = row.trace_id,
            "requests were refused"
        );
    }
}
