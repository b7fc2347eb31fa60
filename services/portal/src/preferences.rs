//! What a visitor chose by a link, on any page: the language (`?lang=en`), and the large type of a kiosk (`?kiosk=1`).

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderMap, HeaderValue},
    },
};
use civic::Language;
use url::form_urlencoded;

use crate::cookies;

/// The language of a visitor: the one chosen, or else the one the browser asks for, or else Vietnamese.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    let asked = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    cookies::read(headers, cookies::LANGUAGE)
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| asked().map_or(Language::Vi, Language::from_accept_language))
}

/// A choice made by a link: it is remembered, and the same page is shown under its plain address.
pub(crate) fn chosen(request: &HttpRequest) -> Option<HttpResponse> {
    if request.method() != Method::GET {
        return None;
    }
    let mut remembered = Vec::new();
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(request.query_string().as_bytes()) {
        match choice(&name, &value) {
            Some(cookie) => remembered.push(cookie),
            None => drop(rest.append_pair(&name, &value)),
        }
    }
    if remembered.is_empty() {
        return None;
    }
    let (path, rest) = (request.path(), rest.finish());
    let place = if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") };
    let mut answer = HttpResponse::SeeOther();
    // A path that begins with two slashes would name another host.
    answer.insert_header((header::LOCATION, local(&place).unwrap_or_else(|| "/".to_owned())));
    for cookie in remembered {
        answer.append_header((header::SET_COOKIE, cookie));
    }
    Some(answer.finish())
}

fn choice(name: &str, value: &str) -> Option<HeaderValue> {
    match (name, value) {
        ("lang", "vi" | "en") => Some(cookies::set(cookies::LANGUAGE, value, Some(cookies::YEAR))),
        ("kiosk", "1") => Some(cookies::set(cookies::KIOSK, "1", Some(cookies::YEAR))),
        ("kiosk", "0") => Some(cookies::forget(cookies::KIOSK)),
        _ => None,
    }
}

/// `place` if it is a path of this site, whatever a browser makes of it.
pub(crate) fn local(place: &str) -> Option<String> {
    let plain = |byte: u8| (0x21..0x7f).contains(&byte) && byte != b'\\';
    let is_path = place.starts_with('/') && !place.starts_with("//") && place.len() <= 2000;
    (is_path && place.bytes().all(plain)).then(|| place.to_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn header(answer: &HttpResponse, name: header::HeaderName) -> Vec<&str> {
        answer.headers().get_all(name).map(|value| value.to_str().expect("text")).collect()
    }

    #[test]
    fn the_language_is_remembered_and_the_rest_of_the_address_kept() {
        let request = TestRequest::get().uri("/procedures?q=khai+sinh&lang=en&field=ho-tich").to_http_request();
        let answer = chosen(&request).expect("a choice");
        assert_eq!(answer.status(), 303);
        assert_eq!(header(&answer, header::LOCATION), ["/procedures?q=khai+sinh&field=ho-tich"]);
        assert!(header(&answer, header::SET_COOKIE)[0].starts_with("__Host-motcua-language=en;"));
    }

    #[test]
    fn what_is_no_choice_is_left_alone() {
        for uri in ["/", "/?q=lang", "/?lang=fr", "/?lang=en%0d%0aSet-Cookie:a", "/?kiosk=2"] {
            assert!(chosen(&TestRequest::get().uri(uri).to_http_request()).is_none(), "{uri}");
        }
        assert!(chosen(&TestRequest::post().uri("/?lang=en").to_http_request()).is_none());
    }

    #[test]
    fn a_link_never_leads_to_another_site() {
        let answer = chosen(&TestRequest::get().uri("//evil.example/?lang=en").to_http_request()).expect("a choice");
        assert_eq!(header(&answer, header::LOCATION), ["/"]);
        for place in ["", "evil", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "/a b", "/ă"]
        {
            assert_eq!(local(place), None, "{place}");
        }
        for place in ["/", "/dossiers?cursor=a_b", "/a//b"] {
            assert_eq!(local(place).as_deref(), Some(place));
        }
    }

    #[test]
    fn what_was_chosen_outweighs_what_the_browser_asks_for() {
        let request = TestRequest::get().insert_header((header::ACCEPT_LANGUAGE, "en-GB"));
        assert_eq!(language(request.to_http_request().headers()), Language::En);
        let request = TestRequest::get()
            .insert_header((header::ACCEPT_LANGUAGE, "en"))
            .insert_header((header::COOKIE, "__Host-motcua-language=vi"));
        assert_eq!(language(request.to_http_request().headers()), Language::Vi);
        assert_eq!(language(TestRequest::get().to_http_request().headers()), Language::Vi);
    }
}
