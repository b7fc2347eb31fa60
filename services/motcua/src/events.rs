//! Who tells what to whom: computed here, from what the services say of themselves, for all who must know it.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use runtime::{Life, Service, Subscribers};
use serde_json::{Map, Value, json};

use crate::services;

/// A life on the system's clock, in an installation with all services.
pub fn life() -> Life {
    Life { subscribers: subscribers(&services()), ..Life::system() }
}

/// Who hears each type of event when these services are there.
pub fn subscribers(services: &[Service]) -> Subscribers {
    let all = Subscribers::default();
    services.iter().for_each(|service| all.add(service.name, &service.events()));
    all
}

/// What is wrong with who tells what: an event of two senders, a subscription that nobody sends, an event that nobody hears
/// without a reason, or with one although somebody does.
pub fn faults(services: &[Service]) -> Vec<String> {
    let (heard, mut senders) = (subscribers(services), BTreeMap::<_, Vec<_>>::new());
    let mut faults = Vec::new();
    for service in services {
        for sent in service.events().sends {
            let (name, listeners) = (sent.event.name, heard.to(sent.event.name).unwrap_or_default());
            senders.entry(name).or_default().push(service.name);
            match sent.unheard {
                None if listeners.is_empty() => faults.push(format!("nobody hears {name} of {}", service.name)),
                Some(_) if !listeners.is_empty() => faults.push(format!("{name} is said to be unheard: {listeners:?}")),
                _ => {}
            }
        }
    }
    for service in services {
        for heard in service.events().hears {
            let name = heard.event.name;
            match (senders.get(name), heard.unsent) {
                (None, None) => faults.push(format!("nobody sends {name}, which {} hears", service.name)),
                (Some(of), Some(_)) => faults.push(format!("{name} is said to be unsent: {of:?}")),
                _ => {}
            }
        }
    }
    faults.extend(senders.iter().filter(|(_, of)| of.len() > 1).map(|(name, of)| format!("{name} is sent by {of:?}")));
    faults
}

/// The AsyncAPI document: each type of event with its payload, its sender and its listeners.
///
/// # Errors
/// When two services describe different payloads under one name.
pub fn document(services: &[Service]) -> Result<Value> {
    let heard = subscribers(services);
    let mut parts = Parts::default();
    for service in services {
        for sent in service.events().sends {
            let listeners = heard.to(sent.event.name).unwrap_or_default();
            for (name, schema) in &sent.event.schemas {
                parts.schema(name, serde_json::to_value(schema)?)?;
            }
            parts.message(sent.event.name, &sent.event.payload);
            parts.channel(service.name, &sent, &listeners);
        }
    }
    Ok(parts.document())
}

#[derive(Default)]
struct Parts {
    channels: Map<String, Value>,
    operations: Map<String, Value>,
    messages: Map<String, Value>,
    schemas: Map<String, Value>,
}

impl Parts {
    fn schema(&mut self, name: &str, schema: Value) -> Result<()> {
        match self.schemas.get(name) {
            Some(known) if *known != schema => bail!("{name} is described in two ways: rename one"),
            _ => drop(self.schemas.insert(name.to_owned(), schema)),
        }
        Ok(())
    }

    /// The envelope with the payload in it.
    fn message(&mut self, event: &str, payload: &str) {
        let schema = format!("#/components/schemas/{payload}");
        let inside = json!({
            "type": "object",
            "required": ["data"],
            "properties": {"type": {"const": event}, "data": {"$ref": schema}},
        });
        let message = json!({
            "name": event,
            "contentType": "application/cloudevents+json",
            "payload": {"allOf": [{"$ref": "#/components/schemas/CloudEvent"}, inside]},
        });
        self.messages.insert(payload.to_owned(), message);
    }

    fn channel(&mut self, sender: &str, sent: &runtime::Sent, listeners: &[&str]) {
        let (event, payload) = (sent.event.name, &sent.event.payload);
        let channel = json!({
            "address": event,
            "messages": {payload: {"$ref": format!("#/components/messages/{payload}")}},
            "x-sender": sender,
            "x-listeners": listeners,
            "x-unheard": sent.unheard,
            "x-replays": sent.replays,
        });
        self.channels.insert(event.to_owned(), channel);
        self.operation(sender, "send", event);
        listeners.iter().for_each(|listener| self.operation(listener, "receive", event));
    }

    fn operation(&mut self, service: &str, action: &str, event: &str) {
        let operation = json!({
            "action": action,
            "channel": {"$ref": format!("#/channels/{event}")},
            "tags": [{"name": service}],
        });
        self.operations.insert(format!("{service}.{action}.{event}"), operation);
    }

    fn document(mut self) -> Value {
        self.schemas.insert("CloudEvent".into(), envelope());
        json!({
            "asyncapi": "3.0.0",
            "info": {
                "title": "Motcua: events",
                "description": "What the services tell each other. An event is told at least once and takes effect once; readers \
                    ignore fields that they do not know. Of an event with a version the newest counts.",
                "license": {"name": "Apache-2.0"},
                "version": env!("CARGO_PKG_VERSION"),
            },
            "defaultContentType": "application/cloudevents+json",
            "channels": self.channels,
            "operations": self.operations,
            "components": {"messages": self.messages, "schemas": self.schemas},
        })
    }
}

/// CloudEvents 1.0 in JSON, as `civic::Envelope` writes it.
fn envelope() -> Value {
    let text = |what: &str| json!({"type": "string", "description": what});
    json!({
        "type": "object",
        "required": ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {"type": "string", "format": "uuid", "description": "The same event told twice has the same id."},
            "source": text("The sender, `/submissions`."),
            "type": text("The type of the event."),
            "subject": text("The id of what the event is about."),
            "time": {"type": "string", "format": "date-time", "description": "When it happened."},
            "datacontenttype": {"const": "application/json"},
            "traceparent": text("The W3C trace context of the request that caused it."),
            "data": {},
        },
    })
}
