//! The program as a script meets it: a command line, what came out, and the list of all commands.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use super::poll::within;

/// Where the program is that is tried: the one that `BENEFIT_MAP_PROGRAM` names, else the one that cargo built for these tests.
///
/// One that was built with optimising does in minutes what takes the other a quarter of an hour.
pub fn program() -> &'static str {
    static PROGRAM: LazyLock<String> = LazyLock::new(|| {
        std::env::var("BENEFIT_MAP_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_benefit-map").to_owned())
    });
    &PROGRAM
}

/// The binary, with nothing of this machine's environment that could change what it says.
pub fn benefit_map() -> Command {
    let mut command = Command::new(program());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    command.env("SOURCE_DATE_EPOCH", "1774958400"); // 2026-03-31
    command
}

/// What a command prints, and how it ends. One that goes on is killed, and the signal is then in its status: a suite that waits for it
/// would never end.
pub fn output_in_time(command: &mut Command) -> Output {
    const LONGEST: Duration = Duration::from_secs(240);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut out, mut told) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (stdout, stderr, status) = std::thread::scope(|scope| {
        let read = |from: &mut dyn Read| {
            let mut all = Vec::new();
            from.read_to_end(&mut all).map(|_| all).unwrap()
        };
        let out = scope.spawn(move || read(&mut out));
        let told = scope.spawn(move || read(&mut told));
        let status = within(LONGEST, || child.try_wait().unwrap()).unwrap_or_else(|| {
            child.kill().unwrap();
            child.wait().unwrap()
        });
        (out.join().unwrap(), told.join().unwrap(), status)
    });
    Output { status, stdout, stderr }
}

/// What came of a command line.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub told: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            told: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// The help of a command.
pub fn help(command: &[String]) -> String {
    let output = benefit_map().args(command).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The commands that a page of help lists.
pub fn listed(help: &str) -> Vec<String> {
    let Some((_, list)) = help.split_once("Commands:\n") else {
        return Vec::new();
    };
    list.lines()
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|name| name != "help")
        .collect()
}

/// The first words of all command lines, as `help --all` lists them; names that are understood besides are left out.
pub fn names() -> Vec<String> {
    let output = benefit_map().args(["help", "--all"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let (list, besides) = help.split_once("Also understood:").expect("the list ends so");
    assert!(besides.contains("validate"), "{besides}");
    list.lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|name| name != "help")
        .collect()
}

/// Every command that does something, with its help: `import tables`, but not `import`.
pub fn commands() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting: Vec<Vec<String>> = names().into_iter().map(|name| vec![name]).collect();
    while let Some(command) = waiting.pop() {
        let page = help(&command);
        let below = listed(&page);
        if below.is_empty() {
            found.push((command.join(" "), page));
        }
        waiting.extend(below.into_iter().map(|sub| {
            let mut whole = command.clone();
            whole.push(sub);
            whole
        }));
    }
    found.sort();
    found
}

/// The options of a page of help that take a value, each with the name of that value: `--output FILE`.
pub fn options(help: &str) -> Vec<(String, String)> {
    help.lines()
        .filter_map(|line| {
            let line = line.trim_start();
            let long = line
                .strip_prefix("-")
                .filter(|line| line.starts_with('-') || line.get(1..3) == Some(", "))?;
            let long = &long[long.find("--").map_or(0, |at| at + 2)..].trim_start_matches('-');
            let (name, value) = long.split_once(' ')?;
            let value = value.trim().strip_prefix('<')?.split('>').next()?;
            Some((name.to_owned(), value.to_owned()))
        })
        .collect()
}

/// Runs a command on the day that the examples speak of.
pub fn run_in_2028(dir: &Path, args: &[&str]) -> Output {
    benefit_map()
        .current_dir(dir)
        .args(args)
        .env("SOURCE_DATE_EPOCH", "1838246400") // 2028-04-01
        .output()
        .unwrap()
}
