//! A random KPI, its planned path, and the status of a value on its own day.

use benefit_map::map::Number;

use super::calendar::day_of;
use super::fraction::Frac;

/// Days and values.
pub type Rows = Vec<(i64, Frac)>;

pub fn number_of(value: Frac) -> Number {
    Number::new(&value.text()).unwrap()
}

pub fn shown(rows: &Rows) -> Vec<String> {
    rows.iter()
        .map(|(date, value)| format!("{} {}", day_of(*date), value.text()))
        .collect()
}

/// How frequencies are written, and what the page says of them: unit (`d`, `w`, `m`), how many, the first month.
pub struct Words;

impl Words {
    pub const ALL: [(&'static str, char, i64, i64); 16] = [
        ("", ' ', 0, 1),
        ("on a rolling basis", ' ', 0, 1),
        ("daily", 'd', 1, 1),
        ("every 10 days", 'd', 10, 1),
        ("weekly", 'w', 1, 1),
        ("fortnightly", 'w', 2, 1),
        ("each month", 'm', 1, 1),
        ("bi-monthly", 'm', 2, 1),
        ("Quarterly", 'm', 3, 1),
        ("3 times a year", 'm', 4, 1),
        ("every 5 months", 'm', 5, 1),
        ("six-monthly", 'm', 6, 1),
        ("p.a.", 'm', 12, 1),
        ("by financial year", 'm', 12, 4),
        ("every school year", 'm', 12, 9),
        ("every two years", 'm', 24, 1),
    ];
    pub const COUNT: usize = Self::ALL.len();
}

/// A KPI as random numbers.
#[derive(Debug, Clone)]
pub struct Case {
    pub way: usize,
    pub profile: usize,
    pub aggregation: usize,
    pub tolerance: usize,
    pub baseline: Option<(i64, i64, bool)>,
    pub targets: Vec<(Option<i64>, i64)>,
    pub points: Vec<(i64, i64)>,
    pub band: Option<(i64, i64, usize)>,
    pub frequency: usize,
    pub scale: u32,
}

const TOLERANCES: [(Option<i64>, Option<i64>); 8] = [
    (None, None),
    (Some(5), Some(15)),
    (Some(20), None),
    (None, Some(30)),
    (Some(500), Some(1500)),
    (Some(-5), Some(15)),
    (Some(20), Some(10)),
    (Some(5), Some(100)),
];

impl Case {
    /// What a map cannot say is taken out.
    pub fn tidy(&mut self) {
        if self.way == 0 || self.way == 1 {
            self.band = None;
        }
        if let Some((_, width, _)) = &mut self.band {
            *width += 1;
        }
    }

    pub fn value(&self, value: i64) -> Frac {
        Frac::new(value.into(), 10i128.pow(self.scale))
    }

    pub fn scaled(&self, rows: &[(i64, i64)]) -> Rows {
        rows.iter().map(|(date, value)| (*date, self.value(*value))).collect()
    }

