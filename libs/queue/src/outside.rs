//! A server outside that jobs go to: said once when it begins to fail, and once when it works again.

use std::sync::atomic::{AtomicU32, Ordering};

/// One refusal may be about one message; so many in a row, without a success between, are about the server.
const IN_A_ROW: u32 = 3;

/// How it goes with one server outside (mail, SMS, a payment provider), as this process has met it.
#[derive(Debug)]
pub struct Outside {
    service: &'static str,
    name: &'static str,
    failures: AtomicU32,
}

impl Outside {
    /// The server that `service` calls `name`, which is taken to work.
    pub const fn new(service: &'static str, name: &'static str) -> Self {
        Self { service, name, failures: AtomicU32::new(0) }
    }

    /// It did what it was asked for.
    pub fn works(&self) {
        if self.failures.swap(0, Ordering::Relaxed) >= IN_A_ROW {
            tracing::info!(service = self.service, outside = self.name, "works again; what waits goes out now");
        }
    }

    /// It did not, and is asked again later. `why` names nobody.
    pub fn fails(&self, why: &str) {
        if self.failures.fetch_add(1, Ordering::Relaxed) + 1 == IN_A_ROW {
            tracing::warn!(
                service = self.service,
                outside = self.name,
                why,
                "fails again and again; what it should have taken is kept and tried again for days"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex, PoisonError},
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(work: impl FnOnce(&Outside)) -> Vec<String> {
        let (log, outside) = (Log::default(), Outside::new("post", "mail server"));
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        tracing::subscriber::with_default(subscriber, || work(&outside));
        let text = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        String::from_utf8(text).expect("text").lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_outage_is_said_once_when_it_begins_and_once_when_it_ends() {
        let lines = logged(|mail| {
            mail.works();
            (0..500).for_each(|_| mail.fails("451"));
            (0..500).for_each(|_| mail.works());
        });
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(
            lines[0].contains("WARN") && lines[0].contains("mail server") && lines[0].contains("451"),
            "{lines:#?}"
        );
        assert!(lines[1].contains("INFO") && lines[1].contains("works again"), "{lines:#?}");
    }

    #[test]
    fn one_refusal_among_many_successes_is_not_an_outage() {
        let lines = logged(|mail| {
            for _ in 0..100 {
                mail.fails("452");
                mail.works();
            }
        });
        assert!(lines.is_empty(), "{lines:#?}");
    }
}
