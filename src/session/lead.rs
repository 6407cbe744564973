//! Who shows the map to the others, and where they are.

use serde::{Deserialize, Serialize};

use super::Author;

/// How far from the picture's corner a place may be, in px.
const FAR: f64 = 1e7;
/// The longest subject, in bytes.
const SUBJECT: usize = 300;

/// A place to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The left side of what is seen of the picture, in px.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
    /// The box or the link that is chosen.
    #[serde(default)]
    pub chosen: Option<String>,
    /// Where a presentation is, if one is shown.
    #[serde(default)]
    pub shown: Option<Shown>,
}

/// A step of a presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// The id of the end outcome.
    pub outcome: String,
    /// Which step, from 0.
    pub step: u32,
}

impl Look {
    /// Whether it is a place that there can be.
    pub fn is_sound(&self) -> bool {
        let is_near = [self.x, self.y, self.w, self.h]
            .iter()
            .all(|n| n.is_finite() && n.abs() <= FAR);
        let is_short = |text: &String| text.len() <= SUBJECT;
        let is_named = self.chosen.iter().all(is_short) && self.shown.iter().all(|shown| is_short(&shown.outcome));
        is_near && self.w > 0.0 && self.h > 0.0 && is_named
    }
}

/// Somebody who shows the map to the others, and where they are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leader {
    /// The browser, by the id that others know it by.
    pub client: String,
    /// What the person is called.
    pub name: String,
    /// The person's colour.
    pub colour: u8,
    /// Where they are.
    pub look: Look,
}

/// Who leads, if anybody does: one person at a time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lead(Option<Leader>);

impl Lead {
    /// Who leads.
    pub fn leader(&self) -> Option<&Leader> {
        self.0.as_ref()
    }

    /// Somebody leads from now on, whoever led before.
    pub fn begin(&mut self, who: Author, look: Look) {
        let Author { client, name, colour } = who;
        self.0 = Some(Leader {
            client,
            name,
            colour,
            look,
        });
    }

    /// Who leads is somewhere else; `false` where it is not this browser that leads.
    #[must_use]
    pub fn go(&mut self, client: &str, look: Look) -> bool {
        match &mut self.0 {
            Some(leader) if leader.client == client => {
                leader.look = look;
                true
            }
            _ => false,
        }
    }

    /// A browser leads no longer, if it did; whether that is new.
    pub fn end(&mut self, client: &str) -> bool {
        let is_leader = self.0.as_ref().is_some_and(|leader| leader.client == client);
        if is_leader {
            self.0 = None;
        }
        is_leader
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(x: f64) -> Look {
        Look {
            x,
            y: 0.0,
            w: 100.0,
            h: 50.0,
            chosen: None,
            shown: None,
        }
    }

    fn who(client: &str) -> Author {
        Author {
            client: client.to_owned(),
            ..Author::default()
        }
    }

    #[test]
    fn one_person_leads_at_a_time_and_nobody_leads_for_another() {
        let mut lead = Lead::default();
        assert!(!lead.go("ada", look(1.0)));
        lead.begin(who("ada"), look(1.0));
        assert!(lead.go("ada", look(2.0)));
        assert!(!lead.go("ben", look(3.0)) && !lead.end("ben"));
        assert_eq!(lead.leader().unwrap().look, look(2.0));
        lead.begin(who("ben"), look(4.0));
        assert!(!lead.go("ada", look(5.0)), "another has taken over");
        assert!(lead.end("ben") && lead.leader().is_none() && !lead.end("ben"));
    }

    #[test]
    fn only_places_that_there_can_be_are_sound() {
        assert!(look(0.0).is_sound());
        let wrong = [
            look(1e8),
            look(f64::NAN),
            Look { w: 0.0, ..look(0.0) },
            Look {
                chosen: Some("x".repeat(301)),
                ..look(0.0)
            },
        ];
        assert!(wrong.iter().all(|look| !look.is_sound()));
    }
}
