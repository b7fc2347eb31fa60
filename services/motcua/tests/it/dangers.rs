//! Every setting of every service, with values that must not stand in public.

use std::collections::BTreeSet;

use runtime::{Role, Service, Setting};

/// What is asked of a setting in public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// A secret that each installation has.
    Secret,
    /// A secret that an installation may do without: none when empty.
    OptionalSecret,
    /// Random keys that an installation may do without; anything else is refused wherever it runs.
    Keys,
    /// Anything but the default.
    OwnValue,
    /// The https address of another machine.
    OutsideAddress,
    /// TLS to a mail server on another machine.
    Protection,
    /// This installation's own https address.
    PublicUrl,
    /// As the last, and not the default.
    OwnAddress,
    /// TLS, this machine, or a network of the installation's own.
    Inside,
    /// Networks of the operator's own.
    OwnNetworks,
    /// A limit that is one.
    Limit,
    /// Nothing: no value of it lets a stranger in, or sends what is private in clear.
    Nothing,
}
use Asked::{
    Inside, Keys, Limit, Nothing, OptionalSecret, OutsideAddress, OwnAddress, OwnNetworks, OwnValue, Protection,
    PublicUrl, Secret,
};

/// A new setting is judged here before it can be released.
const JUDGED: &[(&str, Asked)] = &[
    ("MOTCUA_PUBLIC_URL", PublicUrl),
    ("MOTCUA_ISSUER", OwnAddress),
    ("MOTCUA_MAIL_FROM", OwnValue),
    ("MOTCUA_SMTP_PORT", OwnValue),
    ("MOTCUA_SMTP_SECURITY", Protection),
    ("MOTCUA_SMTP_PASSWORD", OptionalSecret),
    ("MOTCUA_SMS_URL", OutsideAddress),
    ("MOTCUA_SMS_API_KEY", Secret),
    ("MOTCUA_SMS_SECRET_KEY", Secret),
    ("MOTCUA_VNPAY_PAY_URL", OutsideAddress),
    ("MOTCUA_VNPAY_API_URL", OutsideAddress),
    ("MOTCUA_VNPAY_RETURN_URL", OutsideAddress),
    ("MOTCUA_VNPAY_TMN_CODE", OwnValue),
    ("MOTCUA_VNPAY_HASH_SECRET", Secret),
    ("MOTCUA_VNPAY_PREVIOUS_HASH_SECRET", OptionalSecret),
    ("MOTCUA_MOMO_URL", OutsideAddress),
    ("MOTCUA_MOMO_PARTNER_CODE", Nothing),
    ("MOTCUA_MOMO_ACCESS_KEY", Nothing),
    ("MOTCUA_MOMO_SECRET_KEY", OptionalSecret),
    ("MOTCUA_MOMO_PREVIOUS_SECRET_KEY", OptionalSecret),
    ("MOTCUA_ZALOPAY_URL", OutsideAddress),
    ("MOTCUA_ZALOPAY_APP_ID", Nothing),
    ("MOTCUA_ZALOPAY_KEY1", OptionalSecret),
    ("MOTCUA_ZALOPAY_KEY2", OptionalSecret),
    ("MOTCUA_ZALOPAY_PREVIOUS_KEY2", OptionalSecret),
    ("MOTCUA_VIETQR_BANK", Nothing),
    ("MOTCUA_VIETQR_ACCOUNT", Nothing),
    ("MOTCUA_VIETQR_HOLDER", Nothing),
    ("MOTCUA_VIETQR_AGENCY", Nothing),
    ("MOTCUA_VIETQR_NOTICE_SECRET", OptionalSecret),
    ("MOTCUA_VIETQR_PREVIOUS_NOTICE_SECRET", OptionalSecret),
    ("MOTCUA_NATIONAL_URL", OutsideAddress),
    ("MOTCUA_NATIONAL_PARTNER_CODE", Nothing),
    ("MOTCUA_NATIONAL_BANK", Nothing),
    ("MOTCUA_NATIONAL_ACCOUNT", Nothing),
    ("MOTCUA_NATIONAL_HOLDER", Nothing),
    ("MOTCUA_NATIONAL_SECRET", OptionalSecret),
    ("MOTCUA_NATIONAL_PREVIOUS_SECRET", OptionalSecret),
    ("MOTCUA_FILE_KEY", Keys),
    ("MOTCUA_PREVIOUS_FILE_KEYS", Keys),
    ("MOTCUA_LISTEN", Nothing),
    ("MOTCUA_ADMIN", Nothing),
    // Inside the installation.
    ("MOTCUA_DATABASE_URL", Inside),
    ("MOTCUA_REDIS_URL", Inside),
    ("MOTCUA_CACHE_URL", Inside),
    ("MOTCUA_JWKS_URL", Inside),
    ("MOTCUA_API_URL", Inside),
    ("MOTCUA_ACCOUNTS_URL", Inside),
    ("MOTCUA_CATALOGUE_URL", Inside),
    ("MOTCUA_SUBMISSIONS_URL", Inside),
    ("MOTCUA_PAYMENTS_URL", Inside),
    ("MOTCUA_NOTIFICATIONS_URL", Inside),
    ("MOTCUA_PORTAL_URL", Inside),
    // Whose word about a client's address is taken: nobody's by default.
    ("MOTCUA_TRUSTED_PROXIES", OwnNetworks),
    // What the operator answers for.
    ("MOTCUA_PRIVATE_NETWORK", Nothing),
    ("MOTCUA_ACCEPTANCE", Nothing),
    // Sizes, times, names, folders.
    ("MOTCUA_THREADS", Nothing),
    ("MOTCUA_CONNECTIONS", Nothing),
    ("MOTCUA_DATABASE_CONNECTIONS", Nothing),
    ("MOTCUA_DATABASE_ROLE", Nothing),
    ("MOTCUA_STREAM_PREFIX", Nothing),
    ("MOTCUA_ACCESS_TOKEN_SECONDS", Nothing),
    ("MOTCUA_SESSION_HOURS", Nothing),
    ("MOTCUA_PAYMENT_MINUTES", Nothing),
    ("MOTCUA_REFUND_APPROVAL_ABOVE", Nothing),
    ("MOTCUA_WAIVER_APPROVAL_ABOVE", Nothing),
    ("MOTCUA_PART_PAYMENTS", Nothing),
    ("MOTCUA_RECEIPT_SYMBOL", Nothing),
    ("MOTCUA_REQUESTS_A_SECOND", Limit),
    ("MOTCUA_GUESSES_A_MINUTE", Limit),
    ("MOTCUA_DOCUMENT", Nothing),
    ("MOTCUA_CA_FILE", Nothing),
    ("MOTCUA_DOCUMENTS_DIR", Nothing),
    ("MOTCUA_DOCUMENT_LIMIT", Nothing),
    ("MOTCUA_LEAST_UPLOAD_RATE", Limit),
    ("MOTCUA_DRAFT_DAYS", Nothing),
    ("MOTCUA_CLAMD", Nothing),
    ("MOTCUA_CONSULTATION_DAYS", Nothing),
    ("MOTCUA_ALERT_EARLY_HOURS", Nothing),
    ("MOTCUA_ALERT_SOON_HOURS", Nothing),
    ("MOTCUA_ALERT_LATE_HOURS", Nothing),
    ("MOTCUA_SUPPLEMENT_DAYS", Nothing),
    ("MOTCUA_ASSETS", Nothing),
    ("MOTCUA_DEVELOPMENT_BANNER", Nothing),
    ("MOTCUA_SMTP_HOST", Nothing),
    ("MOTCUA_SMTP_USER", Nothing),
    ("MOTCUA_SMTP_TIMEOUT", Nothing),
    ("MOTCUA_MESSAGE_DAYS", Nothing),
    ("MOTCUA_SMS_BRANDNAME", Nothing),
    ("MOTCUA_SMS_TIMEOUT", Nothing),
];

