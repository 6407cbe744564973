//! Boxes without a text, through which lines are joined: `a -> point -> b` says `a -> b`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Error;
use super::draft::{Course, Relation};
use crate::map::Effect;

/// The most steps from point to point that are taken, so that a file of points alone cannot keep anybody waiting.
const MAX_STEPS: usize = 4_000_000;

/// A line from one box to another, by their places among the elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The relations that it is made of, in order; one where it runs through no point.
    pub(super) parts: Vec<usize>,
    pub(super) effect: Effect,
    /// Of a line that runs both ways the sign of the way back.
    pub(super) back: Effect,
    pub(super) course: Way,
}

/// Which way a line runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Onward,
    /// A part of it has no direction.
    Either,
    Both,
}

/// The places of both ends of a relation among the elements; `None` where it is no line.
pub(super) type Pair = Option<(usize, usize)>;

/// What is known of the ends of the relations.
pub(super) struct Ends<'e> {
    /// The places of both ends of each relation; `None` where there is no line, since an end is missing or left out.
    pub(super) of: &'e [Pair],
    /// Which elements are points to be joined through.
    pub(super) is_point: &'e [bool],
}

/// One way that can be gone from one element to another.
#[derive(Debug, Clone, Copy)]
struct Arc {
    to: usize,
    relation: usize,
    effect: Effect,
    way: Way,
}

fn times(a: Effect, b: Effect) -> Effect {
    match a == b {
        true => Effect::Supports,
        false => Effect::Hinders,
    }
}

/// The lines from box to box, in the order of the relations that they begin with.
pub(super) fn lines(relations: &[Relation], ends: &Ends<'_>) -> Result<Vec<Line>, Error> {
    let touches = |(from, to): (usize, usize)| ends.is_point[from] || ends.is_point[to];
    let mut arcs: HashMap<usize, Vec<Arc>> = HashMap::new();
    let mut starts: Vec<(usize, usize, Arc)> = Vec::new();
    let mut lines = Vec::new();
    let oriented = orient(relations, ends);
    for (at, relation) in relations.iter().enumerate() {
        let Some((from, to)) = ends.of[at] else { continue };
        let (effect, back) = (relation.signs.effect(), relation.back);
        if !touches((from, to)) {
            let (from, to, course) = match relation.course {
                Course::Turned(_) => (to, from, Way::Onward),
                Course::Either => (from, to, Way::Either),
                Course::Both => (from, to, Way::Both),
                _ => (from, to, Way::Onward),
            };
            let back = back.unwrap_or(effect);
            lines.push(Line {
                from,
                to,
                parts: vec![at],
                effect,
                back,
                course,
            });
            continue;
        }
        let mut arc = |from: usize, to: usize, effect: Effect, way: Way| {
            let arc = Arc {
                to,
                relation: at,
                effect,
                way,
            };
            match ends.is_point[from] {
                true => arcs.entry(from).or_default().push(arc),
                false => starts.push((at, from, arc)),
            }
        };
        match (relation.course, oriented.get(&at)) {
            (Course::Turned(_), _) => arc(to, from, effect, Way::Onward),
            (Course::Both, _) => {
                arc(from, to, effect, Way::Both);
                arc(to, from, back.unwrap_or(effect), Way::Both);
            }
            (Course::Either, Some(Turn { back: true, way })) => arc(to, from, effect, *way),
            (Course::Either, Some(Turn { back: false, way })) => arc(from, to, effect, *way),
            (Course::Either, None) => arc(from, to, effect, Way::Either),
            _ => arc(from, to, effect, Way::Onward),
        }
    }
    let mut steps = 0;
    for (_, from, first) in &starts {
        joined(*from, *first, &arcs, ends, &mut lines, &mut steps)?;
    }
    lines.sort_by_key(|line| line.parts[0]);
    Ok(lines)
}

