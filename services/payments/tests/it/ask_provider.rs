//! The provider is asked what became of an attempt.

use chrono::TimeDelta;
use runtime::Life;
use testkit::{Installation, TestCaller, eventually};

use crate::{
    database::{assert_sound, count},
    fees::{begin, owed, states},
    provider::{Mood, Notice, Questions, SECRET, hash},
};

struct Scene {
    installation: Installation,
    vnpay: Questions,
    an: TestCaller,
    order: String,
    reference: String,
}

impl Scene {
    async fn set(mood: Mood) -> Self {
        let vnpay = Questions::answered(mood);
        let installation =
            Installation::start_with([payments::service()], &[("payments", &["--vnpay-api-url", &vnpay.url])]).await;
        let an = installation.citizen("Nguyễn Văn An");
        let order = owed(&installation, &an).await;
        let reference = begin(&an, &order).await;
        Self { installation, vnpay, an, order, reference }
    }

    /// Lets time pass, and waits until the provider was asked `questions` times in all and the job is put back or done.
    async fn pass(&self, time: TimeDelta, questions: usize) {
        self.installation.clock.advance(time);
        eventually(|| async { (self.vnpay.asked().len() >= questions).then_some(()) }).await;
        let resting = format!(
            "jobs where kind = 'ask_provider' and failed_at is null and run_at <= '{}'",
            self.installation.clock.now().to_rfc3339()
        );
        eventually(|| async { (count(&self.installation, &resting).await == 0).then_some(()) }).await;
        assert_eq!(self.vnpay.asked().len(), questions);
    }

    async fn is(&self, order: &str, attempt: &str) {
        assert_eq!(states(&self.an, &self.order).await, (order.to_owned(), vec![attempt.to_owned()]));
        assert_sound(&self.installation).await;
    }
}

#[tokio::test]
async fn a_lost_notification_is_made_up_for_by_asking() {
    let scene = Scene::set(Mood::Status("00")).await;
    scene.pass(TimeDelta::seconds(60), 1).await;
    scene.is("PAID", "SETTLED").await;
    assert_eq!(
        count(&scene.installation, "provider_callbacks where channel = 'QUERY' and verdict = 'ACCEPTED'").await,
        1
    );
    assert_eq!(count(&scene.installation, "jobs where kind = 'ask_provider'").await, 0);
    let asked = &scene.vnpay.asked()[0];
    let order = "RequestId Version Command TmnCode TxnRef TransactionDate CreateDate IpAddr OrderInfo";
    let values: Vec<_> = order.split(' ').map(|name| asked[&format!("vnp_{name}")].as_str().unwrap()).collect();
    assert_eq!(values[1..4], ["2.1.0", "querydr", "DEMOTMN1"]);
    assert_eq!(values[4..7], [scene.reference.as_str(), "20260721100000", "20260721100100"]);
    assert_eq!(asked["vnp_SecureHash"], hash(SECRET, &values.join("|")));
}

#[tokio::test]
async fn a_settled_attempt_is_not_asked_about() {
    let scene = Scene::set(Mood::Status("00")).await;
    assert_eq!(Notice::paid(&scene.reference).send(&scene.installation).await, "00");
    scene.pass(TimeDelta::seconds(60), 0).await;
    scene.is("PAID", "SETTLED").await;
}

#[tokio::test]
async fn a_failure_is_learnt_by_asking() {
    let scene = Scene::set(Mood::Status("02")).await;
    scene.pass(TimeDelta::seconds(60), 1).await;
    scene.is("DUE", "FAILED").await;
}

#[tokio::test]
async fn an_attempt_expires_only_after_the_provider_says_that_it_is_not_paid() {
    for mood in [Mood::Status("01"), Mood::NotFound] {
        let scene = Scene::set(mood).await;
        scene.pass(TimeDelta::seconds(60), 1).await;
        scene.is("DUE", "CREATED").await;
        scene.pass(TimeDelta::minutes(14), 2).await;
        scene.is("DUE", "EXPIRED").await;
    }
}