/// A key, and what looks like one: with another digit, with a letter that is no digit, typed.
const KEY: &str = "8f0b6c9d2e4a71355d9c0e83a6f2b4c7193e5a7d4b60c8f2e1d3957a0b6c4e8f";
const KEY_AND_MORE: &str = "8f0b6c9d2e4a71355d9c0e83a6f2b4c7193e5a7d4b60c8f2e1d3957a0b6c4e8f0";
const NO_HEX: &str = "8f0b6c9d2e4a71355d9c0e83a6f2b4c7193e5a7d4b60c8f2e1d3957a0b6c4e8g";
/// One letter, often.
const REPEATED: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// VNPAY's secret in the sandbox, which anybody reads in our sources.
const VNPAY_PUBLISHED: &str = "TESTSECRETKEY0123456789ABCDEFGHJK";
/// Those of the other counterparts.
const MOMO_PUBLISHED: &str = "DEMOMOMOSECRET0123456789ABCDEFGH";
const ZALOPAY_PUBLISHED: [&str; 2] = ["DEMOZALOPAYKEY1ABCDEFGH012345678", "DEMOZALOPAYKEY2ABCDEFGH012345678"];
const BANK_PUBLISHED: &str = "DEMOBANKSECRET0123456789ABCDEFGH";
const NATIONAL_PUBLISHED: &str = "DEMONATIONALSECRET0123456789ABCD";
const PATTERN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Every service but the outside installation, which has no installation of its own.
fn services() -> Vec<Service> {
    motcua::services().into_iter().filter(|service| service.role != Role::Sandbox).collect()
}

