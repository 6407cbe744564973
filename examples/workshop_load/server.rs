//! The real workshop in a process of its own, and how times are told.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The program as it was built with the example that asks.
pub fn beside() -> Result<PathBuf, Box<dyn Error>> {
    let here = std::env::current_exe()?;
    let built = here
        .parent()
        .and_then(|dir| dir.parent())
        .ok_or("where is the program?")?;
    Ok(built.join(format!("benefit-map{}", std::env::consts::EXE_SUFFIX)))
}

/// The workshop in its own process; it ends with this value.
pub struct Server {
    child: Mutex<Child>,
    pub address: SocketAddr,
    pub edit: String,
    pub view: String,
}

impl Server {
    /// Begins it on a map at a free port.
    pub fn start(program: &Path, map: &Path) -> Result<Self, Box<dyn Error>> {
        if !program.is_file() {
            let path = program.display();
            return Err(
                format!("{path} is not there: run `cargo build --release` first, or name it with --program").into(),
            );
        }
        let mut child = Command::new(program)
            .args(["workshop", "--qr", "none"])
            .arg(map)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let mut link = || -> Result<(SocketAddr, String), Box<dyn Error>> {
            let line = lines.next().ok_or("the workshop told no link")??;
            let link = line.split_once("http://").ok_or("no link")?.1;
            let (address, key) = link.split_once("/?key=").ok_or("no key")?;
            Ok((address.parse()?, key.to_owned()))
        };
        let ((address, edit), (_, view)) = (link()?, link()?);
        Ok(Self {
            child: Mutex::new(child),
            address,
            edit,
            view,
        })
    }

    /// The link that edits.
    pub fn edit_link(&self) -> String {
        format!("http://{}/?key={}", self.address, self.edit)
    }

    /// Asks it to end, as a system does, and tells how long that took.
    pub fn stop(&self) -> Result<Duration, Box<dyn Error + Send + Sync>> {
        let begun = Instant::now();
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        Command::new("kill").args(["-TERM", &child.id().to_string()]).status()?;
        let ended = child.wait()?;
        match ended.success() {
            true => Ok(begun.elapsed()),
            false => Err(format!("the workshop ended with {ended}").into()),
        }
    }

    /// The most memory that it held so far, in MB; 0 where the system does not tell.
    pub fn megabytes(&self) -> u64 {
        let id = self.child.lock().unwrap_or_else(PoisonError::into_inner).id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = peak.and_then(|peak| peak.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
        kilobytes.unwrap_or(0) / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Tells percentiles of times, by nearest rank.
pub fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| {
        let at = ((times.len() as f64 * share).ceil() as usize).saturating_sub(1);
        times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    println!(
        "{what}: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms, most {:.1} ms",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}
