//! What most commands need: configuration, database, desk.

use std::path::Path;
use std::time::Duration;

use crate::clock::Clock;
use crate::config::{Config, DukcapilConfig, MailTls, MailTransport};
use crate::domain::access::{Actor, Role};
use crate::domain::region::RegionCode;
use crate::exchange::pack::included;
use crate::live::PopulationSource;
use crate::live::dukcapil::{Codes, DateStyle, Dukcapil, Method, Settings};
use crate::mail::{MailSettings, Mailer, TlsMode, TransportKind};
use crate::store::{DatabaseUrl, Store, packs};
use crate::workflow::{Desk, OfficeSources};

use super::fault::CliFault;

/// The office that comes with the program.
pub(super) const INCLUDED: OfficeSources<'static> =
    OfficeSources { office: included::OFFICE, policy: included::POLICY, emblem: included::EMBLEM };

/// Pauses before the second and third try at Dukcapil.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];

/// Longest wait for a mail server, in seconds.
const MAIL_TIMEOUT_SECONDS: u64 = 20;

/// Reads the configuration from the named file and the environment.
pub(super) fn config(file: Option<&Path>) -> Result<Config, CliFault> {
    let mut faults = Config::unknown_variables(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()));
    match Config::load(&|name| std::env::var(name).ok(), file) {
        Ok(config) if faults.is_empty() => Ok(config),
        Ok(_) => Err(faults.into()),
        Err(others) => {
            faults.extend(others);
            Err(faults.into())
        }
    }
}

/// Opens a database that is in shape, and the desk over it.
pub(super) fn desk(config: &Config) -> Result<Desk, CliFault> {
    let store = Store::open(&DatabaseUrl::parse(config.database.url.expose())?)?;
    Ok(desk_over(store, config))
}

/// The desk over an open store.
pub(super) fn desk_over(store: Store, config: &Config) -> Desk {
    let source = |settings: &DukcapilConfig| -> Box<dyn PopulationSource> { Box::new(dukcapil(settings)) };
    let sources = config.dukcapil.iter().map(source).collect();
    Desk::new(store, &config.data_dir, Clock::System, config.server.public_url.clone()).with_sources(sources)
}

/// The client of the configuration.
fn dukcapil(config: &DukcapilConfig) -> Dukcapil {
    Dukcapil::new(Settings {
        url: config.url.clone(),
        customer: config.customer.clone(),
        user: config.user.clone(),
        password: config.password.expose().to_owned(),
        ip_user: config.ip_user.clone(),
        method: if config.looks_up { Method::LookUp } else { Method::Verify },
        dates: if config.year_first { DateStyle::YearFirst } else { DateStyle::DayFirst },
        threshold: config.threshold,
        timeout: Duration::from_secs(config.timeout_seconds),
        pauses: PAUSES.to_vec(),
        daily_limit: config.daily_limit,
        codes: Codes::new(config.codes.iter().cloned()),
        root: config.root.clone(),
    })
}

/// Whoever sits at the command line: the operator of the machine, who handles no claims.
pub(super) fn operator_of_machine(office: &RegionCode) -> Actor {
    let login = std::env::var("USER").unwrap_or_else(|_unset| "tidak dikenal".to_owned());
    Actor {
        id: "cli".to_owned(),
        name: format!("baris perintah ({login})"),
        role: Role::Admin,
        office: office.clone(),
        region: office.clone(),
        nik: None,
        family_card: None,
    }
}

/// The office a command works on: the one named, or the only one there is.
pub(super) fn office(desk: &Desk, named: Option<&str>) -> Result<RegionCode, CliFault> {
    let offices = desk.store.read(packs::offices)?;
    let chosen = match (named, offices.as_slice()) {
        (Some(name), all) if all.iter().any(|o| o == name) => name,
        (Some(name), _) => return Err(CliFault::Refused(format!("kantor {name} belum dibuka; jalankan `santunan migrate`"))),
        (None, [only]) => only,
        (None, []) => return Err(CliFault::Environment("belum ada kantor; jalankan `santunan migrate`".into())),
        (None, _) => return Err(CliFault::Usage("ada beberapa kantor; sebutkan dengan --office".into())),
    };
    RegionCode::parse(chosen).map_err(|fault| CliFault::Environment(fault.to_string()))
}

/// The mailer of the configuration.
pub(super) fn mailer(config: &Config) -> Result<Mailer, CliFault> {
    let settings = match &config.mail.transport {
        MailTransport::Files => mail_settings(config, TransportKind::Files),
        MailTransport::Smtp { host, port, tls, login } => MailSettings {
            host: host.clone(),
            port: *port,
            tls: match tls {
                MailTls::None => TlsMode::None,
                MailTls::StartTls => TlsMode::Starttls,
                MailTls::Implicit => TlsMode::Smtps,
            },
            user: login.as_ref().map(|l| l.user.clone()).unwrap_or_default(),
            password: login.as_ref().map(|l| l.password.expose().to_owned()).unwrap_or_default(),
            ..mail_settings(config, TransportKind::Smtp)
        },
    };
    settings
        .mailer(&config.data_dir)
        .map_err(|faults| CliFault::Environment(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
}

fn mail_settings(config: &Config, transport: TransportKind) -> MailSettings {
    MailSettings { from: config.mail.from.clone(), transport, timeout_seconds: MAIL_TIMEOUT_SECONDS, ..MailSettings::default() }
}
