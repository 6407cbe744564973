//! A foot under every stage, where a page puts what adds a box.

use crate::scene::{PanelKind, Sample, Scene};

/// How much higher stages are than on paper, in px.
const FOOT: f64 = 50.0;

/// The same scene with higher stages, and with what lies below them moved down by as much.
pub(super) fn with_feet(scene: &Scene) -> Scene {
    let mut scene = scene.clone();
    let mut foot = f64::MIN;
    for panel in scene.panels.iter_mut().filter(|panel| panel.kind == PanelKind::Stage) {
        foot = foot.max(panel.area.y + panel.area.h);
        panel.area.h += FOOT;
    }
    if foot == f64::MIN {
        return scene;
    }
    let below = |y: f64| y >= foot;
    for text in scene
        .texts
        .iter_mut()
        .filter(|text| text.lines.first().is_some_and(|line| below(line.y)))
    {
        text.move_by(0.0, FOOT);
    }
    for symbol in scene.symbols.iter_mut().filter(|symbol| below(symbol.y)) {
        symbol.move_by(0.0, FOOT);
    }
    for rule in scene.rules.iter_mut().filter(|rule| below(rule.area.y)) {
        rule.area.y += FOOT;
    }
    for entry in &mut scene.legend {
        entry.area.y += FOOT;
        entry.text.move_by(0.0, FOOT);
        match &mut entry.sample {
            Sample::Card { .. } => {}
            Sample::Symbol(symbol) => symbol.move_by(0.0, FOOT),
            Sample::Route(route) => route.bezier.iter_mut().for_each(|point| point.1 += FOOT),
        }
    }
    scene.height += FOOT;
    scene
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::BenefitGraph;
    use crate::layout;
    use crate::map::{BenefitMap, Node, NodeId, NodeKind};

    #[test]
    fn stages_grow_and_nothing_comes_to_lie_on_them() {
        let mut map = BenefitMap::new("Kiosks");
        map.nodes
            .push(Node::new(NodeId::new("a").unwrap(), NodeKind::Enabler, "Kiosks"));
        let plain = layout::layout(&BenefitGraph::new(&map), &Default::default());
        let footed = with_feet(&plain);
        assert_eq!(footed.height, plain.height + FOOT);
        assert_eq!(footed.cards, plain.cards);
        let foot = |scene: &Scene| scene.panels.iter().map(|p| p.area.y + p.area.h).fold(0.0, f64::max);
        assert_eq!(foot(&footed), foot(&plain) + FOOT);
        assert!(!footed.legend.is_empty());
        for entry in &footed.legend {
            assert!(entry.area.y >= foot(&footed), "{entry:?}");
        }
    }
}
