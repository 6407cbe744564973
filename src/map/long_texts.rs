//! Texts that are too long, found and cut. The walk that finds them is a serializer that writes nothing, so that no field can be
//! forgotten and nothing is copied.

use std::fmt;

use serde::ser::{self, Serialize};
use serde_json::Value;

use super::BenefitMap;
use super::limits::{TooLong, cut, is_too_long, longest};

/// The texts of a record, of a whole map or of its JSON that are longer than their fields may hold, in their order.
pub fn too_long(value: &(impl Serialize + ?Sized)) -> Vec<TooLong> {
    let mut walk = Walk::default();
    // It refuses nothing.
    let _ = value.serialize(&mut walk);
    walk.found
}

#[derive(Default)]
struct Walk {
    /// The name of the field that is looked at.
    field: String,
    /// The id of the record that it stands in.
    record: String,
    found: Vec<TooLong>,
}

/// Never made: the walk refuses nothing.
#[derive(Debug)]
struct Never;

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text could not be measured")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

macro_rules! passed_over {
    ($($name:ident: $type:ty),* $(,)?) => {$(
        fn $name(self, _: $type) -> Result<(), Never> {
            Ok(())
        }
    )*};
}

impl<'w> ser::Serializer for &'w mut Walk {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Inside<'w>;
    type SerializeStruct = Inside<'w>;
    type SerializeStructVariant = Inside<'w>;

    passed_over! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8], serialize_unit_struct: &'static str,
    }

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        if self.field == "id" {
            self.record.clear();
            self.record.push_str(text);
        }
        if is_too_long(&self.field, text) {
            self.found.push(TooLong {
                field: self.field.clone(),
                record: self.record.clone(),
                characters: text.chars().count(),
                most: longest(&self.field),
            });
        }
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'w>, Never> {
        Ok(Inside::of(self))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'w>, Never> {
        Ok(Inside::of(self))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Inside<'w>, Never> {
        Ok(Inside::of(self))
    }
}

/// A record that is walked through; what was looked at before it is looked at again after it.
struct Inside<'w> {
    walk: &'w mut Walk,
    field: String,
    record: String,
}

impl<'w> Inside<'w> {
    fn of(walk: &'w mut Walk) -> Self {
        let (field, record) = (walk.field.clone(), walk.record.clone());
        Self { walk, field, record }
    }

    fn step(&mut self, field: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Never> {
        self.walk.field.clear();
        self.walk.field.push_str(field);
        value.serialize(&mut *self.walk)
    }

    fn leave(self) -> Result<(), Never> {
        (self.walk.field, self.walk.record) = (self.field, self.record);
        Ok(())
    }
}

macro_rules! entries {
    ($($trait:ident $name:ident),* $(,)?) => {$(
        impl ser::$trait for &mut Walk {
            type Ok = ();
            type Error = Never;

            fn $name<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        }
    )*};
}

entries! {
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

macro_rules! fields {
    ($($trait:ident),* $(,)?) => {$(
        impl ser::$trait for Inside<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
                self.step(name, value)
            }

            fn end(self) -> Result<(), Never> {
                self.leave()
            }
        }
    )*};
}

fields! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        // A key is a text or a word: as JSON it stands in quotes.
        let name = serde_json::to_value(key).unwrap_or_default();
        self.walk.field = name.as_str().unwrap_or_default().to_owned();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut *self.walk)
    }

    fn end(self) -> Result<(), Never> {
        self.leave()
    }
}

/// Cuts every text of a map to what its field may hold.
pub fn cut_long_texts(map: &mut BenefitMap) {
    // By way of JSON, so that no field can be forgotten; it is seldom needed.
    let cut = serde_json::to_value(&*map).map(|mut value| {
        cut_value("", &mut value);
        serde_json::from_value(value)
    });
    if let Ok(Ok(cut)) = cut {
        *map = cut;
    }
}

fn cut_value(field: &str, value: &mut Value) {
    match value {
        Value::String(text) => drop(cut(field, text)),
        Value::Array(entries) => entries.iter_mut().for_each(|entry| cut_value(field, entry)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, inner)| cut_value(name, inner)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::{LONGEST_TEXT, LONGEST_TITLE};
    use super::*;
    use crate::map::{Link, Node, NodeId, NodeKind};

    #[test]
    fn a_text_that_is_too_long_is_found_wherever_it_stands() {
        let id = |id: &str| NodeId::new(id).unwrap();
        let mut map = BenefitMap::new("A map");
        map.purpose = "p".repeat(LONGEST_TEXT + 1);
        let mut node = Node::new(id("a"), NodeKind::Enabler, "t".repeat(1_200));
        node.tags = vec!["short".to_owned(), "g".repeat(1_001)];
        map.nodes = vec![node, Node::new(id("b"), NodeKind::Enabler, "B")];
        let mut link = Link::new(id("a"), id("b"));
        link.assumptions = vec!["é".repeat(LONGEST_TEXT), "é".repeat(LONGEST_TEXT + 2)];
        map.links.push(link);
        let told = |found: Vec<TooLong>| -> Vec<(String, String, usize)> {
            let told = found.into_iter().map(|t| (t.field, t.record, t.characters));
            told.collect()
        };
        let expected = [
            ("purpose", "", LONGEST_TEXT + 1),
            ("title", "a", 1_200),
            ("tags", "a", 1_001),
            ("assumptions", "", LONGEST_TEXT + 2),
        ];
        let expected = expected.map(|(field, record, count)| (field.to_owned(), record.to_owned(), count));
        assert_eq!(told(too_long(&map)), expected);
        let mut as_json = told(too_long(&serde_json::to_value(&map).unwrap()));
        as_json.sort();
        let mut sorted = expected.to_vec();
        sorted.sort();
        assert_eq!(as_json, sorted);
        let words = too_long(&map)[1].to_string();
        assert_eq!(words, "`title` has 1,200 characters, and 1,000 is the most");
    }

    #[test]
    fn every_text_of_a_map_can_be_cut() {
        let mut map = BenefitMap::new("é".repeat(2_000));
        map.purpose = "p".repeat(LONGEST_TEXT + 10);
        assert_eq!(too_long(&map).len(), 2);
        cut_long_texts(&mut map);
        assert_eq!(too_long(&map), []);
        assert_eq!(map.title, "é".repeat(LONGEST_TITLE));
    }
}
