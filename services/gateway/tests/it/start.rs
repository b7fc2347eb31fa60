//! A document or a setting that cannot be used stops the start, with a sentence.

use serde_json::{Value, json};

use crate::{document::document, gate::Gate};

async fn refusal(change: impl FnOnce(&mut Value)) -> String {
    let mut document = document();
    change(&mut document);
    match Gate::of(&document, &[]).await {
        Ok(_) => panic!("it starts"),
        Err(why) => why,
    }
}

fn orders(document: &mut Value) -> &mut Value {
    &mut document["paths"]["/api/v1/payment-orders"]["get"]
}

#[tokio::test]
async fn an_operation_that_no_service_answers_stops_the_start() {
    let why = refusal(|document| drop(orders(document).as_object_mut().map(|it| it.remove("x-service")))).await;
    assert!(why.contains("GET /api/v1/payment-orders") && why.contains("x-service"), "{why}");
    let why = refusal(|document| orders(document)["x-service"] = json!("printing")).await;
    assert!(why.contains("GET /api/v1/payment-orders") && why.contains("printing"), "{why}");
}

#[tokio::test]
async fn a_schema_that_cannot_be_compiled_stops_the_start() {
    let parameter = |schema: Value| json!([{"name": "q", "in": "query", "schema": schema}]);
    for schema in [
        json!({"type": "string", "pattern": "(?=look)"}),
        json!({"type": "string", "pattern": "("}),
        json!({"$ref": "#/nowhere"}),
        json!({"$ref": "https://elsewhere.example/schema.json"}),
    ] {
        let why = refusal(|document| orders(document)["parameters"] = parameter(schema.clone())).await;
        assert!(why.contains("GET /api/v1/payment-orders") && why.contains("parameter q"), "{schema}: {why}");
    }
    let body = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Missing"}}}});
    let why = refusal(|document| orders(document)["requestBody"] = body).await;
    assert!(why.contains("GET /api/v1/payment-orders"), "{why}");
}

#[tokio::test]
async fn paths_that_cannot_be_told_apart_stop_the_start() {
    let why = refusal(|document| {
        let paths = &mut document["paths"];
        paths["/api/v1/payment-orders/{a}"] = paths["/api/v1/payment-orders"].clone();
        paths["/api/v1/payment-orders/{b}"] = paths["/api/v1/payment-orders"].clone();
    });
    let why = why.await;
    assert!(why.contains("/api/v1/payment-orders/{"), "{why}");
    let why =
        refusal(|document| document["paths"]["/docs/{name}"] = document["paths"]["/api/v1/payment-orders"].clone())
            .await;
    assert!(why.contains("/docs/{name}"), "{why}");
}

#[tokio::test]
async fn what_is_no_document_stops_the_start() {
    let why = refusal(|document| *document = json!({"swagger": "2.0"})).await;
    assert!(why.contains("OpenAPI 3.1"), "{why}");
    let why = refusal(|document| *document = json!({"openapi": "3.1.0"})).await;
    assert!(why.contains("no paths"), "{why}");
    let missing = Gate::of(&document(), &[("--document", "/nowhere/motcua.json")]).await.err();
    assert!(missing.is_some());
}

#[tokio::test]
async fn an_address_that_is_none_stops_the_start() {
    let why = Gate::of(&document(), &[("--payments-url", "payments")]).await.err().unwrap_or_default();
    assert!(why.contains("--payments-url"), "{why}");
}

#[tokio::test]
async fn the_document_that_is_built_in_can_be_used() {
    let flags = ["--listen", "127.0.0.1:0"].map(str::to_owned);
    let life = runtime::Life::system();
    let running = gateway::service().serve(&flags, life.clone()).await;
    life.stop.cancel();
    running.unwrap_or_else(|why| panic!("{why:#}")).finished.await.expect("an orderly stop");
}
