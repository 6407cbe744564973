//! The maps that `new` begins with.

use super::Template;

/// What `new` writes unless a template is named: a chain of five boxes, enough to see each thing once.
pub static STARTER: Template = Template {
    name: "starter",
    about: "five boxes about libraries, with each thing once",
    also: &["default", "example", "library", "libraries"],
    json: include_str!("../../examples/maps/starter/map.json"),
};

/// The templates by sector, in the order of the alphabet.
pub static TEMPLATES: &[Template] = &[
    Template {
        name: "adult-care",
        about: "reablement at home after hospital",
        also: &["adult-social-care", "social-care", "care", "adults"],
        json: include_str!("../../assets/templates/adult-care.json"),
    },
    Template {
        name: "digital-service",
        about: "parking permits online",
        also: &["digital", "digital-services", "online-service", "service"],
        json: include_str!("../../assets/templates/digital-service.json"),
    },
    Template {
        name: "estates",
        about: "one main office in place of three",
        also: &["estate", "property", "offices", "buildings"],
        json: include_str!("../../assets/templates/estates.json"),
    },
    Template {
        name: "health",
        about: "a falls clinic close to home",
        also: &["healthcare", "nhs", "hospital", "public-health"],
        json: include_str!("../../assets/templates/health.json"),
    },
    Template {
        name: "housing",
        about: "repairs right first time",
        also: &["social-housing", "homes", "repairs"],
        json: include_str!("../../assets/templates/housing.json"),
    },
    Template {
        name: "regulation",
        about: "food inspections by risk",
        also: &["regulator", "inspection", "inspections", "enforcement"],
        json: include_str!("../../assets/templates/regulation.json"),
    },
];
