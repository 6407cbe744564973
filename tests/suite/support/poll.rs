//! The one way in which a test waits: it asks, pauses, and asks again until its patience ends.
//!
//! The pause leaves the processor to what is waited for. The patience is long, since it is only ever used up by a failure.

use std::fmt::Display;
use std::time::{Duration, Instant};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(10);

/// Nothing that a test waits for takes so long.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// What `look` finds, as soon as it finds it.
///
/// # Panics
/// Where it has found nothing when the patience ends; `missing` says what was waited for and what was there instead.
pub fn found<T, M: Display>(mut look: impl FnMut() -> Option<T>, missing: impl Fn() -> M) -> T {
    found_within(PATIENCE, &mut look, missing)
}

/// Waits until `is` is true.
///
/// # Panics
/// As [`found`].
pub fn until<M: Display>(mut is: impl FnMut() -> bool, missing: impl Fn() -> M) {
    found(|| is().then_some(()), missing);
}

fn found_within<T, M: Display>(patience: Duration, look: &mut impl FnMut() -> Option<T>, missing: impl Fn() -> M) -> T {
    within(patience, look).unwrap_or_else(|| panic!("waited for in vain: {}", missing()))
}

/// What `look` finds, as soon as it finds it; `None` where it has found nothing when that patience ends.
pub fn within<T>(patience: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    loop {
        let found = look();
        if found.is_some() || begun.elapsed() >= patience {
            return found;
        }
        std::thread::sleep(PAUSE);
    }
}

#[test]
fn what_comes_late_is_found_and_what_never_comes_is_named() {
    let mut looks = 0;
    let third = found(
        || {
            looks += 1;
            (looks == 3).then_some("third")
        },
        || "the third look",
    );
    assert_eq!(third, "third");
    let never = std::panic::catch_unwind(|| {
        found_within(Duration::from_millis(1), &mut || None::<()>, || "what never comes");
    });
    let said = never.unwrap_err().downcast::<String>().unwrap();
    assert!(said.contains("what never comes"), "{said}");
}
