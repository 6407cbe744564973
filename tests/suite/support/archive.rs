//! Packages of the Office formats: their parts, and whether they hang together.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The parts of a package, unpacked, by name.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut unpacked = Vec::new();
            part.read_to_end(&mut unpacked).unwrap();
            (part.name().unwrap().into_owned(), unpacked)
        })
        .collect()
}

/// A package of such parts.
pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, part) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(part).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A part of a package as text.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = String::new();
    archive
        .by_name(name)
        .unwrap_or_else(|e| panic!("{name}: {e}"))
        .read_to_string(&mut out)
        .unwrap();
    out
}

/// Every part of XML of a package reads as XML, and every relation leads to a part that is there.
pub fn check_package(bytes: &[u8]) {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: BTreeSet<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in &names {
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
        if let Some(stem) = name.strip_suffix(".rels") {
            let folder = stem.replace("_rels/", "");
            let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
            for relation in text.split("<Relationship ").skip(1).filter(|r| !r.contains("External")) {
                let target = attribute(relation, "Target");
                let mut path: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
                // A name from the root of the package begins with a slash.
                if target.starts_with('/') {
                    path.clear();
                }
                for step in target.split('/').filter(|step| !step.is_empty()) {
                    if step == ".." {
                        path.pop();
                    } else {
                        path.push(step)
                    }
                }
                let path = path.join("/");
                assert!(names.contains(&path), "{name} leads to {path}, which is not there");
            }
        }
    }
    let types = part(bytes, "[Content_Types].xml");
    for name in names
        .iter()
        .filter(|n| n.ends_with(".xml") && *n != "[Content_Types].xml")
    {
        assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name} has no type");
    }
}

/// The value of an attribute of the first element in a piece of XML.
pub fn attribute(xml: &str, name: &str) -> String {
    let (_, rest) = xml
        .split_once(&format!("{name}=\""))
        .unwrap_or_else(|| panic!("no {name} in {xml:.200}"));
    rest.split('"').next().unwrap().to_owned()
}

/// The slides of a presentation, each as text.
pub fn slides(bytes: &[u8]) -> Vec<String> {
    let names = (1..).map(|n| format!("ppt/slides/slide{n}.xml"));
    let archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let known: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names
        .take_while(|name| known.contains(name))
        .map(|name| part(bytes, &name))
        .collect()
}

/// The sizes of type that a slide names, in hundredths of a point.
pub fn sizes(slide: &str) -> Vec<u32> {
    let size = |rest: &str| rest.split('"').next().unwrap().parse().ok();
    slide.split(" sz=\"").skip(1).filter_map(size).collect()
}
