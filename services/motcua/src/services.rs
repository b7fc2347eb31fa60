//! The list of services.

use anyhow::{Result, anyhow};
use runtime::Service;

/// Every service, in the order in which they start: who issues tokens first, the door last.
pub fn services() -> Vec<Service> {
    vec![
        sandbox::service(),
        accounts::service(),
        catalogue::service(),
        submissions::service(),
        payments::service(),
        notifications::service(),
        portal::service(),
        gateway::service(),
    ]
}

/// The service of this name.
///
/// # Errors
/// A sentence with the names there are.
pub fn service(name: &str) -> Result<Service> {
    let all = services();
    let names: Vec<_> = all.iter().map(|service| service.name).collect();
    let unknown = || anyhow!("There is no service {name}; choose one of {}.", names.join(", "));
    all.iter().find(|service| service.name == name).cloned().ok_or_else(unknown)
}
