//! `santunan demo`: the whole road on sample data, from sixty claims to printed payment orders, then the web application.

mod bank;
mod counter;
mod out;
mod place;
mod story;
mod table;

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::store::DatabaseUrl;
use crate::workflow::{Desk, deliver_due};

use super::fault::CliFault;
use super::{serve, setup};

/// Jalankan contoh lengkap, mulai dari keadaan bersih.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Folder data contoh (bawaan: folder "data" di dalam folder hasil).
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// Folder hasil: semua surat dan berkas bank.
    #[arg(long, value_name = "FOLDER", default_value = "demo-output")]
    out: PathBuf,
    /// Jangan layani aplikasi web sesudahnya.
    #[arg(long)]
    no_serve: bool,
    /// Ringkasan sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the demo.
pub fn run(args: &DemoArgs, config: Option<&Path>) -> Result<(), CliFault> {
    let config = demo_config(args, setup::config(config)?);
    place::clean_folders(&args.out, &config.data_dir)?;
    let url = DatabaseUrl::parse(config.database.url.expose())?;
    let store = place::clean_database(&url)?;
    let desk = setup::desk_over(store, &config);
    let told = story::tell(&desk)?;
    let mailer = setup::mailer(&config)?;
    let mut delivered = deliver_due(&desk.store, &mailer, |id| serve::attachment(&desk, id), desk.clock)?;
    while delivered.sent > 0 {
        delivered = deliver_due(&desk.store, &mailer, |id| serve::attachment(&desk, id), desk.clock)?;
    }
    let files = out::write(&desk, &told, &args.out)?;
    let summary = table::summarise(&desk, &told, &files)?;
    std::fs::write(args.out.join("ringkasan.json"), format!("{summary:#}\n")).map_err(|e| CliFault::file(&args.out, &e))?;
    if args.json {
        println!("{summary:#}");
    } else {
        table::print(&summary, &args.out);
    }
    if args.no_serve {
        return Ok(());
    }
    serve_demo(desk, config, &told)
}

fn serve_demo(desk: Desk, config: Config, told: &story::Told) -> Result<(), CliFault> {
    println!("\nAplikasi web: http://{}  (Ctrl+C untuk berhenti)", config.server.listen);
    println!("{:<28} {:<26} kata sandi", "akun", "tugas");
    for login in &told.logins {
        println!("{:<28} {:<26} {}", login.username, login.actor.role.label(), login.password);
    }
    serve::serve(desk, config)
}

/// The demo keeps to its own folder, so that an office's data is never touched by a try.
fn demo_config(args: &DemoArgs, mut config: Config) -> Config {
    let named = args.data_dir.clone().or_else(|| std::env::var_os("SANTUNAN_DATA_DIR").map(PathBuf::from));
    let own_database = config.database.is_embedded() && std::env::var_os("SANTUNAN_DATABASE_URL").is_none();
    config.data_dir = named.unwrap_or_else(|| args.out.join("data"));
    if own_database {
        config.database.url = crate::config::Secret::new(format!("sqlite://{}", config.data_dir.join("santunan.db").display()));
    }
    config
}
