//! Settling: the whole is moved so that its top left corner is (0, 0), and rounded, in one place.

use super::input::Item;
use super::output::Output;

/// Moves everything so that the top left corner is (0, 0), and rounds to hundredths of a px: in one place.
pub(super) fn settle(output: &mut Output, items: &[Item]) {
    let (mut left, mut top, mut right, mut bottom) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    let mut reach = |x0: f64, y0: f64, x1: f64, y1: f64| {
        left = left.min(x0);
        top = top.min(y0);
        right = right.max(x1);
        bottom = bottom.max(y1);
    };
    for (item, &(x, y)) in items.iter().zip(&output.centres) {
        let (w, h) = (item.width / 2.0, item.height / 2.0);
        reach(x - w, y - h, x + w, y + h);
    }
    for &(x, y) in output.routes.iter().flatten() {
        reach(x, y, x, y);
    }
    if top > bottom {
        (top, bottom) = (0.0, 0.0);
    }
    for column in &output.columns {
        left = left.min(column.x);
        right = right.max(column.x + column.width);
    }
    if left > right {
        (left, right) = (0.0, 0.0);
    }
    let round = |v: f64| (v * 100.0).round() / 100.0;
    let (left, top) = (round(left), round(top));
    for column in &mut output.columns {
        column.x = round(column.x - left);
    }
    let joins = output.joins.iter_mut().map(|join| &mut join.at);
    for (x, y) in output
        .centres
        .iter_mut()
        .chain(output.routes.iter_mut().flatten())
        .chain(joins)
    {
        *x = round(*x - left);
        *y = round(*y - top);
    }
    output.width = round(right - left);
    output.height = round(bottom - top);
}
