//! Reading key by key. A key is declared once, where its value is used; from that one declaration come its validation, its
//! default, its line in the canonical text and its entry in the catalogue.
//!
//! `kind` is how one kind of value is read and written, `pass` what one pass over a document gathers, `section` a table whose keys
//! are declared, and `catalogue` what the declarations tell. What a pass compares unknown keys with is handed to it.

pub(super) mod catalogue;
pub(super) mod kind;
pub(super) mod pass;
pub(super) mod section;
