//! The server: it sends the page, takes moves and sends answers, for one machine and its one user.

use super::controls::{Control, FIRST, controls};
use super::guard::{Guard, LONGEST_BODY, Refused};
use super::moves::{Move, Refusal, Saving, accepted, checked, refusals, scenario};
use super::page::{CONTENT_SECURITY_POLICY, FILES};
use super::sample::Sample;
use super::saved::scenario_file;
use super::simulation::{Answer, Desk, Job, simulate};
use crate::scenario::{Scenario, ScenarioErrors, Source};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

/// The most connections at a time; others wait.
const MOST_CONNECTIONS: usize = 32;

/// So long a request may take to come in, head and body each.
const SLOWEST: Duration = Duration::from_secs(5);

/// So long a connection lives: longer than any answer takes to be looked at.
const LONGEST_CONNECTION: Duration = Duration::from_mins(15);

/// The most bytes of the head of a request.
const LONGEST_HEAD: usize = 16 * 1024;

/// The most headers of a request.
const MOST_HEADERS: usize = 64;

/// So many questions may come at once, and so many more each tenth of a second: more than a hand can move.
const MOST_QUESTIONS: u32 = 60;
const MORE_QUESTIONS: u32 = 6;

/// More answers than a move has, so that the thread that simulates never waits for a slow reader.
const MOST_ANSWERS: usize = 512;

/// A scenario to be explored.
#[derive(Debug)]
pub struct Exploration {
    /// The scenario as written, its preset read.
    source: Source,
    /// The scenario with its options, which the sliders start from.
    base: Scenario,
    /// The scenario of the file alone, which saved files extend.
    origin: Scenario,
    controls: Vec<Control>,
    sample: Sample,
    whole: Sample,
    catalogue: String,
}

/// What the page is told at its beginning.
#[derive(Serialize)]
struct Catalogue<'a> {
    version: &'static str,
    name: &'a str,
    description: &'a str,
    /// The scenario file as it was named, and the options that it was read with.
    file: &'a str,
    options: &'a [String],
    seed: u64,
    markets: u32,
    sellers: u32,
    sample: Sample,
    whole: Sample,
    controls: &'a [Control],
    /// Keys that are shown from the beginning, in their order.
    first: [&'static str; FIRST.len()],
}

impl Exploration {
    /// Of a scenario as it was read from `file`, with `options` to be set; everything that it needs is read now.
    ///
    /// # Errors
    /// What is wrong with the scenario.
    pub fn new(source: Source, file: &str, options: &[String]) -> Result<Self, ScenarioErrors> {
        let mut source = source.with_preset_read()?;
        let origin = source.resolve();
        for option in options {
            source.set(option)?;
        }
        let base = source.resolve()?;
        // A file that is valid with the options only has nothing that they could be told from.
        let origin = origin.unwrap_or_else(|_| base.clone());
        let controls = controls(&base);
        let (sample, whole) = (Sample::of(&base.world), Sample::whole(&base.world));
        let catalogue = json(&Catalogue {
            version: env!("CARGO_PKG_VERSION"),
            name: &base.name,
            description: &base.description,
            file,
            options,
            seed: base.world.seed,
            markets: base.world.market.count,
            sellers: base.world.market.sellers,
            sample,
            whole,
            controls: &controls,
            first: FIRST.map(|(key, _)| key),
        });
        Ok(Self { source, base, origin, controls, sample, whole, catalogue })
    }

    /// The world that answers a move.
    fn world(&self, whole: bool) -> &Sample {
        if whole { &self.whole } else { &self.sample }
    }
}

#[derive(Debug)]
struct Server {
    guard: Guard,
    exploration: Exploration,
    desk: Arc<Desk>,
    questions: AtomicU32,
}

/// Serves a page on a listener of this machine, for as long as the process lives. The token is a part of its address.
///
/// # Errors
/// If the address of the listener is not known, or threads cannot be started.
pub async fn serve(
    listener: TcpListener,
    token: &str,
    exploration: Exploration,
    threads: rayon::ThreadPool,
    announce: impl FnOnce(&str),
) -> std::io::Result<()> {
    let guard = Guard::new(listener.local_addr()?.port(), token);
    let desk = Arc::new(Desk::default());
    let (at_desk, source) = (Arc::clone(&desk), exploration.source.clone());
    std::thread::Builder::new()
        .name("simulation".into())
        .spawn(move || simulate(&at_desk, &source, &threads))?;
    let address = guard.address();
    let server = Arc::new(Server { guard, exploration, desk, questions: AtomicU32::new(MOST_QUESTIONS) });
    let refilled = Arc::clone(&server);
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_millis(100));
        loop {
            ticks.tick().await;
            let more = |left: u32| Some((left + MORE_QUESTIONS).min(MOST_QUESTIONS));
            let _ = refilled.questions.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        }
    });
    let service = TowerToHyperService::new(Router::new().fallback(respond).with_state(server));
    let connections = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    announce(&address);
    loop {
        // It is never closed.
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { return Ok(()) };
        let Ok((stream, _)) = listener.accept().await else {
            // The system has no descriptor to give at the moment, or the peer is gone already.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = service.clone();
        tokio::spawn(async move {
            let mut builder = http1::Builder::new();
            builder
                .timer(TokioTimer::new())
                .header_read_timeout(SLOWEST)
                .max_buf_size(LONGEST_HEAD)
                .max_headers(MOST_HEADERS);
            let connection = builder.serve_connection(TokioIo::new(stream), service);
            // A connection that breaks has nobody to tell.
            let _ = tokio::time::timeout(LONGEST_CONNECTION, connection).await;
            drop(permit);
        });
    }
}

