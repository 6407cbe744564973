//! The parts that every presentation has: theme, masters, layout.

use crate::office::{Package, emu, text};
use crate::scene::theme::Theme;

use super::colour::{fixed, list};
use super::{NAMESPACES, kind};

/// What every tree of shapes begins with.
pub(super) const ROOT: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";
const COLOURS: &str = "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>";
/// Text is measured with the metrics of this face, which office programs have.
const FACE: &str = "Arial";

/// Adds them all, for slides of that size in px.
pub(super) fn add(package: &mut Package, theme: &Theme, (w, _): (f64, f64)) {
    let master = "ppt/slideMasters/slideMaster1.xml";
    let layout = package.relate(master, "slideLayout", "../slideLayouts/slideLayout1.xml");
    package.relate(master, "theme", "../theme/theme1.xml");
    let title = |id: u32| {
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\"/><a:lstStyle/><a:p><a:r><a:rPr/><a:t>Title</a:t></a:r></a:p></p:txBody></p:sp>",
            emu(48.0),
            emu(34.0),
            emu(w - 96.0),
            emu(44.0)
        )
    };
    let ink = "<a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>";
    let levels: String = (1..=9)
        .map(|n| {
            format!("<a:lvl{n}pPr><a:defRPr sz=\"1800\">{ink}<a:latin typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/><a:cs typeface=\"+mn-cs\"/></a:defRPr></a:lvl{n}pPr>")
        })
        .collect();
    package.text(
        master,
        &kind("slideMaster"),
        &format!(
            "<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg><p:spTree>{ROOT}{}</p:spTree></p:cSld>{COLOURS}<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"{layout}\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\"><a:defRPr sz=\"2400\" b=\"1\">{ink}<a:latin typeface=\"+mj-lt\"/><a:ea typeface=\"+mj-ea\"/><a:cs typeface=\"+mj-cs\"/></a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle><p:otherStyle>{levels}</p:otherStyle></p:txStyles></p:sldMaster>",
            title(2)
        ),
    );
    let name = "ppt/slideLayouts/slideLayout1.xml";
    package.relate(name, "slideMaster", "../slideMasters/slideMaster1.xml");
    package.text(
        name,
        &kind("slideLayout"),
        &format!(
            "<p:sldLayout {NAMESPACES} type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Title only\"><p:spTree>{ROOT}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
            title(2)
        ),
    );
    let notes = "ppt/notesMasters/notesMaster1.xml";
    package.relate(notes, "theme", "../theme/theme2.xml");
    let holder = |id: u32, name: &str, place: &str, (x, y, cx, cy): (i64, i64, i64, i64), body: &str| {
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>{body}</p:sp>"
        )
    };
    package.text(
        notes,
        &kind("notesMaster"),
        &format!(
            "<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg><p:spTree>{ROOT}{}{}</p:spTree></p:cSld>{COLOURS}<p:notesStyle>{levels}</p:notesStyle></p:notesMaster>",
            holder(
                2,
                "Slide",
                "<p:ph type=\"sldImg\" idx=\"2\"/>",
                (685_800, 1_143_000, 5_486_400, 3_086_100),
                ""
            ),
            holder(
                3,
                "Notes",
                "<p:ph type=\"body\" sz=\"quarter\" idx=\"1\"/>",
                (685_800, 4_400_550, 5_486_400, 3_600_450),
                "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr/><a:t>Notes</a:t></a:r></a:p></p:txBody>"
            ),
        ),
    );
    // PowerPoint mends presentations that lack these.
    let presentation = "ppt/presentation.xml";
    for (name, what, xml) in [
        ("presProps", "presProps", format!("<p:presentationPr {NAMESPACES}/>")),
        ("viewProps", "viewProps", format!("<p:viewPr {NAMESPACES}/>")),
    ] {
        package.relate(presentation, what, &format!("{name}.xml"));
        package.text(&format!("ppt/{name}.xml"), &kind(name), &xml);
    }
    package.relate(presentation, "tableStyles", "tableStyles.xml");
    package.text(
        "ppt/tableStyles.xml",
        &kind("tableStyles"),
        "<a:tblStyleLst xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" def=\"{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}\"/>",
    );
    for name in ["ppt/theme/theme1.xml", "ppt/theme/theme2.xml"] {
        package.text(
            name,
            "application/vnd.openxmlformats-officedocument.theme+xml",
            &theme_part(theme),
        );
    }
}

fn theme_part(theme: &Theme) -> String {
    let colours: String = list(theme)
        .iter()
        .map(|(name, colour)| format!("<a:{name}>{}</a:{name}>", fixed(colour)))
        .collect();
    let faces = format!("<a:latin typeface=\"{FACE}\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>");
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = "<a:ln w=\"9525\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>";
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Benefit map, {0}\"><a:themeElements><a:clrScheme name=\"Benefit map, {0}\">{colours}</a:clrScheme><a:fontScheme name=\"Benefit map\"><a:majorFont>{faces}</a:majorFont><a:minorFont>{faces}</a:minorFont></a:fontScheme><a:fmtScheme name=\"Benefit map\"><a:fillStyleLst>{fill}{fill}{fill}</a:fillStyleLst><a:lnStyleLst>{line}{line}{line}</a:lnStyleLst><a:effectStyleLst>{effect}{effect}{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}{fill}{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>",
        text(theme.name)
    )
}
