//! The table of callbacks, walked for every provider: where an order and its attempt stand × what the provider tells → where the money ends, and who is
//! told at once.

use chrono::TimeDelta;
use civic::{
    DossierStatus,
    events::{DossierFeeDue, PaymentNotice, PaymentNoticed, PaymentSettled},
};
use serde_json::json;
use testkit::{Installation, Method, TestCaller, eventually, free_port};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    end_orders::moved,
    fees::{TOTAL, copies, open, states},
    wallets::{Word, contracts, tell},
};

const PROVIDERS: [&str; 5] = ["VNPAY", "MOMO", "ZALOPAY", "NATIONAL", "VIETQR"];

/// Where order and attempt stand before the provider's word.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    Due,
    /// Another attempt paid the order.
    Paid,
    /// The dossier ended.
    Cancelled,
    /// The provider said that the attempt failed.
    Failed,
    /// The attempt's time was over.
    Late,
}

/// What the provider tells.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    AsAsked,
    Twice,
    UnderTwoNumbers,
    Less,
    More,
    ForAnother,
}

/// Where the money ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Settled,
    OwedBack,
    Person,
}

struct Scene {
    installation: Installation,
    an: TestCaller,
    orders: u32,
}

struct Payment {
    fee: DossierFeeDue,
    order: String,
    word: Word,
}

impl Scene {
    async fn set() -> Self {
        let url = format!("http://127.0.0.1:{}", free_port());
        let flags = contracts(&url);
        let flags = [&flags[..], &["--vnpay-api-url", &url, "--part-payments", "false"]].concat();
        let installation = Installation::start_with([payments::service()], &[("payments", &flags)]).await;
        let an = installation.citizen("Nguyễn Văn An");
        Self { installation, an, orders: 0 }
    }

    /// An order with an attempt at `provider`, as they stand before its word.
    async fn payment(&mut self, provider: &str, before: Before) -> Payment {
        self.orders += 1;
        let code = format!("H44.100-260721-{:04}", self.orders);
        let fee = DossierFeeDue { code: code.parse().unwrap(), ..copies(self.an.party()) };
        let order = open(&self.installation, &self.an, &fee).await;
        let number = u64::from(self.orders) * 10;
        let word = Word::paid(&self.begin(&order, provider).await, &code, number);
        match before {
            Before::Due => {}
            Before::Paid => {
                let elsewhere = if provider == "MOMO" { "VNPAY" } else { "MOMO" };
                let other = Word::paid(&self.begin(&order, elsewhere).await, &code, number + 1);
                assert!(tell(&self.installation, elsewhere, &other).await);
            }
            Before::Cancelled => {
                self.installation.publish("submissions", &moved(&fee, 2, DossierStatus::Withdrawn)).await;
                self.until(&order, "CANCELLED").await;
            }
            Before::Failed => {
                let failed = Word { paid: false, number: 0, ..word.clone() };
                assert!(tell(&self.installation, provider, &failed).await);
                assert_eq!(states(&self.an, &order).await.1, ["FAILED"], "{provider}");
            }
            Before::Late => self.installation.clock.advance(TimeDelta::days(2)),
        }
        Payment { fee, order, word }
    }

    async fn begin(&self, order: &str, provider: &str) -> String {
        let call = self.an.call("payments", Method::POST, &format!("{order}/attempts"));
        let begun = call.key(&Uuid::new_v4().to_string()).json(&json!({"provider": provider})).send().await.expect(201);
        begun.text("/attempt_id").replace('-', "")
    }

    async fn until(&self, order: &str, status: &str) {
        eventually(|| async { (states(&self.an, order).await.0 == status).then_some(()) }).await;
    }

    async fn tell(&self, provider: &str, payment: &Payment, told: Told) {
        let word = payment.word.clone();
        let words = match told {
            Told::AsAsked => vec![word],
            Told::Twice => vec![word.clone(), word],
            Told::UnderTwoNumbers => {
                let other = Word { number: word.number + 2, ..word.clone() };
                vec![word, other]
            }
            Told::Less => vec![Word { amount: TOTAL - 1_000, ..word }],
            Told::More => vec![Word { amount: TOTAL + 1_000, ..word }],
            Told::ForAnother => vec![Word { ours: false, ..word }],
        };
        for word in words {
            assert!(tell(&self.installation, provider, &word).await, "{provider} {told:?} heard no confirmation");
        }
    }

