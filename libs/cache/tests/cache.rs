//! What the cache promises, against a Redis of its own.

use std::{
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    time::Duration,
};

use cache::Cache;
use provision::{Options, Redis};
use testkit::{Speaks, TlsDoor};

const MINUTE: Duration = Duration::from_secs(60);

async fn redis() -> Redis {
    Redis::start(&Options::throwaway()).await.expect("a Redis for this test")
}

fn cache(redis: &Redis) -> Cache<String> {
    Cache::new(Some(redis.url()), "test:v1:", MINUTE).expect("a Redis address")
}

async fn never_loaded() -> Result<String, String> {
    panic!("the value is kept, so nothing is loaded")
}

async fn birth() -> Result<String, String> {
    Ok("khai sinh".into())
}

#[tokio::test]
async fn a_value_is_loaded_once_and_shared_by_processes_through_redis() {
    let redis = redis().await;
    let (here, elsewhere) = (cache(&redis), cache(&redis));
    assert_eq!(here.get_or_load("a", birth).await, birth().await);
    assert_eq!(here.get_or_load("a", never_loaded).await, birth().await, "kept in the process");
    assert_eq!(elsewhere.get_or_load("a", never_loaded).await, birth().await, "kept in Redis");
}

#[tokio::test]
async fn values_are_shared_by_tls_with_a_redis_that_the_office_names_itself_and_with_no_other() {
    let redis = redis().await;
    let [trusted, strange] =
        [TlsDoor::open(redis.port(), Speaks::Tls).await, TlsDoor::open(redis.port(), Speaks::Tls).await];
    trusted.authorities().believe();
    let by_tls = |door: &TlsDoor| {
        let url = redis.url().replace("redis:", "rediss:").replace(&redis.port().to_string(), &door.port().to_string());
        Cache::<String>::new(Some(&url), "test:v1:", MINUTE).expect("a Redis address")
    };
    by_tls(&trusted).get_or_load("a", birth).await.expect("loaded");
    assert_eq!(by_tls(&trusted).get_or_load("a", never_loaded).await, birth().await, "kept in Redis");
    let loaded = by_tls(&strange).get_or_load("a", async || Ok::<_, String>("loaded".to_owned())).await;
    assert_eq!(loaded, Ok("loaded".into()), "a Redis that nobody named is not asked");
}

#[tokio::test]
async fn keys_of_another_prefix_are_other_keys() {
    let redis = redis().await;
    let other = Cache::new(Some(redis.url()), "test:v2:", MINUTE).expect("a Redis address");
    cache(&redis).get_or_load("a", birth).await.expect("loaded");
    assert_eq!(other.get_or_load("a", async || Ok::<_, String>("khai tử".to_owned())).await, Ok("khai tử".into()));
}

#[tokio::test]
async fn concurrent_misses_load_once() {
    let cache: Cache<String> = Cache::new(None, "", MINUTE).expect("no address to be wrong");
    let loads = AtomicU32::new(0);
    let load = async || {
        loads.fetch_add(1, SeqCst);
        tokio::task::yield_now().await;
        birth().await
    };
    let (one, two, three) =
        tokio::join!(cache.get_or_load("a", load), cache.get_or_load("a", load), cache.get_or_load("a", load));
    assert_eq!((one, two, three), (birth().await, birth().await, birth().await));
    assert_eq!(loads.load(SeqCst), 1);
}

#[tokio::test]
async fn a_failure_is_given_to_the_caller_and_not_kept() {
    let redis = redis().await;
    let cache = cache(&redis);
    let failed = cache.get_or_load("a", async || Err::<String, _>("the database is away".to_owned())).await;
    assert_eq!(failed, Err("the database is away".into()));
    assert_eq!(cache.get_or_load("a", birth).await, birth().await);
}

#[tokio::test]
async fn a_value_of_another_shape_in_redis_is_a_miss() {
    let redis = redis().await;
    cache(&redis).get_or_load("a", birth).await.expect("loaded");
    let numbers: Cache<u32> = Cache::new(Some(redis.url()), "test:v1:", MINUTE).expect("a Redis address");
    assert_eq!(numbers.get_or_load("a", async || Ok::<_, String>(7)).await, Ok(7));
}

#[tokio::test]
async fn a_redis_that_is_down_is_a_miss_and_never_an_error() {
    let redis = redis().await;
    let cache = cache(&redis);
    cache.get_or_load("a", birth).await.expect("loaded");
    redis.stop().await;
    assert_eq!(cache.get_or_load("b", birth).await, birth().await);
}

#[tokio::test]
async fn a_redis_that_was_never_there_is_a_miss_too() {
    let cache = Cache::new(Some("redis://127.0.0.1:1"), "", MINUTE).expect("an address, if of nobody");
    assert_eq!(cache.get_or_load("a", birth).await, birth().await);
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_at_once() {
    assert!(Cache::<String>::new(Some("no address"), "", MINUTE).is_err());
}
