//! Programs on one map, turn by turn: whole processes, timed from outside.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use benefit_map::map::BenefitMap;

use crate::Failure;
use crate::ours::{self, Ours};
use crate::peer::{self, Pinned};
use crate::rust_peer;
use crate::score::{Picture, Score};

/// How one side did.
#[derive(Debug, Clone)]
pub struct Side {
    /// What its picture is worth.
    pub score: Score,
    /// Median time of a whole process.
    pub seconds: f64,
    /// The most memory it ever held, in MB (of 1,000,000 bytes); `None` where that cannot be known here.
    pub megabytes: Option<f64>,
}

/// How the other side did.
#[derive(Debug, Clone)]
pub enum Peer {
    /// It was not run.
    Absent,
    /// It was stopped when its time was over.
    Stopped,
    /// It ended without a picture, as by a panic.
    Failed,
    /// It drew the map.
    Drew(Box<Side>),
}

/// One map, drawn by all.
#[derive(Debug, Clone)]
pub struct Race {
    /// What the map is called.
    pub name: String,
    /// How we did.
    pub ours: Side,
    /// How Graphviz did.
    pub peer: Peer,
    /// How layout-rs did.
    pub rust: Peer,
}

impl Race {
    /// The other side, where it drew.
    pub fn drawn(&self) -> Option<&Side> {
        match &self.peer {
            Peer::Drew(side) => Some(side),
            Peer::Absent | Peer::Stopped | Peer::Failed => None,
        }
    }
}

/// How races are run.
#[derive(Debug, Clone)]
pub struct Course {
    /// Our side.
    pub ours: Ours,
    /// How long dot may take for one map; `None` where it does not run at all.
    pub limit: Option<Duration>,
    /// This program, which calls layout-rs in a process of its own, and how long that may take for one map; `None` where
    /// it does not run at all.
    pub rust: Option<(PathBuf, Duration)>,
    /// What dot has to hold to.
    pub pinned: Pinned,
    /// How often each map is drawn by each side, at most; slow ones are drawn less often.
    pub rounds: usize,
    /// Where maps and scenes are kept.
    pub folder: PathBuf,
}

/// No more rounds begin when a map has taken so long.
const PATIENCE: Duration = Duration::from_secs(20);

impl Course {
    /// Has all sides draw a map.
    ///
    /// # Errors
    /// [`Failure`] where our side fails, or dot fails other than by taking too long.
    pub fn run(&self, name: &str, map: &BenefitMap) -> Result<Race, Failure> {
        let file = |ending: &str| self.folder.join(format!("{name}.{ending}"));
        let (map_file, scene_file) = (file("map.json"), file("scene.json"));
        let (dot_file, svg_file) = (file("dot"), file("dot.svg"));
        std::fs::write(&map_file, benefit_map::file::write(map))?;
        // Once without a clock: programs and files come into memory, and dot is given the boxes that we drew.
        finish(self.ours.command(&map_file, &scene_file), None)?;
        let picture = Picture::of(map, &crate::text(&scene_file)?)?;
        std::fs::write(&dot_file, peer::source(map, &picture, self.pinned))?;

        let (mut times, mut peer_times) = (Vec::new(), Vec::new());
        let mut stopped = false;
        let begin = Instant::now();
        while times.len() < self.rounds && (times.is_empty() || begin.elapsed() < PATIENCE) {
            times.extend(finish(self.ours.command(&map_file, &scene_file), None)?);
            if let (Some(limit), false) = (self.limit, stopped) {
                match finish(peer::command(&dot_file, &svg_file), Some(limit))? {
                    Some(time) => peer_times.push(time),
                    None => stopped = true,
                }
            }
        }
        let ours = Side {
            score: Score::of(&picture),
            seconds: median(times),
            megabytes: memory(&self.ours.command(&map_file, &scene_file), &self.folder)?,
        };
        let peer = match (self.limit, stopped) {
            (None, _) => Peer::Absent,
            (_, true) => Peer::Stopped,
            _ => {
                let drawn = peer::picture(map, &picture, &crate::text(&svg_file)?);
                std::fs::write(file("dot.scene.json"), ours::scene(map, &drawn))?;
                Peer::Drew(Box::new(Side {
                    score: Score::of(&drawn),
                    seconds: median(peer_times),
                    megabytes: None,
                }))
            }
        };
        Ok(Race {
            name: name.to_owned(),
            ours,
            peer,
            rust: self.rust(map, &picture, [&map_file, &scene_file, &file("layout-rs.scene.json")])?,
        })
    }

    /// Has layout-rs draw a map, with the boxes that we drew.
    fn rust(
        &self,
        map: &BenefitMap,
        ours: &Picture,
        [map_file, sizes, output]: [&PathBuf; 3],
    ) -> Result<Peer, Failure> {
        let Some((me, limit)) = &self.rust else {
            return Ok(Peer::Absent);
        };
        let mut times = Vec::new();
        let begin = Instant::now();
        while times.len() < self.rounds && (times.is_empty() || begin.elapsed() < PATIENCE) {
            match finish(rust_peer::command(me, map_file, sizes, output), Some(*limit)) {
                Ok(Some(time)) => times.push(time),
                Ok(None) => return Ok(Peer::Stopped),
                Err(Failure::Program { .. }) => return Ok(Peer::Failed),
                Err(failure) => return Err(failure),
            }
        }
        // What it could not place has no number in its scene, and its boxes keep the sizes that it was given.
        let mut drawn = Picture::of(map, &crate::text(output)?)?;
        for (frame, size) in drawn.frames.iter_mut().zip(&ours.frames) {
            (frame.w, frame.h) = (size.w, size.h);
        }
        Ok(Peer::Drew(Box::new(Side {
            score: Score::of(&drawn),
            seconds: median(times),
            megabytes: None,
        })))
    }
}

/// Runs a program to its end and says how many seconds that took; `None` where it had to be stopped.
fn finish(mut command: Command, limit: Option<Duration>) -> Result<Option<f64>, Failure> {
    let begin = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| Failure::program(&command, &error.to_string()))?;
    let status = match limit {
        // Without a limit nothing has to wake up in between.
        None => child.wait()?,
        Some(limit) => loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if begin.elapsed() > limit {
                child.kill()?;
                child.wait()?;
                return Ok(None);
            }
            std::thread::sleep((begin.elapsed() / 200).max(Duration::from_micros(100)));
        },
    };
    let seconds = begin.elapsed().as_secs_f64();
    match status.success() {
        true => Ok(Some(seconds)),
        false => Err(Failure::program(&command, &status.to_string())),
    }
}

/// The most memory that a program ever holds, as GNU time tells it; `None` where that is not installed.
fn memory(command: &Command, folder: &Path) -> Result<Option<f64>, Failure> {
    let time = Path::new("/usr/bin/time");
    if !time.is_file() {
        return Ok(None);
    }
    let told = folder.join("memory.txt");
    let mut timed = Command::new(time);
    timed
        .args(["-f", "%M", "-o"])
        .arg(&told)
        .arg(command.get_program())
        .args(command.get_args());
    if finish(timed, None).is_err() {
        // Some other time, which knows no such options.
        return Ok(None);
    }
    let kibibytes: Option<f64> = std::fs::read_to_string(&told)?.trim().parse().ok();
    Ok(kibibytes.map(|n| n * 1024.0 / 1e6))
}

/// The one in the middle; of an even number, the mean of the two.
fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    let n = times.len();
    if n == 0 {
        f64::NAN
    } else {
        (times[n / 2] + times[(n - 1) / 2]) / 2.0
    }
}
