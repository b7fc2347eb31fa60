//! Pages: everything that is neither in the document nor below `/api/` is the portal's.

use reqwest::Method;

use crate::{
    gate::{Gate, sent},
    upstream::{self, Raw},
};

async fn gate() -> Gate {
    Gate::before(&[("--portal-url", &upstream::echo())]).await
}

#[tokio::test]
async fn every_address_outside_the_api_is_passed_to_the_portal_as_it_is() {
    let gate = gate().await;
    for path in ["/", "/procedures?q=khai+sinh&lang=en", "/assets/app.1a2b.css", "/docs/a/b", "/apiary", "/metrics"] {
        let answer = gate.get(path).await;
        assert_eq!((answer.status, &answer.json()["uri"]), (200, &path.into()), "{path}");
    }
}

#[tokio::test]
async fn the_api_never_is() {
    let gate = gate().await;
    for path in ["/api", "/api/", "/api/v1/nothing", "/api/../", "/procedures/../api"] {
        let mut client = gate.raw().await;
        client.say(format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        assert_eq!(client.answer().await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn cookies_pass_both_ways_and_what_a_client_may_not_say_does_not() {
    let gate = gate().await;
    let call = gate.call(Method::GET, "/").header("cookie", "__Host-motcua=abc").header("x-forwarded-for", "9.9.9.9");
    let answer = sent(call).await;
    assert_eq!(answer.headers("set-cookie"), ["a=1", "b=2"]);
    let seen = answer.json();
    assert_eq!(seen["headers"]["cookie"][0], "__Host-motcua=abc");
    assert_eq!(seen["headers"]["x-forwarded-for"][0], "127.0.0.1");
}

#[tokio::test]
async fn forms_pass_unread_up_to_the_size_of_a_file() {
    let gate = gate().await;
    let form = "a=1&a=2&file=%00";
    let call = gate.call(Method::POST, "/sign-in").header("content-type", "application/x-www-form-urlencoded");
    let answer = sent(call.body(form)).await;
    assert_eq!((answer.status, &answer.json()["body"]), (200, &form.into()));
    let large = sent(gate.call(Method::POST, "/dossiers/1/documents").body(vec![0; 21 * 1024 * 1024])).await;
    assert_eq!((large.status, &*large.code()), (413, "too-large"));
}

#[tokio::test]
async fn a_form_that_a_browser_says_is_too_large_is_answered_by_the_portal() {
    let portal = Raw::listen().await;
    let gate = Gate::before(&[("--portal-url", &portal.url())]).await;
    let mut browser = gate.raw().await;
    let length = 500 * 1024 * 1024;
    browser
        .say(format!("POST /dossiers/1/documents HTTP/1.1\r\nhost: x\r\naccept: text/html\r\ncontent-length: {length}\r\n\r\nseal"))
        .await;
    let mut connection = portal.accept().await;
    connection.until("seal").await;
    connection
        .say("HTTP/1.1 422 Unprocessable Entity\r\ncontent-type: text/html\r\ncontent-length: 8\r\n\r\n10 MB :(")
        .await;
    assert_eq!(browser.answer().await.status, 422);
}

#[tokio::test]
async fn what_the_gateway_itself_refuses_of_a_page_is_a_page() {
    let gate = Gate::before(&[("--portal-url", &upstream::echo()), ("--requests-a-second", "1")]).await;
    let mut browser = gate.raw().await;
    let head =
        "POST /dossiers/1/documents HTTP/1.1\r\nhost: x\r\naccept: text/html\r\ntransfer-encoding: chunked\r\n\r\n";
    browser.say(head).await;
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    for _ in 0..=20 * 16 {
        browser.say(&chunk).await;
    }
    let refused = browser.answer().await;
    assert_eq!(refused.status, 413);
    for sentence in ["Mỗi tệp không được quá 10 MB.", "A file may have up to 10 MB.", "<html lang=\"vi\">"] {
        assert!(refused.body.contains(sentence), "{}", refused.body);
    }
    let page = || sent(gate.call(Method::GET, "/").header("accept", "text/html"));
    while page().await.status == 200 {}
    let refused = page().await;
    assert_eq!((refused.status, refused.headers("content-type")), (429, vec!["text/html; charset=utf-8"]));
    assert!(
        !refused.headers("retry-after").is_empty() && refused.text.contains("Quá nhiều yêu cầu"),
        "{}",
        refused.text
    );
    assert_eq!(&*gate.get("/").await.code(), "too-many-requests");
}

#[tokio::test]
async fn other_methods_are_refused() {
    let gate = gate().await;
    let answer = sent(gate.call(Method::DELETE, "/dossiers")).await;
    assert_eq!((answer.status, answer.headers("allow")), (405, vec!["GET, POST, HEAD, OPTIONS"]));
}

#[tokio::test]
async fn without_the_portal_a_browser_is_told_what_to_do_and_a_program_gets_a_problem() {
    let gate = Gate::before(&[]).await;
    let page = sent(gate.call(Method::GET, "/").header("accept", "text/html,*/*;q=0.8")).await;
    assert_eq!((page.status, page.headers("retry-after")), (503, vec!["5"]));
    assert!(
        page.text.contains("Trang tạm thời gián đoạn") && page.text.contains("load this page again"),
        "{}",
        page.text
    );
    let problem = gate.get("/").await;
    assert_eq!((problem.status, &*problem.code()), (503, "unavailable"));
}
