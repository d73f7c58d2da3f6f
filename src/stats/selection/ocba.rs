//! The best of finitely many systems for a budget: optimal computing budget allocation.
//!
//! Replications go where a wrong selection is most likely to come from: C.-H. Chen, J. Lin, E. Yücesan and S. E. Chick,
//! "Simulation budget allocation for further enhancing the efficiency of ordinal optimization" (Discrete Event Dynamic
//! Systems 10, 2000). With constraints a system is told from the best by its objective or by the limit that it breaks,
//! whichever is easier: L. H. Lee, N. A. Pujowidianto, L.-W. Li, C.-H. Chen and C. M. Yap, "Approximate simulation budget
//! allocation for selecting the best design in the presence of stochastic constraints" (IEEE Transactions on Automatic
//! Control 57, 2012).

use super::intake::{Intake, Observation, Unusable, Wanted};
use super::moments::Moments;
use super::ocba_shares::{Evidence, best_of, correct_selection, shares};
use super::{Constraint, Goal};

/// What is to be selected, and for how much.
#[derive(Clone, Debug, PartialEq)]
pub struct OcbaRules {
    /// Which mean is best.
    pub goal: Goal,
    /// Replications of each system to begin with; at least 2, 5 to 20 are usual.
    pub first: u32,
    /// Replications to add between two allocations, at least 1.
    pub increment: u32,
    /// Replications of all systems together. The first ones are run in any case.
    pub budget: u32,
    /// Limits that the selected system keeps to; their tolerances are not used.
    pub constraints: Vec<Constraint>,
}

/// What is selected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OcbaSelection {
    /// The system with the best mean among those whose means keep to the limits; of those that break them least where
    /// none does.
    pub best: usize,
    /// A lower bound of the probability that it is the best (Bonferroni), as far as means are normal and deviations
    /// known: an approximation, not a guarantee. Common random numbers make it cautious.
    pub probability: f64,
}

#[derive(Clone, Debug)]
struct System {
    intake: Intake,
    objective: Moments,
    constrained: Vec<Moments>,
    /// Replications that it shall have.
    allotted: u32,
}

/// The allocation as a machine that is asked what to run and told what came out.
#[derive(Clone, Debug)]
pub struct Ocba {
    rules: OcbaRules,
    systems: Vec<System>,
    is_finished: bool,
}

impl Ocba {
    /// Begins with at least one system.
    pub fn new(systems: usize, rules: OcbaRules) -> Self {
        let system = System {
            intake: Intake::default(),
            objective: Moments::default(),
            constrained: vec![Moments::default(); rules.constraints.len()],
            allotted: rules.first.max(2),
        };
        Self { systems: vec![system; systems], rules, is_finished: false }
    }

    /// The replications that are wanted next and were not told yet; none once the budget is spent.
    pub fn ask(&self) -> Vec<Wanted> {
        let systems = self.systems.iter().enumerate();
        systems.flat_map(|(number, system)| system.intake.missing(number, system.allotted)).collect()
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
        self.take_allotted();
        while !self.is_finished && self.systems.iter().all(|system| system.intake.taken() >= system.allotted)
        {
            self.allot();
            self.take_allotted();
        }
        Ok(())
    }

    /// Whether the budget is spent.
    pub const fn is_finished(&self) -> bool {
        self.is_finished
    }

    /// The selection so far; `None` before all systems have their first replications.
    pub fn selection(&self) -> Option<OcbaSelection> {
        let evidence = self.evidence()?;
        let best = best_of(&evidence);
        Some(OcbaSelection { best, probability: correct_selection(&evidence, best) })
    }

    /// Replications of each system so far.
    pub fn replications(&self) -> Vec<u32> {
        self.systems.iter().map(|system| system.intake.taken()).collect()
    }

    /// The mean of each system so far; `None` before the first replication.
    pub fn means(&self) -> Vec<Option<f64>> {
        let mean = |system: &System| (system.intake.taken() > 0).then(|| system.objective.mean());
        self.systems.iter().map(mean).collect()
    }

    fn take_allotted(&mut self) {
        for system in &mut self.systems {
            while system.intake.taken() < system.allotted {
                let Some(observation) = system.intake.take() else { break };
                system.objective.add(observation.objective);
                for (moments, value) in system.constrained.iter_mut().zip(observation.constrained) {
                    moments.add(value);
                }
            }
        }
    }

