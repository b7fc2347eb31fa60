//! The agencies in force, and one of them.

use testkit::{Installation, Method, TestResponse};

use crate::people::{demonstration, run};

async fn get(installation: &Installation, path: &str) -> TestResponse {
    installation.nobody().call("accounts", Method::GET, path).send().await
}

fn codes(answer: &TestResponse) -> Vec<String> {
    let items = answer.json["items"].as_array().expect("items");
    items.iter().map(|item| item["code"].as_str().expect("a code").to_owned()).collect()
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let installation = demonstration().await;
    let all = codes(&get(&installation, "/api/v1/agencies?page_size=1000").await.expect(200));
    assert_eq!(all.len(), 18);
    let (mut path, mut paged) = ("/api/v1/agencies?page_size=7".to_owned(), Vec::new());
    loop {
        let page = get(&installation, &path).await.expect(200);
        paged.extend(codes(&page));
        let Some(next) = page.json["next"].as_str() else { break };
        path = format!("/api/v1/agencies?page_size=7&cursor={next}");
    }
    assert_eq!(paged, all);
}

#[tokio::test]
async fn a_name_is_found_without_diacritics_and_in_english() {
    let installation = demonstration().await;
    assert_eq!(codes(&get(&installation, "/api/v1/agencies?q=SUOI%20may").await.expect(200)), ["H44.101", "H44.101.1"]);
    assert_eq!(codes(&get(&installation, "/api/v1/agencies?q=justice").await.expect(200)), ["H44.01"]);
    assert_eq!(codes(&get(&installation, "/api/v1/agencies?q=%25").await.expect(200)), Vec::<String>::new());
    assert_eq!(codes(&get(&installation, "/api/v1/agencies?q=suoi%20mai").await.expect(200)), ["H44.101", "H44.101.1"]);
    get(&installation, "/api/v1/agencies?q=%00").await.expect(200);
}

#[tokio::test]
async fn words_and_codes_are_found_in_any_order_shortened_as_people_do_and_the_best_comes_first() {
    let installation = demonstration().await;
    let found =
        async |typed: &str| codes(&get(&installation, &format!("/api/v1/agencies?q={typed}")).await.expect(200));
    for typed in ["p.%20doi%20che", "P.doi%20che", "che%20doi", "p%20doi%20che", "phuong%20che%20doi", "doi%20che"] {
        assert_eq!(found(typed).await, ["H44.100", "H44.100.1"], "{typed}");
    }
    assert_eq!(found("ubnd%20p.%20doi%20che").await, ["H44.100"]);
    assert_eq!(found("c%C3%B4ng%20an%20%C4%91%E1%BB%93i").await, ["H44.100.1"]);
    assert_eq!(found("x.%20doi%20che").await, Vec::<String>::new(), "it is a ward");
    for typed in ["H44.100", "h44.100", "h44100", "H44.100%20doi%20che"] {
        assert_eq!(found(typed).await.first().map(String::as_str), Some("H44.100"), "{typed}");
    }
    assert_eq!(found("h44.999").await, Vec::<String>::new());
    let first = get(&installation, "/api/v1/agencies?q=doi+che&page_size=1").await.expect(200);
    let next = format!("/api/v1/agencies?q=doi+che&page_size=1&cursor={}", first.text("/next"));
    assert_eq!(codes(&get(&installation, &next).await.expect(200)), ["H44.100.1"]);
}

#[tokio::test]
async fn the_tree_is_walked_by_parent_and_what_is_no_longer_in_force_is_only_found_by_its_code() {
    let installation = demonstration().await;
    assert_eq!(codes(&get(&installation, "/api/v1/agencies?parent=H44.100").await.expect(200)), ["H44.100.1"]);
    run(&installation, "update agencies set valid_until = '2026-07-20' where code = 'H44.100.1'").await;
    assert!(codes(&get(&installation, "/api/v1/agencies?parent=H44.100").await.expect(200)).is_empty());
    let merged = get(&installation, "/api/v1/agencies/H44.100.1").await.expect(200);
    assert_eq!((merged.text("/valid_until"), merged.text("/parent")), ("2026-07-20", "H44.100"));
    run(&installation, "update agencies set valid_until = '2026-07-21' where code = 'H44.100.1'").await;
    assert_eq!(codes(&get(&installation, "/api/v1/agencies?parent=H44.100").await.expect(200)), ["H44.100.1"]);
}

#[tokio::test]
async fn what_is_not_an_agency_is_not_found_and_a_strange_query_is_refused() {
    let installation = demonstration().await;
    get(&installation, "/api/v1/agencies/H44.999").await.expect(404);
    for code in ["nonsense", "H44%00"] {
        get(&installation, &format!("/api/v1/agencies/{code}")).await.expect(400);
    }
    let page = get(&installation, "/api/v1/agencies?page_size=1").await.expect(200);
    let next = page.text("/next");
    for query in [&format!("q=xa&cursor={next}"), "cursor=x", "page_size=-1", "colour=red", "parent=nonsense"] {
        get(&installation, &format!("/api/v1/agencies?{query}")).await.expect(400);
    }
}

#[tokio::test]
async fn those_where_nobody_receives_can_be_left_out() {
    let installation = demonstration().await;
    let all = codes(&get(&installation, "/api/v1/agencies?page_size=1000").await.expect(200));
    let staffed = codes(&get(&installation, "/api/v1/agencies?page_size=1000&receives=true").await.expect(200));
    assert_eq!(staffed, ["H44.100", "H44.100.1", "H44.101", "H44.102"]);
    assert!(all.contains(&"H44.103".to_owned()));
}
