//! Finding a procedure and reading about it; agencies.

use crate::{fixture::Fixture, way::Fate};

#[tokio::test]
async fn people_search_with_their_words_in_their_order() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    for (typed, found) in [
        ("l%C3%A0m+gi%E1%BA%A5y+khai+sinh", "1.001193"),
        ("khai+sinh+%C4%91%C4%83ng+k%C3%BD", "1.001193"),
        ("nh%E1%BA%ADp+h%E1%BB%99+kh%E1%BA%A9u", "1.004222"),
        ("trich+luc+khai+sinh", "2.000635"),
    ] {
        let page = browser.get(&format!("/procedures?q={typed}")).await.expect(200);
        let first = page.html.split("href=\"/procedures/").nth(1).unwrap_or_default();
        assert!(first.starts_with(found), "{typed}: {}", page.html);
    }
    let agencies = browser.get("/agencies?q=p.+doi+che").await.expect(200);
    let first = agencies.html.split("href=\"/agencies/").nth(1).unwrap_or_default();
    assert!(first.starts_with("H44.100\""), "{}", agencies.html);
}

#[tokio::test]
async fn the_home_page_searches_and_browses() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let home = browser.get("/").await.expect(200);
    home.says("Tìm thủ tục").says("Hộ tịch").says("Theo sự kiện trong đời");
    assert!(home.html.contains("href=\"/procedures?field=ho-tich\""), "{}", home.html);
}

#[tokio::test]
async fn a_procedure_is_found_without_accents_by_field_and_by_code() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    for query in
        ["q=khai+sinh", "q=dang+ky+khai", "q=1.001193", "field=ho-tich", "q=khai&field=ho-tich", "agency=H44.100"]
    {
        let page = browser.get(&format!("/procedures?{query}")).await.expect(200);
        assert!(page.html.contains("href=\"/procedures/1.001193\""), "{query}: {}", page.html);
    }
    browser.get("/procedures?field=ho-tich").await.says("Thuộc lĩnh vực Hộ tịch");
    browser.get("/procedures?q=%3Cscript%3E").await.expect(200).says("Không tìm thấy thủ tục nào.");
}

#[tokio::test]
async fn a_procedures_page_says_what_it_needs_takes_and_costs() {
    let fixture = Fixture::open().await;
    let page = fixture.browser().get("/procedures/2.000635").await.expect(200);
    page.says("Cấp bản sao trích lục hộ tịch")
        .says("Trong ngày; nhận sau 15:00 thì trả vào ngày làm việc tiếp theo")
        .says("Lệ phí cấp bản sao trích lục hộ tịch (mỗi bản)")
        .says("8.000 ₫")
        .says("Nghị định số 118/2025/NĐ-CP")
        .says("Nộp hồ sơ trực tuyến");
    assert!(page.html.contains("aria-label=\"Mã QR dẫn đến trang thủ tục 2.000635\""), "{}", page.html);
}

#[tokio::test]
async fn agencies_are_found_by_name_and_show_what_is_below_them() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let page = browser.get("/agencies?q=doi+che").await.expect(200);
    page.says("Ủy ban nhân dân phường Đồi Chè").says_not("Suối Mây");
    let page = browser.get("/agencies/H44.100").await.expect(200);
    page.says("Công an phường Đồi Chè").says("Ủy ban nhân dân tỉnh Phú Thọ");
    let all = browser.get("/agencies").await.expect(200);
    assert!(!all.html.contains("rel=\"next\"") || all.html.contains("/agencies?cursor="), "{}", all.html);
}

#[tokio::test]
async fn the_agencies_to_choose_from_are_of_the_levels_that_carry_the_procedure_out_without_asking_for_each() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    fixture.way.will("/api/v1/procedures?", Fate::RequestLost, usize::MAX);
    let page = browser.get("/procedures/1.001193/start").await.expect(200);
    assert!(page.html.contains("value=\"H44.100\"") && !page.html.contains("value=\"H44\""), "{}", page.html);
}

#[tokio::test]
async fn an_address_with_a_slash_at_its_end_leads_to_the_page_and_never_to_another_site() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let page = browser.get("/procedures/?q=khai").await.expect(308);
    assert_eq!(page.header("location"), "/procedures?q=khai");
    for elsewhere in ["//evil.example/", "/%5Cevil.example/", "/a//evil.example/"] {
        let page = browser.get(elsewhere).await;
        assert!(page.header("location").is_empty(), "{elsewhere}: {}", page.header("location"));
    }
}

#[tokio::test]
async fn search_engines_are_told_what_is_nobodys_business() {
    let fixture = Fixture::open().await;
    let robots = fixture.browser().get("/robots.txt").await.expect(200);
    assert!(robots.header("content-type").starts_with("text/plain"), "{:?}", robots.headers);
    assert!(robots.html.contains("Disallow: /dossiers\n") && !robots.html.contains("/procedures"), "{}", robots.html);
    let home = fixture.browser().get("/").await.expect(200);
    assert!(home.html.contains("<meta name=\"description\" content=\"Hệ thống một cửa"), "{}", home.html);
}
