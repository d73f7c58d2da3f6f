//! `redress explore` as a browser and as a stranger meet it.

mod client;
mod hostile;
mod protocol;
