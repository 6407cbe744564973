//! WordList by what they say in a title, in lower case.

use crate::map::WordList;

/// Verbs that begin a piece of work, and seldom anything else.
pub(super) static VERBS: WordList = WordList::of(&[
    "adopt", "allocate", "appoint", "arrange", "automate", "avoid", "build", "buy", "centralise", "centralize",
    "complete", "conduct", "consolidate", "construct", "convene", "coordinate", "create", "decommission", "deliver",
    "deploy", "develop", "digitise", "digitize", "distribute", "embed", "establish", "evaluate", "execute",
    "facilitate", "finalise", "finalize", "gather", "hire", "identify", "implement", "install", "integrate",
    "introduce", "invest", "migrate", "modernise", "modernize", "organise", "organize", "outsource", "prepare",
    "procure", "produce", "provide", "publish", "purchase", "recruit", "redesign", "refurbish", "replace", "secure",
    "simplify", "standardise", "standardize", "streamline", "undertake", "upgrade", "upskill", "write",
    // What is being done, in words that are no adjectives and no trades.
    "appointing", "automating", "conducting", "consolidating", "constructing", "creating", "delivering",
    "deploying", "developing", "digitising", "digitizing", "establishing", "facilitating", "implementing",
    "installing", "integrating", "introducing", "investing", "launching", "migrating", "modernising", "modernizing",
    "organising", "organizing", "preparing", "procuring", "providing", "recruiting", "redesigning", "replacing",
    "simplifying", "standardising", "standardizing", "streamlining", "undertaking", "upgrading", "upskilling",
]);

/// Verbs that begin an objective, the change itself in the words of a plan: "reduce emissions".
pub(super) static OBJECTIVES: WordList = WordList::of(&[
    "boost", "cut", "decrease", "double", "eliminate", "end", "enhance", "grow", "halve", "improve", "increase",
    "lower", "maximise", "maximize", "minimise", "minimize", "prevent", "protect", "raise", "reduce", "restore",
    "shorten", "strengthen", "widen",
]);

/// WordList that are verbs only where an article, a number or the like follows: "launch the portal", but "launch costs".
pub(super) static MAYBE_VERBS: WordList = WordList::of(&[
    "change", "commission", "design", "draft", "engage", "hold", "host", "launch", "lead", "manage", "monitor",
    "open", "pilot", "plan", "review", "run", "running", "start", "support", "test", "train", "training", "trial",
    "work",
]);

/// What follows a verb and never a noun that stands for itself.
pub(super) static DETERMINERS: WordList = WordList::of(&[
    "a", "all", "an", "each", "every", "more", "new", "our", "the", "their", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "up", "with",
]);

/// What is run, held or launched, so that the word before it is the verb: "run workshops", but "run times".
pub(super) static EVENTS: WordList = WordList::of(&[
    "apps", "audits", "campaigns", "classes", "clinics", "competitions", "consultations", "conferences", "courses",
    "events", "exercises", "interviews", "lessons", "meetings", "pilots", "programmes", "programs", "projects",
    "reviews", "roadshows", "seminars", "sessions", "surveys", "training", "trials", "webinars", "workshops",
]);

/// Who is trained, so that the word before it is the verb: "train nurses", but "train services".
pub(super) static PEOPLE: WordList = WordList::of(&[
    "advisers", "advisors", "carers", "champions", "clinicians", "coaches", "colleagues", "crews", "doctors",
    "drivers", "employees", "engineers", "farmers", "leaders", "managers", "mentors", "nurses", "officers",
    "operators", "practitioners", "staff", "supervisors", "teachers", "teams", "users", "volunteers", "workers",
]);

/// After these the verbs of the next list name a thing: "increase in visits".
pub(super) static NOUN_MARKS: WordList = WordList::of(&[
    "in", "of", "by", "to", "from", "and", "or", "is", "are",
]);
/// WordList that are verbs and nouns alike.
pub(super) static VERBS_OR_NOUNS: WordList = WordList::of(&[
    "boost", "build", "buy", "cut", "decrease", "double", "end", "hire", "increase", "produce", "purchase",
    "upgrade",
]);

