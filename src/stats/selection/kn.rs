//! The best of finitely many systems with a guarantee: the fully sequential procedure of Kim and Nelson.
//!
//! Replication `r` of all systems is one stage, so common random numbers make it stop sooner and are allowed for. After
//! the first replications, from which the variances of all paired differences are estimated, each further stage ends the
//! comparisons whose means have parted by more than their region allows (`boundary`); a system that lost one is not
//! run again. With `1 - α` the selected system is the best or within the indifference zone δ of it, for normal outputs.
//!
//! With constraints half of α goes to feasibility and half to selection. The feasibility half is shared by all systems
//! and constraints (Bonferroni), each tested by `feasibility::FeasibilityTest` on the same replications; the selection
//! half by the comparisons with the best, as ever. A comparison ends when its region says so, but only a system that is
//! known to keep to all limits rules out those that it beat (S. Andradóttir and S.-H. Kim, "Fully sequential procedures
//! for comparing constrained systems via simulation", Naval Research Logistics 57, 2010, running both phases at once).

use super::boundary::{h_squared, half_width};
use super::feasibility::{Constraint, Feasibility, FeasibilityTest};
use super::intake::{Intake, Observation, Unusable, Wanted};
use super::variance;

pub use super::kn_terms::{KimNelsonRules, Selection, Standing};

/// One comparison of two systems.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    variance: f64,
    ended: Option<Outcome>,
}

#[derive(Clone, Copy, Debug)]
struct Outcome {
    winner: usize,
    is_tie: bool,
    at: u32,
}

#[derive(Clone, Debug)]
struct System {
    intake: Intake,
    /// Merits of the first replications, until variances are known.
    first: Vec<f64>,
    sum: f64,
    limits: Vec<FeasibilityTest>,
    standing: Standing,
}

impl System {
    fn is_alive(&self) -> bool {
        self.standing == Standing::Alive
    }

    fn is_feasible(&self) -> bool {
        self.limits.iter().all(|limit| limit.verdict() == Feasibility::Feasible)
    }
}

/// The procedure as a machine that is asked what to run and told what came out.
#[derive(Clone, Debug)]
pub struct KimNelson {
    rules: KimNelsonRules,
    h_squared: f64,
    systems: Vec<System>,
    /// Of systems `i < j`, at `j (j - 1) / 2 + i`.
    pairs: Vec<Pair>,
    stage: u32,
    selection: Option<Selection>,
}

impl KimNelson {
    /// Begins with at least one system.
    pub fn new(systems: usize, mut rules: KimNelsonRules) -> Self {
        rules.first = rules.first.max(2);
        rules.most = rules.most.max(rules.first);
        let k = systems as f64;
        let limits = rules.constraints.len();
        let (selection_error, feasibility_error) = if limits == 0 {
            (rules.error, 0.0)
        } else {
            (rules.error / 2.0, rules.error / (2.0 * k * limits as f64))
        };
        let test =
            |constraint: &Constraint| FeasibilityTest::new(*constraint, feasibility_error, rules.first);
        let system = System {
            intake: Intake::default(),
            first: Vec::new(),
            sum: 0.0,
            limits: rules.constraints.iter().map(test).collect(),
            standing: Standing::Alive,
        };
        Self {
            h_squared: h_squared(selection_error / (k - 1.0).max(1.0), rules.first),
            systems: vec![system; systems],
            pairs: vec![Pair::default(); systems * systems.saturating_sub(1) / 2],
            stage: 0,
            selection: (systems == 1 && limits == 0).then_some(Selection::Selected(0)),
            rules,
        }
    }

    /// The replications that are wanted next and were not told yet; none once there is a selection.
    pub fn ask(&self) -> Vec<Wanted> {
        if self.selection.is_some() {
            return Vec::new();
        }
        let ahead = self.stage.saturating_add(self.rules.batch.max(1));
        let until = ahead.max(self.rules.first).min(self.rules.most);
        let alive = self.systems.iter().enumerate().filter(|(_, system)| system.is_alive());
        alive.flat_map(|(number, system)| system.intake.missing(number, until)).collect()
    }

    /// Takes the outputs of a replication (from 0) of a system (from 0): the one to select by and those with limits, in
    /// the order of the constraints. In any order, as often as one likes.
    ///
    /// # Errors
    /// An output without a value, or another number of them than there are constraints.
    pub fn tell(
        &mut self,
        system: usize,
        replication: u32,
        objective: f64,
        constrained: &[f64],
    ) -> Result<(), Unusable> {
        let constraints = self.rules.constraints.len();
        let observation = Observation::new((system, replication), objective, constrained, constraints)?;
        self.systems.get_mut(system).ok_or(Unusable::System(system))?.intake.tell(replication, observation);
        while self.selection.is_none()
            && self.systems.iter().all(|system| !system.is_alive() || system.intake.is_ready())
        {
            self.advance();
        }
        Ok(())
    }

