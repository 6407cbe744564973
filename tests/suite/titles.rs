//! What titles give away: work, objectives and changes, and two changes in one box, over lists labelled by hand.

use benefit_map::check::{Options, Profile, check};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use serde_json::json;

/// The titles of which the rule says something, of outcomes with these titles.
fn found<'t>(code: &str, titles: &[&'t str]) -> Vec<&'t str> {
    let node = |(at, title): (usize, &&str)| json!({"id": format!("n{at}"), "kind": "end-outcome", "title": title});
    let nodes: Vec<_> = titles.iter().enumerate().map(node).collect();
    let map: BenefitMap = serde_json::from_value(json!({"format": 1, "nodes": nodes})).unwrap();
    let report = check(&BenefitGraph::new(&map), &Options::new(Profile::Audit));
    let of_rule = report.findings.iter().filter(|finding| finding.code == code);
    of_rule
        .map(|finding| {
            let id = finding.subject.to_string();
            titles[id.strip_prefix("node n").unwrap().parse::<usize>().unwrap()]
        })
        .collect()
}

/// Outcomes that name work.
const WORK: &[&str] = &[
    "Deliver training",
    "Deliver a new app",
    "Deliver discharge training on wards",
    "Implement route planning",
    "Set up a control room",
    "Roll out tablets to all wards",
    "Launch the portal",
    "Create safe routes",
    "Delivery of training",
    "Provision of advice sessions",
    "Implementation of the new case system",
    "Recruitment of 12 link workers",
    "Roll-out of smart meters",
    "Introduction of a single front door",
    "Installation of 400 heat pumps",
    "Run workshops",
    "Run six community workshops",
    "Hold quarterly drop-in sessions",
    "Host an annual conference",
    "Train 200 nurses",
    "Train all frontline staff",
    "Train nurses in triage",
    "Train ward managers",
    "Test the new pathway",
    "Review the policy",
    "Engage with residents",
    "Support the team with coaching",
    "Migration to cloud completed",
    "Migration of records completed",
    "Phase 2 completed",
    "Training completed",
    "Website launched",
    "Case system implemented",
    "Heat pumps installed",
    "200 nurses trained",
    "Strategy published",
    "Workshops delivered",
    "Avoid further justice system involvement",
    "Goal statement: Create a safe space",
    "Objective 2: Develop a workforce strategy",
    "Outcome: Establish a joint board",
    "1. Procure a supplier",
    "(b) Conduct a skills audit",
    "- Publish the data",
    "To develop a digital strategy",
    "We will install 40 chargers",
    "Successfully implement the platform",
    "Design and deliver a training offer",
    "Plan, build and run a pilot",
    "Upgrade the network",
    "Organise community events",
    "Streamline the application process",
    "Integrating health and care records",
    "Delivering home visits",
    "Providing advice to tenants",
    "Developing a toolkit",
    "Buy 30 electric vans",
    "Recruit volunteers",
    "Conduct a survey of visitors",
    "Build a new depot",
    "Build 200 homes",
    "Staff are trained",
    "All staff have been trained",
    "All staff trained by March 2028",
    "Staff attend training",
    "Training delivered to all staff",
    "Strategy delivered",
    "Project closed on time",
    "Project delivered on time and budget",
    "New CRM system live",
    "The new platform is live",
    "Website up and running",
    "Policy in place",
    "Contract awarded",
    "Delivery team recruited",
    "Business case approved",
    "Legacy system switched off",
    "Tablets rolled out",
    "Pilot completed as planned",
    "Staff have been trained in the new system",
    "Users trained on the platform",
    "New system rolled out to all teams",
    "Workshops held with residents",
    "System go-live",
    "Staff are upskilled",
];