    fn evidence(&self) -> Option<Vec<Evidence>> {
        let known = |system: &System| {
            let limits = self.rules.constraints.iter().zip(&system.constrained);
            (system.intake.taken() >= 2).then(|| Evidence {
                merit: self.rules.goal.merit(system.objective.mean()),
                std_dev: system.objective.variance().sqrt(),
                limits: limits
                    .map(|(limit, moments)| (limit.excess(moments.mean()), moments.variance().sqrt()))
                    .collect(),
                replications: system.intake.taken(),
            })
        };
        self.systems.iter().map(known).collect()
    }

    /// Shares out the next increment.
    fn allot(&mut self) {
        let spent: u32 = self.systems.iter().map(|system| system.allotted).sum();
        let more = self.rules.increment.max(1).min(self.rules.budget.saturating_sub(spent));
        let Some(evidence) = self.evidence().filter(|_| more > 0) else {
            self.is_finished = true;
            return;
        };
        let have: Vec<u32> = self.systems.iter().map(|system| system.allotted).collect();
        for (system, added) in self.systems.iter_mut().zip(added(&shares(&evidence), &have, more)) {
            system.allotted += added;
        }
    }
}

/// How to add `more` replications to those that systems have, so that they come close to their shares: in proportion to
/// what is lacking, the rest by largest remainder.
fn added(shares: &[f64], have: &[u32], more: u32) -> Vec<u32> {
    let total = f64::from(have.iter().sum::<u32>() + more);
    let lacking: Vec<f64> =
        shares.iter().zip(have).map(|(share, &have)| (share * total - f64::from(have)).max(0.0)).collect();
    let scale = f64::from(more) / lacking.iter().sum::<f64>();
    let mut added: Vec<u32> = lacking.iter().map(|lacking| (lacking * scale) as u32).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let remainder = |at: usize| (lacking[at] * scale).fract();
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    let rest = more.saturating_sub(added.iter().sum());
    for &at in order.iter().cycle().take(rest as usize) {
        added[at] += 1;
    }
    added
}

#[cfg(test)]
mod tests {
    use super::super::feasibility::Side;
    use super::*;

    fn run(mut machine: Ocba, output: impl Fn(usize, u32) -> (f64, Vec<f64>)) -> Ocba {
        while !machine.is_finished() {
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

    fn rules(constraints: Vec<Constraint>) -> OcbaRules {
        OcbaRules { goal: Goal::Minimise, first: 10, increment: 20, budget: 1000, constraints }
    }

    fn swing(system: usize, replication: u32) -> f64 {
        system as f64 + (f64::from(replication) * (1.7 + system as f64) + system as f64).sin() * 2.0
    }

    #[test]
    fn the_budget_is_spent_exactly_and_mostly_on_the_close_ones() {
        let done = run(Ocba::new(5, rules(Vec::new())), |system, at| (swing(system, at), vec![]));
        let replications = done.replications();
        assert_eq!(replications.iter().sum::<u32>(), 1000);
        assert!(replications.windows(2).all(|pair| pair[0] > pair[1]), "{replications:?}");
        let selection = done.selection().unwrap();
        assert!(selection.best == 0 && selection.probability > 0.99, "{selection:?}");
    }

    #[test]
    fn a_system_that_breaks_a_limit_is_not_the_best() {
        let limit = Constraint { side: Side::AtLeast, limit: 1.5, tolerance: 0.1 };
        let output = |system: usize, at: u32| (swing(system, at), vec![swing(system, at + 7)]);
        let done = run(Ocba::new(5, rules(vec![limit])), output);
        assert_eq!(done.selection().unwrap().best, 2);
        let replications = done.replications();
        assert!(replications[4] < replications[1] && replications[4] < replications[3], "{replications:?}");
    }

    #[test]
    fn outputs_that_never_vary_are_certain() {
        let done = run(Ocba::new(3, rules(Vec::new())), |system, _| (system as f64, vec![]));
        assert_eq!(done.selection(), Some(OcbaSelection { best: 0, probability: 1.0 }));
        assert_eq!(done.replications().iter().sum::<u32>(), 1000);
    }

    #[test]
    fn an_increment_goes_to_who_lacks_most() {
        assert_eq!(added(&[0.5, 0.3, 0.2], &[10, 10, 10], 20), [15, 5, 0]);
        assert_eq!(added(&[0.3, 0.35, 0.35], &[10, 10, 10], 9), [2, 4, 3]);
        assert_eq!(added(&[0.8, 0.1, 0.1], &[10, 10, 10], 10), [10, 0, 0]);
    }
}
