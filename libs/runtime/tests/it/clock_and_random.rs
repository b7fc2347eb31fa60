//! Time and randomness as values.

use chrono::{DateTime, TimeDelta, Utc};
use runtime::{Clock, Random};

fn noon() -> DateTime<Utc> {
    "2026-07-21T05:00:00Z".parse().unwrap()
}

#[test]
fn a_held_clock_stands_until_it_is_moved_and_its_clones_move_with_it() {
    let clock = Clock::held_at(noon());
    let other = clock.clone();
    assert_eq!(clock.now(), noon());
    clock.advance(TimeDelta::minutes(90));
    assert_eq!(other.now(), noon() + TimeDelta::minutes(90));
}

#[test]
fn the_time_is_in_whole_microseconds_which_is_what_the_database_keeps() {
    assert_eq!(Clock::system().now().timestamp_subsec_nanos() % 1000, 0);
}

#[test]
fn a_seed_gives_the_same_bytes_again_and_the_system_does_not() {
    assert_eq!(Random::seeded(7).bytes::<16>(), Random::seeded(7).bytes::<16>());
    assert_ne!(Random::system().bytes::<16>(), Random::system().bytes::<16>());
}

#[test]
fn digits_are_digits() {
    let code = Random::system().digits(6);
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
}

#[test]
fn ids_are_version_7_and_in_order_of_time() {
    let random = Random::system();
    let (earlier, later) = (random.uuid_v7(noon()), random.uuid_v7(noon() + TimeDelta::milliseconds(1)));
    assert!(earlier < later);
    assert_eq!(earlier.get_version_num(), 7);
}
