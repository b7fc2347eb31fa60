//! A browser without script: keeps cookies, follows nothing by itself, sends forms as they stand in a page.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use reqwest::{Client, Method, RequestBuilder};

/// A browser.
pub struct Browser {
    base: String,
    client: Client,
    cookies: Mutex<BTreeMap<String, String>>,
    /// The address that the proxy before the gateway says it is at.
    address: Option<String>,
}

/// What it shows.
#[derive(Clone, Debug)]
pub struct Page {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub html: String,
}

impl Browser {
    /// A browser that has been nowhere.
    pub fn new(base: &str) -> Self {
        let client = runtime::http_client(Duration::from_secs(30)).expect("a client");
        Self { base: base.to_owned(), client, cookies: Mutex::default(), address: None }
    }

    /// Another browser with the same cookies.
    pub fn copy(&self) -> Self {
        Self { cookies: Mutex::new(self.jar().clone()), ..Self::new(&self.base) }
    }

    /// A browser that has been nowhere, at this address.
    pub fn at(base: &str, address: &str) -> Self {
        Self { address: Some(address.to_owned()), ..Self::new(base) }
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar().get(name).cloned()
    }

    /// Sets a cookie, as an attacker would.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar().insert(name.to_owned(), value.to_owned());
    }

    /// Takes a cookie away.
    pub fn forget_cookie(&self, name: &str) {
        self.jar().remove(name);
    }

    /// Opens an address of the site.
    pub async fn get(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path)).await
    }

    /// Posts fields as a form, without any page.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.request(Method::POST, path).form(fields)).await
    }

    /// A request with this browser's cookies, to be changed and [`Browser::send`]t.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies: Vec<_> = self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, format!("{}{path}", self.base)).header("accept", "text/html");
        let request = match &self.address {
            Some(address) => request.header("x-forwarded-for", address),
            None => request,
        };
        if cookies.is_empty() { request } else { request.header("cookie", cookies.join("; ")) }
    }

    /// Sends a request and keeps the cookies that come back.
    pub async fn send(&self, request: RequestBuilder) -> Page {
        let response = request.send().await.expect("the site answers");
        for line in response.headers().get_all("set-cookie") {
            let line = line.to_str().expect("text");
            assert!(line.starts_with("__Host-") && line.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{line}");
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            match value {
                "" => drop(self.jar().remove(name)),
                value => drop(self.jar().insert(name.to_owned(), value.to_owned())),
            }
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Page { status, headers, html: response.text().await.expect("a page").replace("&#x2f;", "/") }
    }
}

impl Page {
    /// This page, when its status is `status`.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.html);
        self
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where it leads, as a path.
    pub fn leads_to(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.html);
        self.header("location")
    }

    /// Whether it says `text`, tags aside.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.text().contains(text), "{text:?} is not in {}", self.text());
        self
    }

    /// Whether it does not.
    #[track_caller]
    pub fn says_not(&self, text: &str) -> &Self {
        assert!(!self.text().contains(text), "{text:?} is in {}", self.text());
        self
    }

    /// The page's words, with single spaces.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for part in self.html.split('<') {
            text.push(' ');
            text.push_str(part.split_once('>').map_or(part, |(_, words)| words));
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&#x27;", "'").replace("&amp;", "&")
    }

    /// Sends the form of the main part with what it holds, some fields filled otherwise.
    pub async fn submit(&self, browser: &Browser, filled: &[(&str, &str)]) -> Page {
        self.submit_where(browser, "method=\"post\"", filled).await
    }

    /// As [`Page::submit`], the form with this action.
    pub async fn submit_to(&self, browser: &Browser, action: &str, filled: &[(&str, &str)]) -> Page {
        self.submit_where(browser, &format!("action=\"{action}\""), filled).await
    }

    async fn submit_where(&self, browser: &Browser, mark: &str, filled: &[(&str, &str)]) -> Page {
        let main = self.html.split_once("<main").expect("a main part").1;
        let head = |form: &&str| form.split('>').next().is_some_and(|head| head.contains(mark));
        let form = main.split("<form ").skip(1).find(head).expect("a form");
        let form = form.split("</form>").next().unwrap_or_default();
        let action = attribute(form.split('>').next().unwrap_or_default(), "action").expect("an action");
        let mut fields: Vec<(String, String)> = Vec::new();
        for tag in form.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
            let kind = attribute(tag, "type").unwrap_or_default();
            let held = !["radio", "checkbox", "file"].contains(&&*kind) || tag.contains(" checked");
            if let Some(name) = attribute(tag, "name").filter(|_| held) {
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        }
        for (tag, rest) in form.split("<textarea ").skip(1).filter_map(|rest| rest.split_once('>')) {
            let held = rest
                .split("</textarea>")
                .next()
                .unwrap_or_default()
                .replace("&#x27;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
            fields.extend(attribute(tag, "name").map(|name| (name, held)));
        }
        fields.retain(|(name, _)| !filled.iter().any(|(filled, _)| filled == name));
        fields.extend(filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(&action, &fields).await
    }
}

/// Sends a file by the first form for files at `address`, as it stands there, to where it leads.
pub async fn upload_to(browser: &Browser, address: &str, name: &str, bytes: &[u8]) -> Page {
    upload_with(browser, address, name, bytes, &[]).await
}

/// As [`upload_to`], with more fields before the file.
pub async fn upload_with(browser: &Browser, address: &str, name: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Page {
    upload_from(browser, &browser.get(address).await.expect(200), name, bytes, fields).await
}

/// As [`upload_with`], from a page that was opened before.
pub async fn upload_from(browser: &Browser, page: &Page, name: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Page {
    let form = page.html.split("<form ").find(|form| form.contains("multipart/form-data")).expect("a form for files");
    let mut body = Vec::new();
    for tag in form.split("<input type=\"hidden\" ").skip(1) {
        let (field, value) = (attribute(tag, "name").expect("a name"), attribute(tag, "value").expect("a value"));
        body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (field, value) in fields {
        body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"f\"; filename=\"{name}\"\r\n").bytes());
    body.extend(b"content-type: application/pdf\r\n\r\n");
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let action = attribute(form.split('>').next().unwrap_or_default(), "action").expect("an action");
    let request = browser.request(Method::POST, &action);
    browser.send(request.header("content-type", "multipart/form-data; boundary=edge").body(body)).await
}

/// The value of an attribute in a tag.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    Some(rest.split('"').next()?.replace("&#x2f;", "/").replace("&amp;", "&").replace("&quot;", "\""))
}
