//! Words by what they say in a title, in lower case.

/// Verbs that begin a piece of work, and seldom anything else.
pub(super) const VERBS: &[&str] = &[
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
];

/// Verbs that begin an objective, the change itself in the words of a plan: "reduce emissions".
pub(super) const OBJECTIVES: &[&str] = &[
    "boost", "cut", "decrease", "double", "eliminate", "end", "enhance", "grow", "halve", "improve", "increase",
    "lower", "maximise", "maximize", "minimise", "minimize", "prevent", "protect", "raise", "reduce", "restore",
    "shorten", "strengthen", "widen",
];

/// Words that are verbs only where an article, a number or the like follows: "launch the portal", but "launch costs".
pub(super) const MAYBE_VERBS: &[&str] = &[
    "change", "commission", "design", "draft", "engage", "hold", "host", "launch", "lead", "manage", "monitor",
    "open", "pilot", "plan", "review", "run", "running", "start", "support", "test", "train", "training", "trial",
    "work",
];

/// What follows a verb and never a noun that stands for itself.
pub(super) const DETERMINERS: &[&str] = &[
    "a", "all", "an", "each", "every", "more", "new", "our", "the", "their", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "up", "with",
];

/// What is run, held or launched, so that the word before it is the verb: "run workshops", but "run times".
pub(super) const EVENTS: &[&str] = &[
    "apps", "audits", "campaigns", "classes", "clinics", "competitions", "consultations", "conferences", "courses",
    "events", "exercises", "interviews", "lessons", "meetings", "pilots", "programmes", "programs", "projects",
    "reviews", "roadshows", "seminars", "sessions", "surveys", "training", "trials", "webinars", "workshops",
];

/// Who is trained, so that the word before it is the verb: "train nurses", but "train services".
pub(super) const PEOPLE: &[&str] = &[
    "advisers", "advisors", "carers", "champions", "clinicians", "coaches", "colleagues", "crews", "doctors",
    "drivers", "employees", "engineers", "farmers", "leaders", "managers", "mentors", "nurses", "officers",
    "operators", "practitioners", "staff", "supervisors", "teachers", "teams", "users", "volunteers", "workers",
];

/// After these the verbs of the next list name a thing: "increase in visits".
pub(super) const NOUN_MARKS: &[&str] = &[
    "in", "of", "by", "to", "from", "and", "or", "is", "are",
];
/// Words that are verbs and nouns alike.
pub(super) const VERBS_OR_NOUNS: &[&str] = &[
    "boost", "build", "buy", "cut", "decrease", "double", "end", "hire", "increase", "produce", "purchase",
    "upgrade",
];

/// The two-word verbs whose first word alone says nothing: "set up", "roll out", "carry out".
pub(super) const PARTICLES: &[(&str, &str)] = &[
    ("carry", "out"), ("put", "in"), ("roll", "out"), ("rolling", "out"), ("scale", "up"), ("set", "up"),
    ("setting", "up"),
];

/// What may be made and is itself the change that is wanted: "build trust", "deliver savings", "create jobs".
pub(super) const GAINS: &[&str] = &[
    "benefit", "benefits", "capability", "capacity", "cohesion", "confidence", "efficiencies", "equality", "equity",
    "growth", "independence", "jobs", "knowledge", "pride", "prosperity", "resilience", "savings", "skills",
    "trust", "understanding", "value", "wealth", "wellbeing", "well-being",
];

/// Work as a noun, before `of`: "delivery of training".
pub(super) const WORK_OF: &[&str] = &[
    "appointment", "automation", "commissioning", "completion", "construction", "creation", "decommissioning",
    "delivery", "deployment", "digitisation", "digitization", "distribution", "establishment", "execution",
    "facilitation", "implementation", "installation", "introduction", "launch", "migration", "preparation",
    "procurement", "production", "provision", "publication", "purchase", "recruitment", "redesign", "refurbishment",
    "replacement", "roll-out", "rollout", "training",
];

/// Work that a project finishes, before a word of [`FINISHED`]: "migration to cloud completed".
pub(super) const PROJECT_WORK: &[&str] = &[
    "build", "construction", "consultation", "delivery", "deployment", "design", "development", "implementation",
    "installation", "integration", "launch", "migration", "phase", "pilot", "procurement", "programme", "program",
    "project", "recruitment", "redesign", "refurbishment", "review", "roll-out", "rollout", "testing", "training",
    "transition", "trial", "upgrade", "works", "workshops", "workstream",
];
/// Words that say that work is finished, whatever it has changed.
pub(super) const FINISHED: &[&str] = &[
    "complete", "completed", "concluded", "done", "executed", "finalised", "finalized", "finished",
];