/// Answers every request.
async fn respond(State(server): State<Arc<Server>>, request: Request) -> Response {
    let mut response = match answered(&server, request).await {
        Ok(response) => response,
        Err(Refused(status, words)) => {
            let mut response = (status, format!("{words}\n")).into_response();
            // What may follow on this connection is not looked at.
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            response
        }
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in [
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

async fn answered(server: &Server, request: Request) -> Result<Response, Refused> {
    let asked = server.guard.asked(&request)?.to_owned();
    if *request.method() == Method::GET {
        if asked == "catalogue" {
            return Ok(of_json(server.exploration.catalogue.clone()));
        }
        let file = FILES.iter().find(|file| file.name == asked);
        let file = file.ok_or(Refused(StatusCode::NOT_FOUND, "there is nothing here"))?;
        return Ok(([(CONTENT_TYPE, file.media_type)], file.text).into_response());
    }
    match asked.as_str() {
        "move" => Ok(moved(server, &question(server, request).await?)),
        "file" => Ok(saved(server, &question(server, request).await?)),
        _ => Err(Refused(StatusCode::NOT_FOUND, "there is nothing here")),
    }
}

/// The question that a request holds.
async fn question<T: DeserializeOwned>(server: &Server, request: Request) -> Result<T, Refused> {
    Guard::check_type(request.headers())?;
    let take = |left: u32| left.checked_sub(1);
    if server.questions.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_err() {
        return Err(Refused(StatusCode::TOO_MANY_REQUESTS, "too many questions at a time"));
    }
    let body = tokio::time::timeout(SLOWEST, to_bytes(request.into_body(), LONGEST_BODY))
        .await
        .map_err(|_| Refused(StatusCode::REQUEST_TIMEOUT, "the question took too long to come in"))?
        .map_err(|_| Refused(StatusCode::PAYLOAD_TOO_LARGE, "the question is too long, or broken off"))?;
    serde_json::from_slice(&body)
        .map_err(|_| Refused(StatusCode::BAD_REQUEST, "this is no question of the page"))
}

/// Takes a move: its answers follow one another as they come.
fn moved(server: &Server, asked: &Move) -> Response {
    let Exploration { source, base, controls, .. } = &server.exploration;
    let sample = server.exploration.world(asked.whole);
    let of = |settings| accepted(source, settings, controls, sample, base);
    let settings = match of(&asked.pinned).and_then(|pinned| Ok(vec![pinned, of(&asked.current)?])) {
        Ok(settings) => settings,
        Err(wrong) => return refusal(&wrong),
    };
    let settings = if settings[0] == settings[1] { settings[..1].to_vec() } else { settings };
    let (answers, answered) = mpsc::channel::<Answer>(MOST_ANSWERS);
    server.desk.leave(Job { settings, sample: *sample, answers });
    let events =
        ReceiverStream::new(answered).map(|answer| Ok::<_, Infallible>(Event::default().data(json(&answer))));
    Sse::new(events).into_response()
}

/// A setting as a scenario file, for the browser to save.
fn saved(server: &Server, asked: &Saving) -> Response {
    let Exploration { source, origin, controls, .. } = &server.exploration;
    let values = match checked(&asked.settings, controls) {
        Ok(values) => values,
        Err(wrong) => return refusal(&wrong),
    };
    let beside =
        source.path().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let file = scenario(source, &values).and_then(|changed| scenario_file(&beside, origin, &changed));
    match file {
        Ok(text) => ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response(),
        Err(errors) => refusal(&refusals(&errors, &values)),
    }
}

/// What is wrong with a setting.
fn refusal(wrong: &[Refusal]) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, of_json(json(&wrong))).into_response()
}

fn of_json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], Body::from(text)).into_response()
}

/// Plain data always have a text.
fn json(of: &impl Serialize) -> String {
    serde_json::to_string(of).unwrap_or_default()
}
