//! The portal's way to the gateway, on which single calls can meet with mishaps.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    /// It is answered.
    Arrives,
    /// It never arrives.
    RequestLost,
    /// It is carried out, but the answer gets lost.
    AnswerLost,
    /// It is carried out, and the answer comes when it is let go.
    AnswerLate,
}

/// The way.
pub struct Way {
    pub address: String,
    weather: Arc<Weather>,
}

struct Weather {
    gateway: String,
    coming: Mutex<Coming>,
    let_go: Semaphore,
}

struct Coming {
    path: &'static str,
    fate: Fate,
    calls: usize,
    met: usize,
}

impl Way {
    /// A way to the gateway at this address, on which everything arrives.
    pub async fn to(gateway: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let coming = Mutex::new(Coming { path: "", fate: Fate::Arrives, calls: 0, met: 0 });
        let gateway = gateway.trim_start_matches("http://").to_owned();
        let weather = Arc::new(Weather { gateway, coming, let_go: Semaphore::new(0) });
        let own = Arc::clone(&weather);
        tokio::spawn(async move {
            while let Ok((portal, _)) = listener.accept().await {
                tokio::spawn(carry(portal, Arc::clone(&own)));
            }
        });
        Self { address, weather }
    }

    /// This will become of the next `calls` calls to what has `path` in its address.
    pub fn will(&self, path: &'static str, fate: Fate, calls: usize) {
        *self.weather.coming() = Coming { path, fate, calls, met: 0 };
    }

    /// Calls that have met with it since.
    pub fn met(&self) -> usize {
        self.weather.coming().met
    }

    /// Lets a late answer go.
    pub fn let_go(&self) {
        self.weather.let_go.add_permits(1);
    }
}

impl Weather {
    fn coming(&self) -> std::sync::MutexGuard<'_, Coming> {
        self.coming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fate of a call, by its first line.
    fn fate(&self, line: &str) -> Fate {
        let mut coming = self.coming();
        if coming.calls == 0 || !line.contains(coming.path) {
            return Fate::Arrives;
        }
        coming.calls -= 1;
        coming.fate
    }

    fn meet(&self) {
        self.coming().met += 1;
    }
}

async fn carry(mut portal: TcpStream, weather: Arc<Weather>) -> io::Result<()> {
    let mut gateway = TcpStream::connect(&weather.gateway).await?;
    let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut fate = Fate::Arrives;
    loop {
        tokio::select! {
            read = portal.read(&mut asked) => {
                let part = &asked[..read?];
                let text = String::from_utf8_lossy(part);
                if let Some(line) = text.lines().next().filter(|line| line.ends_with("HTTP/1.1")) {
                    fate = weather.fate(line);
                }
                if part.is_empty() {
                    return Ok(());
                }
                if fate == Fate::RequestLost {
                    weather.meet();
                    return Ok(());
                }
                gateway.write_all(part).await?;
            }
            read = gateway.read(&mut answered) => {
                let part = &answered[..read?];
                if part.is_empty() {
                    return Ok(());
                }
                match fate {
                    Fate::AnswerLost => {
                        weather.meet();
                        return Ok(());
                    }
                    Fate::AnswerLate => {
                        weather.meet();
                        weather.let_go.acquire().await.map_err(io::Error::other)?.forget();
                        fate = Fate::Arrives;
                    }
                    Fate::Arrives | Fate::RequestLost => {}
                }
                portal.write_all(part).await?;
            }
        }
    }
}
