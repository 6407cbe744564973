//! The statements of a DOT text, after the grammar of Graphviz (graphviz.org/doc/info/lang.html): nodes and edges with
//! the attributes that hold for them, and the clusters that they stand in.

use std::collections::{BTreeMap, HashMap};

use super::super::Error;
use super::lex::{Id, Lexer, Token};
use super::value::Value;

/// The most groups that may stand within each other.
const MAX_DEPTH: usize = 100;
/// The most nodes, and the most edges, that are read: `{…} -> {…}` makes an edge of every pair.
const MAX_RECORDS: usize = 1_000_000;

/// The most groups that are kept of one node.
const MAX_GROUPS: usize = 64;

/// Attributes by name.
pub(super) type Attributes = BTreeMap<String, Value>;

/// A graph as it stands in a file.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) name: Value,
    pub(super) attributes: Attributes,
    /// In the order of their first mention.
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    pub(super) groups: Vec<Group>,
    /// The byte at which it begins.
    pub(super) at: usize,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: Value,
    pub(super) attributes: Attributes,
    /// The byte at which it is first named.
    pub(super) at: usize,
    /// The innermost groups that it is named in, each once.
    pub(super) groups: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct Edge {
    /// Places among the nodes.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) attributes: Attributes,
    /// Whether it is written with `->`.
    pub(super) arrow: bool,
    /// The byte at which it stands.
    pub(super) at: usize,
}

/// A subgraph with a name or attributes of its own. Only clusters are drawn.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) attributes: Attributes,
    /// The innermost one that it stands in.
    pub(super) parent: Option<usize>,
    /// The byte at which it begins.
    pub(super) at: usize,
}

impl Group {
    /// Whether a box is drawn around it.
    pub(super) fn is_cluster(&self) -> bool {
        let is_said = |value: &Value| matches!(value.text.to_ascii_lowercase().as_str(), "true" | "yes" | "1");
        self.name.starts_with("cluster") || self.attributes.get("cluster").is_some_and(is_said)
    }
}

/// What holds for the statements of one pair of braces.
#[derive(Debug, Clone, Default)]
struct Scope {
    node: Attributes,
    edge: Attributes,
    group: Option<usize>,
    depth: usize,
}

/// The graphs in a text; at least one.
pub(super) fn parse(text: &str) -> Result<Vec<Graph>, Error> {
    let mut parser = Parser {
        lexer: Lexer::new(text),
        token: Token::End,
        graph: Graph::default(),
        by_name: HashMap::new(),
        groups: HashMap::new(),
    };
    parser.advance()?;
    let mut graphs = vec![parser.whole()?];
    while parser.token != Token::End {
        if !["strict", "graph", "digraph"].iter().any(|word| parser.is_word(word)) {
            return Err(parser.unexpected("the end of the file, or another graph,"));
        }
        graphs.push(parser.whole()?);
    }
    Ok(graphs)
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    token: Token,
    graph: Graph,
    by_name: HashMap<Value, usize>,
    groups: HashMap<String, usize>,
}

