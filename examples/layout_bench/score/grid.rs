//! A grid laid over a picture, to find what lies near what without asking every pair.

use super::Point;

/// Cells of one size that cover an area.
#[derive(Debug, Clone)]
pub struct Grid {
    origin: Point,
    cell: Point,
    columns: usize,
    rows: usize,
}

/// Coordinates are reckoned with this much to spare, so that a thing on the seam is in both cells.
const SEAM: f64 = 1e-6;

/// No grid has more cells, whatever is asked for.
const MOST_CELLS: usize = 1 << 23;

impl Grid {
    /// A grid over the area between two corners, with cells of about the given size.
    pub fn over(low: Point, high: Point, cell: Point) -> Self {
        let size = (high.0 - low.0 + 2.0, high.1 - low.1 + 2.0);
        let count = |size: f64, cell: f64, most: usize| ((size / cell.max(1e-9)).ceil() as usize).clamp(1, most);
        let columns = count(size.0, cell.0, 1 << 12);
        let rows = count(size.1, cell.1, MOST_CELLS / columns);
        Self {
            origin: (low.0 - 1.0, low.1 - 1.0),
            cell: (size.0 / columns as f64, size.1 / rows as f64),
            columns,
            rows,
        }
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.columns * self.rows
    }

    // A negative number becomes 0 when it is cast.
    fn column(&self, x: f64) -> usize {
        (((x - self.origin.0) / self.cell.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f64) -> usize {
        (((y - self.origin.1) / self.cell.1) as usize).min(self.rows - 1)
    }

    /// The cell that a point is in.
    pub fn cell_of(&self, (x, y): Point) -> usize {
        self.column(x) * self.rows + self.row(y)
    }

    /// Visits every cell that a straight piece passes, each once.
    pub fn along(&self, a: Point, b: Point, mut visit: impl FnMut(usize)) {
        let (a, b) = if a.0 <= b.0 { (a, b) } else { (b, a) };
        let rise = if b.0 - a.0 > 1e-9 {
            (b.1 - a.1) / (b.0 - a.0)
        } else {
            0.0
        };
        for column in self.column(a.0 - SEAM)..=self.column(b.0 + SEAM) {
            let left = self.origin.0 + column as f64 * self.cell.0;
            let (enters, leaves) = if rise == 0.0 {
                (a.1, b.1)
            } else {
                let at = |x: f64| a.1 + (x.clamp(a.0, b.0) - a.0) * rise;
                (at(left - SEAM), at(left + self.cell.0 + SEAM))
            };
            for row in self.row(enters.min(leaves) - SEAM)..=self.row(enters.max(leaves) + SEAM) {
                visit(column * self.rows + row);
            }
        }
    }

    /// Visits every cell that an upright rectangle covers, each once.
    pub fn within(&self, low: Point, high: Point, mut visit: impl FnMut(usize)) {
        for column in self.column(low.0)..=self.column(high.0) {
            for row in self.row(low.1)..=self.row(high.1) {
                visit(column * self.rows + row);
            }
        }
    }
}

/// Things filed by cell.
#[derive(Debug)]
pub struct Filed {
    start: Vec<u32>,
    things: Vec<u32>,
}

impl Filed {
    /// Files the things from 0 up to `count`; `cells` calls back with every cell of one of them.
    pub fn new(grid: &Grid, count: usize, cells: impl Fn(usize, &mut dyn FnMut(usize))) -> Self {
        let mut start = vec![0u32; grid.cells() + 1];
        for thing in 0..count {
            cells(thing, &mut |cell| start[cell + 1] += 1);
        }
        for cell in 0..grid.cells() {
            start[cell + 1] += start[cell];
        }
        let mut next = start.clone();
        let mut things = vec![0; start[grid.cells()] as usize];
        for thing in 0..count {
            cells(thing, &mut |cell| {
                things[next[cell] as usize] = thing as u32;
                next[cell] += 1;
            });
        }
        Self { start, things }
    }

    /// The things of one cell, in rising order.
    pub fn in_cell(&self, cell: usize) -> &[u32] {
        &self.things[self.start[cell] as usize..self.start[cell + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_in_the_cell_of_each_of_its_points() {
        let grid = Grid::over((0.0, 0.0), (1000.0, 700.0), (13.0, 7.0));
        for (a, b) in [
            ((0.0, 0.0), (1000.0, 700.0)),
            ((1000.0, 3.0), (2.0, 690.0)),
            ((500.0, 0.0), (500.0, 700.0)),
            ((0.0, 350.0), (1000.0, 350.0)),
            ((10.0, 10.0), (10.0, 10.0)),
        ] {
            let mut cells = vec![];
            grid.along(a, b, |cell| cells.push(cell));
            for i in 0..=10_000 {
                let t = f64::from(i) / 10_000.0;
                let on = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
                assert!(cells.contains(&grid.cell_of(on)), "{a:?} {b:?} {on:?}");
            }
            let visits = cells.len();
            cells.sort_unstable();
            cells.dedup();
            assert_eq!(cells.len(), visits);
        }
    }
}
