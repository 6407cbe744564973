//! How to work: the map as a whole, the order of the work, and what makes a good reason, measure and owner.

use super::Subject;

pub(super) static MAP: Subject = Subject {
    aliases: &[
        "benefit map",
        "benefits map",
        "map",
        "method",
        "benefit mapping",
        "benefits mapping",
    ],
    more: &[
        "Read it from left to right: investments pay for enablers, enablers make business changes possible, business changes \
         bring intermediate outcomes, and these lead to end outcomes. A path from money to an end outcome is a line of sight.",
        "A map does not prove that the results will come. It shows a chain of causes that people who know the work believe, \
         with the reasons, so that the weak places can be seen and tested.",
    ],
    ..Subject::new(
        "benefit-map",
        "Benefit map",
        "A picture of how money and work lead to results that people want. Each box is something that is paid for, made, \
         changed or hoped for; each link says that one thing brings about another.",
    )
};

pub(super) static ORDER: Subject = Subject {
    aliases: &[
        "steps",
        "agenda",
        "how to",
        "where to start",
        "start",
        "begin",
        "first",
        "how",
    ],
    steps: &[
        ("End outcomes", "Write three to five. What is different, and for whom?"),
        (
            "Back to the left",
            "Ask of each box: what must have changed for this to happen? Look for the business change before the thing.",
        ),
        (
            "Enablers and money",
            "Add only what the changes need, and what it costs in each year.",
        ),
        (
            "Links",
            "Draw them, and give each its reason while the people who know it are in the room.",
        ),
        (
            "Forwards again",
            "Start from the money and ask \"so what?\" at each box. Whatever leads to no outcome loses its place or finds one.",
        ),
        (
            "Owners",
            "One senior person for each outcome, then one for each output.",
        ),
        (
            "Measures",
            "A baseline and a dated target for each outcome; an early sign for each output.",
        ),
        (
            "Doubts",
            "Evidence for the links, assumptions, risks, and who is worse off.",
        ),
    ],
    more: &["`benefit-map check map.json --next` names the next step for a map as it is."],
    ..Subject::new(
        "order",
        "The order to work in",
        "Begin with the end and work back to the money. A map that begins with the project ends up defending it.",
    )
};

pub(super) static REASON: Subject = Subject {
    aliases: &["rationale", "because", "link", "why", "links", "arrow"],
    test: "Say both titles with \"because\" between them. If the sentence only repeats the titles, or would fit any other \
           link, it is not a reason yet.",
    examples: "reasons",
    good: &[
        "Crews that see which bins are full skip the rest, so each round is shorter.",
        "Tenants who choose the time themselves are at home when the crew comes.",
        "A bed that is free before noon takes one of that day's admissions.",
    ],
    bad: &[
        ("This will improve efficiency.", "would fit any link"),
        ("Sensors lead to better rounds.", "repeats the titles"),
        ("Agreed at the board.", "says who agreed, and leaves out why it works"),
    ],
    written: r#""nodes": [
  {"id": "live-rounds", "kind": "business-change", "title": "Rounds follow what the sensors say"},
  {"id": "shorter", "kind": "end-outcome", "title": "Shorter rounds"}
],
"links": [
  {"from": "live-rounds", "to": "shorter", "rationale": "Crews that see which bins are full skip the rest."}
]"#,
    ..Subject::new(
        "reason",
        "A good reason on a link",
        "A reason says how the first box brings about the second, so that somebody who doubts it can ask the next question.",
    )
};

pub(super) static EVIDENCE: Subject = Subject {
    aliases: &["proof", "strength", "source"],
    test: "Could a stranger find the source and read the figure for themselves?",
    examples: "sources",
    good: &[
        "Trial in 40 homes, winter 2025: damp found five weeks sooner",
        "Fleet telematics for one depot, April to June 2026",
        "Published study of 12 hospitals, with its address",
    ],
    bad: &[
        ("Common knowledge", "nobody can look it up"),
        (
            "Supplier's brochure",
            "written by those who sell it: rate it as weak at most",
        ),
        (
            "See attached",
            "the attachment will be lost: name the document and the page",
        ),
    ],
    more: &[
        "Rate each source as `strong`, `moderate`, `weak` or `assumed`. A chain is as well supported as its weakest link.",
    ],
    written: r#""nodes": [
  {"id": "live-rounds", "kind": "business-change", "title": "Rounds follow what the sensors say"},
  {"id": "shorter", "kind": "end-outcome", "title": "Shorter rounds"}
],
"links": [
  {"from": "live-rounds", "to": "shorter", "evidence": [
    {"source": "Fleet telematics for one depot, April to June 2026", "strength": "moderate"}
  ]}
]"#,
    ..Subject::new(
        "evidence",
        "Good evidence for a link",
        "Evidence shows that a link has worked somewhere, and says where.",
    )
};

