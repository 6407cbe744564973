//! A piece of markup as a tree.

/// An element: its name, its attributes in the order in which they were set, and what is in it.
///
/// Names are those of the program, never of data. Values and words may be anything: they are escaped when they are written.
///
/// ```
/// use benefit_map::xml::el;
///
/// let line = el("p").set("class", "note").add("a < b ").add(el("em").add("& c"));
/// assert_eq!(line.to_html(), "<p class=\"note\">a &lt; b <em>&amp; c</em></p>");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub(super) name: &'static str,
    pub(super) attributes: Vec<(&'static str, String)>,
    pub(super) children: Nodes,
}

/// Elements and words, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nodes(pub(super) Vec<Node>);

/// What an element may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Words, not escaped.
    Text(String),
}

/// An empty element of that name.
pub fn el(name: &'static str) -> Element {
    Element {
        name,
        attributes: Vec::new(),
        children: Nodes::default(),
    }
}

impl Element {
    /// What the element is called.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What an attribute says, not escaped; `None` where it was not set.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(known, _)| *known == name)?;
        Some(value)
    }

    /// With an attribute; `None` is no attribute. Each is set once.
    pub fn set(mut self, name: &'static str, value: impl Value) -> Self {
        if let Some(value) = value.written() {
            self.attributes.push((name, value));
        }
        self
    }

    /// With several attributes, as [`set`](Self::set) each.
    pub fn set_all<V: Value>(self, attributes: impl IntoIterator<Item = (&'static str, V)>) -> Self {
        attributes
            .into_iter()
            .fold(self, |element, (name, value)| element.set(name, value))
    }

    /// With something more in it, after what is there: words, elements, or several of them.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is no sum: the word is that of every builder of markup"
    )]
    pub fn add(mut self, content: impl Content) -> Self {
        self.children.push(content);
        self
    }

    /// With something of each more in it.
    pub fn add_all<C: Content>(mut self, contents: impl IntoIterator<Item = C>) -> Self {
        self.children.extend(contents);
        self
    }

    /// With something more in it, on a line of its own.
    pub fn line(mut self, content: impl Content) -> Self {
        self.children.push_line(content);
        self
    }

    /// With something of each more in it, each on a line of its own.
    pub fn lines<C: Content>(self, contents: impl IntoIterator<Item = C>) -> Self {
        contents.into_iter().fold(self, Self::line)
    }

    /// Puts something more into it.
    pub fn push(&mut self, content: impl Content) {
        self.children.push(content);
    }

    /// Puts something more into it, on a line of its own.
    pub fn push_line(&mut self, content: impl Content) {
        self.children.push_line(content);
    }

    /// What is in it, in order.
    pub fn children(&self) -> &[Node] {
        &self.children.0
    }

    /// All elements of that name within, in order, however deep.
    pub fn within<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        let mut waiting: Vec<&Element> = vec![self];
        std::iter::from_fn(move || {
            loop {
                let element = waiting.pop()?;
                waiting.extend(element.children.0.iter().rev().filter_map(|node| match node {
                    Node::Element(element) => Some(element),
                    Node::Text(_) => None,
                }));
                if element.name == name {
                    return Some(element);
                }
            }
        })
    }

    /// The words that stand directly in it, not escaped.
    pub fn words(&self) -> String {
        let words = self.children.0.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        words.collect()
    }

    /// Without that attribute.
    pub fn without(mut self, name: &str) -> Self {
        self.attributes.retain(|(known, _)| *known != name);
        self
    }

    /// With another attribute in the place of that one, where it was set.
    pub fn replace(mut self, name: &str, other: (&'static str, &str)) -> Self {
        if let Some(attribute) = self.attributes.iter_mut().find(|(known, _)| *known == name) {
            *attribute = (other.0, other.1.to_owned());
        }
        self
    }

    /// The same element with other content.
    pub fn with_children(&self, children: Nodes) -> Self {
        Self {
            name: self.name,
            attributes: self.attributes.clone(),
            children,
        }
    }
}

