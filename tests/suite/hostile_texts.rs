//! Text from people reaches no terminal, no build server, no browser and no spreadsheet as anything but text.
//!
//! A map with something hostile in every text of every record, in a file of a hostile name, goes through every command, every
//! option and every format that the help lists. What comes out is held against what must never come out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use crate::support::hostile_map::{MAP, MARK, PIECES, STARTS, hostile_map};
use crate::support::hostile_outputs::{Kind, faults_of, holds};
use crate::support::program::{output_in_time, program};

fn benefit_map(dir: &Path) -> Command {
    let mut command = Command::new(program());
    command
        .current_dir(dir)
        .env("SOURCE_DATE_EPOCH", "1774958400")
        .stdin(Stdio::null());
    command
}

/// An option as the help of a command lists it.
#[derive(Debug, Default, Clone)]
struct Opt {
    flag: String,
    value: Option<String>,
    words: Vec<String>,
    /// The endings that its value may have.
    endings: Vec<String>,
}

/// A command that has no commands below it.
#[derive(Debug, Clone)]
struct Job {
    words: Vec<String>,
    places: Vec<String>,
    options: Vec<Opt>,
    required: BTreeSet<String>,
}

fn help(words: &[String]) -> String {
    let mut command = benefit_map(Path::new("."));
    let output = command.args(words).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Every command that does something, from the help of all.
fn jobs(words: &[String]) -> Vec<Job> {
    if words.is_empty() {
        return crate::support::program::names()
            .into_iter()
            .flat_map(|name| jobs(&[name]))
            .collect();
    }
    let text = help(words);
    if let Some((_, list)) = text.split_once("Commands:\n") {
        return list
            .lines()
            .take_while(|line| !line.trim().is_empty())
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .map(|line| line.split_whitespace().next().unwrap().to_owned())
            .filter(|name| name != "help")
            .flat_map(|name| jobs(&[words, &[name]].concat()))
            .collect();
    }
    let usage = text.lines().find(|line| line.starts_with("Usage:")).unwrap();
    let mut required = BTreeSet::new();
    let mut before = "";
    let mut places = Vec::new();
    for word in usage.split_whitespace().skip(2) {
        if let Some(flag) = before.strip_prefix("--").filter(|_| word.starts_with('<')) {
            required.insert(flag.to_owned());
        } else if word.starts_with('<') || (word.starts_with('[') && word != "[OPTIONS]") {
            places.push(word.trim_end_matches('.').trim_matches(['<', '>', '[', ']']).to_owned());
        }
        before = word;
    }
    vec![Job {
        words: words.to_vec(),
        places,
        options: options(&text),
        required,
    }]
}

fn options(help: &str) -> Vec<Opt> {
    let mut all: Vec<Opt> = Vec::new();
    for line in help.lines() {
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        if indent <= 6 && trimmed.starts_with('-') {
            let long = trimmed.split(", ").last().unwrap();
            let (flag, value) = long
                .split_once(' ')
                .map_or((long, None), |(flag, value)| (flag, Some(value)));
            all.push(Opt {
                flag: flag.trim_start_matches('-').to_owned(),
                value: value.map(|value| {
                    value
                        .trim_end_matches('.')
                        .trim_matches(['<', '>', '[', ']'])
                        .to_owned()
                }),
                ..Opt::default()
            });
        } else if let Some(option) = all.last_mut().filter(|_| indent >= 10) {
            if let Some(word) = trimmed.strip_prefix("- ") {
                option.words.extend(word.split(':').next().map(str::to_owned));
            }
            if let Some(list) = trimmed.strip_prefix("[possible values: ") {
                option
                    .words
                    .extend(list.trim_end_matches(']').split(", ").map(str::to_owned));
            }
            let quoted = trimmed.split('`').skip(1).step_by(2);
            option
                .endings
                .extend(quoted.filter(|word| word.starts_with('.')).map(str::to_owned));
        }
    }
    let own = ["help", "version", "color"];
    all.retain(|option| !own.contains(&option.flag.as_str()));
    all
}

const MEASURED: &str = "kpi,date,value,source,note\n";

/// A folder with everything that a command may read, under names that are hostile too.
struct Room {
    dir: TempDir,
}

impl Room {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at(MAP), hostile_map(0)).unwrap();
        fs::write(at("old\u{1b}\n::error::.json"), hostile_map(5)).unwrap();
        let mut measured = MEASURED.to_owned();
        for (i, (kpi, value)) in [
            ("overflow-reports", 300),
            ("rounds-km", 5000),
            ("missed-collections", 3),
        ]
        .into_iter()
        .cycle()
        .take(60)
        .enumerate()
        {
            let said =
                format!("{}{MARK}{}", STARTS[i % STARTS.len()], PIECES[i % PIECES.len()]).replace(['"', '\0'], "");
            measured.push_str(&format!(
                "{kpi},2027-{:02}-28,{value},\"{said}\",\"{said}\"\n",
                i % 12 + 1
            ));
            measured.push_str(&format!("\"no{said}\",2027-01-28,\"{said}\",\"{said}\",\n"));
        }
        fs::write(at("v\u{9b}\n::error::.csv"), measured).unwrap();
        fs::create_dir(at("tables")).unwrap();
        let room = Self { dir };
        for format in ["dot", "graphml", "archimate", "xlsx", "tables"] {
            let to = match format {
                "tables" => "tables".to_owned(),
                "archimate" => "in\u{1b}\n::error::.xml".to_owned(),
                _ => format!("in\u{1b}\n::error::.{format}"),
            };
            let done = room.run(&["export", format, MAP, "-o", &to]);
            assert_eq!(
                done.status.code(),
                Some(0),
                "{format}: {}",
                String::from_utf8_lossy(&done.stderr)
            );
        }
        let text = format!("{MARK}{}", PIECES.join(" ")).replace('\0', "");
        let quoted = text.replace('"', "\"\"");
        let elements = format!(
            "ID,Type,Name,Documentation,Specialization\ne1,\"{quoted}\",\"{quoted}\",\"{quoted}\",\ne2,Goal,\"{quoted}\",,\n"
        );
        fs::create_dir(room.at("archi-csv")).unwrap();
        fs::write(room.at("archi-csv/elements.csv"), elements).unwrap();
        let relations =
            format!("ID,Type,Name,Documentation,Source,Target\nr1,\"{quoted}\",\"{quoted}\",,e1,\"{quoted}\"\n");
        fs::write(room.at("archi-csv/relations.csv"), relations).unwrap();
        let kumu = serde_json::json!({"elements": [
            {"_id": "a", "attributes": {"label": text, "element type": text, "description": text}},
            {"_id": "b", "attributes": {"label": text, "element type": "Goal", "tags": [text]}}],
            "connections": [{"_id": "c", "from": "a", "to": "b", "attributes": {"label": text, "connection type": text}}]});
        fs::write(room.at("in\u{1b}\n::error::.kumu.json"), kumu.to_string()).unwrap();
        let seals = "s\u{1b}\n::error::.seals.json";
        room.run(&[
            "seal",
            "old\u{1b}\n::error::.json",
            "-o",
            seals,
            "--by",
            &text,
            "--note",
            &text,
        ]);
        assert!(room.at(seals).exists());
        room
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        output_in_time(benefit_map(self.dir.path()).args(args))
    }

    /// What to give where the help names a value so.
    fn value(&self, job: &Job, option: &str, name: &str) -> Vec<String> {
        let command = job.words.join(" ");
        let hostile = format!("{MARK}{}", PIECES.join("")).replace('\0', "");
        let one = match (command.as_str(), option, name) {
            ("diff", "", "MAP") => return vec!["old\u{1b}\n::error::.json".to_owned(), MAP.to_owned()],
            ("import tables", "", _) => "tables",
            ("import archi-csv", "", _) => "archi-csv",
            ("import kumu", "", _) => "in\u{1b}\n::error::.kumu.json",
            ("import archimate", "", _) => "in\u{1b}\n::error::.xml",
            (import, "", "FILE") if import.starts_with("import ") => {
                return vec![format!("in\u{1b}\n::error::.{}", &import["import ".len()..])];
            }
            ("completions", ..) => "bash",
            (_, "verify" | "seals", _) => "s\u{1b}\n::error::.seals.json",
            (_, "since" | "onto", _) => "old\u{1b}\n::error::.json",
            (_, _, "MAP") => MAP,
            (_, _, "DATE") => "2028-04-01",
            (_, "measurements", _) | (_, _, "FILES") => "v\u{9b}\n::error::.csv",
            (_, _, "NODE") => "fewer-overflows",
            (_, _, "KPI") => "rounds-km",
            (_, _, "OWNER") => "dir-place",
            (_, _, "COUNT" | "STEPS" | "TIMES") => "2",
            (_, _, "WHAT") => "owner",
            (_, _, "SUBJECT") => "map",
            (_, _, "MEASURE=PERCENT") => "line-of-sight=100",
            // Whatever else is a text may be hostile itself.
            _ => return vec![hostile],
        };
        vec![one.to_owned()]
    }
}

