//! The hosts that the server answers for.

use std::net::{IpAddr, SocketAddr};

/// The hosts that the server answers for.
pub(super) struct Hosts {
    pub bound: SocketAddr,
    /// Names that were given: of this machine, or of a proxy before it.
    pub names: Vec<String>,
}

impl Hosts {
    /// Whether a `Host` is one of ours. A name that is none of those given is refused even if it leads here: that is how a page
    /// elsewhere would get a browser to talk to us (DNS rebinding). An address is not a name that anybody can point elsewhere.
    pub fn knows(&self, host: &str) -> bool {
        let (name, port) = split(host);
        if self.names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return true;
        }
        let is_ours = port.unwrap_or(80) == self.bound.port();
        match name.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) => {
                is_ours && (address.is_loopback() || !self.bound.ip().is_loopback() || address == self.bound.ip())
            }
            Err(_) => is_ours && name.eq_ignore_ascii_case("localhost"),
        }
    }
}

/// Name and port of a `Host`.
fn split(host: &str) -> (&str, Option<u16>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && (name.ends_with(']') || !name.contains(':')) => {
            (name, port.parse().ok())
        }
        _ => (host, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(bound: &str, names: &[&str]) -> Hosts {
        Hosts {
            bound: bound.parse().unwrap(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn a_name_that_was_not_given_is_not_ours() {
        let own = hosts("127.0.0.1:8080", &[]);
        for host in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"] {
            assert!(own.knows(host), "{host}");
        }
        for host in [
            "",
            "evil.example:8080",
            "127.0.0.1",
            "127.0.0.1:81",
            "localhost",
            "localhost.evil.example:8080",
            "192.168.1.7:8080",
            "127.0.0.1.nip.io:8080",
            "127.0.0.1:8080@evil.example",
            ":8080",
            "::1",
        ] {
            assert!(!own.knows(host), "{host}");
        }
        let wide = hosts("0.0.0.0:8080", &["map.example.org"]);
        for host in [
            "192.168.1.7:8080",
            "map.example.org",
            "MAP.example.org:443",
            "[fe80::1]:8080",
            "localhost:8080",
        ] {
            assert!(wide.knows(host), "{host}");
        }
        for host in ["evil.example:8080", "192.168.1.7", "map.example.org.evil.example"] {
            assert!(!wide.knows(host), "{host}");
        }
    }
}
