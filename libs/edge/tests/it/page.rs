//! Lists by keyset.

use testkit::Method;

use crate::probe::installation;

#[tokio::test]
async fn pages_join_without_gap_and_the_last_has_no_next() {
    let installation = installation().await;
    let (mut path, mut seen) = ("/api/v1/numbers".to_owned(), Vec::<u32>::new());
    loop {
        let page = installation.nobody().call("probe", Method::GET, &path).send().await.expect(200);
        seen.extend(serde_json::from_value::<Vec<u32>>(page.json["items"].clone()).unwrap());
        let Some(next) = page.json["next"].as_str() else { break };
        path = format!("/api/v1/numbers?cursor={next}");
    }
    assert_eq!(seen, (0..250).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_page_is_never_larger_than_a_hundred() {
    let installation = installation().await;
    let page = installation.nobody().call("probe", Method::GET, "/api/v1/numbers?page_size=4000000000").send().await;
    assert_eq!(page.expect(200).json["items"].as_array().unwrap().len(), 100);
}

#[tokio::test]
async fn a_cursor_of_another_list_or_of_nobodys_making_is_refused() {
    let installation = installation().await;
    let page = installation.nobody().call("probe", Method::GET, "/api/v1/numbers").send().await.expect(200);
    let next = page.text("/next");
    for cursor in [next, "AAAA", "not base64!", ""] {
        let path = format!("/api/v1/letters?cursor={}", cursor.replace(' ', "%20"));
        let answer = installation.nobody().call("probe", Method::GET, &path).send().await.expect(400);
        assert_eq!(answer.text("/errors/0/code"), "cursor-of-another-list");
    }
}
