//! A visit to a page: who, in which language, from which browser; and the page that answers it.

use std::{net::IpAddr, sync::Arc, time::Duration};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse,
    dev::Payload,
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderValue},
    },
    web,
};
use chrono::{DateTime, Utc};
use civic::Language;
use edge::Caller;
use futures_util::{FutureExt, future::LocalBoxFuture};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    api::Api,
    app::App,
    cookies,
    failure::Failure,
    kiosk, preferences, seal,
    sessions::{Session, SessionId, Tokens},
    unsaved::{ShownAgain, Unsaved},
};

/// Nobody waits longer for the API when leaving.
const SIGN_OUT_TIMEOUT: Duration = Duration::from_secs(3);

/// A visit by anybody.
#[derive(Clone)]
pub(crate) struct Visit {
    pub app: web::Data<App>,
    pub language: Language,
    /// Who is signed in.
    pub user: Option<User>,
    /// Whether it could be told who is signed in.
    pub user_known: bool,
    /// Whether the browser holds a session that has ended.
    pub session_ended: bool,
    /// The path and query, to come back to.
    pub place: String,
    /// Whether this browser is a kiosk.
    pub kiosk: bool,
    /// Where the visitor is, as the gateway says.
    pub client: Option<IpAddr>,
    /// What was typed here, and is not saved.
    pub unsaved: Option<Unsaved>,
    /// What forms are sealed with: the session's id, or the visitor cookie.
    secret: String,
    set_cookies: Vec<HeaderValue>,
}

/// Somebody signed in.
#[derive(Clone)]
pub(crate) struct User {
    pub caller: Caller,
    pub session: Session,
}

impl Visit {
    /// The API as anybody may call it.
    pub fn api(&self) -> Api {
        self.app.door.open(self.language, self.client, None)
    }

    /// The API as whoever has these tokens may call it.
    pub fn api_with(&self, tokens: &Tokens) -> Api {
        self.app.door.open(self.language, self.client, Some(&tokens.access))
    }