    /// How it ended, once it has.
    pub const fn selection(&self) -> Option<&Selection> {
        self.selection.as_ref()
    }

    /// What is known of each system.
    pub fn standings(&self) -> Vec<Standing> {
        self.systems.iter().map(|system| system.standing).collect()
    }

    /// Replications taken of each system; those told in vain are not among them.
    pub fn replications(&self) -> Vec<u32> {
        self.systems.iter().map(|system| system.intake.taken()).collect()
    }

    /// The mean of each system over the replications taken; `None` before the first.
    pub fn means(&self) -> Vec<Option<f64>> {
        let mean = |system: &System| {
            let taken = system.intake.taken();
            (taken > 0).then(|| self.rules.goal.merit(system.sum / f64::from(taken)))
        };
        self.systems.iter().map(mean).collect()
    }

    /// One stage: the next replication of every system that is alive.
    fn advance(&mut self) {
        self.stage += 1;
        for system in self.systems.iter_mut().filter(|system| system.is_alive()) {
            let Some(observation) = system.intake.take() else { continue };
            let merit = self.rules.goal.merit(observation.objective);
            system.sum += merit;
            if self.stage <= self.rules.first {
                system.first.push(merit);
            }
            for (limit, value) in system.limits.iter_mut().zip(observation.constrained) {
                limit.tell(value);
            }
        }
        if self.stage == self.rules.first {
            self.estimate_variances();
        }
        if self.stage >= self.rules.first {
            self.leave_infeasible();
            self.end_comparisons();
            self.leave_beaten();
        }
        self.selection = self.verdict();
    }

    fn estimate_variances(&mut self) {
        for (i, j) in pairs(self.systems.len()) {
            let first = self.systems[i].first.iter().zip(&self.systems[j].first);
            let differences: Vec<f64> = first.map(|(a, b)| a - b).collect();
            self.pairs[place(i, j)].variance = variance(&differences);
        }
        self.systems.iter_mut().for_each(|system| system.first = Vec::new());
    }

    fn leave_infeasible(&mut self) {
        for system in self.systems.iter_mut().filter(|system| system.is_alive()) {
            let broken = system.limits.iter().position(|limit| limit.verdict() == Feasibility::Infeasible);
            if let Some(constraint) = broken {
                system.standing = Standing::Infeasible { constraint, at: self.stage };
            }
        }
    }

    /// Ends the comparisons of systems that are alive whose means left their region.
    fn end_comparisons(&mut self) {
        for (i, j) in pairs(self.systems.len()) {
            let (one, other, pair) = (&self.systems[i], &self.systems[j], &mut self.pairs[place(i, j)]);
            if pair.ended.is_some() || !one.is_alive() || !other.is_alive() {
                continue;
            }
            let apart = (one.sum - other.sum) / f64::from(self.stage);
            let width = half_width(self.h_squared, pair.variance, self.rules.indifference, self.stage);
            // Where the region is closed the better mean wins, and of equal ones the first.
            if apart.abs() > width || width <= 0.0 {
                let winner = if apart >= 0.0 { i } else { j };
                pair.ended = Some(Outcome { winner, is_tie: apart == 0.0, at: self.stage });
            }
        }
    }

    /// Rules out who lost to a system that is known to be feasible: first the losers of this stage, all at once; then
    /// those of earlier stages whose winner has become known as feasible since, the best winner first, so that losses in
    /// a circle leave one.
    fn leave_beaten(&mut self) {
        let mut winners: Vec<usize> = (0..self.systems.len())
            .filter(|&number| self.systems[number].is_alive() && self.systems[number].is_feasible())
            .collect();
        winners.sort_by(|&a, &b| self.systems[b].sum.total_cmp(&self.systems[a].sum));
        for is_fresh in [true, false] {
            for &winner in &winners {
                if is_fresh || self.systems[winner].is_alive() {
                    self.leave_beaten_by(winner, is_fresh);
                }
            }
        }
    }

    fn leave_beaten_by(&mut self, winner: usize, is_fresh: bool) {
        for (number, system) in self.systems.iter_mut().enumerate() {
            if number == winner || !system.is_alive() {
                continue;
            }
            let Some(outcome) = self.pairs[place(number.min(winner), number.max(winner))].ended else {
                continue;
            };
            if outcome.winner == winner && (outcome.at == self.stage) == is_fresh {
                system.standing = if outcome.is_tie {
                    Standing::Equal { to: winner, at: self.stage }
                } else {
                    Standing::Eliminated { by: winner, at: self.stage }
                };
            }
        }
    }

    fn verdict(&self) -> Option<Selection> {
        let left: Vec<usize> =
            (0..self.systems.len()).filter(|&number| self.systems[number].is_alive()).collect();
        match left[..] {
            [] => Some(Selection::NoneFeasible),
            [only] if self.stage >= self.rules.first && self.systems[only].is_feasible() => {
                Some(Selection::Selected(only))
            }
            [first, ..] if self.stage >= self.rules.most => {
                let better =
                    |a: usize, &b: &usize| if self.systems[b].sum > self.systems[a].sum { b } else { a };
                Some(Selection::Capped { best: left.iter().fold(first, better), left })
            }
            _ => None,
        }
    }
}

