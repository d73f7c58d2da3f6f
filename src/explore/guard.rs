//! Who may ask, and how: the page that this program has sent to this machine's browser, and nobody else.

use axum::http::header::{CONTENT_TYPE, HOST, HeaderName, ORIGIN, TRANSFER_ENCODING, UPGRADE};
use axum::http::{HeaderMap, Method, Request, StatusCode};

/// The longest address that is looked at.
const LONGEST_PATH: usize = 200;

/// The longest question.
pub const LONGEST_BODY: usize = 16 * 1024;

/// What a browser says of where a request comes from.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What every request is held against.
#[derive(Clone, Debug)]
pub struct Guard {
    /// The host and port that the page is served under.
    host: String,
    /// A part of the address that nobody can guess.
    token: String,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused(pub StatusCode, pub &'static str);

impl Guard {
    /// Of a server on a port of this machine.
    pub fn new(port: u16, token: &str) -> Self {
        Self { host: format!("127.0.0.1:{port}"), token: token.to_owned() }
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        format!("http://{}/{}/", self.host, self.token)
    }

    /// What a request asks for: the part of its path after the token.
    ///
    /// # Errors
    /// Why it is refused, without a word of what would be right.
    pub fn asked<'a, B>(&self, request: &'a Request<B>) -> Result<&'a str, Refused> {
        let (headers, uri) = (request.headers(), request.uri());
        if ![Method::GET, Method::POST].contains(request.method()) {
            return Err(Refused(StatusCode::METHOD_NOT_ALLOWED, "this method is not answered"));
        }
        if uri.authority().is_some() || uri.scheme().is_some() {
            return Err(Refused(StatusCode::BAD_REQUEST, "the address has to be a path"));
        }
        if uri.path().len() > LONGEST_PATH || uri.query().is_some() {
            return Err(Refused(StatusCode::BAD_REQUEST, "the address is too long, or has a query"));
        }
        if only(headers, &HOST) != Some(self.host.as_str()) {
            return Err(Refused(StatusCode::FORBIDDEN, "another host is meant"));
        }
        self.check_origin(request.method(), headers)?;
        if headers.contains_key(TRANSFER_ENCODING) || headers.contains_key(UPGRADE) {
            return Err(Refused(StatusCode::BAD_REQUEST, "a plain request with its length is expected"));
        }
        let path = uri.path().strip_prefix('/').unwrap_or_default();
        let (token, rest) = path.split_once('/').unwrap_or((path, "/"));
        if !is_same(token, &self.token) || rest.contains(['/', '%', '\\']) {
            return Err(Refused(StatusCode::NOT_FOUND, "there is nothing here"));
        }
        Ok(rest)
    }

    /// A page of another origin sends its own, or `null`; a browser says of every request what it comes from.
    fn check_origin(&self, method: &Method, headers: &HeaderMap) -> Result<(), Refused> {
        let own = format!("http://{}", self.host);
        let origin = only(headers, &ORIGIN);
        let is_own = origin == Some(own.as_str());
        let is_absent = !headers.contains_key(ORIGIN) && *method == Method::GET;
        let is_near = match only(headers, &FETCH_SITE) {
            None => !headers.contains_key(FETCH_SITE),
            Some(site) => site == "same-origin" || (site == "none" && *method == Method::GET),
        };
        if (is_own || is_absent) && is_near {
            return Ok(());
        }
        Err(Refused(StatusCode::FORBIDDEN, "another page is asking"))
    }

    /// Whether a question says that it is JSON, which no form of another page can.
    ///
    /// # Errors
    /// That it does not.
    pub fn check_type(headers: &HeaderMap) -> Result<(), Refused> {
        match only(headers, &CONTENT_TYPE) {
            Some("application/json") => Ok(()),
            _ => Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a question is application/json")),
        }
    }
}

/// The value of a header that is given once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { None } else { first.to_str().ok() }
}

/// Whether two texts are the same, in a time that does not tell how much of them is.
fn is_same(first: &str, second: &str) -> bool {
    let unlike = first.bytes().zip(second.bytes()).fold(0, |unlike, (a, b)| unlike | (a ^ b));
    first.len() == second.len() && unlike == 0
}
