//! Connections: not too many, and none that is slow on purpose.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, Sleep};

use super::wire;

/// How much is borne with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most connections at a time.
    pub connections: usize,
    /// How long the head of a request may take to come in, or a connection stay open without one.
    pub head: Duration,
    /// How long a client may take to read a quarter of a mebibyte, or all that is sent where that is less, before it is dropped.
    pub stalled: Duration,
    /// How long a map of a folder stays open after the last request about it, where nobody is at it.
    pub left: Duration,
}

impl Default for Limits {
    /// 512 connections, 10 s for a head, 20 s without reading anything, 10 s for a map that is left.
    fn default() -> Self {
        Self {
            connections: 512,
            head: Duration::from_secs(10),
            stalled: Duration::from_secs(20),
            left: Duration::from_secs(10),
        }
    }
}

/// The longest head of a request, in bytes.
const HEAD: usize = 32 << 10;

/// What is said to one connection too many.
static BUSY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let refusal = wire::Refusal {
        code: "busy",
        refused: "too many connections: try again soon",
    };
    let body = serde_json::to_string(&refusal).unwrap_or_default();
    format!(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Retry-After: 5\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
});

/// Serves until the server goes down.
pub(super) async fn serve(listener: TcpListener, router: Router, limits: Limits, mut closing: watch::Receiver<bool>) {
    let free = Arc::new(Semaphore::new(limits.connections));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = closing.wait_for(|is_closing| *is_closing) => return,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file descriptors, or the client has gone already: others can still be served.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let Ok(permit) = free.clone().try_acquire_owned() else {
            tokio::spawn(turn_away(stream));
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            // Small messages both ways: waiting for more to send would only delay them.
            let _ = stream.set_nodelay(true);
            let io = TokioIo::new(Stream::new(stream, limits.stalled));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(limits.head)
                .max_buf_size(HEAD)
                .serve_connection(io, service);
            // A client that breaks off is nothing to tell anybody.
            let _ = connection.await;
            drop(permit);
        });
    }
}

/// Says in a word that there is no room.
async fn turn_away(mut stream: TcpStream) {
    let say = async {
        let _ = stream.write_all(&BUSY).await;
        let _ = stream.shutdown().await;
    };
    let _ = tokio::time::timeout(Duration::from_secs(1), say).await;
}

/// How much a client reads at least in the time that it has, where there is so much.
const READ: usize = 256 << 10;

/// A connection that is dropped when what waits to be sent goes out too slowly.
struct Stream {
    inner: TcpStream,
    stalled: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
    /// How much has gone out since it is waited for.
    gone: usize,
}

impl Stream {
    fn new(inner: TcpStream, stalled: Duration) -> Self {
        Self {
            inner,
            stalled,
            waiting: None,
            gone: 0,
        }
    }

    /// What came of writing, or an error where it has been waited for too long.
    fn bounded(&mut self, context: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = written {
            self.gone += written.as_ref().copied().unwrap_or(0);
            if self.gone >= READ {
                self.waiting = None;
            }
            return Poll::Ready(written);
        }
        if self.waiting.is_none() {
            let until = Instant::now() + self.stalled;
            self.waiting = Some(Box::pin(tokio::time::sleep_until(until)));
            self.gone = 0;
        }
        if let Some(sleep) = &mut self.waiting {
            ready!(sleep.as_mut().poll(context));
        }
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.bounded(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(context, parts);
        self.bounded(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.inner).poll_flush(context);
        if flushed.is_ready() {
            // All that there was has gone out.
            self.waiting = None;
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_for_one_too_many_is_as_long_as_it_says() {
        let text = std::str::from_utf8(&BUSY).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(
            head.contains(&format!("Content-Length: {}\r\n", body.len())),
            "{}",
            body.len()
        );
        assert!(serde_json::from_str::<serde_json::Value>(body).is_ok());
    }
}