impl Nodes {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts something more at the end.
    pub fn push(&mut self, content: impl Content) {
        content.add_to(self);
    }

    /// Puts something more at the end, on a line of its own.
    pub fn push_line(&mut self, content: impl Content) {
        let ends_line = matches!(self.0.last(), Some(Node::Text(text)) if text.ends_with('\n'));
        if !ends_line {
            self.push("\n");
        }
        self.push(content);
        self.push("\n");
    }
}

impl<C: Content> Extend<C> for Nodes {
    fn extend<I: IntoIterator<Item = C>>(&mut self, contents: I) {
        for content in contents {
            content.add_to(self);
        }
    }
}

impl<C: Content> FromIterator<C> for Nodes {
    fn from_iter<I: IntoIterator<Item = C>>(contents: I) -> Self {
        let mut nodes = Self::default();
        nodes.extend(contents);
        nodes
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// What can be put into an element.
pub trait Content {
    /// Puts it at the end of the others.
    fn add_to(self, nodes: &mut Nodes);
}

impl Content for Element {
    fn add_to(self, nodes: &mut Nodes) {
        nodes.0.push(Node::Element(self));
    }
}

impl Content for &str {
    fn add_to(self, nodes: &mut Nodes) {
        match nodes.0.last_mut() {
            // As one piece of text, so that it is escaped as one.
            Some(Node::Text(text)) => text.push_str(self),
            _ => nodes.0.push(Node::Text(self.to_owned())),
        }
    }
}

impl Content for String {
    fn add_to(self, nodes: &mut Nodes) {
        match nodes.0.last_mut() {
            Some(Node::Text(text)) => text.push_str(&self),
            _ => nodes.0.push(Node::Text(self)),
        }
    }
}

impl Content for &String {
    fn add_to(self, nodes: &mut Nodes) {
        self.as_str().add_to(nodes);
    }
}

impl Content for Node {
    fn add_to(self, nodes: &mut Nodes) {
        match self {
            Node::Element(element) => element.add_to(nodes),
            Node::Text(text) => text.add_to(nodes),
        }
    }
}

impl Content for Nodes {
    fn add_to(self, nodes: &mut Nodes) {
        nodes.extend(self.0);
    }
}

impl<C: Content> Content for Option<C> {
    fn add_to(self, nodes: &mut Nodes) {
        nodes.extend(self);
    }
}

impl<C: Content> Content for Vec<C> {
    fn add_to(self, nodes: &mut Nodes) {
        nodes.extend(self);
    }
}

impl<C: Content, const N: usize> Content for [C; N] {
    fn add_to(self, nodes: &mut Nodes) {
        nodes.extend(self);
    }
}

impl<A: Content, B: Content> Content for (A, B) {
    fn add_to(self, nodes: &mut Nodes) {
        self.0.add_to(nodes);
        self.1.add_to(nodes);
    }
}

impl<A: Content, B: Content, C: Content> Content for (A, B, C) {
    fn add_to(self, nodes: &mut Nodes) {
        self.0.add_to(nodes);
        self.1.add_to(nodes);
        self.2.add_to(nodes);
    }
}

/// What an attribute can say.
pub trait Value {
    /// The text of the value, not escaped; `None` where there is to be no attribute.
    fn written(self) -> Option<String>;
}

impl Value for String {
    fn written(self) -> Option<String> {
        Some(self)
    }
}

impl Value for &str {
    fn written(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl Value for &String {
    fn written(self) -> Option<String> {
        Some(self.clone())
    }
}

impl<V: Value> Value for Option<V> {
    fn written(self) -> Option<String> {
        self.and_then(Value::written)
    }
}

macro_rules! whole_numbers {
    ($($number:ty)*) => {$(
        impl Value for $number {
            fn written(self) -> Option<String> {
                Some(self.to_string())
            }
        }
    )*};
}

whole_numbers!(i32 i64 u8 u32 u64 usize);
