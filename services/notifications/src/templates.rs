//! What messages say: the texts under `templates/`, compiled in and checked when the process starts.

use anyhow::{Context, Result};
use civic::Language;
use minijinja::{Environment, UndefinedBehavior, Value, escape_formatter, syntax::SyntaxConfig};

use crate::domain::{
    message::{Channel, Words},
    plain::one_line,
    sms,
    template::Template,
};

/// All templates, parsed.
pub struct Templates(Environment<'static>);

/// Each file's name and content, in both languages.
macro_rules! files {
    ($($file:literal)+) => { [$(
        (concat!("vi/", $file), include_str!(concat!("../templates/vi/", $file))),
        (concat!("en/", $file), include_str!(concat!("../templates/en/", $file))),
    )+] };
}

const FILES: [(&str, &str); 110] = files![
    "layout.html" "greeting.txt" "footer.txt"
    "confirm_email.subject" "confirm_email.txt" "confirm_email.html"
    "reset_password.subject" "reset_password.txt" "reset_password.html"
    "confirm_new_email.subject" "confirm_new_email.txt" "confirm_new_email.html"
    "account_notice.subject" "account_notice.txt" "account_notice.html"
    "dossier_submitted.subject" "dossier_submitted.txt" "dossier_submitted.html"
    "fee_paid.subject" "fee_paid.txt" "fee_paid.html"
    "dossier_received.subject" "dossier_received.txt" "dossier_received.html"
    "dossier_completed.subject" "dossier_completed.txt" "dossier_completed.html" "dossier_completed_sms.txt"
    "draft_expiring.subject" "draft_expiring.txt" "draft_expiring.html"
    "dossier_notice.subject" "dossier_notice.txt" "dossier_notice.html" "dossier_notice_sms.txt"
    "consultation_notice.subject" "consultation_notice.txt" "consultation_notice.html"
    "draft_answered.subject" "draft_answered.txt" "draft_answered.html"
    "deadline_alert.subject" "deadline_alert.txt" "deadline_alert.html" "deadline_alert_sms.txt"
    "payment_notice.subject" "payment_notice.txt" "payment_notice.html"
    "money_notice.subject" "money_notice.txt" "money_notice.html"
    "official_alert.subject" "official_alert.txt" "official_alert.html" "official_alert_sms.txt"
];

impl Templates {
    /// Parses all templates. `public_url` is where messages send people.
    ///
    /// # Errors
    /// When a template is malformed.
    pub fn load(public_url: &str) -> Result<Self> {
        let mut all = Environment::new();
        all.set_undefined_behavior(UndefinedBehavior::Strict);
        all.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        // Whatever a template prints comes out on one line, so that no value can begin a header or draw a false line in a
        // mail; in `.html` files it is escaped as well.
        all.set_formatter(|out, state, value| match value.as_str() {
            Some(text) => escape_formatter(out, state, &Value::from(one_line(text))),
            None => escape_formatter(out, state, value),
        });
        all.add_global("public_url", public_url.trim_end_matches('/'));
        for (name, source) in FILES {
            all.add_template(name, source).with_context(|| format!("the template {name} is malformed"))?;
        }
        Ok(Self(all))
    }

    /// The words of `template` in `language`, with these facts.
    ///
    /// # Errors
    /// When the template asks for a fact that is not among them.
    pub fn write(&self, template: Template, language: Language, facts: &Value) -> Result<Words> {
        let file = |kind: &str| {
            let name = format!("{language}/{}.{kind}", template.name());
            let written = self.0.get_template(&name).and_then(|file| file.render(facts));
            written.with_context(|| format!("the template {name} cannot be filled in"))
        };
        match template.channel() {
            Channel::Email => {
                Ok(Words { subject: Some(one_line(&file("subject")?)), text: file("txt")?, html: Some(file("html")?) })
            }
            Channel::Sms => Ok(Words { subject: None, text: sms::fit(&file("txt")?), html: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    const ALL: [Template; 20] = [
        Template::ConfirmEmail,
        Template::ResetPassword,
        Template::ConfirmNewEmail,
        Template::AccountNotice,
        Template::DossierSubmitted,
        Template::FeePaid,
        Template::DossierReceived,
        Template::DossierCompleted,
        Template::DossierCompletedSms,
        Template::DraftExpiring,
        Template::DossierNotice,
        Template::DossierNoticeSms,
        Template::ConsultationNotice,
        Template::DraftAnswered,
        Template::DeadlineAlert,
        Template::DeadlineAlertSms,
        Template::PaymentNotice,
        Template::MoneyNotice,
        Template::OfficialAlert,
        Template::OfficialAlertSms,
    ];

    fn facts(name: &str, awaiting_fee: bool) -> Value {
        context! {
            name, is_organisation => false, code => "H44.100-260721-0001", confirmation_code => "493817",
            expires_at => "10:10 21/07/2026", procedure => "Đăng ký khai sinh", agency => "UBND xã Yên Kỳ", asked_of => "Xã Thanh Miếu",
            submitted_at => "10:00 21/07/2026", due_at => "17:00 24/07/2026", received_at => "10:05 21/07/2026",
            paid_at => "10:03 21/07/2026", completed_at => "15:00 23/07/2026", arrived_at => "10:00 21/07/2026",
            tracking_secret => "Q7KX-M2PD", notice => "CLOSED", happened_at => "10:00 21/07/2026", reason => name,
            papers => [context! { name => "Giấy chứng sinh", reason => name, guidance => "Chụp lại." }],
            answer_by => "17:00 11/08/2026", due_before => "17:00 24/07/2026", fee_total => "8.000 ₫",
            fee_lines => [context! { name, amount => "8.000 ₫", legal_basis => name }], supplemented => false, after_the_end => false,
            declined => false, corrected => false, awaiting_fee, draft => "01a1", by_office => false,
            deadlines => [context! { code => "H44.100-260721-0001", procedure => name, kind => "STAGE", step => "SOON",
                due_at => "17:00 24/07/2026", dossier => "01a1" }], shown => 20, more => 0,
            kept_until => "10:00 19/10/2026", total => "8.000 ₫", dossier => "01a1", amount => "8.000 ₫",
            page => "/work/H44.100/money",
        }
    }

    fn templates() -> Templates {
        Templates::load("https://motcua.example/").expect("well-formed templates")
    }

    #[test]
    fn every_template_is_written_in_both_languages() {
        let templates = templates();
        for template in ALL {
            let words = [Language::Vi, Language::En].map(|language| {
                let facts = facts("Nguyễn Văn An", true);
                let words = templates.write(template, language, &facts).expect("words");
                assert!(!words.text.contains("{{") && !words.text.contains("\n\n\n"), "{}", words.text);
                assert_eq!(words.html.is_some(), template.channel() == Channel::Email);
                words
            });
            assert_ne!(words[0], words[1], "{template:?} is not translated");
        }
    }

    #[test]
    fn a_fact_that_is_missing_stops_the_message() {
        let facts = context! { name => "An", is_organisation => false };
        assert!(templates().write(Template::FeePaid, Language::Vi, &facts).is_err());
    }

    #[test]
    fn a_name_cannot_add_markup_lines_or_headers() {
        let facts = facts("<script>alert(1)</script>\r\nBcc: x@y.vn", false);
        for template in ALL.into_iter().filter(|template| template.channel() == Channel::Email) {
            let words = templates().write(template, Language::Vi, &facts).expect("words");
            let html = words.html.expect("HTML");
            assert!(!html.contains("<script"), "{html}");
            assert!(!words.text.lines().any(|line| line.starts_with("Bcc")), "{}", words.text);
            assert!(!words.subject.expect("a subject").contains(['\r', '\n']));
        }
    }
}
