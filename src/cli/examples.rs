//! What each command's `--help` shows of its use. A test parses all of it.

pub(super) const RUN: &str = "\
Examples:
  redress run scenarios/baseline.toml
  redress run scenarios/baseline.toml --days 90 --replications 5 --out output/quarter
  redress run scenarios/baseline.toml --set 'sellers[*].response.delay.median=2d'
  redress run scenarios/baseline.toml --seller-days --format parquet
  redress run scenarios/baseline.toml --set policy.preset=ebay --precision dispute_rate=0.5%";

pub(super) const COMPARE: &str = "\
Examples:
  redress compare scenarios/baseline.toml --vary 'sellers[*].response.delay*=0.5'
  redress compare scenarios/baseline.toml --vary 'policy.dispute.response_deadline=3d' --vary 'policy.dispute.response_deadline=10d'
  redress compare scenarios/two_platforms_aliexpress.toml scenarios/two_platforms_ebay.toml";

pub(super) const SWEEP: &str = "\
Examples:
  redress sweep scenarios/studies/response_delay.toml
  redress sweep scenarios/baseline.toml --factor 'policy.dispute.response_deadline=2d,5d,10d'
  redress sweep scenarios/baseline.toml --factor 'buyers[*].reason_honesty=0..1/5' --days 60 --replications 3";

pub(super) const SENSITIVITY: &str = "\
Examples:
  redress sensitivity scenarios/studies/what_matters.toml
  redress sensitivity scenarios/studies/what_matters.toml --days 30 --out output/what_matters_30_days";

pub(super) const TUNE: &str = "\
Examples:
  redress tune scenarios/studies/threshold_alone.toml
  redress tune scenarios/studies/threshold_beside.toml --seed 2 --out output/threshold_again";

pub(super) const PLAN: &str = "\
Examples:
  redress plan scenarios/studies/headline.toml --out output/headline_plan
  redress plan scenarios/studies/headline.toml --unit-seconds 10 --out output/headline_plan";

pub(super) const UNIT: &str = "\
Examples:
  redress unit output/headline_plan 5f0c81d2a6b3
  redress unit output/headline_plan $(cat output/headline_plan/units.txt)";

pub(super) const REPORT: &str = "\
Examples:
  redress report output/headline_plan
  redress report output/headline_plan --missing
  redress report output/headline_plan --partial --out output/headline_so_far";

pub(super) const RERUN: &str = "\
Examples:
  redress rerun output/baseline/manifest.json
  redress rerun output/baseline/manifest.json --no-charts --out output/again";

pub(super) const TRACE: &str = "\
Examples:
  redress trace scenarios/baseline.toml --outcome auto-executed --seller-segment overloaded --limit 5
  redress trace scenarios/baseline.toml --order 0/0/17/43/0
  redress trace scenarios/baseline.toml --seller 0/160 --day 80
  redress trace scenarios/baseline.toml --orders 1000 --json > orders.jsonl";

pub(super) const EXPLORE: &str = "\
Examples:
  redress explore scenarios/baseline.toml
  redress explore scenarios/baseline.toml --port 8080";

pub(super) const CHECK: &str = "\
Examples:
  redress check scenarios/baseline.toml
  redress check scenarios/baseline.toml --set run.days=90 --set market.sellers=500
  redress check --quiet scenarios/baseline.toml scenarios/studies/headline.toml";

pub(super) const VERIFY: &str = "\
Examples:
  redress verify
  redress verify --only deadline --out output/verify_deadline";

pub(super) const INIT: &str = "\
Examples:
  redress init
  redress init my_market.toml";

pub(super) const SCHEMA: &str = "\
Example:
  redress schema > redress.schema.json";

pub(super) const COMPLETIONS: &str = "\
Examples:
  redress completions bash > ~/.local/share/bash-completion/completions/redress
  redress completions zsh > ~/.zfunc/_redress
  redress completions fish > ~/.config/fish/completions/redress.fish";

pub(super) const MAN: &str = "\
Example:
  redress man > redress.1";

pub(super) const BENCH: &str = "\
Examples:
  redress bench
  redress bench --quick --threads 2";

#[cfg(test)]
mod tests {
    use crate::cli::args::Arguments;
    use clap::{CommandFactory, Parser};

    /// The words of a command line, without its redirection; a quote keeps words together.
    fn words(line: &str) -> Vec<String> {
        let line = line.split(" > ").next().unwrap_or_default();
        let parts = line.split('\'').enumerate();
        let mut words = vec![String::new()];
        for (number, part) in parts {
            let is_quoted = number % 2 == 1;
            for (at, piece) in part.split(|character| !is_quoted && character == ' ').enumerate() {
                if at > 0 {
                    words.push(String::new());
                }
                if let Some(word) = words.last_mut() {
                    word.push_str(piece);
                }
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }

    #[test]
    fn every_command_shows_examples_that_can_be_typed() {
        for command in Arguments::command().get_subcommands() {
            let shown = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let begin = format!("redress {}", command.get_name());
            let examples: Vec<&str> = shown.lines().skip(1).map(str::trim).collect();
            assert!(!examples.is_empty(), "{begin} has no example");
            for example in examples {
                assert!(example.starts_with(&begin), "{begin}: {example}");
                let parsed = Arguments::try_parse_from(words(example));
                assert!(parsed.is_ok(), "{example}: {:?}", parsed.err().map(|error| error.to_string()));
            }
        }
    }
}
