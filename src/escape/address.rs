//! Addresses that may become links.

use super::unseen;

/// Whether an address may become a link in a page, a document or a workbook: `http` and `https` with a host and no user in them, and
/// `mailto` with nothing but a subject and a body beside the addresses. Never one that runs something, reads a file of the
/// reader's, attaches one, or shows another host than it leads to.
///
/// Sources: RFC 3986 (3.2.1: a user before the host misleads; 7.6), RFC 6068 (4 and 7: fields of a letter that are unsafe).
pub fn is_safe_link(address: &str) -> bool {
    if address
        .chars()
        .any(|c| c.is_whitespace() || c == '\\' || unseen::is_unshown(c) || unseen::is_hidden(c) || c == '\u{fffd}')
    {
        return false;
    }
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let Some(rest) = rest.strip_prefix("//") else {
                return false;
            };
            let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
            let host = authority.split(':').next().unwrap_or("");
            !authority.contains('@') && (!host.is_empty() || authority.starts_with('['))
        }
        "mailto" => {
            let (to, query) = rest.split_once('?').unwrap_or((rest, ""));
            let query = query.split('#').next().unwrap_or("");
            let is_plain = |field: &str| {
                let name = field.split('=').next().unwrap_or("");
                name.eq_ignore_ascii_case("subject") || name.eq_ignore_ascii_case("body")
            };
            to.contains('@')
                && !to.starts_with('/')
                && query.split('&').filter(|field| !field.is_empty()).all(is_plain)
                // A letter has lines in its body alone; an encoded line end would begin another field of its head.
                && !to.to_ascii_lowercase().contains("%0")
        }
        _ => false,
    }
}

/// A safe address as it stands in Markdown, in angle brackets or without: every sign that Markdown, HTML or a table could
/// take for its own is written by its number (RFC 3986, 2.1). Only the brackets round a host stay.
pub fn percent_encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let path = match address.split_once("//") {
        Some((scheme, rest)) => scheme.len() + 2 + rest.find(['/', '?', '#']).unwrap_or(rest.len()),
        None => 0,
    };
    for (at, c) in address.char_indices() {
        let encoded = match c {
            '[' | ']' => at >= path,
            '|' | '\\' | '(' | ')' | '<' | '>' | '"' | '`' | '{' | '}' | '^' => true,
            c => c.is_control() || c.is_whitespace() || unseen::is_unshown(c) || unseen::is_hidden(c),
        };
        if !encoded {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The address of a file that stands beside a page, by its name: it leads nowhere else, whatever is in the name.
pub fn of_file(name: &str) -> String {
    let encoded = percent_encoded(&name.replace('%', "%25").replace('?', "%3F").replace('#', "%23"));
    match encoded.contains(':') || encoded.starts_with('/') {
        true => format!("./{encoded}"),
        false => encoded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_open_a_page_or_a_letter_are_links() {
        for safe in [
            "https://a.example/b?c=d#e",
            "HTTP://a",
            "http://a:8080/x@y",
            "http://[::1]/",
            "https://a.example/?q=user@b",
            "https://museum.example/é",
            "https://a|b",
            "mailto:a@b",
            "mailto:a@b,c@d?subject=x&body=y%0D%0Az",
        ] {
            assert!(is_safe_link(safe), "{safe}");
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript://a.example/%0aalert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://a",
            " https://a",
            "https://a b",
            "https://a\u{202e}b",
            "https://a\u{200b}b",
            "https:\\\\a",
            "https:a",
            "https://",
            "https:///a",
            "https://user:pw@evil@good",
            "https://good.example@evil.example/",
            "//a",
            "mailto:",
            "mailto:a",
            "mailto:a@b?attach=/etc/passwd",
            "mailto:a@b?subject=x&Attachment=y",
            "mailto:a@b?bcc=c@d",
            "mailto:a@b%0D%0ABcc:c@d",
            "mailto://a@b",
            "",
            "é",
        ] {
            assert!(!is_safe_link(bad), "{bad}");
        }
    }

    #[test]
    fn a_file_beside_a_page_is_only_that() {
        assert_eq!(of_file("my case-figure-1.svg"), "my%20case-figure-1.svg");
        assert_eq!(
            of_file("javascript:x\n(%)?#.svg"),
            "./javascript:x%0A%28%25%29%3F%23.svg"
        );
        assert_eq!(of_file("//evil.example/x"), ".///evil.example/x");
    }

    #[test]
    fn no_sign_of_markdown_is_left_in_an_address() {
        assert_eq!(
            percent_encoded("https://a/|[O](javascript:x)\\<b>\u{202e} é"),
            "https://a/%7C%5BO%5D%28javascript:x%29%5C%3Cb%3E%E2%80%AE%20é"
        );
        assert_eq!(percent_encoded("http://[::1]/[]"), "http://[::1]/%5B%5D");
        assert_eq!(
            percent_encoded("https://a.example/b?c=d&e#f%20"),
            "https://a.example/b?c=d&e#f%20"
        );
    }
}