#[tokio::test]
async fn a_payment_of_the_last_second_is_found_although_its_attempt_has_expired() {
    let scene = Scene::set(Mood::Status("01")).await;
    scene.pass(TimeDelta::minutes(18), 1).await;
    scene.is("DUE", "EXPIRED").await;
    scene.vnpay.change(Mood::Status("00"));
    scene.pass(TimeDelta::minutes(5), 2).await;
    scene.is("PAID", "SETTLED").await;
    assert_eq!(count(&scene.installation, "jobs where kind = 'ask_provider'").await, 0);
}

#[tokio::test]
async fn an_expired_attempt_that_was_never_paid_is_asked_about_for_a_day_and_then_forgotten() {
    let scene = Scene::set(Mood::NotFound).await;
    scene.pass(TimeDelta::minutes(18), 1).await;
    scene.vnpay.change(Mood::Status("02"));
    scene.pass(TimeDelta::minutes(5), 2).await;
    scene.is("DUE", "EXPIRED").await;
    assert_eq!(count(&scene.installation, "provider_callbacks where verdict = 'STALE'").await, 0);
    let other = Scene::set(Mood::NotFound).await;
    other.pass(TimeDelta::hours(26), 1).await;
    other.is("DUE", "EXPIRED").await;
    assert_eq!(count(&other.installation, "jobs where kind = 'ask_provider'").await, 0);
}

#[tokio::test]
async fn no_usable_answer_is_never_a_failure_and_asking_goes_on_until_one_comes() {
    let scene = Scene::set(Mood::Broken).await;
    let moods = [Mood::Broken, Mood::Html, Mood::Huge, Mood::Unsigned, Mood::OtherPayment];
    scene.pass(TimeDelta::seconds(60), 1).await;
    scene.is("DUE", "UNKNOWN").await;
    for (asked, mood) in (2..).zip(moods) {
        scene.vnpay.change(mood);
        scene.pass(TimeDelta::minutes(5), asked).await;
        scene.is("DUE", "UNKNOWN").await;
    }
    assert_eq!(count(&scene.installation, "provider_callbacks").await, 0);
    scene.vnpay.change(Mood::Status("00"));
    scene.pass(TimeDelta::hours(1), 7).await;
    scene.is("PAID", "SETTLED").await;
}

#[tokio::test]
async fn a_wrong_amount_in_an_answer_is_not_acted_on() {
    let scene = Scene::set(Mood::WrongAmount).await;
    scene.pass(TimeDelta::seconds(60), 1).await;
    scene.is("DUE", "UNKNOWN").await;
    assert_eq!(count(&scene.installation, "provider_callbacks where verdict = 'WRONG_AMOUNT'").await, 1);
}

#[tokio::test]
async fn after_twenty_six_hours_without_an_answer_it_is_a_persons_turn() {
    let scene = Scene::set(Mood::Broken).await;
    scene.pass(TimeDelta::hours(26), 1).await;
    scene.is("DUE", "UNKNOWN").await;
    assert_eq!(count(&scene.installation, "jobs where failed_at is not null").await, 1);
    assert_eq!(Notice::paid(&scene.reference).send(&scene.installation).await, "00");
    scene.is("PAID", "SETTLED").await;
}

#[tokio::test]
async fn a_question_that_was_given_up_is_asked_as_a_new_one_when_somebody_wants_it() {
    let scene = Scene::set(Mood::Broken).await;
    scene.pass(TimeDelta::hours(26), 1).await;
    assert_eq!(count(&scene.installation, "jobs where failed_at is not null").await, 1);
    let flags = ["--database-url".to_owned(), scene.installation.database_url("payments").to_owned()];
    let life = Life { clock: scene.installation.clock.clone(), ..Life::system() };
    assert_eq!(payments::service().retry(&flags, life).await.unwrap(), 1);
    scene.pass(TimeDelta::zero(), 2).await;
    scene.vnpay.change(Mood::Status("00"));
    scene.pass(TimeDelta::minutes(5), 3).await;
    scene.is("PAID", "SETTLED").await;
}
