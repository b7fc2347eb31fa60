//! The mail server's sockets: connections, replies, and taking a mail's octets.

use std::{future::Future, io, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncWriteExt, BufReader},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    behaviour::MailBehaviour,
    lines::{self, SmtpLine},
    message::Mail,
    session::{MOST_OCTETS, Session, Step},
    state::State,
};

/// How long a client may keep us waiting for its next line.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(60);

pub(crate) async fn serve(state: Arc<State>, listener: TcpListener, tasks: TaskTracker, stop: CancellationToken) {
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((stream, _)) => {
                let talk = converse(state.clone(), stream);
                let talk = stop.clone().run_until_cancelled_owned(talk);
                tasks.spawn(async move {
                    if let Some(Err(error)) = talk.await {
                        tracing::debug!(%error, "a mail conversation broke off");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "cannot take a mail connection");
                // Out of file descriptors, most likely: trying again at once would spin.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn converse(state: Arc<State>, stream: TcpStream) -> io::Result<()> {
    let behaviour = state.behaviour();
    if behaviour.refuse_connections {
        return stream.set_zero_linger();
    }
    stream.set_nodelay(true)?;
    let (reader, writer) = stream.into_split();
    let mut conversation = Conversation { state, reader: BufReader::new(reader), writer, session: Session::default() };
    if behaviour.greet_silently {
        return conversation.stay_silent().await;
    }
    conversation.say("220 sandbox ESMTP").await?;
    conversation.run().await
}

struct Conversation {
    state: Arc<State>,
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    session: Session,
}

/// How the octets of a mail arrived.
enum Data {
    Whole(Vec<u8>),
    /// Taken to its end but not kept, with the reply that says why.
    Unfit(&'static str),
    /// The conversation cannot go on.
    Broken,
}

impl Conversation {
    async fn run(&mut self) -> io::Result<()> {
        while let Some(line) = self.next_line().await? {
            let behaviour = self.state.behaviour();
            match self.session.obey(&line, &behaviour) {
                Step::Reply(reply) => self.say(&reply).await?,
                Step::End(reply) => return self.say(&reply).await,
                Step::TakeData(reply) => {
                    self.say(&reply).await?;
                    if !self.take_mail(&behaviour).await? {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// `false` when the conversation is over.
    async fn take_mail(&mut self, behaviour: &MailBehaviour) -> io::Result<bool> {
        let data = self.read_data().await?;
        let envelope = self.session.take_envelope();
        let raw = match data {
            Data::Whole(raw) => raw,
            Data::Unfit(reply) => return self.say(reply).await.map(|()| true),
            Data::Broken => return Ok(false),
        };
        if behaviour.drop_after_data {
            return Ok(false);
        }
        let id = {
            let mut mails = self.state.mails.open();
            let id = mails.take_number();
            mails.put(Mail::new(id, self.state.now(), envelope, raw));
            id
        };
        if behaviour.accept_then_silent {
            return self.stay_silent().await.map(|()| false);
        }
        self.say(&format!("250 2.0.0 Taken as {id}")).await?;
        Ok(true)
    }

    async fn read_data(&mut self) -> io::Result<Data> {
        let mut raw = Vec::new();
        let mut unfit = None;
        loop {
            let line = match in_time(lines::read(&mut self.reader)).await? {
                Some(SmtpLine::Whole(line)) if line == b"." => break,
                Some(SmtpLine::Whole(line)) => line,
                Some(SmtpLine::BareLf) => {
                    unfit = Some("554 5.6.0 Lines must end with CR LF");
                    continue;
                }
                other => return self.give_up(other).await.map(|()| Data::Broken),
            };
            let line = line.strip_prefix(b".").unwrap_or(&line);
            if raw.len() + line.len() + 2 > MOST_OCTETS {
                unfit = Some("552 5.3.4 Mail too large");
            }
            if unfit.is_none() {
                raw.extend_from_slice(line);
                raw.extend_from_slice(b"\r\n");
            }
        }
        Ok(unfit.map_or(Data::Whole(raw), Data::Unfit))
    }

    /// `None` when the client has gone or has to go.
    async fn next_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        match in_time(lines::read(&mut self.reader)).await? {
            Some(SmtpLine::Whole(line)) => Ok(Some(line)),
            other => self.give_up(other).await.map(|()| None),
        }
    }

    async fn give_up(&mut self, why: Option<SmtpLine>) -> io::Result<()> {
        match why {
            None => self.say("421 4.4.2 Waited too long").await,
            Some(SmtpLine::TooLong) => self.say("500 5.5.6 Line too long").await,
            Some(SmtpLine::BareLf) => self.say("500 5.5.2 Lines must end with CR LF").await,
            Some(SmtpLine::Whole(_) | SmtpLine::End) => Ok(()),
        }
    }

    async fn say(&mut self, reply: &str) -> io::Result<()> {
        let reply = format!("{reply}\r\n");
        in_time(self.writer.write_all(reply.as_bytes())).await?.ok_or_else(|| io::ErrorKind::TimedOut.into())
    }

    /// Listens without ever answering until the client goes.
    async fn stay_silent(&mut self) -> io::Result<()> {
        tokio::io::copy_buf(&mut self.reader, &mut tokio::io::sink()).await?;
        Ok(())
    }
}

/// `None` when it took too long.
async fn in_time<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<Option<T>> {
    tokio::time::timeout(COMMAND_TIMEOUT, work).await.ok().transpose()
}