/// The lines that begin at a box with a way to a point.
fn joined(
    from: usize,
    first: Arc,
    arcs: &HashMap<usize, Vec<Arc>>,
    ends: &Ends<'_>,
    lines: &mut Vec<Line>,
    steps: &mut usize,
) -> Result<(), Error> {
    // Each point once with each sign, so that loops of points end.
    let mut seen: HashSet<(usize, Effect, bool)> = HashSet::new();
    let mut found: HashSet<(usize, Effect)> = HashSet::new();
    let mut todo = vec![(first.to, vec![first], first.effect)];
    while let Some((at, path, effect)) = todo.pop() {
        *steps += path.len();
        if *steps > MAX_STEPS {
            return Err(Error::TooMany {
                what: "lines through points",
                limit: MAX_STEPS,
            });
        }
        if !ends.is_point[at] {
            if at == from || !found.insert((at, effect)) {
                continue;
            }
            let course = match () {
                () if path.iter().all(|arc| arc.way == Way::Both) => Way::Both,
                () if path.iter().any(|arc| arc.way == Way::Either) => Way::Either,
                () => Way::Onward,
            };
            // The other way round is the same line.
            if course != Way::Both || from < at {
                lines.push(Line {
                    from,
                    to: at,
                    parts: path.iter().map(|arc| arc.relation).collect(),
                    effect,
                    back: effect,
                    course,
                });
            }
            continue;
        }
        let one_way = path.iter().any(|arc| arc.way != Way::Both);
        if !seen.insert((at, effect, one_way)) {
            continue;
        }
        // The last is looked at first, so the first line of a file comes first.
        for arc in arcs.get(&at).into_iter().flatten().rev() {
            if path.iter().any(|before| before.relation == arc.relation) {
                continue;
            }
            let mut longer = path.clone();
            longer.push(*arc);
            todo.push((arc.to, longer, times(effect, arc.effect)));
        }
    }
    Ok(())
}

/// How a line without a direction runs at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn {
    /// Whether it runs against the way in which it is written.
    back: bool,
    /// Whether the other lines leave no choice (`Onward`), or it might as well run the other way (`Either`).
    way: Way,
}

/// Points, the lines that lead to them and away, and those of which that is still open.
struct Points<'e> {
    ends: &'e Ends<'e>,
    into: Vec<usize>,
    out: Vec<usize>,
    /// Whether a line there has a direction of its own.
    sure: Vec<bool>,
    open: BTreeMap<usize, Vec<usize>>,
    turns: HashMap<usize, Turn>,
}

