//! The statements of a DOT text, after the grammar of Graphviz (graphviz.org/doc/info/lang.html): nodes and edges with
//! the attributes that hold for them, and the clusters that they stand in.

use std::collections::{BTreeMap, HashMap};

use super::super::Error;
use super::lex::{Id, Lexer, Token};

/// The most groups that may stand within each other.
const MAX_DEPTH: usize = 100;
/// The most nodes, and the most edges, that are read: `{…} -> {…}` makes an edge of every pair.
const MAX_RECORDS: usize = 1_000_000;

/// Attributes by name.
pub(super) type Attributes = BTreeMap<String, String>;

/// A graph as it stands in a file.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) name: String,
    /// Whether its edges have a direction.
    pub(super) directed: bool,
    pub(super) attributes: Attributes,
    /// In the order of their first mention.
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    /// Label and line of each cluster.
    pub(super) clusters: Vec<Cluster>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: Attributes,
    /// The byte at which it is first named.
    pub(super) at: usize,
    /// The innermost cluster that it stands in.
    pub(super) cluster: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Edge {
    /// Places among the nodes.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) attributes: Attributes,
    /// The byte at which it stands.
    pub(super) at: usize,
}

#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) name: String,
    pub(super) label: String,
    /// The byte at which it begins.
    pub(super) at: usize,
}

/// What holds for the statements of one pair of braces.
#[derive(Debug, Clone, Default)]
struct Scope {
    node: Attributes,
    edge: Attributes,
    cluster: Option<usize>,
    depth: usize,
}

/// The graph in a text.
pub(super) fn parse(text: &str) -> Result<Graph, Error> {
    let mut parser = Parser {
        lexer: Lexer::new(text),
        token: Token::End,
        graph: Graph::default(),
        by_name: HashMap::new(),
    };
    parser.advance()?;
    parser.whole()?;
    Ok(parser.graph)
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    token: Token,
    graph: Graph,
    by_name: HashMap<String, usize>,
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
        matches!(&self.token, Token::Id(Id { text, bare: true }) if text.eq_ignore_ascii_case(word))
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
            Token::Id(id) => format!("`{}`", id.text.chars().take(40).collect::<String>().escape_debug()),
            Token::Arrow => "`->`".to_owned(),
            Token::Line => "`--`".to_owned(),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end of the file".to_owned(),
        };
        self.lexer.fault(format!("{found} stands where {wanted} is meant"))
    }

    fn id(&mut self, what: &str) -> Result<String, Error> {
        if !matches!(self.token, Token::Id(_)) {
            return Err(self.unexpected(what));
        }
        match self.advance()? {
            Token::Id(id) => Ok(id.text),
            _ => Err(self.unexpected(what)),
        }
    }

    fn whole(&mut self) -> Result<(), Error> {
        if self.is_word("strict") {
            self.advance()?;
        }
        self.graph.directed = self.is_word("digraph");
        if !self.graph.directed && !self.is_word("graph") {
            return Err(self.unexpected("`digraph` or `graph`"));
        }
        self.advance()?;
        if matches!(self.token, Token::Id(_)) {
            self.graph.name = self.id("a name")?;
        }
        self.want('{', "to begin the graph")?;
        let mut scope = Scope::default();
        self.statements(&mut scope, None)?;
        match self.token {
            Token::End => Ok(()),
            _ => Err(self.unexpected("the end of the file, since one graph is read,")),
        }
    }

    /// Statements up to the closing brace; the nodes that they name.
    fn statements(&mut self, scope: &mut Scope, own: Option<usize>) -> Result<Vec<usize>, Error> {
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
            named.extend(self.statement(scope, own)?);
        }
    }

    fn statement(&mut self, scope: &mut Scope, own: Option<usize>) -> Result<Vec<usize>, Error> {
        for word in ["graph", "node", "edge"] {
            if self.is_word(word) {
                self.advance()?;
                let attributes = self.attributes()?;
                match word {
                    "node" => scope.node.extend(attributes),
                    "edge" => scope.edge.extend(attributes),
                    _ => self.of_graph(own, scope.depth, attributes),
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
                    self.of_graph(own, scope.depth, Attributes::from([(name, value)]));
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
        while matches!(self.token, Token::Arrow | Token::Line) {
            self.advance()?;
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
        for pair in chain.windows(2) {
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
                        at,
                    });
                }
            }
        }
        Ok(chain.concat())
    }

    /// Sets attributes of the graph, or of the cluster that they stand in.
    fn of_graph(&mut self, own: Option<usize>, depth: usize, attributes: Attributes) {
        match own {
            Some(cluster) => {
                if let Some(label) = attributes.get("label") {
                    self.graph.clusters[cluster].label = label.clone();
                }
            }
            // What holds in a group that is no cluster is about its place alone.
            None if depth > 0 => {}
            None => self.graph.attributes.extend(attributes),
        }
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
                name = self.id("a name")?;
            }
        }
        let mut own = None;
        if name.starts_with("cluster") {
            own = Some(self.graph.clusters.len());
            inner.cluster = own;
            self.graph.clusters.push(Cluster {
                label: String::new(),
                name,
                at,
            });
        }
        self.want('{', "to begin the subgraph")?;
        let mut named = self.statements(&mut inner, own)?;
        named.sort_unstable();
        named.dedup();
        Ok(named)
    }

    /// The node of that name, made where it is not there yet.
    fn node(&mut self, name: String, at: usize, scope: &Scope) -> Result<usize, Error> {
        if let Some(at) = self.by_name.get(&name) {
            let node = &mut self.graph.nodes[*at];
            node.cluster = node.cluster.or(scope.cluster);
            return Ok(*at);
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
            cluster: scope.cluster,
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
                    false => "true".to_owned(),
                };
                attributes.insert(name, value);
            }
        }
        Ok(attributes)
    }
}
