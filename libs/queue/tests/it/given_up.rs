//! What was given up, one by one.

use std::sync::atomic::Ordering;

use civic::AgencyCode;
use diesel_async::SimpleAsyncConnection;
use queue::{GivenUp, GivenUpKind, Owners, Repair, given_up, repair, replay_dead_letters, retry_given_up};
use uuid::Uuid;

use crate::{
    fixture::{Fixture, eventually},
    listener::App,
};

const NOBODYS: Owners = Owners("(select null as agency, null as code)");
/// Jobs say the dossier, whose code begins with the agency's.
const BY_CODE: Owners = Owners("(select split_part(w.said ->> 'about', '-', 1) as agency, w.said ->> 'about' as code)");
const WAITING: &str = "select count(*) as number from dead_letter where replayed_at is null";
const ROWS: &str = r#"insert into jobs (id, kind, payload, created_at, run_at, failed_at, last_error) values
        ('00000000-0000-7000-8000-000000000001', 'write', '{"about": "H44.100-260721-0001"}', now(), now(), '2026-11-23', 'no such address'),
        ('00000000-0000-7000-8000-000000000002', 'write', '{"about": "H44.101-260721-0001"}', now(), now(), '2026-11-23', 'no such address'),
        ('00000000-0000-7000-8000-000000000003', 'write', '{}', now(), now(), '2026-11-23', 'no such address'),
        ('00000000-0000-7000-8000-000000000004', 'write', '{"about": "H44.100-260721-0002"}', now(), now(), null, 'put off');
    insert into dead_letter (event_id, type, payload, error, failed_at) values
        ('00000000-0000-7000-8000-000000000005', 'test.told.v1',
            '{"data": {"dossier_id": "x", "agency": "H44.100", "code": "H44.100-260721-0003"}}', 'unknown', '2026-11-22'),
        ('00000000-0000-7000-8000-000000000006', 'test.told.v1', '{"data": {"code": "Q7KX-M2PD"}}', 'unknown', '2026-11-22')"#;

fn here() -> AgencyCode {
    "H44.100".parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x7000_8000_0000_0000_0000 + number)
}

async fn listed(fixture: &Fixture, owners: Owners, and_nobodys: bool) -> Vec<GivenUp> {
    given_up(&mut fixture.listener.get().await.unwrap(), owners, (&here(), and_nobodys), 50).await.unwrap()
}

async fn repaired(fixture: &Fixture, owners: Owners, and_nobodys: bool, id: Uuid, how: Repair) -> bool {
    let by = (Uuid::from_u128(1), fixture.clock.now());
    let conn = &mut *fixture.listener.get().await.unwrap();
    repair(conn, owners, (&here(), and_nobodys), id, how, by).await.unwrap().is_some()
}

/// An event that fails until it is a dead letter.
async fn dead_letter(fixture: &Fixture) -> GivenUp {
    fixture.tell([1]).await;
    eventually("the dead letter", async || {
        fixture.advance(10);
        fixture.listener_count(WAITING).await == 1
    })
    .await;
    listed(fixture, NOBODYS, true).await.pop().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_agency_sees_its_own_first_and_what_is_nobodys_only_where_asked_for() {
    let fixture = Fixture::set().await;
    fixture.listener.get().await.unwrap().batch_execute(ROWS).await.unwrap();
    let own = listed(&fixture, BY_CODE, false).await;
    assert_eq!(own.iter().map(|one| one.id).collect::<Vec<_>>(), [id(5), id(1)]);
    let [event, job] = &own[..] else { panic!("{own:?}") };
    assert_eq!((event.kind, &*event.why), (GivenUpKind::Event, "unknown"));
    assert_eq!(
        (job.kind, &*job.name, job.dossier.as_deref()),
        (GivenUpKind::Job, "write", Some("H44.100-260721-0001"))
    );
    let all = listed(&fixture, BY_CODE, true).await;
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [id(5), id(1), id(6), id(3)]);
    assert_eq!(all[2].dossier, None, "what is no dossier's code is not shown as one");
    assert!(!repaired(&fixture, BY_CODE, true, id(2), Repair::Retry).await, "another agency's");
    assert!(!repaired(&fixture, BY_CODE, false, id(3), Repair::Retry).await, "nobody's");
    assert!(!repaired(&fixture, BY_CODE, true, id(4), Repair::Retry).await, "not given up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_that_an_official_has_tried_again_takes_effect_at_once() {
    let fixture = Fixture::set().await;
    let app = App::failing_on(1);
    let _up = (fixture.start_sender(), fixture.start_listener(app.clone()));
    let letter = dead_letter(&fixture).await;
    app.fails.store(false, Ordering::SeqCst);
    assert!(repaired(&fixture, NOBODYS, true, letter.id, Repair::Retry).await);
    assert!(listed(&fixture, NOBODYS, true).await.is_empty());
    fixture.effects_become([1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_has_seen_to_is_never_tried_again() {
    let fixture = Fixture::set().await;
    let app = App::failing_on(1);
    let _up = (fixture.start_sender(), fixture.start_listener(app.clone()));
    let letter = dead_letter(&fixture).await;
    assert!(repaired(&fixture, NOBODYS, true, letter.id, Repair::TakeAsHandled).await);
    assert!(listed(&fixture, NOBODYS, true).await.is_empty());
    assert!(!repaired(&fixture, NOBODYS, true, letter.id, Repair::Retry).await);
    app.fails.store(false, Ordering::SeqCst);
    fixture.advance(6 * 3600);
    let replay = replay_dead_letters("listener", &fixture.listener, &fixture.life(), &fixture.settings).await;
    assert_eq!(replay.unwrap(), 0);
    fixture.tell([2]).await;
    fixture.effects_become([2]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_job_is_tried_again_without_the_others() {
    let fixture = Fixture::set().await;
    fixture.listener.get().await.unwrap().batch_execute(ROWS).await.unwrap();
    assert!(repaired(&fixture, BY_CODE, true, id(1), Repair::Retry).await);
    assert!(repaired(&fixture, BY_CODE, true, id(3), Repair::TakeAsHandled).await);
    let given_up =
        async || fixture.listener_count("select count(*) as number from jobs where failed_at is not null").await;
    assert_eq!(given_up().await, 2);
    let now = fixture.clock.now();
    let again = fixture.listener.transaction(async |conn| retry_given_up(conn, now).await).await;
    assert_eq!((again.unwrap(), given_up().await), (1, 1), "what was seen to stays given up");
}
