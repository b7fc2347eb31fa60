//! Threads of their own.

use std::rc::Rc;

use anyhow::bail;
use runtime::on_own_thread;

#[tokio::test]
async fn work_that_cannot_move_between_threads_runs_and_gives_its_outcome() {
    let work = || async {
        let kept = Rc::new(1);
        tokio::task::yield_now().await;
        if *kept == 1 { bail!("as told") } else { Ok(()) }
    };
    assert_eq!(on_own_thread("worker", work).await.unwrap_err().to_string(), "as told");
}

#[tokio::test]
async fn a_panic_is_told_with_the_name_of_the_thread() {
    let why = on_own_thread("the relay", || async { panic!("oh") }).await.unwrap_err();
    assert!(why.to_string().contains("the relay panicked"), "{why}");
}