fn asked(setting: &Setting) -> Asked {
    let judged = JUDGED.iter().find(|(variable, _)| *variable == setting.variable);
    judged.unwrap_or_else(|| panic!("say in this file what is asked of {} in public", setting.variable)).1
}

/// Addresses of one's own machines: such as may be asked, and such as may not.
fn inside(variable: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match variable {
        "MOTCUA_DATABASE_URL" => (
            &[
                "postgres://u@127.0.0.1:1/db",
                "postgres://u@10.0.0.7/db?sslmode=verify-full",
                "postgres:///db?host=/run/pg",
            ],
            &[
                "postgres://u@10.0.0.7/db",
                "postgres://u@pg/db?sslmode=prefer",
                "postgres:///db?host=10.0.0.7",
                "postgres://u@127.0.0.1/db?hostaddr=10.0.0.7",
            ],
        ),
        "MOTCUA_REDIS_URL" | "MOTCUA_CACHE_URL" => {
            (&["redis://127.0.0.1:1/", "rediss://10.0.0.7:6379/"], &["redis://:a@10.0.0.7:6379/"])
        }
        "MOTCUA_JWKS_URL" | "MOTCUA_API_URL" => {
            (&["http://127.0.0.1:1/jwks", "https://10.0.0.7/jwks"], &["http://accounts:8081/api/v1/jwks"])
        }
        // The gateway asks services in clear: beyond this machine in a network of their own only.
        _ => (
            &["http://127.0.0.1:1,http://[::1]:1"],
            &["http://10.0.0.7:8081", "http://127.0.0.1:1,http://accounts:8081"],
        ),
    }
}

