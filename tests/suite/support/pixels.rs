//! Pictures in points, and whether two colours look alike.

use std::process::Command;

/// Pixels as rows of red, green, blue.
pub struct Pixels {
    pub width: usize,
    bytes: Vec<u8>,
}

impl Pixels {
    pub fn png(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut out = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut out).unwrap();
        assert_eq!(info.color_type, png::ColorType::Rgb);
        Self {
            width: info.width as usize,
            bytes: out,
        }
    }

    /// The first page of a PDF, 96 pixels to the inch.
    pub fn pdf(bytes: &[u8]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.pdf");
        std::fs::write(&path, bytes).unwrap();
        let done = Command::new("pdftoppm")
            .args(["-r", "96", "-f", "1", "-l", "1", "-png", "-singlefile"])
            .arg(&path)
            .arg(dir.path().join("a"))
            .status()
            .unwrap();
        assert!(done.success());
        Self::png(&std::fs::read(dir.path().join("a.png")).unwrap())
    }

    pub fn at(&self, x: f64, y: f64) -> [u8; 3] {
        let at = (y as usize * self.width + x as usize) * 3;
        self.bytes[at..at + 3].try_into().unwrap()
    }
}

pub fn rgb(colour: &str) -> [u8; 3] {
    [1, 3, 5].map(|i| u8::from_str_radix(&colour[i..i + 2], 16).unwrap())
}

pub fn alike(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 40)
}
