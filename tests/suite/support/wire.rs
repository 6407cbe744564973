//! A small HTTP client for the workshop: as much of HTTP/1.1 as its answers use, and the raw bytes where a test wants them.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use flate2::{Decompress, FlushDecompress};
use serde_json::Value;

/// Nothing that is waited for takes so long.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.head, self.text()))
    }
}

/// One connection, used for one request after the other.
pub struct Wire {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

impl Wire {
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            address,
        })
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(bytes)
    }

    /// Reads one answer.
    pub fn answer(&mut self) -> io::Result<Answer> {
        let head = self.head()?;
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        let mut body = Vec::new();
        if header(&head, "transfer-encoding").as_deref() == Some("chunked") {
            while let Some(chunk) = self.chunk()? {
                body.extend(chunk);
            }
        } else if let Some(length) = header(&head, "content-length").and_then(|length| length.parse().ok()) {
            body.resize(length, 0);
            self.stream.read_exact(&mut body)?;
        }
        Ok(Answer { status, head, body })
    }

    fn head(&mut self) -> io::Result<String> {
        let mut head = String::new();
        loop {
            let before = head.len();
            if self.stream.read_line(&mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if head.len() - before <= 2 {
                return Ok(head);
            }
        }
    }

    /// The next chunk of a body; `None` at its end.
    fn chunk(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut size = String::new();
        if self.stream.read_line(&mut size)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let size = usize::from_str_radix(size.trim(), 16).map_err(io::Error::other)?;
        let mut chunk = vec![0; size + 2];
        self.stream.read_exact(&mut chunk)?;
        chunk.truncate(size);
        Ok((size > 0).then_some(chunk))
    }

    /// One request of the usual form.
    pub fn ask(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> io::Result<Answer> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n{headers}\r\n",
            self.address,
            body.len()
        );
        self.send(&[head.as_bytes(), body].concat())?;
        self.answer()
    }

    pub fn post(&mut self, path: &str, key: &str, body: &Value) -> io::Result<Answer> {
        let headers = format!("Content-Type: application/json\r\nAuthorization: Bearer {key}\r\n");
        self.ask("POST", path, &headers, body.to_string().as_bytes())
    }

    pub fn get(&mut self, path: &str, key: &str) -> io::Result<Answer> {
        self.ask("GET", path, &format!("Authorization: Bearer {key}\r\n"), b"")
    }

    /// Whether the server has closed the connection; waits for it.
    pub fn is_closed(&mut self) -> bool {
        let mut rest = Vec::new();
        match self.stream.read_to_end(&mut rest) {
            Ok(_) => true,
            Err(error) => error.kind() == io::ErrorKind::ConnectionReset,
        }
    }
}

/// The value of a header of a head, in lower case.
pub fn header(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// A stream of events.
pub struct Events {
    wire: Wire,
    pending: Vec<u8>,
    /// Unpacks what comes, where it was asked for as browsers do, and how much of its head is still to come.
    unpacking: Option<(Decompress, usize)>,
    /// How many bytes have come.
    pub came: usize,
}

/// How many bytes a head of gzip has that says nothing.
const GZIP_HEAD: usize = 10;

impl Events {
    pub fn open(address: SocketAddr, key: &str, client: &str) -> io::Result<Self> {
        Self::at(address, &format!("/api/events?key={key}&client={client}"))
    }

    /// The stream at any path.
    pub fn at(address: SocketAddr, path: &str) -> io::Result<Self> {
        Self::open_by(address, path, "")
    }

    /// As browsers do: packed.
    pub fn open_packed(address: SocketAddr, key: &str, client: &str) -> io::Result<Self> {
        let path = format!("/api/events?key={key}&client={client}");
        Self::open_by(address, &path, "Accept-Encoding: gzip, deflate, br\r\n")
    }

    fn open_by(address: SocketAddr, path: &str, headers: &str) -> io::Result<Self> {
        let mut wire = Wire::open(address)?;
        let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n");
        wire.send(head.as_bytes())?;
        let head = wire.head()?;
        if !head.starts_with("HTTP/1.1 200") {
            return Err(io::Error::other(head));
        }
        let is_packed = header(&head, "content-encoding").as_deref() == Some("gzip");
        Ok(Self {
            wire,
            pending: Vec::new(),
            unpacking: is_packed.then(|| (Decompress::new(false), GZIP_HEAD)),
            came: 0,
        })
    }

    /// Whether it comes packed.
    #[allow(dead_code, reason = "not every user of this file asks")]
    pub fn is_packed(&self) -> bool {
        self.unpacking.is_some()
    }

    /// Takes in what has come.
    fn take(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.came += chunk.len();
        let Some((unpacker, head)) = &mut self.unpacking else {
            self.pending.extend(chunk);
            return Ok(());
        };
        let passed = chunk.len().min(*head);
        *head -= passed;
        let mut rest = &chunk[passed..];
        let mut out = [0; 1 << 14];
        loop {
            let (read, written) = (unpacker.total_in(), unpacker.total_out());
            unpacker
                .decompress(rest, &mut out, FlushDecompress::Sync)
                .map_err(io::Error::other)?;
            let (read, written) = (unpacker.total_in() - read, unpacker.total_out() - written);
            self.pending.extend(&out[..written as usize]);
            rest = &rest[read as usize..];
            if rest.is_empty() && (written as usize) < out.len() {
                return Ok(());
            }
        }
    }

    /// The next event: its name and its data as text.
    pub fn next_text(&mut self) -> io::Result<(String, String)> {
        // A line that is kept open says something now and then: each reading alone would wait for ever.
        let begun = Instant::now();
        loop {
            if begun.elapsed() > PATIENCE {
                return Err(io::ErrorKind::TimedOut.into());
            }
            if let Some(end) = self.pending.windows(2).position(|two| two == b"\n\n") {
                let frame: Vec<u8> = self.pending.drain(..end + 2).collect();
                let frame = String::from_utf8(frame).map_err(io::Error::other)?;
                let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name));
                if let (Some(name), Some(data)) = (field("event: "), field("data: ")) {
                    return Ok((name.to_owned(), data.to_owned()));
                }
                continue;
            }
            match self.wire.chunk()? {
                Some(chunk) => self.take(&chunk)?,
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        }
    }

    /// The data of the next event of that name; others are passed over.
    pub fn next(&mut self, name: &str) -> Value {
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "no event `{name}` came");
            let (this, data) = self
                .next_text()
                .unwrap_or_else(|error| panic!("no event `{name}` came: {error}"));
            if this == name {
                return serde_json::from_str(&data).unwrap_or_else(|error| panic!("{error}: {data}"));
            }
        }
    }

    /// The data of the first event of that name of which it is true.
    pub fn until(&mut self, name: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "no such event `{name}` came");
            let data = self.next(name);
            if is_it(&data) {
                return data;
            }
        }
    }
}
