//! The mail server behaving well.

use crate::support::{
    Fixture,
    smtp::{RawClient, mail, post},
};

#[tokio::test]
async fn a_mail_is_shown_with_its_parts_its_envelope_and_its_raw_octets() {
    let fixture = Fixture::new().await;
    post(&fixture, mail("Ông An <an@example.vn>", "<7@motcua>")).await.unwrap();
    let items = fixture.items("/mails?to=AN@example.vn").await;
    let shown = &items[0];
    assert_eq!(shown["message_id"], "7@motcua");
    assert_eq!(shown["subject"], "Hồ sơ đã được tiếp nhận");
    assert_eq!(shown["from"][0], "noreply@motcua.example.vn");
    assert_eq!(shown["to"][0], "an@example.vn");
    assert_eq!(shown["envelope"]["from"], "noreply@motcua.example.vn");
    assert!(shown["text"].as_str().unwrap().contains("\n.Dòng bắt đầu"), "{}", shown["text"]);
    assert!(shown["html"].as_str().unwrap().starts_with("<p>Kính gửi"));
    assert!(shown["headers"].as_array().unwrap().iter().any(|header| header["name"] == "Message-ID"));
    let whole = fixture.json(&format!("/mails/{}", shown["id"])).await;
    assert!(whole["raw"].as_str().unwrap().contains("Message-ID: <7@motcua>\r\n"));
    assert_eq!(fixture.get("/mails/999").await.status(), 404);
}

#[tokio::test]
async fn mails_with_one_message_id_are_all_kept_and_counted_newest_first() {
    let fixture = Fixture::new().await;
    for (to, id) in [("<a@b.vn>", "<same@x>"), ("<a@b.vn>", "<same@x>"), ("<c@d.vn>", "<other@x>")] {
        post(&fixture, mail(to, id)).await.unwrap();
    }
    let copies: Vec<_> = fixture.items("/mails").await.iter().map(|mail| mail["copies"].clone()).collect();
    assert_eq!(copies, [1, 2, 2]);
    assert_eq!(fixture.items("/mails?to=a@b.vn").await.len(), 2);
}

#[tokio::test]
async fn a_pipelined_conversation_is_answered_in_order_and_dots_are_unstuffed() {
    let fixture = Fixture::new().await;
    let mut client = RawClient::connect(&fixture).await;
    client.write("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.vn>\r\nDATA\r\nSubject: x\r\n\r\n..a\r\n.b\r\n.\r\n").await;
    client.write("NOOP\r\nRSET\r\nVRFY a\r\nHELO x\r\nQUIT\r\n").await;
    let codes = client.codes(11).await;
    assert_eq!(codes, ["220", "250", "250", "250", "354", "250", "250", "250", "252", "250", "221"]);
    assert!(client.is_ended().await);
    assert_eq!(fixture.items("/mails").await[0]["text"], ".a\r\nb\r\n");
}

#[tokio::test]
async fn ehlo_tells_what_the_server_can_do() {
    let fixture = Fixture::new().await;
    let mut client = RawClient::connect(&fixture).await;
    client.reply().await;
    client.write("EHLO x\r\n").await;
    let reply = client.reply().await;
    for extension in ["PIPELINING", "SIZE 10485760", "8BITMIME", "SMTPUTF8"] {
        assert!(reply.contains(extension), "{reply}");
    }
}

#[tokio::test]
async fn an_internationalised_address_is_taken_with_smtputf8() {
    let fixture = Fixture::new().await;
    let mut client = RawClient::greeted(&fixture).await;
    client.write("MAIL FROM:<a@b.vn> BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<ông@b.vn>\r\nDATA\r\n").await;
    client.write("Subject: Hồ sơ\r\n\r\nxin chào\r\n.\r\n").await;
    assert_eq!(client.codes(4).await, ["250", "250", "354", "250"]);
    let shown = &fixture.items("/mails").await[0];
    assert_eq!((&shown["subject"], &shown["envelope"]["to"][0]), (&"Hồ sơ".into(), &"ông@b.vn".into()));
}

#[tokio::test]
async fn a_mail_ended_by_a_bare_line_feed_is_not_ended_and_not_kept() {
    let fixture = Fixture::new().await;
    let mut client = RawClient::greeted(&fixture).await;
    client.write("MAIL FROM:<a@b.vn>\r\nRCPT TO:<c@d.vn>\r\nDATA\r\nx\r\n.\nMAIL FROM:<evil@x>\r\n.\r\n").await;
    assert_eq!(client.codes(4).await, ["250", "250", "354", "554"]);
    assert!(fixture.items("/mails").await.is_empty());
}

#[tokio::test]
async fn an_endless_line_ends_the_conversation() {
    let fixture = Fixture::new().await;
    let mut client = RawClient::greeted(&fixture).await;
    client.write(&"x".repeat(1_500)).await;
    assert_eq!(client.code().await, "500");
    assert!(client.is_ended().await);
}

#[tokio::test]
async fn a_mail_too_large_is_taken_to_its_end_refused_and_forgotten() {
    let fixture = Fixture::new().await;
    let mut client = RawClient::greeted(&fixture).await;
    client.write("MAIL FROM:<a@b.vn>\r\nRCPT TO:<c@d.vn>\r\nDATA\r\n").await;
    assert_eq!(client.codes(3).await, ["250", "250", "354"]);
    let kilobyte = format!("{}\r\n", "x".repeat(998)).repeat(10);
    for _ in 0..1_100 {
        client.write(&kilobyte).await;
    }
    client.write(".\r\nNOOP\r\n").await;
    assert_eq!(client.codes(2).await, ["552", "250"]);
    assert!(fixture.items("/mails").await.is_empty());
}
