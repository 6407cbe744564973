//! What records are called where people read of them: their title or name, or the id where they have none.

use super::{Activity, Kpi, Node, Owner, Partner, Risk};

/// The title without white space round it, or the id where nothing is left.
pub(crate) fn title_or_id<'a>(title: &'a str, id: &'a str) -> &'a str {
    match title.trim() {
        "" => id,
        title => title,
    }
}

macro_rules! labelled {
    ($($record:ident by $title:ident;)*) => {$(
        impl $record {
            #[doc = concat!("The ", stringify!($title), ", or the id where it is empty.")]
            pub fn label(&self) -> &str {
                title_or_id(&self.$title, self.id.as_str())
            }
        }
    )*};
}

labelled! {
    Node by title;
    Kpi by title;
    Risk by title;
    Activity by title;
    Owner by name;
    Partner by name;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::NodeKind;

    #[test]
    fn a_record_is_called_by_its_title_or_its_id() {
        let node = |title: &str| Node::new("kiosks".parse().unwrap(), NodeKind::Enabler, title);
        assert_eq!(node(" Kiosks ").label(), "Kiosks");
        assert_eq!(node(" \t").label(), "kiosks");
    }
}