pub(super) static MEASURE: Subject = Subject {
    aliases: &[
        "kpi",
        "indicator",
        "metric",
        "key performance indicator",
        "baseline and target",
        "measurement",
        "measuring",
    ],
    test: "Would two people who measure it separately get the same number?",
    examples: "measures",
    good: &[
        "Days from report to repair, median: 34 on 31 March 2026, 10 by 31 March 2028",
        "Missed collections for each 1,000 homes: 4.2 in 2025-26, 2.0 by 31 March 2028",
        "People over 75 admitted after a fall, a year: 610 in 2025, 520 in 2028",
    ],
    bad: &[
        ("Customer satisfaction", "without a unit, a baseline or a target"),
        ("Workshops held", "counts the work: a leading indicator at best"),
        ("Improve by 20%", "20% of what, from which day to which?"),
    ],
    more: &[
        "Outcome indicators measure outcomes. Leading indicators measure enablers and business changes, and warn early.",
        "Take the baseline before the work begins. Write down who measures, how often, and from which source.",
    ],
    written: r#""owners": [{"id": "repairs-head", "name": "Head of Repairs"}],
"nodes": [{"id": "sooner", "kind": "end-outcome", "title": "Repairs are done sooner"}],
"kpis": [
  {"id": "days", "node": "sooner", "title": "Days from report to repair, median",
   "indicator": "outcome", "unit": "days", "direction": "decrease",
   "baseline": {"date": "2026-03-31", "value": 34},
   "targets": [{"date": "2028-03-31", "value": 10}],
   "measurement": {"method": "administrative", "source": "Repairs system",
                   "frequency": "monthly", "responsible": "repairs-head"}}
]"#,
    ..Subject::new(
        "measure",
        "A good measure",
        "A measure, or KPI, is a number that shows whether an outcome has come about. It has a unit, a baseline with its day, \
         and a target with its day.",
    )
};

pub(super) static OWNER: Subject = Subject {
    aliases: &["benefit owner", "accountable", "responsible", "who", "ownership"],
    test: "Can this person move people, money or rules when the measure goes wrong?",
    examples: "owners",
    good: &["Director of Housing", "Chief Nurse", "Head of Waste Services"],
    bad: &[
        ("The project team", "a group, and gone when the project ends"),
        ("The supplier", "answers for the contract, not for the outcome"),
        ("TBC", "a gap: leave it open, so that the check shows it"),
    ],
    more: &[
        "Name the post and, where you can, the person. The owner of an outcome keeps the benefits realisation plan for it.",
    ],
    written: r#""owners": [
  {"id": "housing", "name": "Director of Housing", "organisation": "City Council", "senior": true}
],
"nodes": [
  {"id": "warmer", "kind": "end-outcome", "title": "Warmer homes", "owner": "housing"}
]"#,
    ..Subject::new(
        "owner",
        "A good owner",
        "One senior person who answers for the outcome, also where others do the work.",
    )
};

pub(super) static PLAN: Subject = Subject {
    aliases: &["plans", "activities"],
    test: "Does each activity say what will be different when it is done, and by which day?",
    examples: "activities",
    good: &[
        "Train the first six crews, 1 June to 30 September 2027",
        "Take the saved hours out of the rosters, by 31 March 2028",
        "Offer tenants a choice of times, from 1 May 2027",
    ],
    bad: &[
        ("Monitor progress", "is never finished"),
        ("Implementation", "is the whole project in one word"),
        ("Work with partners", "leaves out who does what, and by when"),
    ],
    more: &[
        "Each owner of an outcome has a plan: what they will do so that the benefit comes about, in which order, and after what.",
    ],
    written: r#""owners": [{"id": "housing", "name": "Director of Housing"}],
"nodes": [{"id": "warmer", "kind": "end-outcome", "title": "Warmer homes", "owner": "housing"}],
"plans": [
  {"owner": "housing", "activities": [
    {"id": "survey", "title": "Survey the coldest 200 homes", "node": "warmer",
     "start": "2027-04-01", "end": "2027-07-31", "priority": 1},
    {"id": "insulate", "title": "Insulate the first 100 of them", "node": "warmer",
     "start": "2027-08-01", "end": "2028-03-31", "after": ["survey"], "priority": 1}
  ]}
]"#,
    ..Subject::new(
        "plan",
        "A good benefits realisation plan",
        "What an owner will do, and by when, so that the outcomes they answer for come about.",
    )
};

pub(super) static RISK: Subject = Subject {
    aliases: &["risks", "threat", "response", "responses", "mitigation"],
    test: "Is it something that may happen, rather than something that is the case already?",
    examples: "risks",
    good: &[
        "Drivers leave because their hours vary",
        "The landlord refuses access to one home in ten",
        "Savings are spent before they reach the budget",
    ],
    bad: &[
        ("Resources", "is a topic: what may happen to them?"),
        ("The project fails", "is the sum of all risks: name one"),
        ("We have no data", "is the case already: take a baseline"),
    ],
    more: &[
        "Give each risk an owner, a likelihood and an impact from 1 to 5, the response that was chosen, and the day by which it \
         is to be settled.",
    ],
    written: r#""owners": [{"id": "housing", "name": "Director of Housing"}],
"nodes": [{"id": "warmer", "kind": "end-outcome", "title": "Warmer homes"}],
"risks": [
  {"id": "access", "title": "The landlord refuses access to one home in ten", "threatens": "warmer",
   "likelihood": 3, "impact": 4, "owner": "housing", "close_by": "2027-06-30", "status": "open",
   "responses": [{"action": "Agree access before the survey", "cost": 5000, "chosen": true}]}
]"#,
    ..Subject::new(
        "risk",
        "A good risk",
        "Something that may happen and would keep an outcome, or a link, from coming about.",
    )
};

pub(super) static PROFILES: Subject = Subject {
    aliases: &["profile", "workshop", "outline", "outline case", "audit", "strictness"],
    steps: &[
        (
            "workshop",
            "An early draft. Only what makes the map meaningless: a link to nothing, a loop, an empty title.",
        ),
        (
            "outline",
            "An outline business case: the chains hold, each link has a reason, outcomes have owners and measures.",
        ),
        (
            "business-case",
            "A full business case: also evidence, plans, risks and costs. What a careful reader will challenge.",
        ),
        ("audit", "Everything."),
    ],
    more: &[
        "The names follow the stages of HM Treasury's Green Book: a strategic outline, an outline and a full business case.",
    ],
    ..Subject::new(
        "profiles",
        "How strict a check is",
        "A map is held to more as it grows. `benefit-map check map.json --profile NAME` takes one of four profiles.",
    )
};
