//! Many filings at once: codes stay unique, gapless and in order.

use std::collections::BTreeSet;

use civic::events::DossierSubmitted;
use futures_util::future::join_all;
use testkit::Method;

use crate::fixture::{COPY, Fixture};

#[tokio::test]
async fn two_filings_that_race_get_consecutive_codes() {
    let fixture = Fixture::open().await;
    let (an, binh) = (fixture.an(), fixture.installation.citizen("Trần Thị Bình"));
    let (one, two) = (fixture.ready(&an, COPY).await, fixture.ready(&binh, COPY).await);
    let (one, two) = tokio::join!(fixture.submit(&an, &one), fixture.submit(&binh, &two));
    let codes: BTreeSet<_> = [one.expect(201), two.expect(201)].map(|receipt| receipt.text("/code").to_owned()).into();
    assert_eq!(codes, ["H44.100-260721-0001", "H44.100-260721-0002"].map(String::from).into());
    fixture.assert_sound().await;
}

#[tokio::test]
async fn fifty_filings_at_once_leave_no_gap_whatever_fails_between_them() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let mut drafts = Vec::new();
    for number in 0..55 {
        // Every eleventh cannot be filed.
        let dossier = match number % 11 {
            0 => fixture.draft(&an, COPY, crate::fixture::HERE).await,
            _ => fixture.ready(&an, COPY).await,
        };
        drafts.push(dossier);
    }
    let answers = join_all(drafts.iter().map(|dossier| fixture.submit(&an, dossier))).await;
    let filed = answers.iter().filter(|answer| answer.status == 201);
    let codes: BTreeSet<_> = filed.map(|receipt| receipt.text("/code").to_owned()).collect();
    assert_eq!(codes, (1..=50).map(|ordinal| format!("H44.100-260721-{ordinal:04}")).collect());
    assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 5);
    assert_eq!(fixture.count("code_counters where last = 50").await, 1);
    assert_eq!(fixture.installation.sent::<DossierSubmitted>("submissions").await.len(), 50);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn one_draft_is_filed_once_however_many_try() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.ready(&an, COPY).await;
    let answers = join_all((0..8).map(|_| fixture.submit(&an, &dossier))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    let refusals = answers.iter().filter(|answer| answer.status != 201);
    refusals.for_each(|answer| {
        assert!(["not-a-draft", "changed-meanwhile"].contains(&answer.text("/code")), "{}", answer.json)
    });
    assert_eq!((fixture.count("code_counters where last = 1").await, fixture.count("idempotency_keys").await), (1, 2));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn one_key_used_at_once_has_one_effect() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let path = format!("{}/submission", fixture.ready(&an, COPY).await);
    let submit = || an.call("submissions", Method::POST, &path).key("k").send();
    let answers = join_all((0..8).map(|_| submit())).await;
    let filed: BTreeSet<_> =
        answers.iter().filter(|answer| answer.status == 201).map(|answer| answer.bytes.clone()).collect();
    assert_eq!(filed.len(), 1);
    let others = answers.iter().filter(|answer| answer.status != 201);
    others.for_each(|answer| assert_eq!((answer.status, answer.text("/code")), (409, "in-progress")));
    assert_eq!(fixture.count("code_counters where last = 1").await, 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn two_replicas_that_file_for_one_agency_at_once_issue_codes_without_gap_or_double() {
    let mut fixture = Fixture::open().await;
    fixture.installation.replicate(&submissions::service(), "replica").await;
    let an = fixture.an();
    let mut filings = Vec::new();
    for turn in 0..40 {
        let path = format!("{}/submission", fixture.ready(&an, COPY).await);
        let door = if turn % 2 == 0 { "submissions" } else { "replica" };
        filings.push(an.call(door, Method::POST, &path).key(&format!("filing-{turn}")));
    }
    let answers = join_all(filings.into_iter().map(testkit::Call::send)).await;
    let mut codes: Vec<_> = answers.into_iter().map(|answer| answer.expect(201).text("/code").to_owned()).collect();
    codes.sort();
    assert_eq!(codes, (1..=40).map(|ordinal| format!("H44.100-260721-{ordinal:04}")).collect::<Vec<_>>());
    fixture.assert_sound().await;
}

#[tokio::test]
async fn two_dossiers_under_one_key_at_once_are_not_both_filed_and_the_other_can_be_under_its_own() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (one, other) = (fixture.ready(&an, COPY).await, fixture.ready(&an, COPY).await);
    let send = |dossier: &str| an.call("submissions", Method::POST, &format!("{dossier}/submission")).key("k").send();
    let (first, second) = tokio::join!(send(&one), send(&other));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422]);
    let left = if first.status == 422 { &one } else { &other };
    assert_eq!(fixture.submit(&an, left).await.expect(201).text("/code"), "H44.100-260721-0002");
    fixture.assert_sound().await;
}
