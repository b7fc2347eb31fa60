//! Reading a joint payment.

use civic::OfficialRole;
use testkit::Method;

use crate::{
    fees::TOTAL,
    provider::Mood,
    till::dong,
    together::{SUM, Together},
};

#[tokio::test]
async fn its_payer_sees_the_sum_and_what_of_it_is_for_which_dossier_and_nobody_else_sees_it() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, _) = scene.begin().await;
    let seen = scene.an.call("payments", Method::GET, &joint).send().await.expect(200);
    assert_eq!((&seen.json["total"], seen.text("/status"), seen.text("/provider")), (&dong(SUM), "OPEN", "VNPAY"));
    let parts = seen.json["parts"].as_array().unwrap();
    let mut codes: Vec<_> = parts.iter().map(|part| part["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["H44.100-260721-0001", "H44.100-260721-0002", "H44.101-260721-0003"]);
    for part in parts {
        assert_eq!(
            (&part["amount"], &part["status"], &part["order_status"]),
            (&dong(TOTAL), &"CREATED".into(), &"DUE".into())
        );
    }
    let other = scene.installation.citizen("Trần Thị Bình");
    let hidden = other.call("payments", Method::GET, &joint).send().await.expect(404);
    assert_eq!(hidden.text("/code"), "joint-payment-not-found");
    let official = scene.installation.official(&[("H44.100", OfficialRole::Cashier)]);
    assert_eq!(official.call("payments", Method::GET, &joint).send().await.expect(403).text("/code"), "forbidden");
}