/// The two-word verbs whose first word alone says nothing: "set up", "roll out", "carry out".
pub(super) const PARTICLES: &[(&str, &str)] = &[
    ("carry", "out"), ("put", "in"), ("roll", "out"), ("rolling", "out"), ("scale", "up"), ("set", "up"),
    ("setting", "up"),
];

/// What may be made and is itself the change that is wanted: "build trust", "deliver savings", "create jobs".
pub(super) static GAINS: WordList = WordList::of(&[
    "benefit", "benefits", "capability", "capacity", "cohesion", "confidence", "efficiencies", "equality", "equity",
    "growth", "independence", "jobs", "knowledge", "pride", "prosperity", "resilience", "savings", "skills",
    "trust", "understanding", "value", "wealth", "wellbeing", "well-being",
]);

/// Work as a noun, before `of`: "delivery of training".
pub(super) static WORK_OF: WordList = WordList::of(&[
    "appointment", "automation", "commissioning", "completion", "construction", "creation", "decommissioning",
    "delivery", "deployment", "digitisation", "digitization", "distribution", "establishment", "execution",
    "facilitation", "implementation", "installation", "introduction", "launch", "migration", "preparation",
    "procurement", "production", "provision", "publication", "purchase", "recruitment", "redesign", "refurbishment",
    "replacement", "roll-out", "rollout", "training",
]);

/// Work that a project finishes, before a word of [`FINISHED`]: "migration to cloud completed".
pub(super) static PROJECT_WORK: WordList = WordList::of(&[
    "build", "construction", "consultation", "delivery", "deployment", "design", "development", "implementation",
    "installation", "integration", "launch", "migration", "phase", "pilot", "procurement", "programme", "program",
    "project", "recruitment", "redesign", "refurbishment", "review", "roll-out", "rollout", "testing", "training",
    "transition", "trial", "upgrade", "works", "workshops", "workstream",
]);
/// WordList that say that work is finished, whatever it has changed.
pub(super) static FINISHED: WordList = WordList::of(&[
    "closed", "complete", "completed", "concluded", "done", "executed", "finalised", "finalized", "finished",
]);

/// What a project makes and hands over, so that a word of [`READY`] behind it speaks of an output: "new portal live".
pub(super) static PRODUCTS: WordList = WordList::of(&[
    "agreement", "app", "application", "board", "building", "campaign", "centre", "clinic", "contract", "crm",
    "dashboard", "database", "depot", "equipment", "facility", "framework", "guidance", "guide", "guidelines",
    "handbook", "hub", "infrastructure", "kiosks", "laptops", "manual", "model", "module", "modules", "office",
    "pathway", "plan", "platform", "policies", "policy", "portal", "process", "processes", "procedures", "programme",
    "program", "project", "protocol", "register", "report", "sensors", "site", "software", "solution",
    "strategy", "system", "systems", "tablets", "team", "technology", "tool", "toolkit", "tools", "website", "workflow",
    "case", "data", "hardware", "intranet", "legacy", "milestones", "officers", "requirements", "roadmap", "server",
    "servers", "service", "staff", "workforce", "workshops", "plans", "reports", "strategies", "events", "apps",
]);

/// WordList that say that what was made is ready for use: "live", "in place".
pub(super) const READY: &[&[&str]] = &[
    &["adopted"], &["agreed"], &["appointed"], &["approved"], &["awarded"], &["built"], &["commissioned"], &["created"],
    &["designed"], &["developed"], &["established"], &["in", "place"], &["in", "operation"], &["in", "use"],
    &["introduced"], &["let"], &["live"], &["opened"], &["operational"], &["produced"], &["ready"], &["recruited"],
    &["refurbished"], &["replaced"], &["rolled", "out"], &["set", "up"], &["signed"], &["signed", "off"], &["tested"],
    &["up", "and", "running"], &["written"], &["issued"], &["held"], &["implemented"], &["embedded"], &["retired"],
    &["switched", "off"], &["go", "live"], &["goes", "live"], &["gone", "live"], &["went", "live"], &["drafted"],
    &["released"], &["gathered"], &["met"], &["in", "post"], &["hired"], &["go-live"], &["finalised"], &["completed"],
];

/// Verbs that say that people were taught: "staff attend training".
pub(super) static TAUGHT: WordList = WordList::of(&[
    "attend", "attended", "complete", "completed", "receive", "received", "undertake", "undertaken", "take",
]);

