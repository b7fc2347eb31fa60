//! Two ways to speak to the mail server: octet by octet, and as a real mailer does.

use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, message::MultiPart, transport::smtp::Error};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::Fixture;

pub struct RawClient(BufReader<TcpStream>);

impl RawClient {
    pub async fn connect(fixture: &Fixture) -> Self {
        Self(BufReader::new(TcpStream::connect(fixture.sandbox.smtp).await.unwrap()))
    }

    /// Connected, greeted, and past EHLO.
    pub async fn greeted(fixture: &Fixture) -> Self {
        let mut client = Self::connect(fixture).await;
        assert_eq!(client.code().await, "220");
        client.write("EHLO test\r\n").await;
        assert_eq!(client.code().await, "250");
        client
    }

    pub async fn write(&mut self, octets: &str) {
        self.0.write_all(octets.as_bytes()).await.unwrap();
    }

    /// The whole of one reply.
    pub async fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            reply.push_str(&line);
            if line.as_bytes().get(3) != Some(&b'-') {
                return reply;
            }
        }
    }

    pub async fn code(&mut self) -> String {
        self.reply().await.chars().take(3).collect()
    }

    pub async fn codes(&mut self, count: usize) -> Vec<String> {
        let mut codes = Vec::new();
        for _ in 0..count {
            codes.push(self.code().await);
        }
        codes
    }

    /// Whether the server ends the conversation, orderly or not.
    pub async fn is_ended(&mut self) -> bool {
        self.0.read_u8().await.is_err()
    }
}

pub fn mail(to: &str, message_id: &str) -> Message {
    Message::builder()
        .from("Một cửa <noreply@motcua.example.vn>".parse().unwrap())
        .to(to.parse().unwrap())
        .subject("Hồ sơ đã được tiếp nhận")
        .message_id(Some(message_id.to_owned()))
        .multipart(MultiPart::alternative_plain_html(
            "Kính gửi ông/bà,\n.Dòng bắt đầu bằng dấu chấm".to_owned(),
            "<p>Kính gửi ông/bà</p>".to_owned(),
        ))
        .unwrap()
}

pub async fn post(fixture: &Fixture, mail: Message) -> Result<(), Error> {
    let mailer =
        AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(fixture.sandbox.smtp.port()).build();
    mailer.send(mail).await.map(drop)
}