    pub fn json(&self) -> String {
        let value = |v: i64| self.value(v).text();
        let mut parts = vec![r#""id": "k", "node": "n""#.to_owned()];
        if let Some(way) = ["increase", "decrease", "maintain"].get(self.way) {
            parts.push(format!(r#""direction": "{way}""#));
        }
        if let Some(kind) = ["", "latest", "cumulative", "average"]
            .get(self.aggregation)
            .filter(|kind| !kind.is_empty())
        {
            parts.push(format!(r#""aggregation": "{kind}""#));
        }
        if let Some((date, v, dated)) = self.baseline {
            let date = if dated {
                format!(r#""date": "{}", "#, day_of(date))
            } else {
                String::new()
            };
            parts.push(format!(r#""baseline": {{{date}"value": {}}}"#, value(v)));
        }
        let targets: Vec<String> = self
            .targets
            .iter()
            .map(|(date, v)| match date {
                Some(date) => format!(r#"{{"date": "{}", "value": {}}}"#, day_of(*date), value(*v)),
                None => format!(r#"{{"value": {}}}"#, value(*v)),
            })
            .collect();
        parts.push(format!(r#""targets": [{}]"#, targets.join(", ")));
        match self.profile {
            1 => parts.push(r#""trajectory": {"profile": "s-curve"}"#.to_owned()),
            2 => parts.push(r#""trajectory": {"profile": "step"}"#.to_owned()),
            3 => {
                let points = self.points.iter();
                let points: Vec<String> = points
                    .map(|(date, v)| format!(r#"{{"date": "{}", "value": {}}}"#, day_of(*date), value(*v)))
                    .collect();
                parts.push(format!(r#""trajectory": {{"points": [{}]}}"#, points.join(", ")));
            }
            _ => {}
        }
        if let Some((lower, width, sides)) = self.band {
            let (lower, upper) = (value(lower), value(lower + width));
            parts.push(match sides {
                0 => format!(r#""band": {{"lower": {lower}, "upper": {upper}}}"#),
                1 => format!(r#""band": {{"lower": {lower}}}"#),
                _ => format!(r#""band": {{"upper": {upper}}}"#),
            });
        }
        let share = |n: i64| Frac::new(n.into(), 100).text();
        match TOLERANCES[self.tolerance] {
            (None, None) => {}
            (amber, red) => {
                let amber = amber.map(|n| format!(r#""amber": {}"#, share(n)));
                let red = red.map(|n| format!(r#""red": {}"#, share(n)));
                let both: Vec<String> = [amber, red].into_iter().flatten().collect();
                parts.push(format!(r#""tolerance": {{{}}}"#, both.join(", ")));
            }
        }
        let text = Words::ALL[self.frequency].0;
        if !text.is_empty() {
            parts.push(format!(r#""measurement": {{"frequency": "{text}"}}"#));
        }
        format!(r#"{{"format": 1, "kpis": [{{{}}}]}}"#, parts.join(", "))
    }

    pub fn start(&self) -> Option<i64> {
        self.baseline.filter(|baseline| baseline.2).map(|baseline| baseline.0)
    }

    pub fn points(&self) -> Vec<(i64, Frac)> {
        let points = if self.profile == 3 { &self.points[..] } else { &[] };
        points.iter().map(|(date, v)| (*date, self.value(*v))).collect()
    }

    /// The planned path, day by day of its corners.
    pub fn path(&self) -> Vec<(i64, Frac)> {
        let points = self.points();
        let last_point = points.iter().map(|point| point.0).max();
        let targets = self
            .targets
            .iter()
            .filter_map(|(date, v)| Some(((*date)?, self.value(*v))));
        let mut all: Vec<(i64, Frac)> = points.clone();
        all.extend(targets.filter(|(date, _)| last_point.is_none_or(|last| *date > last)));
        all.sort_by_key(|corner| corner.0);
        all.retain(|corner| self.start().is_none_or(|start| corner.0 >= start));
        if let (Some((date, v, true)), false) = (self.baseline, all.is_empty()) {
            all.insert(0, (date, self.value(v)));
        }
        let mut out: Vec<(i64, Frac)> = Vec::new();
        for corner in all {
            out.retain(|known| known.0 != corner.0);
            out.push(corner);
        }
        out
    }

    pub fn decimals(&self) -> i32 {
        let mut values: Vec<Frac> = self.points().into_iter().map(|point| point.1).collect();
        values.extend(self.targets.iter().map(|target| self.value(target.1)));
        values.extend(self.baseline.map(|baseline| self.value(baseline.1)));
        values.into_iter().map(Frac::decimals).max().unwrap_or(0)
    }

    /// What is expected on a day.
    pub fn expected(&self, day: i64) -> Option<Frac> {
        if self.band().is_some() {
            return None;
        }
        let path = self.path();
        let at = path.iter().rposition(|corner| corner.0 <= day)?;
        let (from, a) = path[at];
        let exact = match path.get(at + 1) {
            None => a,
            Some((to, b)) => {
                let t = Frac::new((day - from).into(), (to - from).into());
                let share = match self.profile {
                    1 => t.mul(t).mul(Frac(3, 1)).sub(t.mul(t).mul(t).mul(Frac(2, 1))),
                    2 => Frac(0, 1),
                    _ => t,
                };
                a.add(b.sub(a).mul(share))
            }
        };
        if exact.is_zero() {
            return Some(exact);
        }
        Some(exact.round((2 + self.decimals()).max(3 - exact.exponent())))
    }

    pub fn band(&self) -> Option<(Option<Frac>, Option<Frac>)> {
        let (lower, width, sides) = self.band?;
        let (lower, upper) = (self.value(lower), self.value(lower + width));
        Some(match sides {
            0 => (Some(lower), Some(upper)),
            1 => (Some(lower), None),
            _ => (None, Some(upper)),
        })
    }

    /// The final target: its day, where it has one, and its value.
    pub fn goal(&self) -> Option<(Option<i64>, Frac)> {
        let mut best: Option<(i64, Frac)> = None;
        for (date, v) in &self.targets {
            if let Some(date) = date
                && best.is_none_or(|known| *date >= known.0)
            {
                best = Some((*date, self.value(*v)));
            }
        }
        if best.is_none() {
            for point in self.points() {
                if best.is_none_or(|known| point.0 >= known.0) {
                    best = Some(point);
                }
            }
        }
        match best {
            Some((date, value)) => Some((Some(date), value)),
            None => self.targets.last().map(|target| (None, self.value(target.1))),
        }
    }

    /// 1 to increase, -1 to decrease, 0 to maintain; `None` where nothing says so.
    pub fn direction(&self, first: Option<Frac>) -> Option<i8> {
        match self.way {
            0 => return Some(1),
            1 => return Some(-1),
            2 => return Some(0),
            _ => {}
        }
        if self.band().is_some() {
            return Some(0);
        }
        let goal = self.goal()?.1;
        let path = self.path();
        let from = self
            .baseline
            .map(|baseline| self.value(baseline.1))
            .or(first)
            .or_else(|| {
                let (a, b) = (path.first()?.1, path.last()?.1);
                (!a.cmp(b).is_eq()).then_some(a)
            })?;
        Some(match goal.cmp(from) {
            std::cmp::Ordering::Greater => 1,
            std::cmp::Ordering::Less => -1,
            std::cmp::Ordering::Equal => 0,
        })
    }

    pub fn tolerances(&self) -> (Frac, Frac) {
        let (amber, red) = TOLERANCES[self.tolerance];
        let share = |n: Option<i64>| n.filter(|n| (0..100).contains(n));
        let (mut amber, mut red) = (share(amber), share(red));
        if let (Some(a), Some(r)) = (amber, red)
            && r < a
        {
            (amber, red) = (None, None);
        }
        let amber = amber.unwrap_or(0);
        (
            Frac::new(amber.into(), 100),
            Frac::new(red.unwrap_or(amber.max(10)).into(), 100),
        )
    }

    /// Of the KPI with that first value: how far a value falls short of another.
    pub fn short(&self, value: Frac, of: Frac, first: Option<Frac>) -> Frac {
        if let Some(bounds) = self.band() {
            return self.outside(value, bounds).abs();
        }
        let ahead = value.sub(of);
        match self.direction(first) {
            Some(1) if ahead.lt(Frac(0, 1)) => ahead.abs(),
            Some(-1) if Frac(0, 1).lt(ahead) => ahead,
            Some(1 | -1) => Frac(0, 1),
            _ => ahead.abs(),
        }
    }

    pub fn outside(&self, value: Frac, (lower, upper): (Option<Frac>, Option<Frac>)) -> Frac {
        match (lower, upper) {
            (Some(lower), _) if value.lt(lower) => value.sub(lower),
            (_, Some(upper)) if upper.lt(value) => value.sub(upper),
            _ => Frac(0, 1),
        }
    }

    /// What a tolerance is a share of.
    pub fn size(&self, of: Frac, first: Option<Frac>) -> Frac {
        if !of.is_zero() {
            return of.abs();
        }
        if let Some((Some(lower), Some(upper))) = self.band() {
            return upper.sub(lower).abs();
        }
        let path = self.path();
        let from = self
            .baseline
            .map(|baseline| self.value(baseline.1))
            .or(first)
            .or_else(|| {
                let (a, b) = (path.first()?.1, path.last()?.1);
                (!a.cmp(b).is_eq()).then_some(a)
            });
        match (from, self.goal()) {
            (Some(from), Some((_, goal))) => goal.sub(from).abs(),
            _ => Frac(0, 1),
        }
    }

    pub fn beyond(&self, short: Frac, of: Frac, share: Frac, first: Option<Frac>) -> bool {
        share.mul(self.size(of, first)).lt(short)
    }

    pub fn meets(&self, target: Frac, value: Frac, first: Option<Frac>) -> bool {
        let short = self.short(value, target, first);
        match self.direction(first) {
            _ if self.band().is_some() => short.is_zero(),
            Some(1 | -1) => short.is_zero(),
            _ => !self.beyond(short, target, self.tolerances().1, first),
        }
    }

    /// What a value is held against on a day: the expected value, or the bound that it lies beyond.
    pub fn against(&self, day: i64, value: Frac) -> Option<Frac> {
        match self.band() {
            None => self.expected(day),
            Some(_) if self.start().is_some_and(|start| day < start) => None,
            Some(bounds) => Some(value.sub(self.outside(value, bounds))),
        }
    }

    /// The status of a value on its own day.
    pub fn then(&self, day: i64, value: Frac, first: Option<Frac>) -> &'static str {
        let against = self.against(day, value);
        let short = against.map_or(Frac(0, 1), |of| self.short(value, of, first));
        let mut later: Vec<Frac> = Vec::new();
        if self.band().is_none() {
            let dated: Vec<(i64, i64)> = self
                .targets
                .iter()
                .filter_map(|(date, v)| Some(((*date)?, *v)))
                .collect();
            for (at, (date, v)) in dated.iter().enumerate() {
                let replaced = dated[at + 1..].iter().any(|other| other.0 == *date);
                let counts = self.start().is_none_or(|start| *date >= start);
                if *date > day && !replaced && counts {
                    later.push(self.value(*v));
                }
            }
            later.extend(
                self.path()
                    .into_iter()
                    .filter(|corner| corner.0 > day)
                    .map(|corner| corner.1),
            );
        }
        let all_met = later.iter().all(|target| self.meets(*target, value, first));
        if let Some((date, goal)) = self.goal() {
            let met = self.meets(goal, value, first);
            match date {
                Some(date) if date <= day && !met => return "missed",
                Some(date) if date <= day && all_met => return "achieved",
                Some(date) if date <= day => {}
                _ => {
                    let way = self.direction(first).filter(|_| self.band().is_none());
                    if met && short.is_zero() && all_met && matches!(way, Some(1 | -1)) {
                        return "achieved";
                    }
                }
            }
        }
        let (amber, red) = self.tolerances();
        match against {
            None => "not-due",
            Some(of) if self.beyond(short, of, red, first) => "off-track",
            Some(of) if self.beyond(short, of, amber, first) => "at-risk",
            Some(_) => "on-track",
        }
    }
}
