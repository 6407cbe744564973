//! Measures the layout: what our pictures are worth and what they cost, beside those of Graphviz dot and of layout-rs.
//!
//! `cargo run --release --example layout_bench -- --suite` needs nothing but Graphviz (`dot`), and prints a table that
//! anybody can hold against ours. `--help` tells the rest.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock, its arguments and the files that programs write"
)]

mod ours;
mod peer;
mod race;
mod report;
mod rust_peer;
mod score;
mod stability;
mod staged;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use benefit_map::map::BenefitMap;

use ours::Ours;
use peer::Pinned;
use race::Course;
use score::{Picture, PictureError, Score};
use staged::Pattern;

const HELP: &str = "\
Measures the layout beside Graphviz dot and layout-rs.

What to measure, one or several; the report has them in this order:
  MAP.json ...             maps of your own
  --suite                  nine generated maps of 12 to 10,000 nodes
  --seeds A..B             generated maps of other seeds, B included, with --nodes N (repeatable; 100) and --hard
  --stability              what moves when a node is added: --trials N (200), --seed N (1)
How:
  --engine                 our layout engine alone, on boxes of plain sizes; else `benefit-map draw --format scene`
  --program FILE           that `benefit-map`; else it is built first from what stands here
  --columns                hold dot to our columns, where nodes of one stage feed each other; else to the stages
  --rounds N               how often each side draws each map (9); slow ones are drawn less often
  --limit SECONDS          how long dot, and layout-rs, may take for one map (60); 0: neither is run
  --only-layout-rs         do not run dot
  --rows                   with --seeds: a row for every map
  --keep FOLDER            keep maps and drawings there
  --write                  put the report into docs/performance.md
Parts by themselves:
  --map N [--hard] [--seed N]    print a generated map
  --score MAP.json SCENE.json    print the figures of a drawing
";

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line asks for nothing that there is.
    #[error("{0}")]
    Usage(String),
    /// A program that is measured did not do its work.
    #[error("`{command}` failed: {why}")]
    Program {
        /// As it was called.
        command: String,
        /// As the system or the program tells it.
        why: String,
    },
    /// A drawing cannot be told against its map.
    #[error("{0}")]
    Picture(#[from] PictureError),
    /// A file of the benchmark's own cannot be read or written.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// A file that was named cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// As it was named.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file holds no map.
    #[error("{path} holds no map: {source}")]
    NoMap {
        /// As it was named.
        path: String,
        /// Why.
        source: serde_json::Error,
    },
}

impl Failure {
    fn program(command: &Command, why: &str) -> Self {
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        Self::Program {
            command: words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" "),
            why: why.to_owned(),
        }
    }
}

/// What was asked for.
#[derive(Debug)]
struct Asked {
    maps: Vec<PathBuf>,
    suite: bool,
    seeds: Option<(u64, u64)>,
    nodes: Vec<usize>,
    pattern: Pattern,
    stability: bool,
    trials: usize,
    seed: u64,
    engine: bool,
    program: Option<PathBuf>,
    pinned: Pinned,
    rounds: usize,
    limit: u64,
    without_dot: bool,
    rows: bool,
    keep: Option<PathBuf>,
    write: bool,
}

