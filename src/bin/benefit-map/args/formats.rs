//! Which endings the files of each format have: the one table of all commands.

use super::{
    AppraiseFormat, AuditFormat, BenefitFormat, ChartFormat, CoverageFormat, DiffFormat, DocumentFormat, DrawFormat,
    FormFormat, LetterFormat, PlaceDocument, PlacePage, PlacePicture, PlaceTable, PlanFormat, RatesFormat,
    RegisterFormat, ResultsFormat, SetsFormat, StatusFormat, TableFormat, TraceFormat, TriggersFormat,
};
use crate::output::Format;

macro_rules! endings {
    ($($format:ident { $($variant:ident: $($ending:literal)*),* $(,)? })*) => {
        $(impl Format for $format {
            fn endings(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($ending),*],)* }
            }
        })*
    };
}

endings! {
    AppraiseFormat { Text: "txt", Json: "json", Csv: "csv", Xlsx: "xlsx", Svg: "svg", Png: "png", Pdf: "pdf" }
    RatesFormat { Text: "txt", Json: "json" }
    AuditFormat { Html: "html" "htm", Docx: "docx", Pdf: "pdf" }
    BenefitFormat {
        Csv: "csv",
        Xlsx: "xlsx",
        Docx: "docx",
        Pdf: "pdf",
        Html: "html" "htm",
        Markdown: "md" "markdown",
    }
    ChartFormat { Svg: "svg", Png: "png", Pdf: "pdf" }
    CoverageFormat { Text: "txt", Json: "json", Csv: "csv", Markdown: "md" "markdown", Xlsx: "xlsx" }
    DiffFormat { Text: "txt", Json: "json", Csv: "csv", Markdown: "md" "markdown", Html: "html" "htm", Svg: "svg" }
    DocumentFormat { Docx: "docx", Pdf: "pdf", Pptx: "pptx", Html: "html" "htm", Markdown: "md" "markdown" }
    DrawFormat { Svg: "svg", Png: "png", Pdf: "pdf", Pptx: "pptx", Html: "html" "htm", Scene: "json" }
    FormFormat { Html: "html" "htm" }
    LetterFormat { Text: "txt", Csv: "csv", Markdown: "md" "markdown", Docx: "docx", Pdf: "pdf" }
    PlaceDocument { Docx: "docx", Pdf: "pdf", Html: "html" "htm" }
    PlacePage { Html: "html" "htm", Pptx: "pptx", Xlsx: "xlsx" }
    PlacePicture { Svg: "svg", Png: "png", Pdf: "pdf", Html: "html" "htm", Pptx: "pptx" }
    PlaceTable { Text: "txt", Json: "json", Csv: "csv", Xlsx: "xlsx", Html: "html" "htm" }
    PlanFormat {
        Markdown: "md" "markdown",
        Csv: "csv",
        Svg: "svg",
        Png: "png",
        Docx: "docx",
        Pdf: "pdf",
    }
    RegisterFormat { Csv: "csv", Xlsx: "xlsx" }
    ResultsFormat {
        Text: "txt",
        Json: "json",
        Csv: "csv",
        Xlsx: "xlsx",
        Svg: "svg",
        Png: "png",
        Pdf: "pdf",
        Html: "html" "htm",
        Docx: "docx",
        Pptx: "pptx",
    }
    SetsFormat { Text: "txt", Json: "json" }
    StatusFormat { Text: "txt", Json: "json", Csv: "csv", Docx: "docx", Pdf: "pdf" }
    TableFormat { Text: "txt", Json: "json", Csv: "csv" }
    TraceFormat { Text: "txt", Json: "json", Csv: "csv", Xlsx: "xlsx", Html: "html" "htm" }
    TriggersFormat { Text: "txt", Json: "json" }
}
