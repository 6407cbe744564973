//! A text as a flat list of items with places: what the scanner makes, and what everything else walks.

use std::borrow::Cow;
use std::ops::Range;

/// What an [`Item`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Null,
    True,
    False,
    Number,
    Text,
    List,
    Object,
    /// Something unreadable; its fault has been told.
    Broken,
}

/// One value of the text, or one name of a field: an object is followed by name, value, name, value and so on, a list
/// by its values, each with all that stands in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) shape: Shape,
    /// A text with escapes in it.
    pub(super) escaped: bool,
    /// Bytes of one quote of a text.
    pub(super) quote: u8,
    /// A list or an object of which something could not be read.
    pub(super) damaged: bool,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The item after this one and all that stands in it.
    pub(super) next: u32,
}

impl Item {
    pub(super) fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text and its items; the first is the root, and there always is one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tree<'t> {
    pub(super) text: &'t str,
    pub(super) items: &'t [Item],
}

impl<'t> Tree<'t> {
    pub(super) fn item(self, at: u32) -> &'t Item {
        &self.items[at as usize]
    }

    /// The text of a [`Shape::Text`], without its quotes and with its escapes resolved.
    pub(super) fn string(self, at: u32) -> Cow<'t, str> {
        let item = self.item(at);
        let quote = item.quote as usize;
        let inner = &self.text[item.start as usize + quote..item.end as usize - quote];
        if item.escaped && quote == 1 {
            // Only what the scanner has found to be whole gets here; single quotes are a fault already.
            serde_json::from_str(&self.text[item.span()]).map_or(Cow::Borrowed(inner), Cow::Owned)
        } else {
            Cow::Borrowed(inner)
        }
    }

    /// The item as it stands in the text.
    pub(super) fn raw(self, at: u32) -> &'t str {
        &self.text[self.item(at).span()]
    }

    /// The values of a list.
    pub(super) fn elements(self, list: u32) -> impl Iterator<Item = u32> + use<'t> {
        let end = self.item(list).next;
        let mut at = list + 1;
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let this = at;
                at = self.item(at).next;
                this
            })
        })
    }

    /// The names and values of an object.
    pub(super) fn members(self, object: u32) -> impl Iterator<Item = (u32, u32)> + use<'t> {
        let end = self.item(object).next;
        let mut at = object + 1;
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let name = at;
                let value = name + 1;
                at = self.item(value).next;
                (name, value)
            })
        })
    }
}
