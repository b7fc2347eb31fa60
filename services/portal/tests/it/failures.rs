//! Pages that say what to do.

use reqwest::Method;
use testkit::{Installation, free_port};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::{browser::Browser, fixture::Fixture};

#[tokio::test]
async fn what_is_not_there_is_a_page_in_the_visitors_language() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    for path in
        ["/nowhere", "/procedures/9", "/procedures/1.999999", "/agencies/x%20y", "/registration/x", "/assets/x.css"]
    {
        browser.get(path).await.expect(404).says("Không tìm thấy trang").says("Về trang chủ");
    }
    browser.get("/?lang=en").await.expect(303);
    browser.get("/nowhere").await.expect(404).says("Page not found");
    let refused = browser.send(browser.request(Method::POST, "/procedures")).await;
    assert!([404, 405].contains(&refused.status), "{}", refused.html);
    refused.says("Page not found");
}

#[tokio::test]
async fn an_address_with_what_is_no_id_is_of_nothing_that_there_is() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in("tiepnhan@h44-100.example.vn").await;
    for path in [
        "/work/dossiers/%00/supplement-intake/documents",
        "/work/dossiers/a%0Ab/supplement-intake/documents",
        "/work/H44.100/intake/dossiers/abc",
        "/work/consultations/abc/1",
        "/work/H44.100/post/abc",
        "/work/H44.100/parcels/%01",
    ] {
        receiver.get(path).await.expect(404).says("Không tìm thấy trang");
    }
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    for path in ["/dossiers/%00/supplement/documents", "/dossiers/%7f/supplement/documents/abc/removal"] {
        citizen.get(path).await.expect(404).says("Không tìm thấy trang");
    }
}

#[tokio::test]
async fn a_query_that_the_api_refuses_is_a_page_with_its_reason() {
    let fixture = Fixture::open().await;
    let page = fixture.browser().get("/procedures?cursor=abc").await.expect(400);
    page.says("Không hiểu được yêu cầu").says("Khi cần hỗ trợ, hãy cho biết mã:");
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_with_a_page() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let long = "x".repeat(300 * 1024);
    browser.post("/sign-in", &[("email", &long)]).await.expect(413).says("Tệp quá lớn");
}

/// An API that refuses a search with the status that is searched for, and answers anything else with nothing.
async fn refusing_api() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            tokio::spawn(refuse(connection));
        }
    });
    format!("http://{address}")
}

async fn refuse(connection: TcpStream) -> std::io::Result<()> {
    let mut connection = BufReader::new(connection);
    let (mut first, mut line) = (String::new(), String::new());
    connection.read_line(&mut first).await?;
    while line != "\r\n" {
        line.clear();
        connection.read_line(&mut line).await?;
    }
    let status = first.split_once("q=").map_or("200", |(_, rest)| &rest[..3]);
    let body = r#"{"code": "refused", "title": "Không được.", "trace_id": "abc123", "items": []}"#;
    let head = format!("HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nretry-after: 7\r\n", body.len());
    connection.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes()).await
}

#[tokio::test]
async fn every_refusal_of_the_api_is_a_page_that_says_what_to_do() {
    let mut installation = Installation::empty().await;
    let api = refusing_api().await;
    installation.add(portal::service(), &["--api-url", &api]).await;
    let browser = Browser::new(&installation.base("portal"));
    for (status, words) in [
        (400, "Không hiểu được yêu cầu"),
        (403, "Trang này không dành cho tài khoản"),
        (404, "Không tìm thấy trang"),
        (409, "Không thể thực hiện lúc này"),
        (412, "Nội dung đã thay đổi ở nơi khác"),
        (413, "Tệp quá lớn"),
        (429, "Quá nhiều lần thử"),
        (500, "Hệ thống gặp lỗi"),
        (503, "Dịch vụ tạm thời gián đoạn"),
    ] {
        let page = browser.get(&format!("/procedures?q={status}")).await.expect(status);
        page.says(words).says("Về trang chủ").says("abc123").says("Có thể thử lại sau 7 giây.");
        assert_eq!(page.header("retry-after"), "7");
        assert_eq!(page.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn how_large_a_file_may_be_is_said_as_it_is_set() {
    let mut installation = Installation::empty().await;
    let api = refusing_api().await;
    installation.add(portal::service(), &["--api-url", &api, "--document-limit", "1572864"]).await;
    let browser = Browser::new(&installation.base("portal"));
    browser.get("/procedures?q=413").await.expect(413).says("Mỗi tệp không được quá 1,5 MB.");
}

#[tokio::test]
async fn while_the_api_does_not_answer_a_page_says_so() {
    let mut installation = Installation::empty().await;
    let nobody = format!("http://127.0.0.1:{}", free_port());
    installation.add(portal::service(), &["--api-url", &nobody]).await;
    let browser = Browser::new(&installation.base("portal"));
    let page = browser.get("/").await.expect(503);
    page.says("Dịch vụ tạm thời gián đoạn").says("Thử lại trang này");
    assert_eq!(page.header("retry-after"), "5");
    browser.get("/tracking").await.expect(200);
}

#[tokio::test]
async fn visitors_are_counted_one_by_one_and_who_tries_too_often_is_told_when_to_come_back() {
    let fixture = Fixture::open_with(&["--guesses-a-minute", "3"]).await;
    let (one, other) = ("203.0.113.5", "203.0.113.6");
    let guess = async |address: &str| {
        let browser = Browser::at(&fixture.gateway, address);
        let page = browser.get("/sign-in").await.expect(200);
        page.submit(&browser, &[("email", "a@example.vn"), ("password", "not-the-password")]).await
    };
    for _ in 0..3 {
        guess(one).await.expect(422);
    }
    let refused = guess(one).await.expect(429);
    refused.says("Quá nhiều lần thử").says("Có thể thử lại sau");
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{:?}", refused.headers);
    guess(other).await.expect(422);
}
