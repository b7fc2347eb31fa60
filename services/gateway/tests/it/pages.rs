//! The documentation page and the document.

use reqwest::Method;

use crate::{
    document::document,
    gate::{Gate, sent},
};

#[tokio::test]
async fn the_documentation_page_works_without_any_other_host() {
    let gate = Gate::start().await;
    let page = gate.get("/docs/").await;
    assert_eq!((page.status, page.headers("content-type")), (200, vec!["text/html"]));
    let settings = gate.get("/docs/swagger-initializer.js").await;
    assert!(settings.text.contains("/openapi.json"), "{}", settings.text);
    assert!(settings.text.contains("\"validatorUrl\": \"none\""), "{}", settings.text);
    for text in [&page.text, &settings.text] {
        assert!(!text.contains("://") && !text.contains("src=\"//") && !text.contains("href=\"//"), "{text}");
    }
    let mut assets = 0;
    for attribute in ["src=\"", "href=\""] {
        for name in page.text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
            let asset = gate.get(&format!("/docs/{}", name.trim_start_matches("./"))).await;
            assert_eq!(asset.status, 200, "{name}");
            assets += 1;
        }
    }
    assert!(assets >= 5, "{}", page.text);
}

#[tokio::test]
async fn the_browser_is_told_to_load_from_nowhere_else() {
    let gate = Gate::start().await;
    for path in ["/docs/", "/docs/swagger-ui-bundle.js"] {
        let answer = gate.get(path).await;
        let policy = answer.headers("content-security-policy").join(" ");
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        assert!(!policy.contains("http") && !policy.contains('*') && !policy.contains("'unsafe-eval'"), "{policy}");
    }
}

#[tokio::test]
async fn the_getting_started_page_names_this_installation_and_loads_nothing() {
    let gate = Gate::start().await;
    let page = gate.get("/docs/start").await;
    assert_eq!((page.status, page.headers("content-type")), (200, vec!["text/html; charset=utf-8"]));
    let policy = page.headers("content-security-policy").join(" ");
    assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline';"), "{policy}");
    assert!(page.text.contains("BASE=http") && !page.text.contains("{{"), "{}", page.text);
    for outside in ["<script", "<link", "<img", "src=", "href=\"http"] {
        assert!(!page.text.contains(outside), "{outside}");
    }
}

#[tokio::test]
async fn the_document_is_served_as_it_was_given() {
    let gate = Gate::start().await;
    let answer = gate.get("/openapi.json").await;
    assert_eq!((answer.status, answer.json()), (200, document()));
}

#[tokio::test]
async fn the_documentation_has_a_short_address() {
    let gate = Gate::start().await;
    let answer = sent(gate.call(Method::GET, "/docs")).await;
    assert_eq!((answer.status, answer.headers("location")), (303, vec!["/docs/"]));
}

#[tokio::test]
async fn oauth_libraries_find_what_they_need_where_rfc_8414_has_it() {
    let mut document = document();
    document["paths"]["/api/v1/private"]["get"]["security"] = serde_json::json!([{"bearer": ["dossiers"]}]);
    let flags = [("--public-url", "https://motcua.example")];
    let gate = Gate::of(&document, &flags).await.unwrap_or_else(|why| panic!("{why}"));
    let answer = gate.get("/.well-known/oauth-authorization-server").await;
    assert_eq!((answer.status, answer.headers("content-type")), (200, vec!["application/json"]));
    let metadata = answer.json();
    assert_eq!(metadata["issuer"], crate::issuer::ISSUER);
    assert_eq!(metadata["token_endpoint"], "https://motcua.example/api/v1/oauth/token");
    assert_eq!(metadata["jwks_uri"], "https://motcua.example/api/v1/jwks");
    assert_eq!(metadata["scopes_supported"], serde_json::json!(["dossiers"]));
    assert_eq!(metadata["grant_types_supported"], serde_json::json!(["client_credentials"]));
    assert_eq!(metadata["response_types_supported"], serde_json::json!([]));
}