/// Words that end what is made and handed over, an output: "sensors installed".
pub(super) const HANDED_OVER: &[&str] = &[
    "conducted", "delivered", "deployed", "implemented", "installed", "launched", "procured", "published",
    "purchased", "trained", "upgraded",
];

/// Verbs that say what somebody or something does or is; after one of them the words before are what it is said of.
pub(super) const SAYS: &[&str] = &[
    "are", "arrive", "arrives", "become", "becomes", "can", "come", "comes", "cost", "costs", "costing", "fall",
    "falls", "feel", "feels", "feeling", "find", "finds", "get", "gets", "grow", "grows", "has", "have", "having",
    "improve", "improves", "is", "keep", "keeps", "know", "knows", "last", "lasts", "meet", "meets", "reach",
    "reaches", "remain", "remains", "rise", "rises", "run", "runs", "see", "sees", "stay", "stays", "stop", "stops",
    "take", "takes", "taking", "use", "uses", "want", "was", "were", "work", "works",
];
/// Words that begin a part of the title that says nothing of what it begins with.
pub(super) const ASIDES: &[&str] = &[
    "so", "that", "to", "who", "which", "where", "when", "for", "because",
];

/// Labels before a colon that are no part of the title.
pub(super) const LABELS: &[&str] = &[
    "aim", "aims", "ambition", "benefit", "end", "final", "goal", "goals", "impact", "intermediate", "key", "long",
    "long-term", "main", "medium", "medium-term", "mission", "objective", "objectives", "outcome", "outcomes",
    "overall", "priority", "purpose", "result", "short", "short-term", "statement", "strategic", "target", "term",
    "theme", "vision",
];

/// Words that begin a change: participles and comparatives.
pub(super) const CHANGE_WORDS: &[&str] = &[
    "accelerated", "better", "bigger", "cheaper", "cleaner", "clearer", "closer", "cut", "decreased", "deeper",
    "earlier", "easier", "enhanced", "expanded", "extended", "faster", "fewer", "fuller", "greater", "greener",
    "happier", "healthier", "higher", "improved", "increased", "larger", "less", "longer", "lower", "lowered",
    "more", "quicker", "quieter", "raised", "reduced", "safer", "shorter", "simpler", "slower", "smaller",
    "smarter", "sooner", "stronger", "strengthened", "warmer", "wider",
];

/// Words that end a change that is reported as done: "sensors installed".
pub(super) const DONE_WORDS: &[&str] = &[
    "adopted", "agreed", "appointed", "automated", "built", "closed", "completed", "created", "cut", "delivered",
    "deployed", "developed", "digitised", "digitized", "eliminated", "established", "improved", "increased",
    "installed", "integrated", "introduced", "launched", "procured", "published", "recruited", "redesigned",
    "reduced", "replaced", "retired", "trained", "upgraded",
];

/// Words that end a change that is reported as it happens: "costs fall".
pub(super) const GOES: &[&str] = &[
    "decline", "declines", "decrease", "decreases", "drop", "drops", "fall", "falls", "grow", "grows", "improve",
    "improves", "increase", "increases", "recover", "recovers", "rise", "rises", "shrink", "shrinks",
];

/// Adjectives that no ending gives away.
pub(super) const ADJECTIVES: &[&str] = &[
    "clean", "close", "cohesive", "consistent", "cost-effective", "diverse", "efficient", "equal", "equitable",
    "fair", "frequent", "green", "healthy", "high", "independent", "local", "long", "low", "modern", "open",
    "prudent", "rapid", "resilient", "robust", "rounded", "safe", "secure", "self-sufficient", "simple", "skilled",
    "smart", "sound", "stable", "strong", "timely", "transparent", "warm", "wide",
];
/// Endings of adjectives and adverbs.
pub(super) const ADJECTIVE_ENDINGS: &[&str] = &[
    "able", "ible", "ive", "ful", "ous", "ic", "al", "ed", "ly", "less",
];
/// Nouns with the ending of an adjective.
pub(super) const NOUNS_LIKE_ADJECTIVES: &[&str] = &[
    "appraisal", "approval", "arrival", "capital", "clinic", "dismissal", "disposal", "feed", "festival", "goal",
    "hospital", "initiative", "material", "meal", "need", "public", "referral", "removal", "renewal", "rental",
    "seed", "signal", "speed", "supply", "survival", "topic", "traffic", "trial", "vegetable", "withdrawal",
    "assembly", "family", "fabric", "music", "incentive", "motive", "perspective", "narrative", "detective",
    "academic", "professional", "animal", "medal", "journal", "manual", "proposal", "deal", "coal", "metal",
];
