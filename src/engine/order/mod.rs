//! A single order: what is drawn of it, and the case that it becomes if it is in trouble.
//!
//! Read [`single`] (an order from its key), [`drawn`] (what else is drawn of one in trouble), [`case`], [`owed`] (R13), [`agenda`] (what a case waits
//! for) and [`event_queue`] (what meets others).

pub(crate) mod agenda;
pub(crate) mod case;
pub(crate) mod drawn;
pub(crate) mod event_queue;
pub(crate) mod owed;
pub(crate) mod single;