/// All `(i, j)` with `i < j < count`.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(|j| (0..j).map(move |i| (i, j)))
}

const fn place(i: usize, j: usize) -> usize {
    j * (j - 1) / 2 + i
}

#[cfg(test)]
mod tests {
    use super::super::{Goal, Side};
    use super::*;

    fn rules() -> KimNelsonRules {
        KimNelsonRules {
            goal: Goal::Minimise,
            indifference: 1.0,
            error: 0.05,
            first: 10,
            most: 1000,
            batch: 1,
            constraints: Vec::new(),
        }
    }

    /// Runs what is asked for until there is a selection.
    fn run(mut machine: KimNelson, output: impl Fn(usize, u32) -> (f64, Vec<f64>)) -> KimNelson {
        while machine.selection().is_none() {
            let asked = machine.ask();
            assert!(!asked.is_empty(), "it waits for something that it does not ask for");
            for Wanted { system, replications } in asked.into_iter().rev() {
                for replication in replications.rev() {
                    let (objective, constrained) = output(system, replication);
                    machine.tell(system, replication, objective, &constrained).unwrap();
                }
            }
        }
        machine
    }

    /// A mean of `system / 2` with a swing that differs from system to system.
    fn swing(system: usize, replication: u32) -> f64 {
        system as f64 / 2.0 + (f64::from(replication) * (1.7 + system as f64) + system as f64).sin() * 2.0
    }

    #[test]
    fn the_selection_does_not_depend_on_batches_nor_on_the_order_of_telling() {
        let alone = run(KimNelson::new(5, rules()), |system, at| (swing(system, at), vec![]));
        let batched = KimNelsonRules { batch: 17, ..rules() };
        let batched = run(KimNelson::new(5, batched), |system, at| (swing(system, at), vec![]));
        assert_eq!(alone.selection(), Some(&Selection::Selected(0)));
        assert_eq!(alone.standings(), batched.standings());
        assert_eq!(alone.replications(), batched.replications());
    }

    #[test]
    fn systems_that_are_far_apart_need_the_first_replications_only() {
        let rules = KimNelsonRules { goal: Goal::Maximise, ..rules() };
        let done = run(KimNelson::new(3, rules), |system, at| (swing(20 * system, at), vec![]));
        assert_eq!(done.replications(), [10; 3]);
        assert_eq!(done.selection(), Some(&Selection::Selected(2)));
        assert_eq!(done.standings()[0], Standing::Eliminated { by: 2, at: 10 });
    }

    #[test]
    fn systems_with_the_same_outputs_are_equal_and_the_first_is_taken() {
        let done = run(KimNelson::new(3, rules()), |_, at| (swing(0, at), vec![]));
        assert_eq!(done.selection(), Some(&Selection::Selected(0)));
        assert_eq!(done.standings()[1], Standing::Equal { to: 0, at: 10 });
    }

    #[test]
    fn the_best_of_those_that_keep_to_the_limit_is_selected() {
        let limit = Constraint { side: Side::AtLeast, limit: 1.2, tolerance: 0.2 };
        let rules = KimNelsonRules { constraints: vec![limit], ..rules() };
        let output = |system: usize, at: u32| (swing(system, at), vec![system as f64 + swing(0, at)]);
        let done = run(KimNelson::new(4, rules.clone()), output);
        assert_eq!(done.selection(), Some(&Selection::Selected(2)));
        assert!(matches!(done.standings()[0], Standing::Infeasible { constraint: 0, .. }));
        let none = run(KimNelson::new(1, rules), output);
        assert_eq!(none.selection(), Some(&Selection::NoneFeasible));
    }

    #[test]
    fn the_cap_leaves_those_that_may_still_be_best_without_a_guarantee() {
        let rules = KimNelsonRules { most: 12, indifference: 1e-3, ..rules() };
        let done = run(KimNelson::new(2, rules), |system, at| (swing(system, at) * 0.1, vec![]));
        assert!(matches!(done.selection(), Some(Selection::Capped { left, .. }) if left[..] == [0, 1]));
        assert_eq!(done.ask(), []);
    }

    #[test]
    fn an_output_too_few_is_refused() {
        let limit = Constraint { side: Side::AtMost, limit: 1.0, tolerance: 0.1 };
        let mut machine = KimNelson::new(2, KimNelsonRules { constraints: vec![limit], ..rules() });
        let refused = machine.tell(0, 0, 1.0, &[]).unwrap_err();
        assert_eq!(refused, Unusable::Outputs { found: 0, expected: 1 });
        assert_eq!(machine.tell(2, 0, 1.0, &[1.0]).unwrap_err(), Unusable::System(2));
    }
}
