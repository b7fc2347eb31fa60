//! `GET /api/v1/dossiers`

use chrono::TimeDelta;
use edge::{Page, PageQuery};
use testkit::{TestCaller, TestResponse};

use crate::fixture::{BIRTH, COPY, Fixture, HERE};

fn ids(answer: &TestResponse) -> Vec<String> {
    let items = answer.json["items"].as_array().expect("items");
    items.iter().map(|item| format!("/api/v1/dossiers/{}", item["id"].as_str().expect("an id"))).collect()
}

async fn pages(fixture: &Fixture, who: &TestCaller, path: &str) -> Vec<String> {
    let (mut all, mut next) = (Vec::new(), String::new());
    loop {
        let answer = fixture.get(who, &format!("{path}{next}")).await.expect(200);
        all.extend(ids(&answer));
        match answer.json["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return all,
        }
    }
}

#[tokio::test]
async fn ones_own_dossiers_come_newest_first_page_by_page() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let mut made = Vec::new();
    for number in 0..5 {
        made.push(fixture.draft(&an, BIRTH, HERE).await);
        // Two of them at the same moment: the id decides.
        fixture.installation.clock.advance(TimeDelta::seconds(number % 2));
    }
    fixture.draft(&fixture.installation.citizen("Trần Thị Bình"), BIRTH, HERE).await;
    let all = ids(&fixture.get(&an, "/api/v1/dossiers").await.expect(200));
    assert_eq!(all.len(), 5);
    assert_eq!(pages(&fixture, &an, "/api/v1/dossiers?page_size=2").await, all);
    let (mut sorted, mut expected) = (all.clone(), made.clone());
    assert_eq!(all.first(), made.last());
    sorted.sort();
    expected.sort();
    assert_eq!(sorted, expected);
}

#[tokio::test]
async fn a_program_asks_for_what_went_a_step_since_it_looked_last() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    fixture.draft(&an, BIRTH, HERE).await;
    let (filed, _) = fixture.filed(&an, BIRTH).await;
    fixture.installation.clock.advance(TimeDelta::hours(1));
    let asked = fixture.asked(&an).await;
    let since =
        async |moment: &str| fixture.get(&an, &format!("/api/v1/dossiers?changed_since={moment}")).await.expect(200);
    assert_eq!(ids(&since("2026-07-21T03:00:00Z").await), [asked.clone(), filed]);
    let new = since("2026-07-21T03:00:01Z").await;
    assert_eq!(ids(&new), [asked]);
    let asked = (new.text("/items/0/asked"), new.text("/items/0/answer_by"));
    assert_eq!(asked, ("SUPPLEMENT", "2026-08-11T10:00:00Z"), "until when papers are waited for");
    assert!(ids(&since("2026-07-21T04:00:01Z").await).is_empty());
}

#[tokio::test]
async fn a_list_can_be_narrowed_to_a_status() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let draft = fixture.draft(&an, BIRTH, HERE).await;
    let (filed, receipt) = fixture.filed(&an, COPY).await;
    assert_eq!(ids(&fixture.get(&an, "/api/v1/dossiers?status=DRAFT").await), [draft]);
    let waiting = fixture.get(&an, "/api/v1/dossiers?status=FEE_DUE").await;
    assert_eq!(ids(&waiting), [filed]);
    assert_eq!(waiting.text("/items/0/code"), receipt.text("/code"));
    assert_eq!(waiting.text("/items/0/agency/name/vi"), "Phường Việt Trì");
}

#[tokio::test]
async fn a_cursor_belongs_to_its_list_and_its_caller() {
    let fixture = Fixture::open().await;
    let (an, binh) = (fixture.an(), fixture.installation.citizen("Trần Thị Bình"));
    for _ in 0..2 {
        fixture.draft(&an, BIRTH, HERE).await;
    }
    let first = fixture.get(&an, "/api/v1/dossiers?page_size=1").await;
    let path = format!("/api/v1/dossiers?page_size=1&cursor={}", first.text("/next"));
    let _ = fixture.get(&an, &path).await.expect(200);
    let _ = fixture.get(&binh, &path).await.expect(400);
    let _ = fixture.get(&an, &format!("{path}&status=DRAFT")).await.expect(400);
}

/// Nothing in a cursor is secret, so anybody can make one that belongs to their list.
#[tokio::test]
async fn a_forged_cursor_before_all_time_is_refused() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let forged = |moment: &str| {
        let query = PageQuery { page_size: Some(1), cursor: None };
        let bound = format!("list_dossiers {} None None", an.id);
        let next = Page::of(vec![(), ()], &query, &bound, |()| (moment.to_owned(), an.id)).next;
        format!("/api/v1/dossiers?cursor={}", next.expect("there is a second row"))
    };
    let _ = fixture.get(&an, &forged("2026-01-01T00:00:00Z")).await.expect(200);
    let _ = fixture.get(&an, &forged("-10000-01-01T00:00:00Z")).await.expect(400);
}

#[tokio::test]
async fn what_a_list_does_not_know_is_refused() {
    let fixture = Fixture::open().await;
    for query in ["page_size=-1", "page_size=x", "status=LOST", "owner=1", "cursor=%00"] {
        let _ = fixture.get(&fixture.an(), &format!("/api/v1/dossiers?{query}")).await.expect(400);
    }
    let _ = fixture.get(&fixture.an(), "/api/v1/dossiers?page_size=4000000000").await.expect(200);
    let _ = fixture.get(&fixture.receiver(), "/api/v1/dossiers").await.expect(403);
}