/// Outcomes that name a change, an objective, or a thing that is cared for.
const CHANGE: &[&str] = &[
    "Reduce emissions",
    "Reducing emissions from the fleet",
    "Improve patient experience",
    "Improving air quality",
    "Improve access to services",
    "Increase small producers' productivity",
    "Increase recycling",
    "Increase in visits",
    "Goal: Reduce emissions by a third",
    "To improve school attendance",
    "Enhance biodiversity",
    "Maximise income from visitors",
    "Minimise waste",
    "Strengthen community resilience",
    "Eliminate rough sleeping",
    "Cut waiting times",
    "Boost local spending",
    "Prevent homelessness",
    "Protect seabirds",
    "Maintain service quality",
    "Achieve net zero by 2040",
    "Ensure every child can swim",
    "Promote healthy lives",
    "Build trust in the service",
    "Create 500 jobs",
    "Deliver savings",
    "Develop social skills",
    "Savings delivered",
    "Improved access",
    "Fewer missed collections",
    "More upgrades completed",
    "Fewer operations cancelled",
    "Higher take-up of training",
    "Support for families",
    "Support staff feel valued",
    "Support staff retained",
    "Training completed by nine in ten recruits",
    "Launch costs stay low",
    "Train services run on time",
    "Train stations are step-free",
    "Test results reach patients sooner",
    "Run times fall",
    "Open space within reach of every home",
    "Building safety is better",
    "Growing economy",
    "Complete records for every home",
    "Secure homes",
    "Set of standards agreed",
    "Delivery of parcels is cleaner",
    "Delivery of babies costs less",
    "Migration from the countryside is reduced",
    "Migration to the cities slows",
    "Production of waste falls",
    "Design quality recognised",
    "Plan holders are better off in retirement",
    "Students completing courses",
    "Residents trust the council",
    "Enabling environment for small firms",
    "Academic progress",
    "Exit from the justice system",
    "Warm homes",
    "Seabirds",
    "Children ready for school",
    "12 per cent fewer falls",
    "2030 target for clean air met",
    "Developed skills",
    "Provider markets are stable",
    "Parks open later",
    "Services open on Sundays",
    "More staff are trained in first aid",
    "Homes built near stations",
    "Fewer plans approved late",
    "Tenants are ready for winter",
    "Data is used in decisions",
    "Trees planted survive",
    "Residents are in work",
    // Department for Business, Energy and Industrial Strategy, "BEIS Monitoring and Evaluation Framework" (2020),
    // figure 7; Open Government Licence v3.0.
    "Substantial CO2 abatement as a result of market mechanisms.",
    "Market mechanisms in at least 5 developing countries by 2020.",
];

/// Titles that name two changes.
const TWO: &[&str] = &[
    "Lower cost and cleaner air",
    "Cleaner streets and lower costs",
    "Increased knowledge of mental health and reduced stigma",
    "Sensors installed and crews trained",
    "Install sensors and train the crews",
    "Reduce emissions and improve air quality",
    "Improve attendance and reduce exclusions",
    "Fewer complaints; higher trust in the service",
    "Shorter waits & fewer visits",
    "Fewer readmissions and happier families",
    "More exercise and better sleep",
    "More nurses as well as fewer agency shifts",
    "Less traffic and cleaner air",
    "Higher trust, and lower turnover",
    "Waiting times fall and satisfaction rises",
    "Better care in hospital and lower fees",
    "Increased income, savings and/or decreased debt",
    "Damp repairs finished sooner and tenants happier",
    "Damp repaired sooner and tenants happier",
    "Customers feel supported and staff stay",
    "Streets are cleaner and residents feel safe",
    "Crime falls and people feel safe",
    "Fewer complaints and staff stay longer",
    "Lower costs and tenants are happier",
    "Journeys faster and passengers more satisfied",
    "Costs fall while satisfaction rises",
    "Rents are fair and homes are warm",
    "Lower costs, happier staff",
    "Roads safer, air cleaner",
    "Costs down and satisfaction up",
    "Repairs done sooner and happier tenants",
    "Staff stay and patients wait less",
    "Pupils attend more and teachers stay",
    "Patients recover faster and staff feel less stressed",
    "Bills fall and homes stay warm",
];

/// Titles that name one change, whatever joins their words.
const ONE: &[&str] = &[
    "More rapid and enhanced agricultural development and food security encouraged",
    "More rapid and better care",
    "More affordable and greener homes",
    "More informed and healthier residents",
    "Less costly and faster repairs",
    "Faster, safer and better journeys",
    "Faster and cheaper rounds",
    "Better informed and more confident parents",
    "Healthier, more independent and safer seniors",
    "Improved physical and improved mental health",
    "Improved interpersonal and planning skills",
    "Assessments + Screening Tools",
    "Increased access to community, health and housing resources",
    "Research and development",
    "Fewer slips, trips and falls",
    "Reduce and recycle waste",
    "Better design and build quality",
    "Increase in walking and cycling",
    "Plan; review",
    "and",
    "Streets cleaner and much safer",
    "Residents feel safe and want to stay",
    "Homes are warmer and cheaper to heat",
    "Journeys are faster and more reliable",
    "Buildings cost less and last longer",
    "People eat better and live longer",
    "Families move home sooner and settle faster",
    "Trains run on time and arrive sooner",
    "More affordable, greener homes",
    "Faster, cheaper rounds",
    "Fewer slips, trips and falls",
    "People are healthier and live longer",
    "Staff happier and more productive",
    "Health and care staff stay longer",
    "Parks and play areas are used more",
    "Homes, schools and clinics are warmer",
    "Buses and trains run on time",
    "Children are picked up and dropped off",
    "Families get help early and stay together",
    "Young people find and keep work",
    "Older people stay active and connected",
    "Patients know who to call and what to do",
    "Residents get advice and support that works",
    "Visitors find shops and bus stops",
    "More people walk and cycle to work",
    "People use buses and cycle to work",
    "Children read and write well",
    "Homes are safe and in good repair",
    "Staff have time and space to work",
    "Strengthen action to prevent and prepare for floods",
    "Children are safe and well at school",
    "Carers can rest and go out",
    "Tenants feel safe and secure at home",
];

