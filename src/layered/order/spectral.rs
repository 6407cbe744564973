//! A start for large maps: every layer sorted by the second eigenvector of the graph.

use crate::layered::graph::LayeredGraph;
use crate::layered::levels::Levels;

/// The vertex that the first vector holds the distances from.
#[derive(Debug, Clone, Copy)]
pub(super) enum From {
    /// One that is far from others, found by walking to the farthest one three times.
    FarOff,
    /// This one.
    Vertex(u32),
}

/// The second eigenvector of a connected graph, as it stands after each of `stops` steps, which rise: a value for
/// every vertex. Nothing for a graph whose vertices all lie at one distance.
///
/// The vector solves Lx = λDx for the smallest λ above 0: it rises slowly along the lines, so vertices near
/// each other in the graph are near each other in it (Koren 2005, "Drawing graphs by eigenvectors"). It is found by
/// LOBPCG (Knyazev 2001, "Toward the optimal preconditioned eigensolver"): every step takes the best vector of the
/// span of the present one, its residual and the last direction, so the Rayleigh quotient never falls and nothing can
/// diverge. The first vector is the distance from one vertex: from the end of a long path it already holds the wide
/// structure that iteration finds last.
pub(super) fn values(graph: &LayeredGraph, from: From, stops: &[usize]) -> Vec<Vec<f64>> {
    let n = graph.len();
    let mut walk = Walk {
        start: vec![0],
        ends: vec![],
        weight: Vec::with_capacity(n),
        shrink: vec![],
    };
    for v in 0..n as u32 {
        walk.ends.extend(graph.left.of(v).iter().chain(graph.right.of(v)));
        walk.start.push(walk.ends.len() as u32);
        let degree = walk.of(v as usize).len();
        walk.weight.push(degree as f64);
    }
    let root: Vec<f64> = walk.weight.iter().map(|w| w.max(1e-9).sqrt()).collect();
    walk.shrink = root.iter().map(|r| 1.0 / r).collect();
    // The first eigenvector, of eigenvalue 1, is the square roots of the degrees: everything stays orthogonal to it.
    let mut first = root.clone();
    normalise(&mut first);
    let mut x: Vec<f64> = walk
        .distances(from)
        .iter()
        .zip(&root)
        .map(|(&d, r)| f64::from(d) * r)
        .collect();
    project(&mut x, &first);
    if normalise(&mut x) == 0.0 {
        return vec![];
    }
    let mut ax = vec![0.0; n];
    let mut scaled = vec![];
    walk.apply(&x, &mut scaled, &mut ax);
    let (mut p, mut ap) = (vec![0.0; n], vec![0.0; n]);
    let mut r = vec![0.0; n];
    let mut ar = vec![0.0; n];
    let mut has_direction = false;
    let mut snapshots = vec![];
    let last = stops.last().copied().unwrap_or(0);
    for step in 1..=last {
        let value = dot(&x, &ax);
        for i in 0..n {
            r[i] = ax[i] - value * x[i];
        }
        project(&mut r, &first);
        project(&mut r, &x);
        if has_direction {
            project(&mut r, &p);
        }
        if normalise(&mut r) < 1e-9 {
            break;
        }
        walk.apply(&r, &mut scaled, &mut ar);
        // The 3 by 3 problem in the orthonormal basis x, r, p.
        let mut m = [[0.0; 3]; 3];
        m[0][0] = value;
        m[0][1] = dot(&x, &ar);
        m[1][1] = dot(&r, &ar);
        if has_direction {
            m[0][2] = dot(&x, &ap);
            m[1][2] = dot(&r, &ap);
            m[2][2] = dot(&p, &ap);
        } else {
            m[2][2] = -2.0;
        }
        for (i, j) in [(1, 0), (2, 0), (2, 1)] {
            m[i][j] = m[j][i];
        }
        let [a, b, c] = top_vector(m);
        for i in 0..n {
            let (direction, a_direction) = (b * r[i] + c * p[i], b * ar[i] + c * ap[i]);
            (p[i], ap[i]) = (direction, a_direction);
            (x[i], ax[i]) = (a * x[i] + direction, a * ax[i] + a_direction);
        }
        let norm = normalise(&mut x);
        if norm == 0.0 {
            break;
        }
        ax.iter_mut().for_each(|v| *v /= norm);
        let along = dot(&p, &x);
        for i in 0..n {
            p[i] -= along * x[i];
            ap[i] -= along * ax[i];
        }
        let norm = normalise(&mut p);
        has_direction = norm > 1e-12;
        if has_direction {
            ap.iter_mut().for_each(|v| *v /= norm);
        }
        if stops.contains(&step) && step != last {
            snapshots.push(along_walk(&x, &walk.shrink));
        }
    }
    snapshots.push(along_walk(&x, &walk.shrink));
    snapshots
}