    /// Where the money of the attempt ended, and what the payer was told of it by now.
    async fn end(&self, payment: &Payment) -> (End, Vec<PaymentNotice>, usize) {
        let attempt = Uuid::parse_str(&payment.word.reference).unwrap();
        let is = |status: &str| format!("attempts where id = '{attempt}' and status = '{status}'");
        let end = match () {
            () if count(&self.installation, &is("SETTLED")).await == 1 => End::Settled,
            () if count(&self.installation, &is("PAID_AGAIN")).await == 1 => End::OwedBack,
            () => End::Person,
        };
        let noticed = self.installation.sent::<PaymentNoticed>("payments").await;
        let noticed = noticed.into_iter().filter(|notice| notice.order_id == payment.fee.order_id);
        let settled = self.installation.sent::<PaymentSettled>("payments").await;
        let settled = settled.iter().filter(|settled| settled.order_id == payment.fee.order_id).count();
        (end, noticed.map(|notice| notice.notice).collect(), settled)
    }
}

/// What must follow: where the money ends, and what the payer is told at once by this service. Of a fee that is paid she is told by submissions, which
/// hears `payment.settled`.
fn expected(provider: &str, before: Before, told: Told) -> (End, Vec<PaymentNotice>) {
    use PaymentNotice::{NotDueAnyMore, PaidTwice, UnderReview};
    match (before, told) {
        (_, Told::Less | Told::More | Told::ForAnother) => (End::Person, vec![UnderReview]),
        (Before::Due | Before::Failed | Before::Late, Told::AsAsked | Told::Twice) => (End::Settled, vec![]),
        (Before::Paid, Told::AsAsked | Told::Twice) => (End::OwedBack, vec![PaidTwice]),
        (Before::Cancelled, Told::AsAsked | Told::Twice) => (End::OwedBack, vec![NotDueAnyMore]),
        // To a bank each number is a transfer of its own: the second is money that came twice.
        (Before::Due | Before::Failed | Before::Late, Told::UnderTwoNumbers) if provider == "VIETQR" => {
            (End::Settled, vec![PaidTwice])
        }
        (Before::Paid, Told::UnderTwoNumbers) if provider == "VIETQR" => (End::OwedBack, vec![PaidTwice, PaidTwice]),
        (Before::Cancelled, Told::UnderTwoNumbers) if provider == "VIETQR" => {
            (End::OwedBack, vec![NotDueAnyMore, NotDueAnyMore])
        }
        (Before::Due | Before::Failed | Before::Late, Told::UnderTwoNumbers) => (End::Settled, vec![UnderReview]),
        (Before::Paid, Told::UnderTwoNumbers) => (End::OwedBack, vec![PaidTwice, UnderReview]),
        (Before::Cancelled, Told::UnderTwoNumbers) => (End::OwedBack, vec![NotDueAnyMore, UnderReview]),
    }
}

#[tokio::test]
async fn whatever_a_provider_tells_of_whatever_order_the_money_has_its_place_and_its_payer_is_told() {
    let mut scene = Scene::set().await;
    let told = [Told::AsAsked, Told::Twice, Told::UnderTwoNumbers, Told::Less, Told::More, Told::ForAnother];
    for before in [Before::Due, Before::Paid, Before::Cancelled, Before::Failed, Before::Late] {
        for provider in PROVIDERS {
            // ZaloPay and a bank tell of money only.
            if before == Before::Failed && matches!(provider, "ZALOPAY" | "VIETQR") {
                continue;
            }
            for told in told {
                let payment = scene.payment(provider, before).await;
                scene.tell(provider, &payment, told).await;
                let (end, notices) = expected(provider, before, told);
                let settles = usize::from(end == End::Settled || before == Before::Paid);
                assert_eq!(scene.end(&payment).await, (end, notices, settles), "{provider} {before:?} {told:?}");
                let status = states(&scene.an, &payment.order).await.0;
                let kept = if before == Before::Cancelled {
                    "CANCELLED"
                } else if settles == 1 {
                    "PAID"
                } else {
                    "DUE"
                };
                assert_eq!(status, kept, "{provider} {before:?} {told:?}");
            }
        }
    }
    assert_sound(&scene.installation).await;
}
