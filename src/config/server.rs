//! The web server: where it listens and what its address is outside.

use std::net::{Ipv4Addr, SocketAddr};

use super::source::{Found, Key, Sources};

pub(super) const LISTEN: Key = Key::plain("server.listen", "SANTUNAN_LISTEN");
pub(super) const PUBLIC_URL: Key = Key::plain("server.public_url", "SANTUNAN_PUBLIC_URL");

/// Where the server listens, and how it is called outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerConfig {
    /// Address and port; only this machine by default.
    pub listen: SocketAddr,
    /// What browsers and letters call the server, without a slash at the end.
    pub public_url: String,
}

impl ServerConfig {
    pub(super) fn read(sources: &mut Sources<'_>) -> Option<Self> {
        let listen = match sources.value(LISTEN) {
            None => Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 8000))),
            Some(found) => read_listen(sources, &found),
        };
        let public_url = match sources.value(PUBLIC_URL) {
            None => listen.map(|listen| format!("http://{listen}")),
            Some(found) => read_public_url(sources, &found),
        };
        Some(Self { listen: listen?, public_url: public_url? })
    }
}

fn read_listen(sources: &mut Sources<'_>, found: &Found) -> Option<SocketAddr> {
    let address = found.text.trim().parse().ok();
    if address.is_none() {
        sources
            .refuse(found, format!("bukan alamat dengan porta: \"{}\"; tulis seperti 127.0.0.1:8000 atau 0.0.0.0:8000", found.text.trim()));
    }
    address
}

fn read_public_url(sources: &mut Sources<'_>, found: &Found) -> Option<String> {
    let url = found.text.trim().trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if host.is_some_and(|host| !host.is_empty() && !host.contains([' ', '?', '#', '@'])) {
        return Some(url.to_owned());
    }
    sources.refuse(found, "bukan alamat situs; tulis seperti https://santunan.contohkab.go.id");
    None
}