/// One run of a command.
#[derive(Debug, Clone)]
struct Run {
    args: Vec<String>,
    /// The file or folder that it writes.
    output: Option<String>,
}

/// The endings that the help names for an output; where it names none, those of all formats, of which one fits and the others are
/// refused in words.
fn endings_of<'o>(job: &Job, option: &'o Opt) -> Vec<&'o str> {
    if !option.endings.is_empty() {
        return option.endings.iter().map(String::as_str).collect();
    }
    match (option.value.as_deref(), job.words.last().map(String::as_str)) {
        (Some("MAP"), _) => vec![".json"],
        (Some("DIR"), _) => vec![""],
        (_, Some("xlsx")) => vec![".xlsx"],
        _ if job.words[0] == "export" => vec![".drawio", ".xml", ".graphml", ".dot", ".mmd"],
        _ => vec![".json", ""],
    }
}

/// The command alone, and with each of its options and each of their values by itself.
///
/// What a value means is one thing for all commands that have it, so each is tried once; formats and outputs are tried with every
/// command.
fn runs(room: &Room, job: &Job, number: &AtomicUsize, tried: &mut BTreeSet<String>) -> Vec<Run> {
    let mut base: Vec<String> = job.words.clone();
    for place in &job.places {
        base.extend(room.value(job, "", place));
    }
    let out = |ending: &str| {
        let n = number.fetch_add(1, Ordering::Relaxed);
        format!("out{n}\u{1b}[31m\n::error::{ending}")
    };
    let needs = |except: &str| -> (Vec<String>, Option<String>) {
        let mut args = Vec::new();
        let mut output = None;
        for option in job
            .options
            .iter()
            .filter(|o| job.required.contains(&o.flag) && o.flag != except)
        {
            let name = out(endings_of(job, option)[0]);
            args.extend([format!("--{}", option.flag), name.clone()]);
            output = Some(name);
        }
        (args, output)
    };
    let mut all = Vec::new();
    let mut add = |more: Vec<String>, except: &str, own: Option<String>| {
        let (needed, output) = needs(except);
        all.push(Run {
            args: [base.clone(), more, needed].concat(),
            output: own.or(output),
        });
    };
    add(Vec::new(), "", None);
    // With --watch a command runs until it is stopped, and does the same each time.
    for option in job.options.iter().filter(|option| option.flag != "watch") {
        let shared = !["format", "formats", "output", "measurements"].contains(&option.flag.as_str());
        let kind = format!("--{} {:?}", option.flag, option.value);
        if shared && !tried.insert(kind) {
            continue;
        }
        let flag = format!("--{}", option.flag);
        let companions: Vec<String> = match option.flag.as_str() {
            "from" => vec!["--to".to_owned(), "cleaner-city".to_owned()],
            "to" => vec!["--from".to_owned(), "inv-sensors".to_owned()],
            "depth" | "only" => vec!["--focus".to_owned(), "fewer-overflows".to_owned()],
            "sparkline" => vec!["--kpi".to_owned(), "rounds-km".to_owned()],
            "agree" | "challenge" => ["--by", "dir-place", "-o"]
                .map(str::to_owned)
                .into_iter()
                .chain([out(".json")])
                .collect(),
            _ => Vec::new(),
        };
        match (&option.value, option.flag.as_str()) {
            (None, _) => add([vec![flag], companions].concat(), "", None),
            (Some(_), "output") => {
                for ending in endings_of(job, option) {
                    let name = out(ending);
                    add(vec![flag.clone(), name.clone()], "output", Some(name));
                }
            }
            (Some(name), _) if option.words.is_empty() => {
                let value = room.value(job, &option.flag, name);
                add([vec![flag], value, companions].concat(), "", None);
            }
            (Some(_), _) => {
                for word in &option.words {
                    add(
                        [vec![flag.clone(), word.clone()], companions.clone()].concat(),
                        "",
                        None,
                    );
                }
            }
        }
    }
    all
}

