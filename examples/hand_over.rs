//! Somebody leaves, and another takes over all that they own: nodes, KPIs, risks and the plan. Prints the new map.
//! `cargo run --example hand_over -- examples/maps/smart-waste/map.json dir-place head-waste > map.json`
//!
//! Whoever leaves is then gone from the list of owners as well.

#![allow(clippy::disallowed_methods, reason = "a program reads its arguments")]

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use benefit_map::file;
use benefit_map::map::{BenefitMap, OwnerId};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(from), Some(to)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("which map, who leaves, and who takes over?".into());
    };
    print(Path::new(&path), &from, &to, &mut io::stdout())
}

/// Writes the map at `path` to `out`, with all that `from` owns handed over to `to`.
pub fn print(path: &Path, from: &str, to: &str, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut map = file::load(path)?.map;
    let (from, to) = (OwnerId::new(from)?, OwnerId::new(to)?);
    for id in [&from, &to] {
        map.owner(id).ok_or_else(|| format!("the map has no owner `{id}`"))?;
    }
    hand_over(&mut map, &from, &to);
    out.write_all(file::write(&map).as_bytes())?;
    Ok(())
}

fn hand_over(map: &mut BenefitMap, from: &OwnerId, to: &OwnerId) {
    let owners = map.nodes.iter_mut().map(|node| &mut node.owner);
    let owners = owners.chain(map.risks.iter_mut().map(|risk| &mut risk.owner));
    let measurements = map.kpis.iter_mut().filter_map(|kpi| kpi.measurement.as_mut());
    for owner in owners.chain(measurements.map(|plan| &mut plan.responsible)).flatten() {
        if owner == from {
            *owner = to.clone();
        }
    }
    // One owner has one plan: the activities of both stand in it.
    if let Some(at) = map.plans.iter().position(|plan| plan.owner == *from) {
        let mut left = map.plans.remove(at);
        match map.plans.iter_mut().find(|plan| plan.owner == *to) {
            Some(plan) => plan.activities.append(&mut left.activities),
            None => {
                left.owner = to.clone();
                map.plans.push(left);
            }
        }
    }
    // What somebody accepted stays theirs, by name.
    let name = map.owner(from).map(|owner| owner.name.clone()).unwrap_or_default();
    for entry in map.allow.iter_mut().filter(|entry| entry.by == from.as_str()) {
        entry.by.clone_from(&name);
    }
    // So does what they approved; an approval that is still to come is for whoever owns it now.
    let approvals = map.document.iter_mut().flat_map(|document| &mut document.approvals);
    for approval in approvals.filter(|approval| approval.by == from.as_str()) {
        match approval.on {
            Some(_) => approval.by.clone_from(&name),
            None => approval.by = to.to_string(),
        }
    }
    map.owners.retain(|owner| owner.id != *from);
}
