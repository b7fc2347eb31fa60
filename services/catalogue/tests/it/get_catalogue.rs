//! `GET /api/v1/catalogue`, and lists of procedures narrowed by it.

use crate::fixture::{BIRTH, CERTIFIED, COPY, Fixture, GUARDIANSHIP, MARITAL_STATUS, RESIDENCE, codes};
use serde_json::json;

#[tokio::test]
async fn everybody_sees_the_fields_and_life_events_that_have_procedures() {
    let fixture = Fixture::open().await;
    let catalogue = fixture.get("/api/v1/catalogue").await.expect(200);
    assert_eq!(
        catalogue.json["fields"],
        json!([
            {"code": "chung-thuc", "name": {"vi": "Chứng thực", "en": "Certification"}, "procedures": 1},
            {"code": "cu-tru", "name": {"vi": "Cư trú", "en": "Residence"}, "procedures": 1},
            {"code": "ho-tich", "name": {"vi": "Hộ tịch", "en": "Civil status"}, "procedures": 4},
        ])
    );
    let events = catalogue.json["life_events"].as_array().expect("life events").iter();
    let events: Vec<_> = events.map(|event| (event["code"].clone(), event["procedures"].clone())).collect();
    let expected = [("BIRTH", 2), ("MARRIAGE", 2), ("RESIDENCE", 1), ("DEATH", 1)];
    assert_eq!(events, expected.map(|(code, procedures)| (json!(code), json!(procedures))));
    assert_eq!(catalogue.text("/life_events/0/name/vi"), "Có con");
}

#[tokio::test]
async fn the_catalogue_may_be_kept_a_second() {
    let fixture = Fixture::open().await;
    let first = fixture.get("/api/v1/catalogue").await.expect(200);
    assert_eq!(first.header("cache-control"), Some("public, max-age=1"));
    let etag = first.header("etag").expect("an ETag");
    let again = fixture.get_again("/api/v1/catalogue", etag).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
}

#[tokio::test]
async fn procedures_are_found_by_life_event_and_by_who_takes_them() {
    let fixture = Fixture::open().await;
    let list = async |query: &str| fixture.get(&format!("/api/v1/procedures?{query}")).await;
    for (query, expected) in [
        ("life_event=BIRTH", &[BIRTH, COPY][..]),
        ("life_event=DEATH", &[COPY]),
        ("life_event=LAND", &[]),
        ("agency=H44.100", &[BIRTH, RESIDENCE, GUARDIANSHIP, MARITAL_STATUS, COPY, CERTIFIED]),
        ("agency=H44.01", &[COPY]),
        ("agency=H44", &[COPY]),
        ("life_event=BIRTH&field=ho-tich&agency=H44&q=sao", &[COPY]),
    ] {
        assert_eq!(codes(&list(query).await.expect(200)), expected, "{query}");
    }
    for query in ["life_event=birth", "life_event=", "agency=nowhere", "agency=%00"] {
        let _ = list(query).await.expect(400);
    }
    let first = list("life_event=BIRTH&page_size=1").await.expect(200);
    let next = first.text("/next");
    let rest = list(&format!("life_event=BIRTH&page_size=1&cursor={next}")).await.expect(200);
    assert_eq!(codes(&rest), [COPY]);
    let _ = list(&format!("life_event=DEATH&page_size=1&cursor={next}")).await.expect(400);
}
