//! Who listens where in one process: the gateway at the chosen port, the sandbox ten above, everybody else at free ones.

use std::{collections::BTreeMap, net::TcpListener, path::Path};

use anyhow::{Context, Result};
use runtime::{Role, Service, Setting};

/// The addresses of one running installation.
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
            let own = match service.role {
                Role::Gateway => port,
                Role::Sandbox => sandbox,
                Role::Upstream => provision::free_port()?,
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

    /// What every service is told, by variable: `folder` is the installation's, `assets` that of the built style sheet.
    pub fn settings(&self, folder: &Path, assets: Option<&Path>, redis: &str) -> Vec<(String, String)> {
        let services =
            self.services.keys().map(|name| (format!("MOTCUA_{}_URL", name.to_uppercase()), self.base(name)));
        let sandbox = &self.sandbox;
        let others = [
            ("MOTCUA_THREADS", "1".to_owned()),
            ("MOTCUA_DATABASE_CONNECTIONS", "12".to_owned()),
            ("MOTCUA_REDIS_URL", redis.to_owned()),
            ("MOTCUA_JWKS_URL", format!("{}/api/v1/jwks", self.base("accounts"))),
            ("MOTCUA_PUBLIC_URL", self.public.clone()),
            ("MOTCUA_API_URL", self.public.clone()),
            ("MOTCUA_DEVELOPMENT_BANNER", sandbox.clone()),
            // The portal names the clients that it asks for.
            ("MOTCUA_TRUSTED_PROXIES", "127.0.0.0/8".to_owned()),
            ("MOTCUA_DOCUMENTS_DIR", folder.join("documents").display().to_string()),
            ("MOTCUA_VNPAY_PAY_URL", format!("{sandbox}/paymentv2/vpcpay.html")),
            ("MOTCUA_VNPAY_API_URL", format!("{sandbox}/merchant_webapi/api/transaction")),
            ("MOTCUA_MOMO_URL", format!("{sandbox}/momo")),
            ("MOTCUA_MOMO_PARTNER_CODE", "DEMOMOMO".to_owned()),
            ("MOTCUA_MOMO_ACCESS_KEY", "DEMOACCESSKEY".to_owned()),
            ("MOTCUA_MOMO_SECRET_KEY", "DEMOMOMOSECRET0123456789ABCDEFGH".to_owned()),
            ("MOTCUA_ZALOPAY_URL", format!("{sandbox}/zalopay")),
            ("MOTCUA_ZALOPAY_APP_ID", "2553".to_owned()),
            ("MOTCUA_ZALOPAY_KEY1", "DEMOZALOPAYKEY1ABCDEFGH012345678".to_owned()),
            ("MOTCUA_ZALOPAY_KEY2", "DEMOZALOPAYKEY2ABCDEFGH012345678".to_owned()),
            ("MOTCUA_VIETQR_BANK", "970415".to_owned()),
            ("MOTCUA_VIETQR_ACCOUNT", "113366668888".to_owned()),
            ("MOTCUA_VIETQR_HOLDER", "UBND PHUONG DEMO".to_owned()),
            ("MOTCUA_VIETQR_AGENCY", "H44.100".to_owned()),
            ("MOTCUA_VIETQR_NOTICE_SECRET", "DEMOBANKSECRET0123456789ABCDEFGH".to_owned()),
            ("MOTCUA_NATIONAL_URL", format!("{sandbox}/national")),
            ("MOTCUA_NATIONAL_PARTNER_CODE", "DEMODVC".to_owned()),
            ("MOTCUA_NATIONAL_BANK", "970415".to_owned()),
            ("MOTCUA_NATIONAL_ACCOUNT", "113366668888".to_owned()),
            ("MOTCUA_NATIONAL_HOLDER", "KBNN DEMO".to_owned()),
            ("MOTCUA_NATIONAL_SECRET", "DEMONATIONALSECRET0123456789ABCD".to_owned()),
            ("MOTCUA_SANDBOX_NATIONAL_CONFIRM_URL", format!("{}/api/v1/payments/national/notification", self.public)),
            ("MOTCUA_SANDBOX_NATIONAL_RETURN_URL", format!("{}/payment-return", self.public)),
            ("MOTCUA_SANDBOX_BANK_NOTICE_URL", format!("{}/api/v1/payments/vietqr/notification", self.public)),
            ("MOTCUA_SMTP_PORT", self.smtp.to_string()),
            ("MOTCUA_SMS_URL", sandbox.clone()),
            ("MOTCUA_SANDBOX_HTTP", sandbox.trim_start_matches("http://").to_owned()),
            ("MOTCUA_SANDBOX_SMTP", format!("127.0.0.1:{}", self.smtp)),
            ("MOTCUA_SANDBOX_VNPAY_IPN_URL", format!("{}/api/v1/payments/vnpay/notification", self.public)),
        ];
        let assets = assets.map(|folder| ("MOTCUA_ASSETS".to_owned(), folder.display().to_string()));
        services.chain(others.map(|(name, value)| (name.to_owned(), value))).chain(assets).collect()
    }

    /// The flags of a service: its own address and database, and those of `shared` that it knows.
    pub fn flags(&self, service: &Service, shared: &[(String, String)], database: Option<String>) -> Vec<String> {
        let mut own = vec![("MOTCUA_LISTEN".to_owned(), self.listen(service.name))];
        own.extend(database.map(|url| ("MOTCUA_DATABASE_URL".to_owned(), url)));
        if service.role == Role::Gateway {
            own.push(("MOTCUA_ADMIN".to_owned(), format!("127.0.0.1:{}", self.port + 1000)));
        }
        let told = |variable: &str| own.iter().chain(shared).find(|(name, _)| name == variable);
        let flag = |setting: Setting| Some([setting.flag, told(&setting.variable)?.1.clone()]);
        service.settings().into_iter().filter_map(flag).flatten().collect()
    }

    fn base(&self, name: &str) -> String {
        format!("http://{}", self.listen(name))
    }

    fn listen(&self, name: &str) -> String {
        format!("127.0.0.1:{}", self.services[name])
    }
}

fn hold(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).with_context(|| {
        format!("The port {port} cannot be used; stop the program that has it, or choose others with --port")
    })
}
