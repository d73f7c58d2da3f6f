//! `redress explore`: a page on this machine with sliders for the scenario's keys.

use super::args::ExploreArguments;
use super::failure::Failure;
use super::interruption;
use super::settings::{read, remark_on};
use super::terminal::{print, remark};
use crate::explore::{Exploration, serve};
use crate::scenario::Source;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

/// Serves the page until it is stopped.
pub(super) fn explore(arguments: &ExploreArguments) -> Result<ExitCode, Failure> {
    interruption::heed("stopped: nothing was written");
    let (_, scenario) = read(&arguments.scenario, &arguments.settings)?;
    if !arguments.quiet {
        remark_on(&scenario);
    }
    let source = Source::read(&arguments.scenario)?;
    let file = arguments.scenario.display().to_string();
    let exploration = Exploration::new(source, &file, &arguments.settings.all())?;
    let threads = arguments.threads.map_or(0, usize::from);
    let threads = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let threads = threads
        .map_err(|error| Failure::Running(format!("cannot start threads: {error}; try --threads 1")))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::Running(format!("cannot start the server: {error}")))?;
    let token = token()?;
    let port = arguments.port.unwrap_or(0);
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|error| {
            let words = error.to_string();
            let words = words.split(" (os error").next().unwrap_or(&words).to_lowercase();
            Failure::Invalid(format!(
                "port {port} cannot be used: {words}; leave --port out to take any that is free"
            ))
        })?;
        let mut printed = Ok(());
        let announce = |address: &str| {
            printed = print(address);
            if !arguments.quiet {
                remark("open this address in a browser on this machine; Ctrl-C stops it");
            }
        };
        let served = serve(listener, &token, exploration, threads, announce).await;
        printed?;
        served.map_err(|error| Failure::Running(format!("the server stopped: {error}")))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// 128 bits of the system's randomness in hexadecimal digits. They are a part of the page's address and reach no result.
fn token() -> Result<String, Failure> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::Running(format!("the system has no random bytes to give: {error}")))?;
    let mut token = String::new();
    for byte in bytes {
        // Writing to memory does not fail.
        let _ = write!(token, "{byte:02x}");
    }
    Ok(token)
}