/// Values that are refused in public.
fn dangerous(setting: &Setting) -> Vec<String> {
    let own: &[&str] = match asked(setting) {
        Secret => &[
            "",
            " ",
            "x",
            "15 letters only",
            REPEATED,
            "abcabcabcabcabcabcabc",
            "abcdefghijklmnopqrst",
            "1111222233334444",
        ],
        OptionalSecret if setting.variable == "MOTCUA_VNPAY_PREVIOUS_HASH_SECRET" => &["x", REPEATED, VNPAY_PUBLISHED],
        OptionalSecret if setting.variable.starts_with("MOTCUA_MOMO_") => &["x", MOMO_PUBLISHED],
        OptionalSecret if setting.variable.ends_with("_KEY1") => &["x", ZALOPAY_PUBLISHED[0]],
        OptionalSecret if setting.variable.ends_with("_KEY2") => &["x", ZALOPAY_PUBLISHED[1]],
        OptionalSecret if setting.variable.starts_with("MOTCUA_VIETQR_") => &["x", BANK_PUBLISHED],
        OptionalSecret if setting.variable.starts_with("MOTCUA_NATIONAL_") => &["x", NATIONAL_PUBLISHED],
        OptionalSecret => &["x", "15 letters only", REPEATED],
        Keys => &["x", &KEY[2..], KEY_AND_MORE, NO_HEX, PATTERN],
        OutsideAddress => &[
            "http://outside.example.vn/",
            "https://127.0.0.1:8090/",
            "https://localhost/",
            "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html",
        ],
        OwnAddress => &["http://motcua.example.vn"],
        Inside => inside(&setting.variable).1,
        OwnNetworks => &[
            "0.0.0.0/0",
            "::/0",
            "10.0.0.0/8,0.0.0.0/1",
            "14.0.0.0/8",
            "113.160.0.0/11",
            "8.0.0.0/7",
            "2000::/16",
            "::ffff:0:0/96",
        ],
        Limit => &["0"],
        Protection => &["plain"],
        PublicUrl => &["http://motcua.example.vn", "http://10.0.0.7:8080"],
        OwnValue | Nothing => &[],
    };
    let published =
        setting.default.clone().filter(|_| matches!(asked(setting), Secret | OwnValue | OwnAddress | OutsideAddress));
    let blank = published.iter().filter(|_| asked(setting) == Secret).map(|secret| format!(" {secret}\n"));
    let blank: Vec<_> = blank.collect();
    own.iter().map(ToString::to_string).chain(published).chain(blank).collect()
}

/// Values that serve in public; the first is what the others are tried beside.
fn sound(setting: &Setting) -> Vec<String> {
    let own: &[&str] = match (asked(setting), setting.variable.as_str()) {
        (Secret, _) => &["sixteen letters!"],
        (OptionalSecret, _) => &["sixteen letters!", ""],
        (Keys, _) => &[KEY, ""],
        (OutsideAddress, _) => &["https://outside.example.vn/path"],
        (Protection, _) => &["starttls", "tls"],
        (PublicUrl, _) => &["https://motcua.example.vn", "https://motcua.example.vn/"],
        (OwnValue, "MOTCUA_MAIL_FROM") => &["Một cửa <khong-tra-loi@motcua.example.vn>"],
        (OwnValue, "MOTCUA_SMTP_PORT") => &["587"],
        (OwnValue, _) => &["https://motcua.example.vn"],
        (OwnAddress, _) => &["https://motcua.example.vn"],
        (Inside, variable) => inside(variable).0,
        (OwnNetworks, _) => &[
            "10.0.0.0/8,172.16.0.0/12,fc00::/7",
            "113.160.12.0/24,104.16.0.0/13,2405:4800::/32",
            "::ffff:10.0.0.0/104",
        ],
        (Limit, _) => &["1"],
        (Nothing, "MOTCUA_SMTP_HOST") => &["smtp.example.vn"],
        (Nothing, _) => &[],
    };
    own.iter().map(ToString::to_string).collect()
}

fn flags(service: &Service, value: impl Fn(&Setting) -> Option<String>) -> Vec<String> {
    let told = service.settings().into_iter().filter_map(|setting| Some([setting.flag.clone(), value(&setting)?]));
    told.flatten().collect()
}

fn outcome(service: &Service, flags: &[String], setting: &Setting, value: &str) -> Result<(), String> {
    let told = [flags, &[setting.flag.clone(), value.to_owned()]].concat();
    service.check(None, &told).map_err(|why| why.to_string())
}

