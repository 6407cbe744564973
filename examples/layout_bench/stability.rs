//! How still a map holds: one node is added, and what else moves is counted.

use std::collections::BTreeMap;
use std::path::Path;

use benefit_map::layered::Earlier;
use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind};

use crate::Failure;
use crate::ours;
use crate::peer::{self, Pinned};
use crate::score::{Picture, Score};
use crate::staged::{self, Dice, Pattern};

/// Pairs of boxes in one column, and how many kept their order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kept {
    /// How many pairs.
    pub pairs: u64,
    /// How many of them kept their order.
    pub kept: u64,
    /// The worst trial's share, from 0 to 1.
    pub worst: f64,
}

impl Kept {
    fn new() -> Self {
        Self {
            worst: 1.0,
            ..Self::default()
        }
    }

    /// From 0 to 1.
    pub fn share(&self) -> f64 {
        self.kept as f64 / self.pairs.max(1) as f64
    }

    fn add(&mut self, before: &Picture, after: &Picture) {
        let (mut pairs, mut kept) = (0u64, 0u64);
        for (i, a) in before.frames.iter().enumerate() {
            for (j, b) in before.frames.iter().enumerate().skip(i + 1) {
                if a.stage == b.stage {
                    pairs += 1;
                    kept += u64::from((a.y < b.y) == (after.frames[i].y < after.frames[j].y));
                }
            }
        }
        self.pairs += pairs;
        self.kept += kept;
        self.worst = self.worst.min(kept as f64 / pairs.max(1) as f64);
    }
}

/// What all trials together showed.
#[derive(Debug, Clone)]
pub struct Stability {
    /// How many trials.
    pub trials: usize,
    /// Of us, given the earlier order.
    pub ours: Kept,
    /// Of us, had we forgotten it.
    pub forgetful: Kept,
    /// Of dot, run again; `None` where it is not run.
    pub peer: Option<Kept>,
    /// Trials with at most a tenth more crossings than without an earlier order.
    pub near: usize,
    /// Geometric mean of the crossings with the earlier order to those without.
    pub crossings: f64,
    /// The worst of these.
    pub worst: f64,
}

/// Adds one node with one to three links to maps of 30 to 300 nodes, each time a new map.
///
/// # Errors
/// [`Failure`] where dot fails.
pub fn measure(trials: usize, seed: u64, run_peer: bool, folder: &Path) -> Result<Stability, Failure> {
    let mut dice = Dice::new(seed);
    let mut found = Stability {
        trials,
        ours: Kept::new(),
        forgetful: Kept::new(),
        peer: run_peer.then(Kept::new),
        near: 0,
        crossings: 0.0,
        worst: 0.0,
    };
    for _ in 0..trials {
        let nodes = 30 + dice.below(271) as usize;
        let mut map = staged::map(nodes, Pattern::Local, dice.below(1 << 32));
        let before = ours::arranged(&map, None);
        let dot_before = found.peer.map(|_| dotted(&map, folder)).transpose()?;
        add_node(&mut map, &mut dice);
        let earlier = Earlier {
            places: places(&before).into_iter().map(Some).collect(),
        };
        let after = ours::arranged(&map, Some(earlier));
        let fresh = ours::arranged(&map, None);
        found.ours.add(&before, &after);
        found.forgetful.add(&before, &fresh);
        if let (Some(kept), Some(before)) = (&mut found.peer, dot_before) {
            kept.add(&before, &dotted(&map, folder)?);
        }
        let ratio = (Score::of(&after).crossings as f64 + 1.0) / (Score::of(&fresh).crossings as f64 + 1.0);
        found.near += usize::from(ratio <= 1.1);
        found.crossings += ratio.ln();
        found.worst = found.worst.max(ratio);
    }
    found.crossings = (found.crossings / trials.max(1) as f64).exp();
    Ok(found)
}

/// A node of any stage, linked to or from any nodes of the stages beside its own.
fn add_node(map: &mut BenefitMap, dice: &mut Dice) {
    let kind = NodeKind::ALL[dice.below(5) as usize];
    let id = NodeId::new("added").expect("an id");
    let beside: Vec<(NodeId, usize)> = (map.nodes.iter())
        .map(|node| (node.id.clone(), node.kind.stage()))
        .filter(|(_, stage)| stage.abs_diff(kind.stage()) == 1)
        .collect();
    let mut linked = BTreeMap::new();
    for _ in 0..1 + dice.below(3) {
        let (other, stage) = &beside[dice.below(beside.len() as u64) as usize];
        linked.insert(other.clone(), *stage);
    }
    map.nodes.push(Node::new(id.clone(), kind, "Added after the others"));
    for (other, stage) in linked {
        map.links.push(if stage < kind.stage() {
            Link::new(other, id.clone())
        } else {
            Link::new(id.clone(), other)
        });
    }
}

/// Of every box, how many of its stage stand above it.
fn places(picture: &Picture) -> Vec<usize> {
    let mut order: Vec<usize> = (0..picture.frames.len()).collect();
    order.sort_by(|&a, &b| picture.frames[a].y.total_cmp(&picture.frames[b].y));
    let mut next = BTreeMap::new();
    let mut places = vec![0; order.len()];
    for i in order {
        let place: &mut usize = next.entry(picture.frames[i].stage).or_default();
        places[i] = *place;
        *place += 1;
    }
    places
}

fn dotted(map: &BenefitMap, folder: &Path) -> Result<Picture, Failure> {
    let sizes = ours::boxes(map);
    let (input, output) = (folder.join("still.dot"), folder.join("still.svg"));
    std::fs::write(&input, peer::source(map, &sizes, Pinned::Stages))?;
    let mut command = peer::command(&input, &output);
    let status = command.status()?;
    if !status.success() {
        return Err(Failure::program(&command, &status.to_string()));
    }
    Ok(peer::picture(map, &sizes, &std::fs::read_to_string(&output)?))
}