impl Parser<'_> {
    fn advance(&mut self) -> Result<Token, Error> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn is_sign(&self, sign: char) -> bool {
        self.token == Token::Sign(sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Id(Id { value, bare: true }) if value.text.eq_ignore_ascii_case(word))
    }

    /// Passes a sign if it stands there.
    fn pass(&mut self, sign: char) -> Result<bool, Error> {
        let there = self.is_sign(sign);
        if there {
            self.advance()?;
        }
        Ok(there)
    }

    fn want(&mut self, sign: char, why: &str) -> Result<(), Error> {
        match self.pass(sign)? {
            true => Ok(()),
            false => Err(self.unexpected(&format!("`{sign}` {why}"))),
        }
    }

    fn unexpected(&self, wanted: &str) -> Error {
        let found = match &self.token {
            Token::Id(id) => format!(
                "`{}`",
                id.value.text.chars().take(40).collect::<String>().escape_debug()
            ),
            Token::Arrow => "`->`".to_owned(),
            Token::Line => "`--`".to_owned(),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end of the file".to_owned(),
        };
        self.lexer.fault(format!("{found} is where {wanted} should be"))
    }

    fn id(&mut self, what: &str) -> Result<Value, Error> {
        if !matches!(self.token, Token::Id(_)) {
            return Err(self.unexpected(what));
        }
        match self.advance()? {
            Token::Id(id) => Ok(id.value),
            _ => Err(self.unexpected(what)),
        }
    }

    fn whole(&mut self) -> Result<Graph, Error> {
        self.graph = Graph {
            at: self.lexer.begin(),
            ..Graph::default()
        };
        self.by_name.clear();
        self.groups.clear();
        if self.is_word("strict") {
            self.advance()?;
        }
        if !self.is_word("digraph") && !self.is_word("graph") {
            return Err(self.unexpected("`digraph` or `graph`"));
        }
        self.advance()?;
        if matches!(self.token, Token::Id(_)) {
            self.graph.name = self.id("a name")?;
        }
        self.want('{', "to begin the graph")?;
        let mut scope = Scope::default();
        self.statements(&mut scope)?;
        Ok(std::mem::take(&mut self.graph))
    }

    /// Statements up to the closing brace; the nodes that they name.
    fn statements(&mut self, scope: &mut Scope) -> Result<Vec<usize>, Error> {
        let mut named = Vec::new();
        loop {
            if self.pass('}')? {
                return Ok(named);
            }
            if self.pass(';')? || self.pass(',')? {
                continue;
            }
            if self.token == Token::End {
                return Err(self.unexpected("`}` to close what was begun"));
            }
            named.extend(self.statement(scope)?);
        }
    }

    fn statement(&mut self, scope: &mut Scope) -> Result<Vec<usize>, Error> {
        for word in ["graph", "node", "edge"] {
            if self.is_word(word) {
                self.advance()?;
                let attributes = self.attributes()?;
                match word {
                    "node" => scope.node.extend(attributes),
                    "edge" => scope.edge.extend(attributes),
                    _ => self.of_graph(scope, attributes),
                }
                return Ok(Vec::new());
            }
        }
        let at = self.lexer.begin();
        let first = match self.is_sign('{') || self.is_word("subgraph") {
            true => self.subgraph(scope)?,
            false => {
                let name = self.id("a statement")?;
                if self.pass('=')? {
                    let value = self.id("a value")?;
                    self.of_graph(scope, Attributes::from([(name.text, value)]));
                    return Ok(Vec::new());
                }
                self.port()?;
                vec![self.node(name, at, scope)?]
            }
        };
        if !matches!(self.token, Token::Arrow | Token::Line) {
            if self.is_sign('[') {
                let attributes = self.attributes()?;
                for at in &first {
                    self.graph.nodes[*at].attributes.extend(attributes.clone());
                }
            }
            return Ok(first);
        }
        let mut chain = vec![first];
        let mut arrows = Vec::new();
        while matches!(self.token, Token::Arrow | Token::Line) {
            arrows.push(self.advance()? == Token::Arrow);
            let at = self.lexer.begin();
            let next = match self.is_sign('{') || self.is_word("subgraph") {
                true => self.subgraph(scope)?,
                false => {
                    let name = self.id("the node that the edge leads to")?;
                    self.port()?;
                    vec![self.node(name, at, scope)?]
                }
            };
            chain.push(next);
        }
        let mut attributes = scope.edge.clone();
        attributes.extend(self.attributes()?);
        for (pair, arrow) in chain.windows(2).zip(arrows) {
            if pair[0].len().saturating_mul(pair[1].len()) > MAX_RECORDS - self.graph.edges.len() {
                return Err(Error::TooMany {
                    what: "edges",
                    limit: MAX_RECORDS,
                });
            }
            for from in &pair[0] {
                for to in &pair[1] {
                    self.graph.edges.push(Edge {
                        from: *from,
                        to: *to,
                        attributes: attributes.clone(),
                        arrow,
                        at,
                    });
                }
            }
        }
        Ok(chain.concat())
    }

    /// Sets attributes of the graph, or of the group that they stand in.
    fn of_graph(&mut self, scope: &Scope, attributes: Attributes) {
        let own = match (scope.group, scope.depth) {
            (_, 0) => &mut self.graph.attributes,
            (Some(group), _) => &mut self.graph.groups[group].attributes,
            (None, _) => return,
        };
        own.extend(attributes);
    }

    fn subgraph(&mut self, scope: &Scope) -> Result<Vec<usize>, Error> {
        let at = self.lexer.begin();
        if scope.depth == MAX_DEPTH {
            let (line, column) = self.lexer.place();
            return Err(Error::TooDeep {
                line,
                column,
                limit: MAX_DEPTH,
            });
        }
        let mut inner = scope.clone();
        inner.depth += 1;
        let mut name = String::new();
        if self.is_word("subgraph") {
            self.advance()?;
            if matches!(self.token, Token::Id(_)) {
                name = self.id("a name")?.text;
            }
        }
        // A subgraph of one name is one subgraph, however often it is opened.
        let known = self.groups.get(&name).copied().filter(|_| !name.is_empty());
        let own = known.unwrap_or_else(|| {
            self.graph.groups.push(Group {
                name: name.clone(),
                attributes: Attributes::new(),
                parent: scope.group,
                at,
            });
            self.graph.groups.len() - 1
        });
        if !name.is_empty() {
            self.groups.insert(name, own);
        }
        inner.group = Some(own);
        self.want('{', "to begin the subgraph")?;
        let mut named = self.statements(&mut inner)?;
        named.sort_unstable();
        named.dedup();
        Ok(named)
    }

    /// The node of that name, made where it is not there yet.
    fn node(&mut self, name: Value, at: usize, scope: &Scope) -> Result<usize, Error> {
        if let Some(at) = self.by_name.get(&name).copied() {
            let groups = &mut self.graph.nodes[at].groups;
            if let Some(group) = scope.group
                && groups.len() < MAX_GROUPS
                && !groups.contains(&group)
            {
                groups.push(group);
            }
            return Ok(at);
        }
        if self.graph.nodes.len() == MAX_RECORDS {
            return Err(Error::TooMany {
                what: "nodes",
                limit: MAX_RECORDS,
            });
        }
        let place = self.graph.nodes.len();
        self.by_name.insert(name.clone(), place);
        self.graph.nodes.push(Node {
            name,
            attributes: scope.node.clone(),
            at,
            groups: scope.group.into_iter().collect(),
        });
        Ok(place)
    }

    /// Passes the port of a node, which says where on its box an edge ends.
    fn port(&mut self) -> Result<(), Error> {
        while self.pass(':')? {
            self.id("a port")?;
        }
        Ok(())
    }

    /// Any number of lists in brackets.
    fn attributes(&mut self) -> Result<Attributes, Error> {
        let mut attributes = Attributes::new();
        while self.pass('[')? {
            while !self.pass(']')? {
                if self.pass(',')? || self.pass(';')? {
                    continue;
                }
                let name = self.id("the name of an attribute, or `]`,")?;
                let value = match self.pass('=')? {
                    true => self.id("a value")?,
                    false => Value {
                        text: "true".to_owned(),
                        markup: false,
                    },
                };
                attributes.insert(name.text, value);
            }
        }
        Ok(attributes)
    }
}
