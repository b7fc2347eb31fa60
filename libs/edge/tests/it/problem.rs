//! Every failure is a problem (RFC 9457), in the language asked for.

use testkit::Method;

use crate::probe::installation;

#[tokio::test]
async fn a_path_or_method_that_is_not_there_is_a_problem_in_vietnamese_unless_english_is_asked_for() {
    let installation = installation().await;
    let answer = installation.nobody().call("probe", Method::GET, "/api/v1/nothing").send().await.expect(404);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.text("/code"), "not-found");
    assert_eq!(answer.text("/title"), "Không tìm thấy.");
    assert_eq!(answer.text("/instance"), "/api/v1/nothing");
    let english =
        installation.nobody().call("probe", Method::GET, "/x").header("accept-language", "en-GB").send().await;
    assert_eq!(english.text("/title"), "Not found.");
    assert_eq!(english.header("content-language"), Some("en"));
}

#[tokio::test]
async fn a_problem_names_the_trace_that_the_client_sent_and_every_answer_its_request_id() {
    let installation = installation().await;
    let answer = installation
        .nobody()
        .call("probe", Method::GET, "/x")
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .header("x-request-id", "help-me-7")
        .send()
        .await;
    assert_eq!(answer.text("/trace_id"), "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(answer.header("x-request-id"), Some("help-me-7"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn a_query_parameter_that_nobody_knows_is_refused() {
    let installation = installation().await;
    let answer =
        installation.nobody().call("probe", Method::GET, "/api/v1/numbers?pagesize=3").send().await.expect(400);
    assert_eq!(answer.text("/code"), "invalid");
    assert!(answer.text("/errors/0/detail").contains("pagesize"));
}
