//! Who listens where in one process: the gateway at the chosen port, the sandbox ten above, everybody else at free ones.

use std::{collections::BTreeMap, net::TcpListener, path::Path};

use anyhow::{Context, Result};
use runtime::Service;

/// The addresses of one running house.
pub struct Addresses {
    /// The gateway: the one address for everybody.
    pub public: String,
    /// The sandbox's pages: sent mails, SMS, payments.
    pub sandbox: String,
    port: u16,
    smtp: u16,
    services: BTreeMap<&'static str, u16>,
}

impl Addresses {
    /// Chooses, and makes sure that `port` is free.
    ///
    /// # Errors
    /// A sentence when a port is taken.
    pub fn choose(port: u16, services: &[Service]) -> Result<Self> {
        let sandbox = port.checked_add(10).context("The port is too high; choose one below 65000 with --port.")?;
        let admin = port.checked_add(1000).context("The port is too high; choose one below 64000 with --port.")?;
        // Held while the others are chosen, so that none of them is one of these.
        let _held = [hold(port)?, hold(sandbox)?, hold(admin)?];
        let mut ports = BTreeMap::new();
        for service in services {
            let own = match service.name {
                "gateway" => port,
                "sandbox" => sandbox,
                _ => provision::free_port()?,
            };
            ports.insert(service.name, own);
        }
        Ok(Self {
            public: format!("http://127.0.0.1:{port}"),
            sandbox: format!("http://127.0.0.1:{sandbox}"),
            port,
            smtp: provision::free_port()?,
            services: ports,
        })
    }

    /// The flags of a service: those of these that it knows.
    pub fn flags(&self, service: &Service, folder: &Path, database: Option<&str>, redis: &str) -> Vec<String> {
        let base = |name: &str| format!("http://127.0.0.1:{}", self.services.get(name).copied().unwrap_or_default());
        let values = [
            ("MOTCUA_LISTEN", format!("127.0.0.1:{}", self.services.get(service.name).copied().unwrap_or_default())),
            ("MOTCUA_THREADS", "1".into()),
            ("MOTCUA_DATABASE_URL", database.unwrap_or_default().into()),
            ("MOTCUA_DATABASE_CONNECTIONS", "12".into()),
            ("MOTCUA_REDIS_URL", redis.into()),
            ("MOTCUA_JWKS_URL", format!("{}/api/v1/jwks", base("accounts"))),
            ("MOTCUA_PUBLIC_URL", self.public.clone()),
            ("MOTCUA_ACCOUNTS_URL", base("accounts")),
            ("MOTCUA_SUBMISSIONS_URL", base("submissions")),
            ("MOTCUA_PAYMENTS_URL", base("payments")),
            ("MOTCUA_NOTIFICATIONS_URL", base("notifications")),
            ("MOTCUA_PORTAL_URL", base("portal")),
            ("MOTCUA_API_URL", self.public.clone()),
            ("MOTCUA_DEVELOPMENT_BANNER", self.sandbox.clone()),
            // The portal names the clients that it asks for.
            ("MOTCUA_TRUSTED_PROXIES", "127.0.0.0/8".into()),
            ("MOTCUA_DOCUMENTS_DIR", folder.join("documents").display().to_string()),
            ("MOTCUA_VNPAY_PAY_URL", format!("{}/paymentv2/vpcpay.html", self.sandbox)),
            ("MOTCUA_VNPAY_API_URL", format!("{}/merchant_webapi/api/transaction", self.sandbox)),
            ("MOTCUA_SMTP_PORT", self.smtp.to_string()),
            ("MOTCUA_SMS_URL", self.sandbox.clone()),
            ("MOTCUA_SANDBOX_HTTP", format!("127.0.0.1:{}", self.services["sandbox"])),
            ("MOTCUA_SANDBOX_SMTP", format!("127.0.0.1:{}", self.smtp)),
            ("MOTCUA_SANDBOX_VNPAY_IPN_URL", format!("{}/api/v1/payments/vnpay/ipn", self.public)),
        ];
        let mut flags = Vec::new();
        for setting in service.settings() {
            let value = values.iter().find(|(variable, _)| *variable == setting.variable);
            if let Some((_, value)) = value.filter(|(_, value)| !value.is_empty()) {
                flags.extend([setting.flag, value.clone()]);
            }
        }
        if service.name == "gateway" {
            flags.extend(["--admin".to_owned(), format!("127.0.0.1:{}", self.port + 1000)]);
        }
        flags
    }
}

fn hold(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).with_context(|| {
        format!("The port {port} cannot be used; stop the program that has it, or choose others with --port")
    })
}
