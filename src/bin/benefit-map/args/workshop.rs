//! What may be typed to hold a workshop.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Draw a map together, live, in browsers.
///
/// Prints two links: one to edit the map and one to view it. Anyone who has a link can use it. Every edit is saved to the map, and the
/// journal next to it (MAP.journal) records who did what. Press Ctrl-C to stop. If you start again within 24 hours, the same links work
/// and open pages reconnect by themselves. With a folder instead of a map, the first page lists its maps and portfolios, opens each, and
/// shows the dashboard of a portfolio as its maps are saved.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map workshop map.json --open                  on this machine only\n  benefit-map workshop map.json --bind 0.0.0.0          for the room: laptops, tablets and phones on this network\n  benefit-map workshop map.json --host maps.example.org --port 8080   behind a proxy that adds TLS\n  benefit-map workshop city --open                      all maps and portfolios of a folder"
)]
pub struct Workshop {
    /// The map, which is created if it does not exist; or a folder of maps and portfolios.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// The port to listen on [default: the last port of this map while its links are valid, else any free port].
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// The address to listen on; 0.0.0.0 or :: means every address of this machine. Nothing is encrypted, so use it only in a
    /// network that you trust, or behind a proxy.
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub bind: IpAddr,
    /// A name of this machine or of a proxy, by which people reach the page. The links use the first name (can be repeated).
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Create new links; earlier links stop working.
    #[arg(long)]
    pub new_links: bool,
    /// Open the page in a browser.
    #[arg(long)]
    pub open: bool,
    /// Show the map without letting anyone change it. The page follows changes of the file.
    #[arg(long)]
    pub view_only: bool,
    /// Who can close the workshop: the host with Ctrl-C alone, or also editors, with a button on the page.
    #[arg(long, value_enum, value_name = "WHO", default_value = "host")]
    pub closing: Who,
    /// Show this link as a QR code for phones [default: both, if others can reach the address].
    #[arg(long, value_enum, value_name = "LINK")]
    pub qr: Option<Link>,
}

/// Who can close a workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Who {
    /// The person who started it, with Ctrl-C.
    Host,
    /// Everyone who can edit, too.
    Editors,
}

/// One of the two links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Link {
    /// The link that edits.
    Edit,
    /// The link that only views.
    View,
    /// No QR code.
    None,
}
