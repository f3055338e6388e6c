//! Lets requests in and dresses answers: the same headers on all of them,
//! whatever came of the request.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::get;
use hyper::body::Incoming;
use tower_service::Service;

use crate::present::explain::Language;

use super::api::Answered;
use super::call::{Call, Keep};
use super::memory::Key;
use super::page;
use super::params::{LANG, Params};
use super::problem::{MEDIA_TYPE, Problem};
use super::routes::{For, ROUTES, Route};

use super::turn::Failure;
use super::{Log, Server};

/// What every answer says to browsers: take nothing from elsewhere, run
/// nothing that stands in a page, be put into no other page, tell nobody.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("x-robots-tag", "noarchive"),
];

/// Says of an answer that it is without some of the projects.
const PARTIAL: HeaderName = HeaderName::from_static("esr-search-partial");

/// Tells the metrics by which route an answer went.
#[derive(Clone, Copy)]
struct By(&'static str);

/// The router of all routes.
pub(super) fn router(server: &Arc<Server>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let server = Arc::clone(server);
        let handler = move |places: Result<RawPathParams, _>, request: Request| {
            let places: Result<_, RawPathParamsRejection> = places;
            // What is no text is no code either.
            let places = places.ok();
            let place = places
                .iter()
                .flatten()
                .next()
                .map(|(_, place)| place.to_owned());
            respond(
                route,
                server,
                place.unwrap_or_default(),
                request.into_parts().0,
            )
        };
        router = router.route(route.path, get(handler));
    }
    router
        .fallback(|request: Request| async move {
            let (request, problem) = (
                request.into_parts().0,
                Problem::not_found("nothing is here"),
            );
            refusal(&request, asker(&request), &problem)
        })
        .method_not_allowed_fallback(|request: Request| async move {
            let request = request.into_parts().0;
            refusal(&request, asker(&request), &Problem::method())
        })
}

/// Lets a request in and counts what came of it.
pub(super) async fn pass(
    request: hyper::Request<Incoming>,
    mut router: Router,
    server: Arc<Server>,
) -> Response {
    let begun = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let mut response = if request.body().is_end_stream() {
        let Ok(response) = router.call(request).await;
        response
    } else {
        let request = request.into_parts().0;
        let mut refused = refusal(&request, asker(&request), &Problem::body());
        let close = HeaderValue::from_static("close");
        refused.headers_mut().insert(header::CONNECTION, close);
        refused
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        headers.insert(name, HeaderValue::from_static(value));
    }
    let by = response.extensions().get::<By>().map_or("other", |by| by.0);
    let status = response.status().as_u16();
    let took = begun.elapsed();
    server.metrics.answered(by, status, took);
    let asked = match server.settings.log {
        Log::Nothing => return response,
        Log::Requests => by.to_owned(),
        Log::Queries => format!("{:?}", uri.to_string()),
    };
    let ms = took.as_secs_f64() * 1_000.0;
    (server.settings.say)(&format!("{method} {asked} {status} {ms:.1} ms"));
    response
}

/// Answers a request of a route.
async fn respond(
    route: &'static Route,
    server: Arc<Server>,
    place: String,
    request: Parts,
) -> Response {
    let mut response = match answered(route, &server, place, &request).await {
        Ok(response) => response,
        Err(problem) => refusal(&request, route.to, &problem),
    };
    response.extensions_mut().insert(By(route.path));
    response
}

async fn answered(
    route: &'static Route,
    server: &Arc<Server>,
    place: String,
    request: &Parts,
) -> Result<Response, Problem> {
    let uri = &request.uri;
    let params = Params::read(route.params, uri.query().unwrap_or_default())?;
    let language = language(params.get(&LANG), &request.headers)?;
    let opened = server.library.now();
    let tag = match route.to {
        For::Page => format!("\"{}-{}\"", opened.tag, language.code()),
        For::Api | For::Machine => format!("\"{}\"", opened.tag),
    };
    if route.keeps && server.library.is_there() && knows(&request.headers, &tag) {
        return Ok(dressed(StatusCode::NOT_MODIFIED, Keep::Generation, &tag));
    }
    let call = Call {
        base: base(server, &request.headers),
        address: uri
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default(),
        server: Arc::clone(server),
        opened,
        place,
        params,
        language,
    };
    let answer = remembered(route, call, &tag).await?;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = dressed(status, answer.keep, &tag);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.media));
    if let Some(name) = answer.file {
        let saved = format!("attachment; filename=\"{name}\"");
        if let Ok(saved) = HeaderValue::from_str(&saved) {
            headers.insert(header::CONTENT_DISPOSITION, saved);
        }
    }
    if answer.partial {
        headers.insert(PARTIAL, HeaderValue::from_static("true"));
    }
    *response.body_mut() = Body::from(answer.body);
    Ok(response)
}