/// What is wrong with what a run printed and wrote.
fn judge(room: &Room, run: &Run) -> (Vec<String>, bool) {
    let args: Vec<&str> = run.args.iter().map(String::as_str).collect();
    let output = room.run(&args);
    let github = run
        .args
        .windows(2)
        .any(|two| two[0] == "--format" && two[1] == "github");
    let mut faults = Vec::new();
    let mut say =
        |what: &str, found: Vec<String>| faults.extend(found.into_iter().map(|fault| format!("{what}: {fault}")));
    if !matches!(output.status.code(), Some(0..=2)) {
        say("exit", vec![format!("{:?}", output.status)]);
    }
    say("stderr", faults_of(&output.stderr, Kind::People));
    let kind = match run.args[0].as_str() {
        _ if github => Kind::Annotations,
        // A program for a shell, whose first line is a remark.
        "completions" => Kind::People,
        _ => Kind::of(&output.stdout),
    };
    say("stdout", faults_of(&output.stdout, kind));
    let mut seen = holds(&output.stdout, MARK) || holds(&output.stderr, MARK);
    // What writes in place writes the map.
    let in_place = (run.args[0] == "fmt" && !run.args.iter().any(|arg| arg == "--check")).then(|| MAP.to_owned());
    let mut written: Vec<PathBuf> = run.output.iter().chain(&in_place).map(|name| room.at(name)).collect();
    while let Some(path) = written.pop() {
        if path.is_dir() {
            written.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if let Ok(bytes) = fs::read(&path) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            seen |= holds(&bytes, MARK);
            say(&format!("{name:?}"), faults_of(&bytes, Kind::named(&name, &bytes)));
        }
    }
    (faults, seen)
}

