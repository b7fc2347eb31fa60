//! A malware scanner before every file: a stand-in for clamd that speaks its INSTREAM.

use files::{MediaType, Scanner};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UnixListener},
};

use crate::{
    fixture::Fixture,
    papers::{exif, jpeg, jpeg_with, pdf},
};

/// What it was sent, to its end; `None` when that is not as clamd's manual says.
async fn told(clamd: &mut (impl AsyncReadExt + Unpin)) -> Option<Vec<u8>> {
    let mut command = [0; 10];
    clamd.read_exact(&mut command).await.ok()?;
    (command == *b"zINSTREAM\0").then_some(())?;
    let mut file = Vec::new();
    loop {
        match clamd.read_u32().await.ok()? {
            0 => return Some(file),
            length => {
                let begin = file.len();
                file.resize(begin + length as usize, 0);
                clamd.read_exact(&mut file[begin..]).await.ok()?;
            }
        }
    }
}

/// What is answered to a file.
type Judge = fn(&[u8]) -> &'static [u8];

/// A clamd that answers a file by `judge`, and hangs up.
async fn clamd(judge: Judge) -> Scanner {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let file = told(&mut client).await.expect("INSTREAM");
            client.write_all(judge(&file)).await.expect("an answer");
        }
    });
    address.parse().expect("an address")
}

#[tokio::test]
async fn a_file_is_kept_when_the_scanner_has_seen_all_of_it_and_says_that_it_is_clean() {
    let scanner = clamd(|file| if file.ends_with(b"%%EOF\n") { b"stream: OK\0" } else { b"stream: cut ERROR\0" }).await;
    let fixture = Fixture::with(1 << 20, Some(scanner));
    let long = [b"%PDF-1.4\n%".as_slice(), &[b'x'; 300_000], &pdf()[8..]].concat();
    for file in [pdf(), long] {
        fixture.send(&file, MediaType::Pdf.as_str()).await.expect("taken");
        assert_eq!(fixture.kept(), file);
    }
}

#[tokio::test]
async fn the_scanner_sees_what_is_kept() {
    let scanner = clamd(|file| if file == jpeg() { b"stream: OK\0" } else { b"stream: other ERROR\0" }).await;
    let fixture = Fixture::with(1 << 20, Some(scanner));
    let upright = exif(b"N 21").iter().map(|byte| if *byte == 6 { 1 } else { *byte }).collect::<Vec<_>>();
    fixture.send(&jpeg_with(&[(0xE1, &upright)]), "image/jpeg").await.expect("taken");
}

#[tokio::test]
async fn what_the_scanner_finds_is_refused_and_leaves_nothing_behind() {
    let scanner = clamd(|_| b"stream: Eicar-Test-Signature FOUND\0").await;
    let fixture = Fixture::with(1 << 20, Some(scanner));
    assert_eq!(fixture.code(&pdf(), "application/pdf").await, "file-infected");
    assert_eq!(fixture.left(), 0);
}

#[tokio::test]
async fn a_scanner_that_does_not_say_clean_lets_nothing_through() {
    let unsure: [Judge; 4] =
        [|_| b"INSTREAM size limit exceeded. ERROR\0", |_| b"", |_| b"stream: OK and something else\0", |_| b"OK\0"];
    for answer in unsure {
        let fixture = Fixture::with(1 << 20, Some(clamd(answer).await));
        assert_eq!((fixture.code(&pdf(), "application/pdf").await, fixture.left()), ("unavailable", 0));
    }
    let nobody = Fixture::with(1 << 20, Some("127.0.0.1:1".parse().expect("an address")));
    assert_eq!((nobody.code(&pdf(), "application/pdf").await, nobody.left()), ("unavailable", 0));
    let no_socket = Fixture::with(1 << 20, Some("/nowhere/clamd.ctl".parse().expect("a path")));
    assert_eq!(no_socket.code(&pdf(), "application/pdf").await, "unavailable");
}

#[tokio::test]
async fn an_answer_before_the_end_is_heard() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let scanner = listener.local_addr().expect("an address").to_string().parse().expect("an address");
    tokio::spawn(async move {
        let (mut client, _): (TcpStream, _) = listener.accept().await.expect("a client");
        let mut begun = [0; 20];
        client.read_exact(&mut begun).await.expect("a beginning");
        client.write_all(b"stream: Early FOUND\0").await.expect("an answer");
        client.shutdown().await.expect("an end");
        let mut rest = Vec::new();
        let _ = client.read_to_end(&mut rest).await;
    });
    let fixture = Fixture::with(1 << 20, Some(scanner));
    assert_eq!(fixture.code(&pdf(), "application/pdf").await, "file-infected");
}

#[tokio::test]
async fn it_may_listen_at_a_socket() {
    let path = std::env::temp_dir().join(format!("motcua-clamd-{}", std::process::id()));
    let listener = UnixListener::bind(&path).expect("a socket");
    tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.expect("a client");
        told(&mut client).await.expect("INSTREAM");
        client.write_all(b"stream: OK\0").await.expect("an answer");
    });
    let scanner = path.to_str().expect("a path").parse().expect("a socket");
    Fixture::with(1 << 20, Some(scanner)).send(&pdf(), "application/pdf").await.expect("taken");
    std::fs::remove_file(path).expect("the socket");
}

#[test]
fn what_is_no_address_is_none() {
    for text in ["", " ", "clamd", "clamd:", ":3310", "clamd:x", "clamd:99999"] {
        assert!(text.parse::<Scanner>().is_err(), "{text:?}");
    }
}
