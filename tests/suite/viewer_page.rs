//! The page to send, opened from a folder in a real browser, as the person who was sent it does.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::support::program::program;
use crate::support::webdriver::Browser;

/// The example's page with charts and findings, in a window of that size.
fn opened(size: (u32, u32)) -> Option<(Browser, tempfile::TempDir)> {
    let browser = Browser::open(size.0, size.1)?;
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps/smart-waste");
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("map.html");
    let done = Command::new(program())
        .arg("draw")
        .arg(example.join("map.json"))
        .arg("--measurements")
        .arg(example.join("measurements.csv"))
        .args(["--as-of", "2028-04-01", "--findings", "audit", "-o"])
        .arg(&page)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    browser.go(&format!("file://{}", page.display()));
    // The script ran, which the page's own policy has to let it.
    browser.until("document.documentElement.classList.contains('live')");
    Some((browser, folder))
}

fn card(id: &str) -> String {
    format!("[data-card=\"{id}\"]")
}

/// How many boxes are not set back.
fn in_sight(page: &Browser) -> u64 {
    page.run("return document.querySelectorAll('[data-card]:not(.off)').length")
        .as_u64()
        .unwrap()
}

fn told(page: &Browser) -> String {
    let told = page.run("return document.getElementById('told').textContent");
    told.as_str().unwrap().to_owned()
}

fn heading(page: &Browser) -> String {
    let heading = page.run("return document.querySelector('#panel h2')?.textContent ?? ''");
    heading.as_str().unwrap().to_owned()
}

#[test]
fn a_box_and_a_link_tell_their_line_of_sight_by_mouse() {
    let Some((page, _folder)) = opened((1440, 900)) else {
        return;
    };
    assert_eq!(page.barriers(), [""; 0], "the whole map");
    assert_eq!(in_sight(&page), 33);
    // Counted on the drawing: three investments, three enablers, four changes and a missed collection lead to it, and
    // it leads to lower cost.
    page.click(&card("fewer-calls"));
    assert_eq!(heading(&page), "Fewer calls about collections");
    let lit = in_sight(&page);
    assert_eq!(told(&page), format!("{lit} of 33 boxes in the line of sight"));
    let on = |id: &str| {
        page.run(&format!(
            "return !document.querySelector('[data-card=\"{id}\"]').classList.contains('off')"
        ))
    };
    for (id, is) in [
        ("fewer-missed", true),
        ("lower-cost", true),
        ("reminders", true),
        ("less-litter", false),
    ] {
        assert_eq!(on(id), json!(is), "{id}");
    }
    assert_eq!(page.barriers(), [""; 0], "a box is chosen");
    // What is named in the panel leads on.
    page.run(
        "[...document.querySelectorAll('#panel a')].find((a) => a.textContent === 'Fewer missed collections').click()",
    );
    assert_eq!(heading(&page), "Fewer missed collections");
    page.keys("{Escape}");
    assert_eq!((in_sight(&page), told(&page).as_str()), (33, ""));
    // All of the map is looked at again: a place along the line that is in the window, and a few px beside it: a line is thin.
    page.keys("0");
    let at = page.run(
        "const line = document.querySelector('g[data-from=\"inv-digital\"][data-to=\"collection-app\"] path');
         for (let part = 0.5; part > 0.1; part -= 0.02) {
           const p = line.getPointAtLength(line.getTotalLength() * part).matrixTransform(line.getScreenCTM());
           if (p.x > 10 && p.x < innerWidth - 10 && p.y > 10 && p.y < innerHeight - 10) return [p.x, p.y + 2];
         }
         const p = line.getBoundingClientRect(); return ['the line is out of the window', p.x, p.y, p.width, p.height, innerWidth, innerHeight]",
    );
    let px = |i: usize| at[i].as_f64().unwrap_or_else(|| panic!("{at}")).round() as i64;
    page.drag(&[(px(0), px(1))]);
    assert_eq!(heading(&page), "Why does this lead to that?");
    page.until("document.getElementById('panel').textContent.includes('The app shows what the customer system knows')");
    assert_eq!(page.barriers(), [""; 0], "a link is chosen");
}

#[test]
fn a_box_is_found_chosen_and_left_by_keyboard() {
    let Some((page, _folder)) = opened((1440, 900)) else {
        return;
    };
    let width = || {
        page.run("return document.querySelector('#stage svg').viewBox.baseVal.width")
            .as_f64()
            .unwrap()
    };
    let whole = width();
    page.keys("/landfill");
    page.until("document.getElementById('told').textContent.startsWith('1 of 33 boxes found')");
    assert_eq!(page.barriers(), [""; 0], "a search");
    page.keys("{Enter}");
    assert_eq!(heading(&page), "Less waste sent to landfill");
    page.keys("{Escape}");
    page.run("document.querySelector('[data-card]').focus()");
    let first = page.run("return document.activeElement.dataset.card");
    page.keys("{Tab}{Enter}");
    page.until("document.activeElement.id === 'panel'");
    assert_ne!(page.run("return document.querySelector('.chosen').dataset.card"), first);
    page.keys("{Escape}");
    page.until("document.activeElement.matches('[data-card]')");
    // The picture answers keys of its own.
    page.keys("0");
    assert_eq!(width(), whole);
    page.keys("+");
    assert!(width() < whole);
    // A filter, in the order that it is reached by Tab.
    page.run("const owner = document.getElementById('owner'); owner.value = [...owner.options].find((o) => o.text === 'Director of Finance').value; owner.dispatchEvent(new Event('change'))");
    assert_eq!(told(&page), "2 of 33 boxes shown");
    assert_eq!(page.barriers(), [""; 0], "a filter");
}

#[test]
fn a_tablet_chooses_and_moves_by_touch() {
    let Some((page, _folder)) = opened((768, 1024)) else {
        return;
    };
    assert_eq!(
        page.run("return document.documentElement.scrollWidth <= innerWidth"),
        json!(true)
    );
    page.touch(&[page.middle(&card("lower-cost"))]);
    assert_eq!(heading(&page), "Lower net cost of collection");
    page.touch(&[page.middle("#panel .close")]);
    page.until("document.getElementById('panel').hidden");
    assert_eq!(page.barriers(), [""; 0], "a tablet");
    let left = || {
        let left = page.run("return document.querySelector('#stage svg').viewBox.baseVal.x");
        left.as_f64().unwrap()
    };
    let before = left();
    let (x, y) = page.middle("#stage");
    page.touch(&[(x, y), (x + 120, y)]);
    assert!(left() < before, "it follows the finger");
    assert_eq!(in_sight(&page), 33, "a drag chooses nothing");
}
