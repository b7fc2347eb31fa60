//! Who tells what, and who hears it: read from the descriptions of services, without starting any.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use utoipa::openapi::{RefOr, Schema};

/// A type of event, as the document of events describes it.
#[derive(Clone)]
pub struct EventType {
    /// Its name, `vn.motcua.<noun>.<verb>.v<version>`.
    pub name: &'static str,
    /// The name of its payload's schema.
    pub payload: String,
    /// That schema and those that it refers to.
    pub schemas: Vec<(String, RefOr<Schema>)>,
}

/// A type of event that a service sends.
#[derive(Clone)]
pub struct Sent {
    /// The type.
    pub event: EventType,
    /// Why nobody needs to hear it; else somebody must.
    pub unheard: Option<&'static str>,
    /// Whether every subject can be told again as it stands.
    pub replays: bool,
}

/// A type of event that a service hears.
#[derive(Clone)]
pub struct Heard {
    /// The type.
    pub event: EventType,
    /// Why nobody sends it; else somebody must.
    pub unsent: Option<&'static str>,
}

/// What a service tells others, and what it does something on.
#[derive(Clone, Default)]
pub struct Events {
    /// Every type that it sends.
    pub sends: Vec<Sent>,
    /// Every type that it hears.
    pub hears: Vec<Heard>,
}

/// Who hears each type of event. Clones share one list, which grows when a service is added.
#[derive(Clone, Debug, Default)]
pub struct Subscribers(Arc<RwLock<BTreeMap<&'static str, Vec<&'static str>>>>);

impl Subscribers {
    /// A service that sends and hears these is there too.
    pub fn add(&self, service: &'static str, events: &Events) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for sent in &events.sends {
            all.entry(sent.event.name).or_default();
        }
        for heard in &events.hears {
            let listeners = all.entry(heard.event.name).or_default();
            if !listeners.contains(&service) {
                listeners.push(service);
            }
        }
    }

    /// Who hears events of this type; `None` when no service is known to send or hear them.
    pub fn to(&self, event_type: &str) -> Option<Vec<&'static str>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(event_type).cloned()
    }

    /// Every type that is known.
    pub fn types(&self) -> Vec<&'static str> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }
}
