//! One address for all replicas of a service, as a cluster has it: a connection goes to the first of them that takes it, and to
//! one that has been told to stop only when there is no other.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The address that everybody knows.
pub struct Door {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    replicas: Arc<Mutex<Vec<u16>>>,
    task: JoinHandle<()>,
}

impl Door {
    /// Begins to carry connections to the replica at this port.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn open(replica: u16) -> Result<Self> {
        let port = provision::free_port()?;
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let replicas = Arc::new(Mutex::new(vec![replica]));
        let known = replicas.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let replicas = known.lock().unwrap_or_else(PoisonError::into_inner).clone();
                tokio::spawn(carry(client, replicas));
            }
        });
        Ok(Self { port, replicas, task })
    }

    /// Leads to these from now on.
    pub fn lead_to(&self, replicas: Vec<u16>) {
        *self.replicas.lock().unwrap_or_else(PoisonError::into_inner) = replicas;
    }

    /// A replica is being told to stop: connections that it has go on, a new one that it may no longer take goes elsewhere.
    pub fn lead_past(&self, stopping: u16) {
        let mut replicas = self.replicas.lock().unwrap_or_else(PoisonError::into_inner);
        replicas.sort_by_key(|replica| *replica == stopping);
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(mut client: TcpStream, replicas: Vec<u16>) {
    for replica in replicas {
        if let Ok(mut server) = TcpStream::connect(("127.0.0.1", replica)).await {
            // Small answers are not to wait for each other.
            let _ = client.set_nodelay(true).and_then(|()| server.set_nodelay(true));
            // Whoever broke it tells the other side by its end.
            let _ = copy_bidirectional(&mut client, &mut server).await;
            return;
        }
    }
}