    /// What the API answers to everybody alike at `path`; it may be a few seconds old.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub async fn published(&self, path: &str) -> Result<Arc<Value>, Failure> {
        self.app.published.get(&self.api(), path).await
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.life.clock.now()
    }

    /// A key for an operation that must happen once; to stand in the form that asks for it.
    pub fn new_key(&self) -> String {
        self.app.life.new_id().to_string()
    }

    /// A message in the visitor's language, for what is wrong with a field.
    pub fn say(&self, message: &str) -> String {
        self.app.templates.say(self.language, message)
    }

    /// A page.
    ///
    /// # Errors
    /// When its template cannot be rendered.
    pub fn page(&self, template: &str, content: Value) -> Result<HttpResponse, Failure> {
        self.page_with(StatusCode::OK, template, content)
    }

    /// A form shown again, with what is wrong with it.
    ///
    /// # Errors
    /// As [`Visit::page`].
    pub fn page_again(&self, template: &str, content: Value) -> Result<HttpResponse, Failure> {
        self.page_with(StatusCode::UNPROCESSABLE_ENTITY, template, content)
    }

    /// A page with another status than 200. What was typed and is not saved stands in its form.
    ///
    /// # Errors
    /// As [`Visit::page`].
    pub fn page_with(&self, status: StatusCode, template: &str, mut content: Value) -> Result<HttpResponse, Failure> {
        let mut frame = self.frame();
        let mut answer = HttpResponse::build(status);
        if let Some(unsaved) = self.unsaved.as_ref().filter(|unsaved| unsaved.fill(&mut content)) {
            frame["unsaved"] = json!(unsaved.why);
            answer.extensions_mut().insert(ShownAgain);
        }
        let html = self.app.templates.render(self.language, template, &frame, &content)?;
        answer.content_type("text/html; charset=utf-8");
        answer.insert_header((header::CONTENT_LANGUAGE, self.language.as_str()));
        for cookie in &self.set_cookies {
            answer.append_header((header::SET_COOKIE, cookie));
        }
        Ok(answer.body(html))
    }

    /// On to another page of this site.
    pub fn go(&self, place: &str) -> HttpResponse {
        let mut answer = HttpResponse::SeeOther();
        answer.insert_header((header::LOCATION, place));
        for cookie in &self.set_cookies {
            answer.append_header((header::SET_COOKIE, cookie));
        }
        answer.finish()
    }

    /// Nothing, except at a kiosk: what is only for a device of one's own is refused there.
    ///
    /// # Errors
    /// [`Failure::AtKiosk`].
    pub fn own_device(&self) -> Result<(), Failure> {
        if self.kiosk { Err(Failure::AtKiosk) } else { Ok(()) }
    }

    /// Ends the session, when somebody is signed in: here, so that the browser's id is worth nothing, and at the API.
    ///
    /// # Errors
    /// When Redis does not answer: the session would live on.
    pub async fn sign_out(&self) -> Result<(), Failure> {
        let Some(user) = &self.user else { return Ok(()) };
        let closed = self.app.sessions.close(&user.session.id).await;
        self.drop_tokens(&user.session.tokens).await;
        closed
    }

    /// Tells the API that these tokens are not used any more. When it does not answer, nobody knows them all the same.
    pub async fn drop_tokens(&self, tokens: &Tokens) {
        let call = self.api_with(tokens).call(Method::DELETE, "/api/v1/sessions/current").within(SIGN_OUT_TIMEOUT);
        let _ = call.send().await;
    }

    /// What the layout shows on every page.
    fn frame(&self) -> Value {
        let joint = if self.place.contains('?') { '&' } else { '?' };
        let other = if self.language == Language::Vi { "en" } else { "vi" };
        json!({
            "language": self.language.as_str(),
            "other_language": other,
            "other_language_place": format!("{}{joint}lang={other}", self.place),
            "place": self.place,
            "kiosk": self.kiosk.then(|| kiosk::frame(&self.app.address(&self.place))),
            "user_name": self.user.as_ref().map(|user| &user.caller.name),
            "capacity": self.user.as_ref().map(|user| &user.session.tokens.capacity),
            "several_capacities": self.user.as_ref().is_some_and(|user| user.session.tokens.several_capacities),
            "user_kind": self.user.as_ref().map(|user| user.caller.kind().as_str()),
            "form_seal": seal::of(&self.secret),
            "development_banner": self.app.development_banner.as_ref().map(|url| url.as_str()),
        })
    }

    /// The visit that `request` is.
    pub async fn of(app: web::Data<App>, request: &HttpRequest) -> Self {
        let headers = request.headers();
        let mut visit = Self {
            language: preferences::language(headers),
            kiosk: kiosk::is_one(headers),
            client: client(headers),
            user: None,
            user_known: true,
            session_ended: false,
            unsaved: None,
            place: place(request),
            secret: String::new(),
            set_cookies: Vec::new(),
            app,
        };
        visit.recognise(headers).await;
        if *request.method() == actix_web::http::Method::GET {
            let person = visit.user.as_ref().filter(|_| !visit.kiosk).map(|user| user.caller.id);
            visit.unsaved = visit.app.kept_forms.typed_before(request, person).await;
        }
        visit
    }

    /// Finds out who is signed in. When that cannot be told, what needs nobody is shown all the same.
    async fn recognise(&mut self, headers: &HeaderMap) {
        if let Some(text) = cookies::read(headers, cookies::SESSION) {
            let user = match SessionId::read(text) {
                Some(id) => self.user(&id).await,
                None => Ok(None),
            };
            match user {
                Ok(Some(user)) => {
                    user.session.id.as_str().clone_into(&mut self.secret);
                    self.user = Some(user);
                    return;
                }
                Ok(None) => {
                    self.session_ended = true;
                    self.set_cookies.push(cookies::forget(cookies::SESSION));
                }
                Err(_) => {
                    self.user_known = false;
                    text.clone_into(&mut self.secret);
                    return;
                }
            }
        }
        let known = cookies::read(headers, cookies::VISITOR).and_then(SessionId::read);
        let visitor = known.unwrap_or_else(|| {
            let new = SessionId::new(&self.app.life.random);
            self.set_cookies.push(cookies::set(cookies::VISITOR, new.as_str(), None));
            new
        });
        visitor.as_str().clone_into(&mut self.secret);
    }

    async fn user(&self, id: &SessionId) -> Result<Option<User>, Failure> {
        let Some(session) = self.app.sessions.find(id).await? else { return Ok(None) };
        // Whoever was signed in before the screen became a kiosk is not the one who stands there now.
        if self.kiosk && session.idle() > kiosk::IDLE {
            self.app.sessions.close(id).await?;
            return Ok(None);
        }
        let Some(session) = self.app.sessions.renewed(session, &self.api()).await? else { return Ok(None) };
        match self.app.verifier.verify(&session.tokens.access).await {
            Ok(caller) => Ok(Some(User { caller, session })),
            Err(problem) if problem.kind.status == 401 => Ok(None),
            Err(_) => Err(Failure::Unavailable),
        }
    }
}

/// Only the gateway reaches the portal, and it says in this header who came to it.
fn client(headers: &HeaderMap) -> Option<IpAddr> {
    headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

fn place(request: &HttpRequest) -> String {
    let uri = request.uri();
    let place = uri.path_and_query().map_or("/", |place| place.as_str());
    preferences::local(place).unwrap_or_else(|| "/".to_owned())
}

impl FromRequest for Visit {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let app = request.app_data::<web::Data<App>>().ok_or(Failure::Internal)?.clone();
            let visit = Self::of(app, &request).await;
            request.extensions_mut().insert(visit.clone());
            Ok(visit)
        }
        .boxed_local()
    }
}
