//! The document in the shape the engine takes it: one buffer, many slices.
//!
//! The engine's own document keeps every value in an allocation of its own.

use std::iter;

use tantivy::Document;
use tantivy::schema::Field as Handle;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};

/// A document under construction, then in the engine's hands.
#[derive(Debug, Default)]
pub(super) struct Record {
    buffer: String,
    values: Vec<(Handle, Slot)>,
}

#[derive(Debug, Clone, Copy)]
enum Slot {
    Text(u32, u32),
    Number(u64),
}

/// One value of a record.
#[derive(Debug, Clone, Copy)]
pub(super) enum Leaf<'a> {
    Text(&'a str),
    Number(u64),
}

impl Record {
    /// An empty record with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            buffer: String::with_capacity(bytes),
            values: Vec::with_capacity(64),
        }
    }

    /// Adds a text; nothing if it is empty.
    pub(super) fn add_text(&mut self, handle: Handle, text: &str) {
        let start = self.buffer.len();
        self.buffer.push_str(text);
        let range = (u32::try_from(start), u32::try_from(self.buffer.len()));
        if let (Ok(start), Ok(end)) = range
            && start < end
        {
            self.values.push((handle, Slot::Text(start, end)));
        }
    }

    /// Adds a number.
    pub(super) fn add_number(&mut self, handle: Handle, number: u64) {
        self.values.push((handle, Slot::Number(number)));
    }

    /// All values with their fields.
    pub(super) fn leaves(&self) -> impl Iterator<Item = (Handle, Leaf<'_>)> {
        let values = self.values.iter();
        values.map(|(handle, slot)| (*handle, self.leaf(*slot)))
    }

    fn leaf(&self, slot: Slot) -> Leaf<'_> {
        match slot {
            Slot::Number(number) => Leaf::Number(number),
            Slot::Text(start, end) => Leaf::Text(
                self.buffer
                    .get(start as usize..end as usize)
                    .unwrap_or_default(),
            ),
        }
    }
}

impl Document for Record {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Handle, Leaf<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.leaves())
    }
}

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = iter::Empty<Self>;
    type ObjectIter = iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Leaf::Text(text) => ReferenceValueLeaf::Str(text),
            Leaf::Number(number) => ReferenceValueLeaf::U64(number),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_in_order_and_empty_texts_are_left_out() {
        let (a, b) = (Handle::from_field_id(1), Handle::from_field_id(2));
        let mut record = Record::with_capacity(8);
        record.add_text(a, "työ");
        record.add_text(a, "");
        record.add_number(b, 7);
        record.add_text(b, "maa");
        let values: Vec<_> = record
            .iter_fields_and_values()
            .map(|(handle, leaf)| (handle.field_id(), format!("{leaf:?}")))
            .collect();
        let expected = [(1, "Text(\"työ\")"), (2, "Number(7)"), (2, "Text(\"maa\")")];
        assert_eq!(values, expected.map(|(id, text)| (id, text.to_owned())));
    }
}
