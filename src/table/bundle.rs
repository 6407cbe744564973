//! Several tables as one file.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Table, csv};

/// The tables as CSV files in one zip archive, in the order given, each named after its table. The same tables always give the
/// same bytes.
///
/// # Errors
/// Only where the archive would be larger than such a file can be.
pub fn bundle(tables: &[Table]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for table in tables {
        archive.start_file(format!("{}.csv", table.name), options)?;
        archive.write_all(&csv::write(table))?;
    }
    Ok(archive.finish()?.into_inner())
}
