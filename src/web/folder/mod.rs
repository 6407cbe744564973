//! A folder of maps and portfolios: what is in it, and the maps of it that are open.
//!
//! In goes a folder; out come its list, each map as a workshop of its own for as long as somebody is at it, and the dashboard of each
//! portfolio. Only files that the list names are opened, and a file is listed only where it is in the folder itself: nothing is read by
//! way of a symbolic link, and no name from a request becomes a path. Absent: what a map's requests mean, which is for the rooms that
//! are opened here.

mod dashboard;
mod handlers;
mod listing;
mod paths;
mod portfolio_files;
mod rooms;
mod served;

pub(super) use handlers::{dashboard, events, new_map};
pub(super) use rooms::OpenMap;
pub(super) use served::{Folder, HeldFolder, links_of, watch_over};