#[test]
fn every_setting_of_every_service_is_judged_and_none_is_judged_that_is_no_more() {
    let known: BTreeSet<_> = services().iter().flat_map(Service::settings).map(|setting| setting.variable).collect();
    let judged: BTreeSet<_> = JUDGED.iter().map(|(variable, _)| (*variable).to_owned()).collect();
    assert_eq!(judged, known);
    for service in services() {
        let settings = service.settings();
        let public = settings.iter().any(|setting| setting.variable == "MOTCUA_PUBLIC_URL");
        assert!(public, "{} does not learn that it is public", service.name);
        for setting in settings.iter().filter(|setting| setting.secret) {
            let address = setting.variable.ends_with("_URL");
            assert!(address || matches!(asked(setting), Secret | OptionalSecret | Keys), "{}", setting.variable);
        }
    }
}

#[test]
fn in_public_every_dangerous_value_of_every_setting_is_refused_and_named_and_not_shown() {
    for service in services() {
        let public = flags(&service, |setting| sound(setting).into_iter().next());
        service.check(None, &public).unwrap_or_else(|why| panic!("{why}"));
        for setting in service.settings() {
            for value in dangerous(&setting) {
                let why = outcome(&service, &public, &setting, &value).expect_err(&format!("{setting:?}: {value}"));
                assert!(why.contains(&setting.variable), "{why}");
                assert!(!setting.secret || value.len() < 9 || !why.contains(&value), "{why}");
            }
            for value in sound(&setting) {
                outcome(&service, &public, &setting, &value).unwrap_or_else(|why| panic!("{value}: {why}"));
            }
        }
    }
}

#[test]
fn on_the_developers_machine_only_an_empty_secret_and_what_is_no_key_is_refused() {
    for service in services() {
        let needed = flags(&service, |setting| sound(setting).into_iter().next().filter(|_| setting.required));
        service.check(None, &needed).unwrap_or_else(|why| panic!("{why}"));
        for setting in service.settings().iter().filter(|setting| asked(setting) != PublicUrl) {
            for value in dangerous(setting) {
                let empty = asked(setting) == Secret && value.trim().is_empty();
                let refused = empty || asked(setting) == Keys;
                assert_eq!(outcome(&service, &needed, setting, &value).is_err(), refused, "{setting:?}: {value}");
            }
        }
    }
}

#[test]
fn in_a_network_of_its_own_an_installation_speaks_in_clear_and_while_it_is_tried_with_test_environments() {
    for service in services() {
        let public = flags(&service, |setting| sound(setting).into_iter().next());
        for setting in service.settings() {
            let (told, values): (_, &[&str]) = match asked(&setting) {
                Inside => ("--private-network", inside(&setting.variable).1),
                OutsideAddress => ("--acceptance", &["https://sandbox.vnpayment.vn/"]),
                _ => continue,
            };
            for value in values {
                outcome(&service, &public, &setting, value).expect_err(value);
                let told = [&public[..], &[told.to_owned(), "true".to_owned()]].concat();
                outcome(&service, &told, &setting, value).unwrap_or_else(|why| panic!("{value}: {why}"));
            }
        }
    }
}

#[test]
fn the_public_address_has_no_path_and_this_machine_has_several_names() {
    let service = motcua::service("accounts").expect("a service");
    let needed = flags(&service, |setting| sound(setting).into_iter().next().filter(|_| setting.required));
    let with = |url: &str| service.check(None, &[&needed[..], &["--public-url".into(), url.into()]].concat());
    for private in ["http://localhost", "http://127.0.0.9:1", "http://[::1]:8080", "http://motcua.localhost"] {
        with(private).unwrap_or_else(|why| panic!("{private}: {why}"));
    }
    for wrong in
        ["https://motcua.example.vn/path", "https://u@motcua.example.vn", "ftp://localhost", "motcua.example.vn"]
    {
        with(wrong).expect_err(wrong);
    }
}
