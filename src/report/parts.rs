//! Pictures that are too large for a page or a slide, in the parts that they have.

use std::borrow::Cow;

use super::model::{Block, Picture, Report};
use crate::layout::PaperSize;

/// What a page of A4 that lies across leaves for a picture, in px.
pub(super) const ACROSS: (f64, f64) = (960.0, 600.0);

/// The report with a picture in its parts, where it has any, and all of it in that room would have smaller type than that paper allows.
pub(super) fn in_parts(report: &Report, (w, h): (f64, f64), paper: PaperSize) -> Cow<'_, Report> {
    let is_small = |picture: &Picture| {
        let shown = (w / picture.scene.width.max(1.0)).min(h / picture.scene.height.max(1.0));
        shown < paper.least_scale() && !picture.parts.is_empty()
    };
    let is_parted = |block: &Block| matches!(block, Block::Picture(picture) if is_small(picture));
    if !report.blocks.iter().any(is_parted) {
        return Cow::Borrowed(report);
    }
    let mut out = report.clone();
    out.blocks.clear();
    for block in &report.blocks {
        match block {
            Block::Picture(picture) if is_small(picture) => {
                let many = picture.parts.len();
                out.extend(picture.parts.iter().enumerate().map(|(at, scene)| {
                    Block::picture(Picture {
                        scene: scene.clone(),
                        caption: match (picture.caption.as_str(), many) {
                            ("", _) | (_, 1) => picture.caption.clone(),
                            (caption, _) => format!("{caption} ({} of {many})", at + 1),
                        },
                        // The first is what references lead to.
                        anchor: if at == 0 { picture.anchor.clone() } else { String::new() },
                        parts: Vec::new(),
                        ..(**picture).clone()
                    })
                }));
            }
            block => out.push(block.clone()),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Scene;

    #[test]
    fn a_picture_is_in_parts_where_its_type_would_be_too_small() {
        let scene = |width: f64, height: f64| Scene {
            width,
            height,
            ..Scene::default()
        };
        let mut report = Report::new("r");
        let mut picture = Picture::new(scene(900.0, 2400.0), "Plan");
        picture.anchor = "plan".to_owned();
        picture.parts = vec![scene(900.0, 500.0), scene(900.0, 400.0)];
        report.push(Block::picture(picture));
        // Nothing can be done about a picture without parts.
        report.push(Block::picture(Picture::new(scene(900.0, 2400.0), "Map")));
        let shown = in_parts(&report, ACROSS, PaperSize::Report);
        let pictures = shown.blocks.iter().map(|block| match block {
            Block::Picture(one) => (one.caption.as_str(), one.anchor.as_str(), one.scene.height),
            other => panic!("{other:?}"),
        });
        assert_eq!(
            pictures.collect::<Vec<_>>(),
            [
                ("Plan (1 of 2)", "plan", 500.0),
                ("Plan (2 of 2)", "", 400.0),
                ("Map", "", 2400.0)
            ]
        );
        let roomy = in_parts(&report, (2000.0, 2400.0), PaperSize::Report);
        assert!(matches!(roomy, Cow::Borrowed(_)));
    }
}
