//! `trace`: what leads where, by which chains, and how well these are backed.

use anyhow::{Context, Result, bail};
use benefit_map::audit::{self, Axis, ChainList, Matrix, Story, StoryEnd, StoryStep};
use benefit_map::finding::snippet::Style;
use benefit_map::graph::{BenefitGraph, NodeIx, Signs};
use benefit_map::map::limits;
use benefit_map::map::{BenefitMap, Effect, Evidence, Link, Node, group_digits};
use benefit_map::report;
use benefit_map::table::{self, xlsx::Cover};

use crate::args::{Trace, TraceFormat};
use crate::cmd::tables::counted;
use crate::columns::Cell;
use crate::files::Files;
use crate::io::Terminal;
use crate::output::{self, Output};
use crate::page::{Page, words};
use crate::{Verdict, columns, io, named, progress};

/// How many nodes of a long list are named.
const NAMED: usize = 20;

pub fn run(args: &Trace, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = place(args)?;
    let document = files.map(&args.map)?;
    let map = &document.map;
    let graph = BenefitGraph::new(map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let format = output.format;
    let what;
    let bytes = if let Some(id) = &args.node {
        let story = audit::story(&graph, find(&graph, "--node", id, args)?);
        what = "1 node".to_owned();
        match format {
            TraceFormat::Json => story.to_json().into_bytes(),
            _ => story_text(map, &story).written(&output.place),
        }
    } else if let (Some(from), Some(to)) = (&args.from, &args.to) {
        let from = find(&graph, "--from", from, args)?;
        let to = find(&graph, "--to", to, args)?;
        let list = audit::chains(&graph, from, to, args.limit);
        what = counted(list.chains.len(), "chain", "chains");
        match format {
            TraceFormat::Json => list.to_json().into_bytes(),
            TraceFormat::Csv => table::csv::write(&table::audit::chains(&list)),
            TraceFormat::Xlsx => table::xlsx::write(&[table::audit::chains(&list)], &Cover::of_chains(map))?,
            _ => chains_text(&graph, &list, from, to).written(&output.place),
        }
    } else {
        bounded(&graph, args, format)?;
        progress::stage("Following the chains");
        let matrix = audit::matrix(&graph, args.rows, args.columns);
        let (rows, columns) = audit::matrix_size(&graph, args.rows, args.columns);
        what = format!(
            "{} by {}",
            counted(rows, "row", "rows"),
            counted(columns, "column", "columns")
        );
        match format {
            TraceFormat::Text => matrix_text(&matrix, columns::width(&output.place)).written(&output.place),
            TraceFormat::Json => matrix.to_json().into_bytes(),
            TraceFormat::Csv if args.list => table::csv::write(&table::audit::matrix(&matrix)),
            TraceFormat::Csv => table::csv::write(&table::audit::matrix_grid(&matrix)),
            TraceFormat::Xlsx => table::xlsx::write(
                &[table::audit::matrix_grid(&matrix), table::audit::matrix(&matrix)],
                &Cover::of_matrix(map),
            )?,
            TraceFormat::Html => report::html::write(&report::matrix::matrix_page(map, &matrix)).into_bytes(),
        }
    };
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(Verdict::Clean)
}

/// Refuses a matrix that would fill the memory before it is made. A list holds only what is connected; of a grid every cell
/// is written.
fn bounded(graph: &BenefitGraph<'_>, args: &Trace, format: TraceFormat) -> Result<()> {
    let is_list = matches!(format, TraceFormat::Text | TraceFormat::Json) || (args.list && format == TraceFormat::Csv);
    let limit = if is_list {
        &limits::MATRIX_PAIRS
    } else {
        &limits::MATRIX_CELLS
    };
    let (rows, columns) = audit::matrix_size(graph, args.rows, args.columns);
    if let Err(too_much) = limit.hold(rows.saturating_mul(columns)) {
        bail!(
            "the matrix would have {} rows and {} columns, but can have at most {} cells: use --rows owner or --columns partner, \
             or --from and --to for the chains between two boxes",
            group_digits(&rows.to_string()),
            group_digits(&columns.to_string()),
            group_digits(&too_much.limit.most.to_string())
        );
    }
    Ok(())
}

/// Where and as what: not all that is traced is written in every format.
fn place(args: &Trace) -> Result<Output<TraceFormat>> {
    use TraceFormat::{Csv, Json, Text, Xlsx};
    let (format, output) = (args.format, args.output.as_deref());
    if args.node.is_some() {
        output::among("the explanation of a node", &[Text, Json], format, output)
    } else if args.from.is_some() {
        output::among("a list of chains", &[Text, Json, Csv, Xlsx], format, output)
    } else {
        output::of("the matrix", format, output)
    }
}

fn find(graph: &BenefitGraph<'_>, option: &str, text: &str, args: &Trace) -> Result<NodeIx> {
    let node = named::find::<Node>(option, text, graph.map(), &args.map.display())?;
    graph
        .find(node.id.as_str())
        .with_context(|| format!("`{}` is not a node that can be traced", node.id))
}

fn title(node: &Node) -> String {
    match words(&node.title) {
        title if title.is_empty() => node.id.to_string(),
        title => format!("{title} [{}]", node.id),
    }
}

/// A title that leaves room for the figures beside it.
fn clipped(title: &str) -> String {
    const MOST: usize = 40;
    let title = words(title);
    if title.chars().count() <= MOST {
        return title;
    }
    let kept: String = title.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}

fn yes(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn axis(axis: Axis) -> String {
    axis.heading().to_lowercase()
}

/// What stands at the far end of chains, and whether that is unwanted.
fn column(group: &audit::Group<'_>) -> String {
    let unwanted = if group.disbenefit { " (disbenefit)" } else { "" };
    format!("{}{unwanted}", clipped(group.title))
}

fn matrix_text(matrix: &Matrix<'_>, width: columns::Width) -> Page {
    let mut rows: Vec<[Cell; 7]> = Vec::new();
    for (row, connections) in matrix.rows.iter().zip(&matrix.connections) {
        for (at, connection) in connections.iter().enumerate() {
            rows.push([
                if at == 0 { clipped(row.title) } else { String::new() }.into(),
                column(&matrix.columns[connection.column]).into(),
                connection.chains.told().into(),
                connection.signs.as_str().into(),
                connection.backing.label().into(),
                connection.length.to_string().into(),
                yes(connection.is_evidenced()).into(),
            ]);
        }
    }
    let mut out = Page::default();
    if !rows.is_empty() {
        let head = ["from", "to", "chains", "effect", "best chain", "links", "all evidenced"];
        out.rendered(&columns::write(head, &rows, width, |_, piece| piece), Style::Plain);
        out.gap();
        for line in [
            "`effect` says whether the chains help or hinder their end, all links of a chain together.",
            "Hindering a disbenefit is good.",
            "`best chain` is as strong as its weakest link, and `links` is its length.",
            "`all evidenced` says whether each of its links has evidence that is more than an assumption.",
        ] {
            out.line(line);
        }
    }
    let mut list = |heading: String, titles: Vec<&str>| {
        if titles.is_empty() {
            return;
        }
        if !out.is_empty() {
            out.gap();
        }
        out.line(format!("{heading}:"));
        for title in titles.iter().take(NAMED) {
            out.line(format!("  {}", clipped(title)));
        }
        if let Some(more) = titles.len().checked_sub(NAMED).filter(|n| *n > 0) {
            out.line(format!("  … and {more} more"));
        }
    };
    let (rows_are, columns_are) = (axis(matrix.rows_are), axis(matrix.columns_are));
    list(
        format!(
            "{} that do not lead to any of the {columns_are}",
            matrix.rows_are.heading()
        ),
        matrix.loose_rows().map(|at| matrix.rows[at].title).collect(),
    );
    list(
        format!("{} that none of the {rows_are} lead to", matrix.columns_are.heading()),
        matrix
            .loose_columns()
            .into_iter()
            .map(|at| matrix.columns[at].title)
            .collect(),
    );
    if matrix.rows.is_empty() || matrix.columns.is_empty() {
        let missing = if matrix.rows.is_empty() { rows_are } else { columns_are };
        out.line(format!("The map has no {missing}."));
    }
    out
}

fn evidence(link: &Link) -> Vec<String> {
    let told = |e: &Evidence| {
        let strength = e.strength.map_or("not weighed", |strength| strength.as_str());
        let url = if e.url.is_empty() {
            String::new()
        } else {
            format!(", {}", e.url)
        };
        format!("evidence ({strength}): {}{url}", e.source)
    };
    let mut lines: Vec<String> = link.evidence.iter().map(told).collect();
    if lines.is_empty() {
        lines.push("no evidence".to_owned());
    }
    lines
}

/// What speaks for a link, a line each.
fn reasons(link: &Link) -> Vec<String> {
    let mut lines = Vec::new();
    match link.rationale.trim() {
        "" => lines.push("no reason is given".to_owned()),
        reason => lines.push(format!("because: {reason}")),
    }
    lines.extend(link.assumptions.iter().map(|text| format!("assumes: {text}")));
    lines.extend(evidence(link));
    lines
}

fn chains_text(graph: &BenefitGraph<'_>, list: &ChainList<'_>, from: NodeIx, to: NodeIx) -> Page {
    let mut out = Page::default();
    let end = to;
    let (from, to) = (title(graph.node(from)), title(graph.node(to)));
    if list.count.is_zero() {
        out.line(format!("No chain leads from {from} to {to}."));
        return out;
    }
    let digits = list.count.digits();
    let (noun, lead) = if digits == "1" {
        ("chain", "leads")
    } else {
        ("chains", "lead")
    };
    let exact = if digits.len() > 24 {
        format!(" (exactly {digits})")
    } else {
        String::new()
    };
    let exact = if list.count.is_lower_bound() {
        String::new()
    } else {
        exact
    };
    out.line(format!(
        "{} {noun}{exact} {lead} from {from} to {to}.",
        list.count.told()
    ));
    for (at, chain) in list.chains.iter().enumerate() {
        let links = chain.steps.len();
        out.gap();
        out.line(format!(
            "Chain {}: {}, {links} link{}, {}{}",
            at + 1,
            chain.backing.label(),
            if links == 1 { "" } else { "s" },
            Signs::of(chain.effect),
            match (graph.node(end).disbenefit, chain.effect) {
                (true, Effect::Hinders) => " a disbenefit, which is good",
                (true, Effect::Supports) => " a disbenefit, which is harm",
                (false, Effect::Hinders) => " its end, which is harm",
                (false, Effect::Supports) => "",
            },
        ));
        out.line(format!("  {}", title(chain.start)));
        for step in &chain.steps {
            for line in reasons(step.link) {
                out.line(format!("    | {}", words(&line)));
            }
            out.line(match step.link.effect {
                Effect::Supports => format!("  -> {}", title(step.node)),
                Effect::Hinders => format!("  -> hinders {}", title(step.node)),
            });
            let owner = step.owner.map_or("nobody", |owner| owner.name.as_str());
            out.line(format!("     owner: {}", words(owner)));
            for kpi in &step.kpis {
                out.line(format!("     KPI: {} [{}]", words(&kpi.title), kpi.id));
            }
        }
    }
    if list.cut {
        out.gap();
        out.line(format!(
            "Only {} of them are listed, strongest first; use --limit to list more.",
            list.chains.len()
        ));
    }
    out
}

fn story_text(map: &BenefitMap, story: &Story<'_>) -> Page {
    let node = story.node;
    let mut out = Page::default();
    out.line(format!("{}, {}", title(node), node.kind.label().to_lowercase()));
    let owner = story.owner.map_or("nobody", |owner| owner.name.as_str());
    out.line(format!("owner: {}", words(owner)));
    for kpi in &story.kpis {
        out.line(format!("KPI: {} [{}]", words(&kpi.title), kpi.id));
    }
    if !node.description.trim().is_empty() {
        out.line(words(&node.description));
    }

    out.gap();
    out.line("Why do we do this?");
    steps(
        &mut out,
        &story.onward,
        "Nothing on the map follows from it.",
        "It leads to",
    );
    ends(&mut out, "End outcomes that it leads to", &story.end_outcomes);
    names(&mut out, "Everything that follows from it", &story.downstream);

    out.gap();
    out.line("What does this depend on?");
    steps(
        &mut out,
        &story.resting_on,
        "Nothing on the map leads to it.",
        "It depends on",
    );
    ends(&mut out, "Investments behind it", &story.investments);
    if let Some(cost) = story.cost {
        let currency = if map.currency.is_empty() {
            String::new()
        } else {
            format!("{} ", words(&map.currency))
        };
        out.line(format!(
            "  Cost of all that it depends on, including its own: {currency}{}",
            cost.grouped()
        ));
    }
    names(&mut out, "Everything that it depends on", &story.upstream);
    out
}

fn steps(out: &mut Page, steps: &[StoryStep<'_>], none: &str, verb: &str) {
    if steps.is_empty() {
        out.line(format!("  {none}"));
    }
    for step in steps {
        let hinders = match step.link.effect {
            Effect::Supports => "",
            Effect::Hinders => " (a link that hinders)",
        };
        out.line(format!("  {verb} {}{hinders}", title(step.node)));
        for line in reasons(step.link) {
            out.line(format!("    | {}", words(&line)));
        }
    }
}

fn ends(out: &mut Page, heading: &str, ends: &[StoryEnd<'_>]) {
    if ends.is_empty() {
        return;
    }
    out.line(format!("  {heading}:"));
    for end in ends {
        let s = if end.links == 1 { "" } else { "s" };
        let signs = match end.signs {
            Signs::Helps => "",
            Signs::Hinders => ", hinders",
            Signs::Both => ", both helps and hinders",
        };
        let unwanted = if end.node.disbenefit { " (disbenefit)" } else { "" };
        out.line(format!(
            "    {}{unwanted}: {} link{s}, best chain {}{signs}",
            title(end.node),
            end.links,
            end.backing.label()
        ));
    }
}

fn names(out: &mut Page, heading: &str, nodes: &[&Node]) {
    if nodes.is_empty() {
        return;
    }
    out.line(format!("  {heading} ({}):", nodes.len()));
    for group in nodes.chunk_by(|a, b| a.kind == b.kind) {
        let shown: Vec<String> = group.iter().take(NAMED).map(|node| title(node)).collect();
        let more = group.len().checked_sub(NAMED).filter(|n| *n > 0);
        let more = more.map(|n| format!("; … and {n} more")).unwrap_or_default();
        out.line(format!("    {}: {}{more}", group[0].kind.heading(), shown.join("; ")));
    }
}