/// What is said after that word of when and how well, and changes nothing: "closed on time".
pub(super) const AS_PLANNED: &[&[&str]] = &[
    &["as", "planned"], &["in", "full"], &["on", "budget"], &["on", "schedule"], &["on", "time"], &["successfully"],
    &["to", "budget"], &["to", "plan"], &["to", "schedule"], &["to", "time"], &["within", "budget"],
    &["on", "time", "and", "budget"], &["on", "time", "and", "on", "budget"], &["on", "time", "and", "within", "budget"],
    &["to", "time", "and", "budget"], &["by", "year", "end"],
];

/// Verbs between what was made and that word: "staff are trained".
pub(super) static HELPING: WordList = WordList::of(&[
    "are", "been", "being", "fully", "get", "gets", "goes", "has", "have", "is", "now", "successfully", "was", "were",
    "will", "be",
]);

/// WordList of praise, which say that something gets better and not how.
pub(super) static PRAISE: WordList = WordList::of(&[
    "better", "best", "best-in-class", "effective", "efficient", "enhanced", "enhancing", "excellent", "future-proof",
    "good", "great", "greater", "high", "high-quality", "higher", "improve", "improved", "improvement", "improvements",
    "improving", "increased", "innovative", "joined-up", "leading", "modern", "modernised", "modernized", "more", "new",
    "optimal", "optimised", "optimized", "outstanding", "positive", "seamless", "smart", "smarter", "strong",
    "stronger", "strengthened", "successful", "superior", "transformed", "value-added", "well-run", "world-class",
    "streamlined", "robust", "agile", "holistic", "integrated", "digital", "strategic", "overall", "general",
    "raised", "informed", "data-driven", "maximised", "maximized", "sustainable", "responsive", "proactive",
    "first-class", "best-value", "exceptional", "accelerated", "boosted", "deeper", "fuller",
    "digitally", "enabled",
]);

/// Nouns that any project could put there: they name neither people nor anything to count.
pub(super) static ANYTHING: WordList = WordList::of(&[
    "access", "agility", "alignment", "benefits", "capability", "capacity", "change", "collaboration",
    "communication", "communications", "coordination", "culture", "decision", "decisions", "decision-making", "delivery",
    "digitisation", "digitalisation", "efficiencies", "efficiency", "effectiveness", "engagement", "excellence",
    "experience", "flexibility", "governance", "impact", "innovation", "insight", "insights", "integration",
    "leadership", "management", "modernisation", "modernization", "operation", "operations", "organisation",
    "organization", "outcome", "outcomes", "partnership", "partnerships", "performance", "planning", "practice",
    "practices", "process", "processes", "progress", "quality", "reform", "resilience", "result", "results", "savings",
    "service", "services", "success", "support", "sustainability", "synergies", "synergy", "system", "systems",
    "technology", "tools", "transformation", "transparency", "value", "ways", "working", "awareness", "training",
    "infrastructure", "information", "data", "knowledge", "reporting", "standards", "tools", "solutions", "outputs",
    "productivity", "functionality", "improvement", "improvements", "reputation", "compliance", "growth",
    "automation", "understanding", "making", "money", "morale", "satisfaction", "reduction", "reductions",
    "responsiveness", "accountability", "clarity", "consistency", "opportunities", "potential", "environment",
    "relationships", "activity", "activities",
    "it", "ict", "website", "portal", "app", "platform", "software", "crm", "dashboard", "programme", "program",
    "project", "tool",
]);

/// Nouns that stand for a piece of work or a topic by themselves: as a whole title they say what is talked about.
pub(super) static TOPICS: WordList = WordList::of(&[
    "capacity building", "change management", "communication", "communications", "community engagement",
    "digital inclusion", "digital skills", "digitalisation", "digitisation", "efficiency", "engagement", "governance",
    "information sharing", "innovation", "knowledge sharing", "learning and development", "partnership working",
    "partnerships", "procurement", "recruitment", "reporting", "research", "research and development",
    "stakeholder engagement", "sustainability", "training", "training and development", "transformation",
    "user engagement", "awareness raising", "customer service", "customer focus", "culture change", "data sharing",
    "customer satisfaction", "staff satisfaction", "staff morale", "reputation", "compliance", "growth",
    "social value", "inclusion", "channel shift", "self-service", "automation", "value for money", "quality",
    "performance", "wellbeing", "health and wellbeing", "productivity", "resilience", "collaboration",
    "diversity and inclusion", "equality and diversity", "upskilling", "agile working", "skills", "safety",
    "security", "culture", "morale",
    "staff engagement", "employee engagement",
]);