impl Asked {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut asked = Self {
            maps: Vec::new(),
            suite: false,
            seeds: None,
            nodes: Vec::new(),
            pattern: Pattern::Local,
            stability: false,
            trials: 200,
            seed: 1,
            engine: false,
            program: None,
            pinned: Pinned::Stages,
            rounds: 9,
            limit: 60,
            without_dot: false,
            rows: false,
            keep: None,
            write: false,
        };
        while let Some(word) = words.next() {
            let mut value = || {
                words
                    .next()
                    .ok_or_else(|| Failure::Usage(format!("{word} wants a value")))
            };
            match word.as_str() {
                "--suite" => asked.suite = true,
                "--seeds" => asked.seeds = Some(range(&value()?)?),
                "--nodes" => asked.nodes.push(number(&value()?)? as usize),
                "--hard" => asked.pattern = Pattern::Random,
                "--stability" => asked.stability = true,
                "--trials" => asked.trials = number(&value()?)? as usize,
                "--seed" => asked.seed = number(&value()?)?,
                "--engine" => asked.engine = true,
                "--program" => asked.program = Some(value()?.into()),
                "--columns" => asked.pinned = Pinned::Columns,
                "--rounds" => asked.rounds = number(&value()?)?.max(1) as usize,
                "--limit" => asked.limit = number(&value()?)?,
                "--only-layout-rs" => asked.without_dot = true,
                "--rows" => asked.rows = true,
                "--keep" => asked.keep = Some(value()?.into()),
                "--write" => asked.write = true,
                other if other.starts_with('-') => {
                    return Err(Failure::Usage(format!("{other} is not known: see --help")));
                }
                file => asked.maps.push(file.into()),
            }
        }
        if asked.nodes.is_empty() {
            asked.nodes.push(100);
        }
        Ok(asked)
    }
}

fn number(text: &str) -> Result<u64, Failure> {
    text.parse()
        .map_err(|_| Failure::Usage(format!("`{text}` is not a whole number")))
}

fn range(text: &str) -> Result<(u64, u64), Failure> {
    match text.split_once("..") {
        Some((first, last)) => Ok((number(first)?, number(last.trim_start_matches('='))?)),
        None => number(text).map(|seed| (seed, seed)),
    }
}

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(text) => match std::io::stdout().lock().write_all(text.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(failure) => {
            tell(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

/// What is to be printed.
fn run(words: &[String]) -> Result<String, Failure> {
    Ok(match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] | ["--help" | "-h"] => HELP.to_owned(),
        ["--arrange", map, scene] => {
            let map = read(Path::new(map))?;
            std::fs::write(scene, ours::arranged_scene(&map))?;
            String::new()
        }
        [rust_peer::WORD, map, sizes, scene] => {
            let map = read(Path::new(map))?;
            let sizes = Picture::of(&map, &text(Path::new(sizes))?)?;
            std::fs::write(scene, ours::scene(&map, &rust_peer::drawn(&map, &sizes)))?;
            String::new()
        }
        ["--score", map, scene] => {
            let picture = Picture::of(&read(Path::new(map))?, &text(Path::new(scene))?)?;
            format!("{:#}\n", serde_json::json!(Score::of(&picture)))
        }
        ["--map", nodes, ..] => {
            let asked = Asked::read(words[2..].iter().cloned())?;
            benefit_map::file::write(&staged::map(number(nodes)? as usize, asked.pattern, asked.seed))
        }
        _ => measure(&Asked::read(words.iter().cloned())?)?,
    })
}

fn read(path: &Path) -> Result<BenefitMap, Failure> {
    serde_json::from_str(&text(path)?).map_err(|source| Failure::NoMap {
        path: path.display().to_string(),
        source,
    })
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|source| Failure::Unreadable {
        path: path.display().to_string(),
        source,
    })
}

