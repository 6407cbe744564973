//! What may be typed to hold a workshop.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Draw a map together, live, in browsers.
///
/// Prints two links: one that edits, and one that only views. Whoever has a link may use it. The map is saved with every edit,
/// and the journal beside it (MAP.journal) keeps who did what. Ends with Ctrl-C. Begun again within a day, the same links hold again
/// and open pages come back by themselves.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map workshop map.json --open                  on this machine alone\n  benefit-map workshop map.json --bind 0.0.0.0          for the room: laptops, tablets and phones on this network\n  benefit-map workshop map.json --host maps.example.org --port 8080   behind a proxy that adds TLS"
)]
pub struct Workshop {
    /// The map; a new one is made where there is no such file.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// The port to listen at. Where none is given, that of the last workshop on this map if its links still hold, else any that is
    /// free.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// The address to listen at: 0.0.0.0 or :: for every address of this machine. There is no encryption: only in networks
    /// that you trust, or behind a proxy.
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub bind: IpAddr,
    /// A name that the page is reached by, of this machine or of a proxy; may be given several times, and the first stands in the
    /// links.
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Make new links: those of the last workshop on this map are worth nothing any more.
    #[arg(long)]
    pub new_links: bool,
    /// Open the page in a browser.
    #[arg(long)]
    pub open: bool,
    /// Nobody can change anything, and nothing is written; the page follows the file as it changes.
    #[arg(long)]
    pub view_only: bool,
    /// Show a link as a QR code for phones; both, where others can reach the address.
    #[arg(long, value_enum, value_name = "LINK")]
    pub qr: Option<Link>,
}

/// One of the two links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Link {
    /// The one that edits.
    Edit,
    /// The one that only views.
    View,
    /// None.
    None,
}
