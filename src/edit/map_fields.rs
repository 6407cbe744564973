//! The fields of the map that are no list of records and no order, to be read and set one by one.

use serde_json::{Map, Value};

use super::record::replace;
use crate::map::BenefitMap;

/// The map's own fields: those that are no list and no order.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MapFields {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    purpose: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<crate::map::Period>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    currency: String,
}

impl MapFields {
    pub fn of(map: &BenefitMap) -> Self {
        Self {
            title: map.title.clone(),
            purpose: map.purpose.clone(),
            period: map.period,
            currency: map.currency.clone(),
        }
    }

    fn fields(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        }
    }

    pub fn value(&self, field: &str) -> Value {
        self.fields().remove(field).unwrap_or(Value::Null)
    }

    pub fn with(&self, field: &str, value: &Value) -> Result<Self, String> {
        if !matches!(field, "title" | "purpose" | "period" | "currency") {
            return Err("only title, purpose, period and currency of the map can be set; records are added, set and removed one by one".to_owned());
        }
        let mut fields = self.fields();
        replace(&mut fields, field, value);
        serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
    }

    pub fn put(self, map: &mut BenefitMap) {
        map.title = self.title;
        map.purpose = self.purpose;
        map.period = self.period;
        map.currency = self.currency;
    }
}
