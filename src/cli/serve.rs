//! `santunan serve`: the web application, and beside it the postman and the clerk who does what follows from acts.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::config::Config;
use crate::mail::{Attachment, Mailer};
use crate::store::letters;
use crate::workflow::mappings::{faults_of, own_mappings};
use crate::workflow::{Desk, Refusal, deliver_due, draw_due, file_name, pdf_of, work_due};

use super::fault::CliFault;
use super::setup;

/// How often the postman looks into the outbox, and the clerk into the tasks.
const ROUND: Duration = Duration::from_secs(15);

/// Layani aplikasi web sampai dihentikan.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {}

/// Serves until stopped.
pub fn run(_args: &ServeArgs, config: Option<&Path>) -> Result<(), CliFault> {
    let config = setup::config(config)?;
    let desk = setup::desk(&config)?;
    serve(desk, config)
}

/// Serves a desk: the log first, then the postman, then the web server until it is told to stop.
pub(super) fn serve(desk: Desk, config: Config) -> Result<(), CliFault> {
    start_log(&config);
    let swept = desk.files.sweep().map_err(|fault| CliFault::Environment(fault.to_string()))?;
    if swept > 0 {
        tracing::warn!(swept, "parts of files left by a stop in the middle were thrown away");
    }
    for fault in faults_of(&own_mappings(&desk)?) {
        tracing::warn!(%fault, "mapping");
    }
    let mailer = setup::mailer(&config)?;
    let application = crate::web::build(desk.clone(), &config)?;
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let postman = scope.spawn(|| deliver_until(&desk, &mailer, &stop));
        let clerk = scope.spawn(|| work_until(&desk, &stop));
        let served = rocket::execute(application.launch());
        stop.store(true, Ordering::Relaxed);
        postman.thread().unpark();
        clerk.thread().unpark();
        served.map(drop).map_err(|e| CliFault::Environment(format!("server web tidak dapat berjalan di {}: {e}", config.server.listen)))
    })
}

fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::new(&config.log.filter);
    // A second start in one process (tests) keeps the first log.
    let _already_started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .try_init();
}

fn deliver_until(desk: &Desk, mailer: &Mailer, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        match deliver_due(&desk.store, mailer, |id| attachment(desk, id), desk.clock) {
            Ok(done) if done.sent + done.put_off + done.dead > 0 => {
                tracing::info!(sent = done.sent, put_off = done.put_off, dead = done.dead, "mail");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "mail"),
        }
        thread::park_timeout(ROUND);
    }
}

/// Apart from the postman: a source that answers slowly must not hold up the mail.
fn work_until(desk: &Desk, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        match work_due(desk) {
            Ok(worked) if worked.done + worked.put_off + worked.dead > 0 => {
                tracing::info!(done = worked.done, put_off = worked.put_off, dead = worked.dead, "tasks");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(code = error.code(), %error, "tasks"),
        }
        match draw_due(desk) {
            Ok(drawn) if drawn > 0 => tracing::info!(drawn, "letters"),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "letters"),
        }
        thread::park_timeout(ROUND);
    }
}

/// The PDF of a letter, for the mail that carries it.
pub(super) fn attachment(desk: &Desk, letter_id: &str) -> Result<Attachment, String> {
    let issued = desk.store.read::<_, Refusal>(|conn| Ok(letters::by_id(conn, letter_id)?)).map_err(|e| e.to_string())?;
    let pdf = pdf_of(desk, &issued).map_err(|e| e.to_string())?;
    Ok(Attachment { file_name: file_name(&issued), pdf })
}
