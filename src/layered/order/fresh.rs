//! Levels from nothing, component by component.

use super::search;
use crate::layered::graph::LayeredGraph;
use crate::layered::input::Effort;
use crate::layered::levels::Levels;

/// Orders a graph from nothing: every component by itself, the large ones above, single vertices last.
pub(super) fn fresh(graph: &LayeredGraph, effort: Effort) -> Levels {
    let (component, count) = graph.components();
    let mut members = vec![vec![]; count];
    for v in 0..graph.len() as u32 {
        members[component[v as usize] as usize].push(v);
    }
    members.sort_by_key(|list| std::cmp::Reverse(list.len()));
    let mut columns = vec![vec![]; graph.layers.len()];
    let mut index = vec![0; graph.len()];
    for list in &members {
        if let [v] = list[..] {
            columns[graph.layer_of[v as usize] as usize].push(v);
            continue;
        }
        let part = graph.part(list, &mut index);
        for column in &search::order(&part, graph.len(), effort).layers {
            let Some(&first) = column.first() else { continue };
            let c = graph.layer_of[list[first as usize] as usize] as usize;
            columns[c].extend(column.iter().map(|&v| list[v as usize]));
        }
    }
    Levels::new(columns, graph.len())
}
