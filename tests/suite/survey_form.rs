//! The form of a health check, filled in by keyboard in a real browser from a folder, as the person who was sent it does.

use std::path::PathBuf;

use serde_json::json;

use crate::support::folder::Folder;
use crate::support::poll;
use crate::support::webdriver::Browser;

/// The form of a set, opened from its folder; what the browser saves goes to `saved`.
fn opened(set: &str, size: (u32, u32)) -> Option<(Browser, Folder)> {
    let browser = Browser::open(size.0, size.1)?;
    let folder = Folder::new();
    assert_eq!(folder.run(&format!("survey form {set} -o form.html")).code, 0);
    folder.put("saved/.keep", "");
    browser.devtools(
        "Browser.setDownloadBehavior",
        json!({"behavior": "allow", "downloadPath": folder.at("saved").display().to_string()}),
    );
    browser.go(&format!("file://{}", folder.at("form.html").display()));
    Some((browser, folder))
}

fn text(page: &Browser, id: &str) -> String {
    let text = page.run(&format!("return document.getElementById('{id}').textContent"));
    text.as_str().unwrap().to_owned()
}

/// The one CSV file that was saved.
fn saved(folder: &Folder) -> (PathBuf, String) {
    let found = || {
        let all = std::fs::read_dir(folder.at("saved")).unwrap();
        let mut names = all.map(|entry| entry.unwrap().path());
        names.find(|path| path.extension().is_some_and(|ending| ending == "csv"))
    };
    poll::until(|| found().is_some(), || "no file was saved".to_owned());
    let path = found().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

#[test]
fn survey_form_is_filled_in_by_keyboard_kept_and_saved_as_answers() {
    let Some((page, folder)) = opened("visionary", (1000, 800)) else {
        return;
    };
    assert_eq!(page.barriers(), [""; 0], "an empty form");
    // Nothing is answered yet: there is nothing to save, and the page says so.
    page.run("document.getElementById('save').focus()");
    page.keys("{Enter}");
    page.until("document.getElementById('said').textContent.startsWith('Nothing is answered yet')");
    // From the first field on by keys alone: the name, the role, the first answer, a note.
    page.run("document.getElementById('name').focus()");
    page.keys("Ada, the \"first\"{Tab}=owner{Tab} ");
    page.until("document.getElementById('progress').textContent === '1 of 4 answered'");
    page.keys("{ArrowRight}{ArrowRight}{Tab}");
    page.until("document.activeElement.matches('summary')");
    page.keys("{Enter}{Tab}");
    page.until("document.activeElement.matches('textarea')");
    page.keys("<b>not</b> sure, yet");
    assert_eq!(page.barriers(), [""; 0], "a form with answers");
    // Closed and opened again, what was typed is there.
    page.go("about:blank");
    page.go(&format!("file://{}", folder.at("form.html").display()));
    page.until("document.getElementById('progress').textContent === '1 of 4 answered'");
    assert_eq!(
        page.run("return document.getElementById('name').value"),
        json!("Ada, the \"first\"")
    );
    assert_eq!(
        page.run("return document.querySelector('textarea').value"),
        json!("<b>not</b> sure, yet")
    );
    page.run("document.getElementById('save').focus()");
    page.keys("{Enter}");
    page.until("document.getElementById('said').textContent.startsWith('Saved 1 of 4 answers as answers-visionary-round-1-ada')");
    let (path, answers) = saved(&folder);
    assert!(
        answers.starts_with("set,question,respondent,role,answer,note,on,round,version\n"),
        "{answers}"
    );
    assert!(
        answers.contains("visionary,visionary.owned,\"Ada, the \"\"first\"\"\",'=owner,yes,"),
        "{answers}"
    );
    // The program reads what the form saved.
    folder.put("map.json", r#"{"format": 1, "title": "Map"}"#);
    let results = folder.run_words(&[
        "survey",
        "results",
        "map.json",
        "--answers",
        path.to_str().unwrap(),
        "--format",
        "json",
    ]);
    assert_eq!(results.code, 0, "{}", results.told);
    let results: serde_json::Value = serde_json::from_str(&results.out).unwrap();
    assert_eq!(
        (&results[0]["counts"], &results[0]["notes"]),
        (&json!([0, 0, 1]), &json!(["<b>not</b> sure, yet"]))
    );
    // An answer can be taken back.
    page.run("document.querySelector('.clear').focus()");
    page.keys("{Enter}");
    page.until("document.getElementById('progress').textContent === '0 of 4 answered'");
}

#[test]
fn survey_form_without_a_name_keeps_the_answers_of_one_person_together() {
    let Some((page, folder)) = opened("critical-success-factors", (1000, 800)) else {
        return;
    };
    page.run("document.querySelectorAll('fieldset')[0].querySelector('input').focus()");
    page.keys(" ");
    page.run("document.querySelectorAll('fieldset')[70].querySelector('input').focus()");
    page.keys("{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}");
    page.until("document.getElementById('progress').textContent === '2 of 71 answered'");
    page.click("#save");
    let (path, answers) = saved(&folder);
    let rows: Vec<Vec<&str>> = answers.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 2, "{answers}");
    assert!(
        rows[0][2].starts_with("anonymous-") && rows[0][2] == rows[1][2],
        "{answers}"
    );
    assert_eq!((rows[0][4], rows[1][4]), ("1", "don't know"), "{answers}");
    assert!(
        path.to_string_lossy()
            .contains("answers-critical-success-factors-round-1-anonymous-")
    );
    // Nothing was asked of any network.
    let asked = page.run("return performance.getEntriesByType('resource').length");
    assert_eq!(asked, json!(0));
}

#[test]
fn survey_form_fits_a_telephone_and_says_where_nothing_is_kept() {
    let Some((page, folder)) = opened("critical-success-factors", (360, 740)) else {
        return;
    };
    assert_eq!(
        page.run("return document.documentElement.scrollWidth <= innerWidth"),
        json!(true)
    );
    assert_eq!(page.barriers(), [""; 0], "on a telephone");
    let least = page.run(
        "return Math.min(...[...document.querySelectorAll('.answers label')].map((e) => e.getBoundingClientRect().height))",
    );
    assert!(least.as_f64().unwrap() >= 24.0, "{least}");
    assert!(text(&page, "kept").contains("This browser keeps what you type"));
    // A browser that refuses to keep anything, as some do for files.
    page.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({"source": "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"}),
    );
    page.go(&format!("file://{}", folder.at("form.html").display()));
    page.until("document.getElementById('kept').textContent.includes('does not keep what you type')");
    page.run("document.querySelector('fieldset input').focus()");
    page.keys(" ");
    page.until("document.getElementById('progress').textContent === '1 of 71 answered'");
}