/// The direction of lines without one that the others at their point leave no choice for: where one leads away, the
/// others lead to it. Where two lines without a direction meet alone, they run on as the first of them is written.
fn orient(relations: &[Relation], ends: &Ends<'_>) -> HashMap<usize, Turn> {
    let count = ends.is_point.len();
    let mut points = Points {
        ends,
        into: vec![0; count],
        out: vec![0; count],
        sure: vec![false; count],
        open: BTreeMap::new(),
        turns: HashMap::new(),
    };
    for (at, relation) in relations.iter().enumerate() {
        let Some((from, to)) = ends.of[at] else { continue };
        let (from, to) = match relation.course {
            Course::Either if from == to => continue,
            Course::Either => {
                for end in [from, to].into_iter().filter(|end| ends.is_point[*end]) {
                    points.open.entry(end).or_default().push(at);
                }
                continue;
            }
            Course::Turned(_) => (to, from),
            Course::Onward => (from, to),
            Course::Both | Course::Out(_) => continue,
        };
        points.out[from] += 1;
        points.into[to] += 1;
        for end in [from, to] {
            points.sure[end] = true;
        }
    }
    let all: Vec<usize> = points.open.keys().copied().collect();
    points.spread(all.clone());
    for point in all {
        let undecided = points.into[point] == 0 && points.out[point] == 0;
        if undecided && let Some([a, b]) = points.open.get(&point).map(Vec::as_slice) {
            let (a, b) = (*a, *b);
            points.run(a, point, Leads::In);
            points.run(b, point, Leads::Out);
            let others = [a, b].map(|line| points.other(line, point));
            points.spread(others.into_iter().flatten().filter(|end| ends.is_point[*end]).collect());
        }
    }
    points.turns
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leads {
    In,
    Out,
}

impl Points<'_> {
    /// The other end of a line.
    fn other(&self, line: usize, point: usize) -> Option<usize> {
        let (from, to) = self.ends.of[line]?;
        Some(if to == point { from } else { to })
    }

    /// Settles the open lines at points, and at the points that these lead to.
    fn spread(&mut self, mut todo: Vec<usize>) {
        while let Some(point) = todo.pop() {
            let leads = match (self.into[point], self.out[point]) {
                (0, out) if out > 0 => Leads::In,
                (into, 0) if into > 0 => Leads::Out,
                _ => continue,
            };
            for line in self.open.get(&point).cloned().unwrap_or_default() {
                if self.turns.contains_key(&line) {
                    continue;
                }
                self.run(line, point, leads);
                todo.extend(self.other(line, point).filter(|end| self.ends.is_point[*end]));
            }
        }
    }

    /// Makes an open line lead to a point, or away from it.
    fn run(&mut self, line: usize, point: usize, leads: Leads) {
        let Some((from, to)) = self.ends.of[line] else { return };
        let way = if self.sure[point] { Way::Onward } else { Way::Either };
        let back = (to == point) != (leads == Leads::In);
        if self.turns.insert(line, Turn { back, way }).is_some() {
            return;
        }
        let (source, target) = if back { (to, from) } else { (from, to) };
        self.out[source] += 1;
        self.into[target] += 1;
        if self.sure[point] {
            self.sure[source] = true;
            self.sure[target] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::signs::Signs;

    const ON: Course = Course::Onward;
    const NONE: Course = Course::Either;

    /// The lines of relations between letters, of which small ones are points.
    fn of(drawn: &[(char, char, Course, bool)]) -> Vec<String> {
        let mut names: Vec<char> = Vec::new();
        let mut at = |name: char| {
            let found = names.iter().position(|own| *own == name);
            found.unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            })
        };
        let ends: Vec<_> = drawn.iter().map(|(from, to, ..)| Some((at(*from), at(*to)))).collect();
        let relations: Vec<Relation> = drawn
            .iter()
            .map(|(.., course, hinders)| {
                let mut signs = Signs::none();
                signs.add(hinders.then_some(Effect::Hinders), "test");
                Relation {
                    signs,
                    course: *course,
                    ..Relation::default()
                }
            })
            .collect();
        let is_point: Vec<bool> = names.iter().map(char::is_ascii_lowercase).collect();
        let ends = Ends {
            of: &ends,
            is_point: &is_point,
        };
        let shown = |line: &Line| {
            let arrow = match (line.course, line.effect) {
                (Way::Either, _) => "--",
                (Way::Both, _) => "<>",
                (_, Effect::Hinders) => "-|",
                _ => "->",
            };
            format!("{}{arrow}{}", names[line.from], names[line.to])
        };
        lines(&relations, &ends).unwrap().iter().map(shown).collect()
    }

    #[test]
    fn lines_are_joined_through_points_with_their_signs() {
        assert_eq!(
            of(&[('A', 'p', ON, true), ('p', 'B', ON, false), ('p', 'C', ON, true)]),
            ["A-|B", "A->C"]
        );
        assert_eq!(
            of(&[('A', 'p', ON, true), ('p', 'q', ON, true), ('q', 'B', ON, true)]),
            ["A-|B"]
        );
        assert_eq!(of(&[('A', 'B', ON, false), ('A', 'p', ON, false)]), ["A->B"]);
        // Loops of points end, and nothing leads from a box to itself.
        assert_eq!(
            of(&[
                ('A', 'p', ON, false),
                ('p', 'q', ON, true),
                ('q', 'p', ON, false),
                ('q', 'A', ON, false)
            ])
            .len(),
            0
        );
        assert_eq!(
            of(&[('A', 'p', Course::Both, false), ('p', 'B', Course::Both, false)]),
            ["A<>B"]
        );
        assert_eq!(of(&[('A', 'p', Course::Both, false), ('p', 'B', ON, false)]), ["A->B"]);
    }

    #[test]
    fn a_half_without_a_direction_takes_that_of_the_others() {
        assert_eq!(
            of(&[('A', 'p', NONE, false), ('B', 'p', NONE, false), ('p', 'C', ON, false)]),
            ["A->C", "B->C"]
        );
        assert_eq!(of(&[('p', 'A', NONE, false), ('p', 'C', ON, false)]), ["A->C"]);
        assert_eq!(of(&[('A', 'p', ON, false), ('B', 'p', NONE, false)]), ["A->B"]);
        assert_eq!(
            of(&[('A', 'p', NONE, false), ('p', 'q', NONE, false), ('q', 'B', ON, false)]),
            ["A->B"]
        );
        // Two alone run as the first is written; of three nobody can say.
        assert_eq!(of(&[('A', 'p', NONE, false), ('B', 'p', NONE, false)]), ["A--B"]);
        assert_eq!(
            of(&[
                ('p', 'A', NONE, false),
                ('p', 'q', NONE, false),
                ('q', 'B', NONE, false)
            ]),
            ["A--B"]
        );
        assert!(
            of(&[
                ('A', 'p', NONE, false),
                ('B', 'p', NONE, false),
                ('C', 'p', NONE, false)
            ])
            .is_empty()
        );
    }

    #[test]
    fn a_file_of_points_alone_ends() {
        let mut drawn: Vec<(char, char, Course, bool)> = Vec::new();
        let points: Vec<char> = ('a'..='z').collect();
        for from in &points {
            for to in &points {
                drawn.push((*from, *to, ON, from < to));
            }
            drawn.push(('A', *from, ON, false));
            drawn.push((*from, 'B', ON, false));
        }
        let lines = of(&drawn);
        assert!(lines.contains(&"A->B".to_owned()) && lines.contains(&"A-|B".to_owned()));
    }
}