/// Values by vertex, without the roots of degrees.
fn along_walk(x: &[f64], shrink: &[f64]) -> Vec<f64> {
    x.iter().zip(shrink).map(|(v, s)| v * s).collect()
}

/// Sorts every layer of an order by a value of every vertex; equals keep their order.
pub(super) fn sort(levels: &mut Levels, value: &[f64]) {
    for c in 0..levels.layers.len() {
        levels.layers[c].sort_by(|&a, &b| value[a as usize].total_cmp(&value[b as usize]));
        levels.number(c);
    }
}

/// The lazy walk matrix, made symmetric: half the identity, half the adjacency over the roots of both degrees.
struct Walk {
    start: Vec<u32>,
    ends: Vec<u32>,
    /// The degree of every vertex, and the padding.
    weight: Vec<f64>,
    /// One over the root of the weight.
    shrink: Vec<f64>,
}

impl Walk {
    fn of(&self, v: usize) -> &[u32] {
        &self.ends[self.start[v] as usize..self.start[v + 1] as usize]
    }

    fn apply(&self, x: &[f64], scaled: &mut Vec<f64>, out: &mut [f64]) {
        scaled.clear();
        scaled.extend(x.iter().zip(&self.shrink).map(|(x, s)| x * s));
        for (v, out) in out.iter_mut().enumerate() {
            let ends = self.of(v);
            let sum: f64 = ends.iter().map(|&u| scaled[u as usize]).sum();
            *out = x[v] - (ends.len() as f64 * scaled[v] - sum) * self.shrink[v];
        }
    }

    /// Steps from a vertex.
    fn distances(&self, from: From) -> Vec<u32> {
        let (mut from, walks) = match from {
            From::FarOff => (0, 3),
            From::Vertex(v) => (v as usize, 1),
        };
        let mut distance = vec![];
        for _ in 0..walks {
            distance = vec![u32::MAX; self.weight.len()];
            distance[from] = 0;
            let mut queue = vec![from as u32];
            let mut next = 0;
            while let Some(&v) = queue.get(next) {
                next += 1;
                for &u in self.of(v as usize) {
                    if distance[u as usize] == u32::MAX {
                        distance[u as usize] = distance[v as usize] + 1;
                        queue.push(u);
                    }
                }
            }
            from = queue.last().map_or(0, |&v| v as usize);
        }
        distance
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    // Four sums in a fixed order: quick, and the same everywhere.
    let mut sums = [0.0; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a4.remainder().iter().zip(b4.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a4.zip(b4) {
        for i in 0..4 {
            sums[i] += x[i] * y[i];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// Takes the part along a unit vector out.
fn project(v: &mut [f64], unit: &[f64]) {
    let along = dot(v, unit);
    for (a, b) in v.iter_mut().zip(unit) {
        *a -= along * b;
    }
}

/// Makes a vector's length 1, if it has one; gives the length it had.
fn normalise(v: &mut [f64]) -> f64 {
    let length = dot(v, v).sqrt();
    if length > 0.0 {
        v.iter_mut().for_each(|a| *a /= length);
    }
    length
}

/// The unit eigenvector of the largest eigenvalue of a symmetric 3 by 3 matrix, by Jacobi rotations.
fn top_vector(mut m: [[f64; 3]; 3]) -> [f64; 3] {
    let mut vectors = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    for _ in 0..12 {
        for (i, j) in [(0, 1), (0, 2), (1, 2)] {
            if m[i][j] == 0.0 {
                continue;
            }
            let theta = (m[j][j] - m[i][i]) / (2.0 * m[i][j]);
            let sign = if theta < 0.0 { -1.0 } else { 1.0 };
            let t = sign / (theta.abs() + (theta * theta + 1.0).sqrt());
            let c = 1.0 / (t * t + 1.0).sqrt();
            let s = t * c;
            let turn = |row: &mut [f64; 3]| {
                let (a, b) = (row[i], row[j]);
                (row[i], row[j]) = (c * a - s * b, s * a + c * b);
            };
            m.iter_mut().for_each(turn);
            let (a, b) = (m[i], m[j]);
            m[i] = [0, 1, 2].map(|k| c * a[k] - s * b[k]);
            m[j] = [0, 1, 2].map(|k| s * a[k] + c * b[k]);
            vectors.iter_mut().for_each(turn);
        }
    }
    let mut top = 0;
    for i in 1..3 {
        if m[i][i] > m[top][top] {
            top = i;
        }
    }
    [vectors[0][top], vectors[1][top], vectors[2][top]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_vector_of_a_matrix() {
        let m = [[2.0, 1.0, 0.0], [1.0, 2.0, 0.0], [0.0, 0.0, -1.0]];
        let [a, b, c] = top_vector(m);
        assert!((a * b - 0.5).abs() < 1e-12 && c.abs() < 1e-12, "({a}, {b}, {c})");
    }
}
