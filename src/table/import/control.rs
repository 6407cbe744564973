//! The tables of what a benefit profile says beside the benefit: stakeholders, document control and approvals.

use super::super::{DecisionKind, Handling};
use super::Sheets;
use super::appraisal::{fields, made};
use super::reader::{Log, What};
use super::records::{Ids, belongs, homeless, places, valueless};
use crate::map::record;
use crate::map::{Approval, BenefitMap, DocumentControl, Stakeholder};

/// Who gains and who loses.
pub(super) fn stakeholders(sheets: &Sheets<'_>, map: &mut BenefitMap, ids: &mut Ids, log: &mut Log) {
    let places = places(map.nodes.iter().map(|node| node.id.clone()));
    for row in sheets.rows("stakeholders") {
        let Some(id) = ids.nodes.refer(&row.text("node"), &row, "node", &mut ids.taken, log) else {
            let told = "the stakeholder does not name a node, so the row was left out";
            homeless(&row, "node", told, log);
            continue;
        };
        let Some(at) = belongs(&places, &id, &row, ("node", format!("node `{id}`")), log) else {
            continue;
        };
        let said = fields(&record::STAKEHOLDER, &row, ids, log);
        if !said.contains_key("who") {
            valueless(
                &row,
                "who",
                "the row does not say who the stakeholder is, so it was left out",
                log,
            );
            continue;
        }
        let made = made::<Stakeholder>(said, &record::STAKEHOLDER);
        map.nodes[at].stakeholders.extend(made);
    }
}

/// Which version the map is, and who has approved it; `None` where no row says anything of it.
pub(super) fn document(sheets: &Sheets<'_>, ids: &mut Ids, log: &mut Log) -> Option<DocumentControl> {
    let mut document: Option<DocumentControl> = None;
    for row in sheets.rows("document") {
        let said = fields(&record::DOCUMENT, &row, ids, log);
        if document.is_some() {
            let what = What {
                kind: DecisionKind::Superseded,
                handling: Handling::Fault,
                message: "a map has one row of document control, so this row was left out".to_owned(),
                help: "Keep one row.",
            };
            row.say(log, None, what);
            continue;
        }
        document = made(said, &record::DOCUMENT);
    }
    for row in sheets.rows("approvals") {
        let said = fields(&record::APPROVAL, &row, ids, log);
        if !said.contains_key("by") {
            valueless(&row, "by", "the row does not say who approves, so it was left out", log);
            continue;
        }
        let approval = made::<Approval>(said, &record::APPROVAL);
        document.get_or_insert_default().approvals.extend(approval);
    }
    document
}