/// Past the report, for who waits.
fn tell(text: &str) {
    // Where nobody can be told, there is nothing else to do.
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn measure(asked: &Asked) -> Result<String, Failure> {
    let scratch = tempfile::tempdir()?;
    let folder = asked.keep.clone().unwrap_or_else(|| scratch.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    let limit = (asked.limit > 0).then_some(Duration::from_secs(asked.limit));
    let dot = peer::version().filter(|_| limit.is_some() && !asked.without_dot);
    if dot.is_none() && !asked.without_dot {
        tell(
            "dot is not run: every figure beside it is missing. Install Graphviz, so that `dot -V` answers, \
             for a comparison.",
        );
    }
    let course = Course {
        ours: ours(asked)?,
        limit: limit.filter(|_| dot.is_some()),
        rust: limit
            .map(|limit| Ok::<_, Failure>((std::env::current_exe()?, limit)))
            .transpose()?,
        pinned: asked.pinned,
        rounds: asked.rounds,
        folder,
    };
    let race = |name: &str, map: &BenefitMap| {
        tell(&format!("{name} …"));
        course.run(name, map)
    };
    let mut report = format!(
        "{}; {}. Times are whole processes, the median of runs turn by turn.\n\n",
        match &course.ours {
            Ours::Program(_) => "`benefit-map draw --format scene`",
            Ours::Engine(_) => "The layout engine alone, on boxes of plain sizes",
        },
        dot.map_or("dot was not run".to_owned(), |version| {
            let pinned = match asked.pinned {
                Pinned::Stages => "stages",
                Pinned::Columns => "our columns",
            };
            format!("dot: {version}, `splines=polyline`, {pinned} pinned")
        })
    );

    let mut races = Vec::new();
    for path in &asked.maps {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        races.push(race(name.split('.').next().unwrap_or_default(), &read(path)?)?);
    }
    if asked.suite {
        for nodes in [12, 30, 100, 300, 1000, 3000, 10_000] {
            races.push(race(&format!("local-{nodes}"), &staged::map(nodes, Pattern::Local, 1))?);
        }
        for nodes in [100, 1000] {
            races.push(race(
                &format!("random-{nodes}"),
                &staged::map(nodes, Pattern::Random, 1),
            )?);
        }
    }
    if !races.is_empty() {
        report += &report::table(&races);
        report.push('\n');
        report += &report::looks(&races);
        report.push('\n');
        if course.rust.is_some() {
            report += &report::beside_layout_rs(&races);
            report.push('\n');
        }
    }
    if let Some((first, last)) = asked.seeds {
        let name = if asked.pattern == Pattern::Local {
            "local"
        } else {
            "random"
        };
        let (mut rows, mut means) = (Vec::new(), String::new());
        for &nodes in &asked.nodes {
            let mut races = Vec::new();
            for seed in first..=last {
                races.push(race(
                    &format!("{name}-{nodes}-{seed}"),
                    &staged::map(nodes, asked.pattern, seed),
                )?);
            }
            means += &report::means(&format!("{name}-{nodes}, seeds {first} to {last}"), &races).unwrap_or_default();
            rows.extend(races);
        }
        if asked.rows {
            report += &report::table(&rows);
            report.push('\n');
        }
        if !means.is_empty() {
            report += &format!("{}{means}\n", report::MEANS_HEAD);
        }
    }
    if asked.stability {
        tell("stability …");
        let found = stability::measure(asked.trials, asked.seed, course.limit.is_some(), &course.folder)?;
        report += &report::stability(&found);
    }
    if asked.write {
        write(&report)?;
    }
    Ok(report)
}

/// Our side: the program, built first so that what is measured is what stands here, or this program for the engine.
fn ours(asked: &Asked) -> Result<Ours, Failure> {
    let me = std::env::current_exe()?;
    if asked.engine {
        return Ok(Ours::Engine(me));
    }
    if let Some(program) = &asked.program {
        return Ok(Ours::Program(program.clone()));
    }
    let mut build = Command::new(env!("CARGO"));
    build
        .args([
            "build",
            "--release",
            "--quiet",
            "--bin",
            "benefit-map",
            "--manifest-path",
        ])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    let status = build.status()?;
    if !status.success() {
        return Err(Failure::program(&build, &status.to_string()));
    }
    // This program is `target/release/examples/layout_bench`.
    let release = me
        .parent()
        .and_then(Path::parent)
        .map(|target| target.with_file_name("release"));
    let program = release
        .unwrap_or_default()
        .join(format!("benefit-map{}", std::env::consts::EXE_SUFFIX));
    Ok(Ours::Program(program))
}

fn write(report: &str) -> Result<(), Failure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    let page = text(&path)?;
    let page = report::placed(&page, report)
        .ok_or_else(|| Failure::Usage("docs/performance.md has no place for the report of the layout".to_owned()))?;
    Ok(std::fs::write(path, page)?)
}
