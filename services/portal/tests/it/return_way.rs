//! How the result is wanted: chosen before filing and afterwards, noted at the counter, and read by who hands it over.

use crate::{
    filing::{COPIES, filed, filled},
    fixture::Fixture,
    intake,
    office::{PROCESSOR, RECEIVER, with_result},
};

const ADDRESS: (&str, &str) = ("address", "Số 12, đường Nguyễn Tất Thành, phường Đồi Chè");
const BY_POST: (&str, &str) = ("way", "POST");

#[tokio::test]
async fn it_is_chosen_where_a_dossier_is_checked_and_nothing_is_lost_on_an_error() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let own = filled(&citizen).await;
    let check = citizen.get(&format!("{own}/check")).await.expect(200);
    check.says("Cách nhận kết quả");
    assert!(check.html.contains("value=\"DIGITAL\" checked"), "{}", check.html);
    let refused = check.submit(&citizen, &[BY_POST, ("phone", "0912 345 678")]).await.expect(422);
    refused.says("Ghi địa chỉ nhận kết quả qua bưu chính.");
    for kept in ["value=\"POST\" checked", "value=\"0912 345 678\"", "id=\"address-error\""] {
        assert!(refused.html.contains(kept), "{kept}: {}", refused.html);
    }
    let filed = refused.submit(&citizen, &[ADDRESS]).await;
    assert_eq!(filed.leads_to(), format!("{own}/slip"));
    citizen.get(filed.leads_to()).await.expect(200).says("Qua dịch vụ bưu chính").says(ADDRESS.1);
    citizen.get(&own).await.expect(200).says(ADDRESS.1).says("+84912345678");
}

#[tokio::test]
async fn what_changed_meanwhile_is_shown_first_and_the_choice_is_kept() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let own = filled(&citizen).await;
    let check = citizen.get(&format!("{own}/check")).await.expect(200);
    let copies = [&COPIES[1..], &[("copies", "5")]].concat();
    citizen.get(&format!("{own}/form/3")).await.submit(&citizen, &copies).await.expect(303);
    let again = check.submit(&citizen, &[BY_POST, ADDRESS]).await.expect(422);
    again.says("vừa được sửa ở nơi khác").says(ADDRESS.1);
    assert!(again.html.contains("value=\"POST\" checked"), "{}", again.html);
    let filed = again.submit(&citizen, &[]).await;
    citizen.get(filed.leads_to()).await.expect(200).says(ADDRESS.1).says("40.000 ₫");
}

#[tokio::test]
async fn a_double_click_with_another_way_files_once() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let own = filled(&citizen).await;
    let check = citizen.get(&format!("{own}/check")).await.expect(200);
    let chosen = [BY_POST, ADDRESS];
    let (first, second) = tokio::join!(check.submit(&citizen, &chosen), check.submit(&citizen, &chosen));
    assert_eq!([first.leads_to(), second.leads_to()], [format!("{own}/slip"), format!("{own}/slip")]);
    citizen.get(&own).await.expect(200).says(ADDRESS.1).says("H44.100-260721-0001");
    citizen.get("/dossiers").await.says_not("H44.100-260721-0002");
}

#[tokio::test]
async fn it_is_chosen_anew_afterwards_and_stands_before_who_hands_the_result_over() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let (processor, receiver) = (fixture.signed_in(PROCESSOR).await, fixture.signed_in(RECEIVER).await);
    let work = with_result(&fixture, &citizen, &processor).await;
    let own = work.replace("/work", "");
    citizen.get(&own).await.expect(200).says("Bản điện tử").says("Chọn cách nhận kết quả");
    let page = citizen.get(&format!("{own}/return-way")).await.expect(200);
    page.submit(&citizen, &[BY_POST]).await.expect(422).says("Ghi địa chỉ nhận kết quả qua bưu chính.");
    let chosen = page.submit(&citizen, &[BY_POST, ADDRESS]).await;
    assert_eq!(chosen.leads_to(), format!("{own}?done=CHOOSE_RETURN"));
    citizen.get(chosen.leads_to()).await.expect(200).says("Đã ghi nhận cách nhận kết quả").says(ADDRESS.1);
    let late = page.submit(&citizen, &[("way", "COUNTER")]).await.expect(409);
    // In words, as on the form.
    late.says("Hồ sơ vừa thay đổi").says("Trực tiếp tại bộ phận trả kết quả").says_not("COUNTER");
    receiver.get(&work).await.expect(200).says(ADDRESS.1);
    let done = processor.get(&format!("{work}/completion")).await.expect(200).submit(&processor, &[]).await;
    assert_eq!(done.leads_to(), format!("{work}?done=COMPLETE"));
    let handing = receiver.get(&format!("{work}/return")).await.expect(200);
    handing.says(ADDRESS.1);
    assert!(handing.html.contains("value=\"POST\" checked"), "{}", handing.html);
    handing.submit(&receiver, &[("returned_to", "EB123456789VN")]).await.expect(303);
    assert_eq!(citizen.get(&format!("{own}/return-way")).await.leads_to(), own, "there is nothing more to choose");
}

#[tokio::test]
async fn nobody_chooses_for_another() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let own = filed(&citizen).await;
    let other = fixture.signed_in(&fixture.login("binh@")).await;
    other.get(&format!("{own}/return-way")).await.expect(404);
    citizen.post(&format!("{own}/return-way"), &[("way", "COUNTER")]).await.expect(403);
}

#[tokio::test]
async fn a_receiver_notes_it_at_the_counter_and_it_stays_with_its_person() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let form = intake::found(&receiver, intake::CERTIFIED, intake::CARD).await;
    let typed =
        [("document_name", "Bằng"), ("pages", "3"), ("copies", "1"), ("paper-BAN_CHINH", "1"), ("return-way", "POST")];
    let refused = form.submit(&receiver, &[&typed[..], &[("then", "take")]].concat()).await.expect(422);
    refused.says("Ghi địa chỉ nhận kết quả qua bưu chính.");
    assert!(refused.html.contains("id=\"return-address-error\""), "{}", refused.html);
    let address = [("return-address", ADDRESS.1)];
    let other = [&address[..], &[("in-card", "000090000001"), ("then", "find")]].concat();
    refused.submit(&receiver, &other).await.expect(200).says_not(ADDRESS.1);
    let again = [&typed[..], &address, &[("then", "take")]].concat();
    let taken = refused.submit(&receiver, &again).await.expect(200);
    taken.says("Qua dịch vụ bưu chính").says(ADDRESS.1);
}

#[tokio::test]
async fn a_second_click_on_another_way_finds_what_the_first_one_noted() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let own = filed(&citizen).await;
    let page = citizen.get(&format!("{own}/return-way")).await.expect(200);
    let typed = [BY_POST, ADDRESS, ("phone", "0912 345 678")];
    for _ in 0..2 {
        let noted = page.submit(&citizen, &typed).await;
        assert_eq!(noted.leads_to(), format!("{own}?done=CHOOSE_RETURN"));
    }
    let other = page.submit(&citizen, &[("way", "COUNTER")]).await.expect(409);
    other.says("Hồ sơ vừa thay đổi");
}
