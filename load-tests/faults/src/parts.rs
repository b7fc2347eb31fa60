//! Which services and parts an installation has, by the document that the gateway finds them by.

use std::sync::LazyLock;

use serde_json::Value;

/// The services with a database.
pub static SERVICES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(include_str!("../../../openapi/motcua.json"))
        .expect("the document of this version is JSON");
    let services = document["x-services"].as_object().expect("the document names its services");
    let with_data = services.iter().filter(|(_, service)| service["pages"] == false);
    with_data.map(|(name, _)| &*name.clone().leak()).collect()
});

/// Every part of the installation that may die.
pub static PARTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let parts = |service: &&str| [format!("{service} serve"), format!("{service} work")];
    SERVICES.iter().flat_map(parts).map(|part| &*part.leak()).chain(["gateway serve"]).collect()
});