/// WordList that tie the others together.
pub(super) static TIES: WordList = WordList::of(&[
    "a", "across", "all", "an", "and", "at", "by", "for", "from", "in", "is", "are", "its", "of", "on", "or", "our",
    "public", "council", "corporate", "business", "organisational", "organizational", "operational", "the", "their",
    "through", "to", "with", "within", "very", "much", "even", "further",
    "cost", "cashable", "annual", "customer", "client", "user", "stakeholder", "cultural", "service-wide", "as",
    "well", "also", "more",
    "citizens", "customers", "users", "stakeholders", "everyone", "residents", "people", "staff", "communities",
]);

/// WordList that compare, at the end of what is said of somebody or something: "tenants happier".
pub(super) static COMPARATIVES: WordList = WordList::of(&[
    "better", "bigger", "busier", "calmer", "cheaper", "cleaner", "clearer", "closer", "cooler", "drier", "earlier",
    "easier", "fairer", "faster", "fewer", "fitter", "fuller", "greener", "happier", "healthier", "higher", "larger",
    "later", "longer", "lower", "quicker", "quieter", "richer", "safer", "shorter", "simpler", "slower", "smaller",
    "smarter", "sooner", "steadier", "stronger", "tidier", "warmer", "wider", "wealthier",
    "down", "up",
]);

/// Verbs of people that are seldom nouns, beside those of [`SAYS`].
pub(super) static DO: WordList = WordList::of(&[
    "attend", "drive", "earn", "eat", "learn", "live", "pay", "recover", "sleep", "spend", "wait", "walk",
]);

/// Nouns for many, or for what cannot be counted, that do not end like a plural.
pub(super) static MANY: WordList = WordList::of(&[
    "air", "care", "children", "crime", "food", "housing", "men", "noise", "people", "police", "traffic", "trust", "water",
    "women", "work", "youth",
    "attendance", "income", "pollution", "satisfaction", "spending", "trade", "turnover", "waste",
]);

/// WordList before a comparison that are not what is compared: "much safer".
pub(super) static DEGREES: WordList = WordList::of(&[
    "also", "always", "even", "ever", "far", "generally", "less", "more", "much", "often", "so", "still", "then",
    "therefore", "thus", "usually",
]);

/// Verbs that end what is said of somebody: "staff stay". Others at that place may be nouns.
pub(super) static ENDS_SAID: WordList = WordList::of(&[
    "improve", "improves", "grow", "grows", "recover", "recovers", "remain", "return", "rise", "rises", "stay", "stays",
    "succeed", "thrive", "decrease", "decline", "drop", "fall", "increase", "shrink",
]);

/// What stands before a noun that looks like a verb, or before an infinitive.
pub(super) static BEFORE_NOUNS: WordList = WordList::of(&[
    "a", "about", "all", "an", "any", "at", "better", "by", "each", "every", "for", "from", "good", "in", "more", "new",
    "no", "of", "on", "or", "other", "our", "social", "some", "the", "their", "to", "which", "with", "without", "and",
]);

/// WordList that begin a question or a part that hangs on what stands before it.
pub(super) static QUESTIONS: WordList = WordList::of(&[
    "as", "how", "if", "that", "what", "when", "where", "which", "who", "whom", "whose", "why", "so", "to", "not",
]);

/// WordList that end what is made and handed over, an output: "sensors installed".
pub(super) static HANDED_OVER: WordList = WordList::of(&[
    "conducted", "delivered", "deployed", "implemented", "installed", "launched", "procured", "published",
    "purchased", "trained", "upgraded",
    "decommissioned", "migrated",
    "upskilled",
]);

