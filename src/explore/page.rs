//! The files of the page. They are part of the program; nothing is read when they are asked for.

/// A file of the page, with its type.
#[derive(Clone, Copy, Debug)]
pub struct PageFile {
    /// Its name in the address, after the token.
    pub name: &'static str,
    /// Its type.
    pub media_type: &'static str,
    /// What is in it.
    pub text: &'static str,
}

/// All of them; the page itself has no name.
pub const FILES: [PageFile; 3] = [
    PageFile {
        name: "",
        media_type: "text/html; charset=utf-8",
        text: include_str!("../../web/explore/explore.html"),
    },
    PageFile {
        name: "explore.css",
        media_type: "text/css; charset=utf-8",
        text: include_str!("../../web/explore/explore.css"),
    },
    PageFile {
        name: "explore.js",
        media_type: "text/javascript; charset=utf-8",
        text: include_str!("../../web/explore/dist/explore.js"),
    },
];

/// Nothing but the page's own files and questions: no script of the text, nothing from elsewhere, no frame.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