/// What the route answered of late, or answers now.
async fn remembered(route: &'static Route, call: Call, tag: &str) -> Answered {
    let server = Arc::clone(&call.server);
    if !(route.works && route.keeps && server.library.is_there()) {
        return answer(route, call).await;
    }
    let key = Key {
        tag: tag.to_owned(),
        address: call.address.clone(),
        base: call.base.clone(),
    };
    if let Some(answer) = server.memory.recall(&key) {
        server.metrics.remembered.fetch_add(1, Ordering::Relaxed);
        return Ok(answer);
    }
    let answer = answer(route, call).await?;
    if !answer.partial {
        server.memory.keep(key, answer.clone());
    }
    Ok(answer)
}

/// What the route answers, when its turn has come if it searches.
async fn answer(route: &'static Route, call: Call) -> Answered {
    let server = Arc::clone(&call.server);
    if !route.works {
        return (route.answer)(&call);
    }
    let done = server.turns.take(move || call.answer(route)).await;
    done.unwrap_or_else(|failure| {
        Err(match failure {
            Failure::Busy => Problem::busy(),
            Failure::Late => {
                server.metrics.late.fetch_add(1, Ordering::Relaxed);
                Problem::late()
            }
            Failure::Panic => {
                server.metrics.panics.fetch_add(1, Ordering::Relaxed);
                Problem::broken()
            }
        })
    })
}

/// An answer without a body, with what is said of keeping it.
fn dressed(status: StatusCode, keep: Keep, tag: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let control = match keep {
        Keep::No => "no-store",
        Keep::Generation => "no-cache",
        Keep::Always => "public, max-age=31536000, immutable",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    if keep == Keep::Generation {
        let vary = HeaderValue::from_static("accept-language");
        headers.insert(header::VARY, vary);
        if let Ok(tag) = HeaderValue::from_str(tag) {
            headers.insert(header::ETAG, tag);
        }
    }
    response
}

/// Who asks at an address that leads nowhere.
fn asker(request: &Parts) -> For {
    match request.uri.path().starts_with("/api/") {
        true => For::Api,
        false => For::Page,
    }
}

/// A problem as whoever asks can read it.
fn refusal(request: &Parts, to: For, problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = dressed(status, Keep::No, "");
    let query = request.uri.query().unwrap_or_default();
    let mut asked = form_urlencoded::parse(query.as_bytes());
    let asked = asked.find(|(name, _)| name == LANG.name);
    let asked = asked.as_ref().map(|(_, value)| value.as_ref());
    let language = language(asked, &request.headers);
    let language = language.unwrap_or(Language::Fi);
    let page = match to {
        For::Page => page::error(problem, language).ok(),
        For::Api | For::Machine => None,
    };
    let (media, body) = match page {
        Some(page) => (page.media, page.body),
        None => {
            let json = serde_json::to_vec(problem).unwrap_or_default();
            (MEDIA_TYPE, json.into())
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    if let Some(seconds) = problem.retry_after {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    *response.body_mut() = Body::from(body);
    response
}

/// Whether whoever asks has the answer already.
fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut known = known.filter_map(|known| known.to_str().ok());
    known.any(|known| {
        let mut tags = known
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"));
        tags.any(|known| known == tag || known == "*")
    })
}

/// The language asked for, or the first of the browser's that there is.
fn language(asked: Option<&str>, headers: &HeaderMap) -> Result<Language, Problem> {
    if let Some(asked) = asked {
        let detail = "give one of fi, sv, en";
        return Language::of_code(asked).ok_or_else(|| Problem::parameter(LANG.name, detail));
    }
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|accepted| accepted.to_str().ok());
    let mut names = accepted.unwrap_or_default().split(',').map(|range| {
        let name = range.split([';', '-']).next().unwrap_or_default();
        name.trim().to_lowercase()
    });
    Ok(names
        .find_map(|name| Language::of_code(&name))
        .unwrap_or(Language::Fi))
}

/// What addresses begin with that others are to use.
fn base(server: &Server, headers: &HeaderMap) -> String {
    if let Some(public) = &server.settings.public {
        return public.trim_end_matches('/').to_owned();
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let plain = |host: &&str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || ".:-[]".contains(c);
        !host.is_empty() && host.len() <= 255 && host.chars().all(fits)
    };
    format!("http://{}", host.filter(plain).unwrap_or("localhost"))
}

/// The whole answer for a connection that there is no room for.
pub(super) fn no_room() -> String {
    let problem = Problem::busy();
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let mut text = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\n".to_owned();
    for (name, value) in HEADERS {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    let length = body.len();
    let _ = write!(
        text,
        "content-type: {MEDIA_TYPE}\r\ncontent-length: {length}\r\nconnection: close\r\n\
         cache-control: no-store\r\n\r\n{body}"
    );
    text
}
