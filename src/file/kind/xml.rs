//! XML and HTML by their outermost element.

use super::FileKind;

/// What a text is that begins with `<`.
pub(super) fn kind(text: &str) -> FileKind {
    let Some(tag) = outermost(text) else {
        return FileKind::Xml;
    };
    let name = tag.split([' ', '\t', '\r', '\n', '/', '>']).next().unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    match local.as_str() {
        "graphml" => FileKind::GraphMl,
        "mxfile" | "mxgraphmodel" => FileKind::Drawio,
        "model" if tag.contains("www.archimatetool.com") => FileKind::Archi,
        "model" if tag.contains("www.opengroup.org/xsd/archimate") => FileKind::Archimate,
        "testsuites" | "testsuite" => FileKind::Junit,
        "svg" => FileKind::Svg,
        "html" => FileKind::Html,
        _ => FileKind::Xml,
    }
}

/// The opening tag of the outermost element, without its bracket; of a page that begins with its document type alone, `html`.
fn outermost(mut text: &str) -> Option<&str> {
    loop {
        text = text.trim_start();
        let lower = text.get(..14).map(str::to_ascii_lowercase).unwrap_or_default();
        let end = if lower.starts_with("<?") {
            text.find("?>")? + 2
        } else if lower.starts_with("<!--") {
            text.find("-->")? + 3
        } else if lower.starts_with("<!doctype html") {
            return Some("html");
        } else if lower.starts_with("<!") {
            // A document type may hold definitions in square brackets, with brackets of their own.
            let (bracket, end) = (text.find('['), text.find('>')?);
            match bracket.filter(|bracket| *bracket < end) {
                Some(_) => text.find("]>").map(|at| at + 2)?,
                None => end + 1,
            }
        } else {
            let tag = text.strip_prefix('<')?;
            return Some(tag.split('>').next().unwrap_or(tag));
        };
        text = &text[end..];
    }
}