/// Verbs that say what somebody or something does or is; after one of them the words before are what it is said of.
pub(super) static SAYS: WordList = WordList::of(&[
    "are", "arrive", "arrives", "become", "becomes", "can", "come", "comes", "cost", "costs", "costing", "fall",
    "falls", "feel", "feels", "feeling", "find", "finds", "get", "gets", "grow", "grows", "has", "have", "having",
    "improve", "improves", "is", "keep", "keeps", "know", "knows", "last", "lasts", "meet", "meets", "reach",
    "reaches", "remain", "remains", "rise", "rises", "run", "runs", "see", "sees", "stay", "stays", "stop", "stops",
    "take", "takes", "taking", "use", "uses", "want", "was", "were", "work", "works",
]);
/// WordList that begin a part of the title that says nothing of what it begins with.
pub(super) static ASIDES: WordList = WordList::of(&[
    "so", "that", "to", "who", "which", "where", "when", "for", "because",
]);

/// Labels before a colon that are no part of the title.
pub(super) static LABELS: WordList = WordList::of(&[
    "aim", "aims", "ambition", "benefit", "end", "final", "goal", "goals", "impact", "intermediate", "key", "long",
    "long-term", "main", "medium", "medium-term", "mission", "objective", "objectives", "outcome", "outcomes",
    "overall", "priority", "purpose", "result", "short", "short-term", "statement", "strategic", "target", "term",
    "theme", "vision",
]);

/// WordList that begin a change: participles and comparatives.
pub(super) static CHANGE_WORDS: WordList = WordList::of(&[
    "accelerated", "better", "bigger", "cheaper", "cleaner", "clearer", "closer", "cut", "decreased", "deeper",
    "earlier", "easier", "enhanced", "expanded", "extended", "faster", "fewer", "fuller", "greater", "greener",
    "happier", "healthier", "higher", "improved", "increased", "larger", "less", "longer", "lower", "lowered",
    "more", "quicker", "quieter", "raised", "reduced", "safer", "shorter", "simpler", "slower", "smaller",
    "smarter", "sooner", "stronger", "strengthened", "warmer", "wider",
]);

/// WordList that end a change that is reported as done: "sensors installed".
pub(super) static DONE_WORDS: WordList = WordList::of(&[
    "adopted", "agreed", "appointed", "automated", "built", "closed", "completed", "created", "cut", "delivered",
    "deployed", "developed", "digitised", "digitized", "eliminated", "established", "improved", "increased",
    "installed", "integrated", "introduced", "launched", "procured", "published", "recruited", "redesigned",
    "reduced", "replaced", "retired", "trained", "upgraded",
]);

/// WordList that end a change that is reported as it happens: "costs fall".
pub(super) static GOES: WordList = WordList::of(&[
    "decline", "declines", "decrease", "decreases", "drop", "drops", "fall", "falls", "grow", "grows", "improve",
    "improves", "increase", "increases", "recover", "recovers", "rise", "rises", "shrink", "shrinks",
]);

/// Adjectives that no ending gives away.
pub(super) static ADJECTIVES: WordList = WordList::of(&[
    "clean", "close", "cohesive", "consistent", "cost-effective", "diverse", "efficient", "equal", "equitable",
    "fair", "frequent", "green", "healthy", "high", "independent", "local", "long", "low", "modern", "open",
    "prudent", "rapid", "resilient", "robust", "rounded", "safe", "secure", "self-sufficient", "simple", "skilled",
    "smart", "sound", "stable", "strong", "timely", "transparent", "warm", "wide",
]);
/// Endings of adjectives and adverbs.
pub(super) const ADJECTIVE_ENDINGS: &[&str] = &[
    "able", "ible", "ive", "ful", "ous", "ic", "al", "ed", "ly", "less",
];
/// Nouns with the ending of an adjective.
pub(super) static NOUNS_LIKE_ADJECTIVES: WordList = WordList::of(&[
    "appraisal", "approval", "arrival", "capital", "clinic", "dismissal", "disposal", "feed", "festival", "goal",
    "hospital", "initiative", "material", "meal", "need", "public", "referral", "removal", "renewal", "rental",
    "seed", "signal", "speed", "supply", "survival", "topic", "traffic", "trial", "vegetable", "withdrawal",
    "assembly", "family", "fabric", "music", "incentive", "motive", "perspective", "narrative", "detective",
    "academic", "professional", "animal", "medal", "journal", "manual", "proposal", "deal", "coal", "metal",
]);