#[test]
#[cfg(unix)]
fn hostile_text_is_text_in_every_output_of_every_command() {
    let room = Room::new();
    let jobs: Vec<Job> = jobs(&[])
        .into_iter()
        // They run until they are stopped; what they write is made by the same code as `draw` and `portfolio dashboard`.
        .filter(|job| job.words[0] != "workshop" && job.words.last().is_none_or(|word| word != "watch"))
        .collect();
    assert!(jobs.len() >= 35, "{} commands were found in the help", jobs.len());
    let number = AtomicUsize::new(0);
    let mut tried = BTreeSet::new();
    let all: Vec<Run> = jobs
        .iter()
        .flat_map(|job| runs(&room, job, &number, &mut tried))
        .collect();
    assert!(all.len() >= 180, "{} runs were made of the help", all.len());
    let next = AtomicUsize::new(0);
    let faults = Mutex::new(Vec::new());
    let seen = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(run) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (found, marked) = judge(&room, run);
                    let name = run.args.join(" ");
                    faults
                        .lock()
                        .unwrap()
                        .extend(found.into_iter().map(|fault| format!("{name:?}\n    {fault}")));
                    if marked {
                        seen.lock().unwrap().insert(run.args[0].clone());
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(
        faults.is_empty(),
        "{} of {} runs:\n  {}",
        faults.len(),
        all.len(),
        faults[..faults.len().min(40)].join("\n  ")
    );
    // What takes a map shows its words: were they not there, nothing would have been tried.
    let seen = seen.into_inner().unwrap();
    let reads = |job: &&Job| job.places.iter().any(|place| place == "MAP") && job.words[0] != "new";
    let silent: BTreeSet<&str> = jobs
        .iter()
        .filter(reads)
        .map(|job| job.words[0].as_str())
        .filter(|word| !seen.contains(*word))
        .collect();
    assert_eq!(silent, BTreeSet::new(), "the text was not seen");
}
