//! `explain`: the page of one rule.

use anyhow::{Context, Result};
use benefit_map::check;

use crate::args::Explain;
use crate::{Verdict, io};

pub fn run(args: &Explain) -> Result<Verdict> {
    let rule = check::explain(&args.rule).context("`benefit-map rules` lists the rules")?;
    io::write(None, rule.page.as_bytes())?;
    Ok(Verdict::Clean)
}