/// Outcomes that would suit any project.
const VAGUE: &[&str] = &[
    "Improved service",
    "Improve service",
    "Better services",
    "Improved access",
    "Digital transformation",
    "Efficiency savings",
    "Cost savings",
    "Training",
    "Efficiency",
    "Improved efficiency and effectiveness",
    "Better outcomes",
    "Better quality of service",
    "Excellent customer service",
    "Improved customer experience",
    "More efficient processes",
    "Streamlined processes",
    "New ways of working",
    "Better ways of working",
    "Better decision making",
    "Culture change",
    "Stakeholder engagement",
    "Partnership working",
    "Innovation",
    "Improved performance",
    "Increased productivity",
    "Enhanced capability",
    "Value for money",
    "A modern organisation",
    "World-class services",
    "Improved communication",
    "Increased awareness",
    "Service improvement",
    "Improved reputation",
    "New website",
    "Improved IT",
    "Staff engagement",
    "Improved outcomes for residents",
    "Services improved",
    "Process efficiency",
];

/// Outcomes that name somebody, a place, a thing or a figure.
const PLAIN: &[&str] = &[
    "Better services for carers",
    "Improved access to dentists",
    "Savings of £2 million",
    "Fewer missed collections",
    "Lower cost of a repair",
    "Higher resident satisfaction",
    "More people regain independence",
    "Better health",
    "Healthier staff",
    "Cleaner air",
    "Quicker answers",
    "Improved well-being",
    "Improved quality of homes",
    "Increased math and literacy levels",
    "Increased job skills",
    "Academic progress",
    "Fewer calls",
    "More repairs right at the first visit",
    "Improved air quality",
    "Economic growth in the north",
    "Children ready for school",
    "Increased access to basic needs",
    "Reduced toil",
    "Improved lead time",
    "Trust in the police",
    "Services within 30 minutes of every home",
];

/// Of those that are said to be of a kind, how many are; of those that are, how many are said to be; and which are not
/// told right, in words.
fn precision_and_recall(code: &str, of_the_kind: &[&str], others: &[&str]) -> (f64, f64, String) {
    let (right, wrong) = (found(code, of_the_kind), found(code, others));
    let missed: Vec<&&str> = of_the_kind.iter().filter(|title| !right.contains(title)).collect();
    let amiss = format!("{code} says too much of {wrong:?} and nothing of {missed:?}");
    let (right, wrong) = (right.len() as f64, wrong.len() as f64);
    (right / (right + wrong), right / of_the_kind.len() as f64, amiss)
}

#[test]
fn work_is_known_from_changes_and_objectives() {
    let (precision, recall, amiss) = precision_and_recall("BM110", WORK, CHANGE);
    assert!(
        precision >= 0.98 && recall >= 0.95,
        "precision {precision}, recall {recall}: {amiss}"
    );
}

#[test]
fn two_changes_are_known_from_one() {
    let (precision, recall, amiss) = precision_and_recall("BM111", TWO, ONE);
    assert!(
        precision >= 0.98 && recall >= 0.9,
        "precision {precision}, recall {recall}: {amiss}"
    );
}

#[test]
fn vague_outcomes_are_known_from_plain_ones() {
    let (precision, recall, amiss) = precision_and_recall("BM116", VAGUE, PLAIN);
    assert!(
        precision >= 0.98 && recall >= 0.9,
        "precision {precision}, recall {recall}: {amiss}"
    );
    // What reads as work is said once.
    assert_eq!(found("BM116", &["Training delivered"]), [""; 0]);
}

#[test]
fn an_objective_is_not_work_and_work_is_in_whatever_words() {
    let objectives = [
        "Reduce emissions",
        "Improve patient experience",
        "Increase small producers' productivity",
    ];
    assert_eq!(found("BM110", &objectives), [""; 0]);
    let work = [
        "Delivery of training",
        "Run workshops",
        "Train 200 nurses",
        "Migration to cloud completed",
        "Avoid further justice system involvement",
        "Goal statement: Create a safe space",
    ];
    assert_eq!(found("BM110", &work), work);
}

#[test]
fn what_is_quoted_as_a_change_reads_as_one() {
    let titles = ["More rapid and enhanced agricultural development and food security encouraged"];
    assert_eq!(found("BM111", &titles), [""; 0]);
    let map = json!({"format": 1, "title": "t", "nodes": [
        {"id": "a", "kind": "end-outcome", "title": "Increased income, savings, assets, and decreased debt"}]});
    let map: BenefitMap = serde_json::from_value(map).unwrap();
    let findings = check(&BenefitGraph::new(&map), &Options::new(Profile::Audit)).findings;
    let told = findings.iter().find(|finding| finding.code == "BM111").unwrap();
    assert!(
        told.message
            .ends_with("two changes: `Increased income, savings, assets` and `decreased debt`"),
        "{}",
        told.message
    );
}
