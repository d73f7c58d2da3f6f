//! Queues that are not stationary: M/M/c whose doors open and close, and M/M/c from empty, by Kolmogorov's equations.

/// Hours of a step; rates per hour times it are far below 1, where the fourth-order rule errs by less than a millionth.
const STEP_HOURS: f64 = 1.0 / 64.0;
/// States are followed up to so many cases, which the queues here never reach.
const MOST: usize = 160;

/// Rates per hour of arrivals and of an agent's services, and the agents.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// Arrivals per hour.
    pub arrivals: f64,
    /// Services per hour of an agent at work.
    pub service: f64,
    /// Agents.
    pub agents: u16,
}

/// Mean response in hours of M/M/c of which agents work in some hours of a period alone, in the periodic state. Exponential
/// services have no memory, so that work that is interrupted at closing time is as good as new at the next opening. By
/// Little's law the mean response is what is in the system over a period, divided by its arrivals.
pub fn response_of_hours(rates: Rates, open: &[bool], periods: u32) -> f64 {
    let mut system = System::empty();
    let mut hours = 0.0;
    for _ in 0..periods {
        hours = open.iter().map(|&is_open| system.pass(1.0, rates, is_open)).sum();
    }
    hours / (rates.arrivals * open.len() as f64)
}

/// Mean response in hours of all who arrive within so many hours at M/M/c that is empty at their start; nobody arrives
/// later, and all are served.
pub fn response_from_empty(rates: Rates, arriving_hours: f64) -> f64 {
    let mut system = System::empty();
    let arriving = system.pass(arriving_hours, rates, true);
    let leaving = system.pass(60.0 / rates.service, Rates { arrivals: 0.0, ..rates }, true);
    (arriving + leaving) / (rates.arrivals * arriving_hours)
}

/// Probabilities of the number in the system.
struct System(Vec<f64>);

impl System {
    fn empty() -> Self {
        let mut probabilities = vec![0.0; MOST + 1];
        probabilities[0] = 1.0;
        Self(probabilities)
    }

    /// Lets hours pass with the doors open or shut, and gives the mean number in the system over them, times the hours.
    fn pass(&mut self, hours: f64, rates: Rates, is_open: bool) -> f64 {
        // A series of four terms is only of use over less than what it takes the fastest state to change.
        let fastest = rates.arrivals + rates.service * f64::from(rates.agents).min(MOST as f64);
        let steps = (hours / STEP_HOURS).max(hours * fastest / 2.0).ceil() as u32;
        let step = hours / f64::from(steps);
        let mut number_hours = 0.0;
        for _ in 0..steps {
            let before = self.mean();
            self.step(step, rates, is_open);
            number_hours += step * f64::midpoint(before, self.mean());
        }
        number_hours
    }

    fn mean(&self) -> f64 {
        self.0.iter().enumerate().map(|(number, probability)| number as f64 * probability).sum()
    }

    /// The exponential series of the generator to its fourth power.
    fn step(&mut self, hours: f64, rates: Rates, is_open: bool) {
        let mut term = self.0.clone();
        for power in 1_u32..=4 {
            term = flow(&term, rates, is_open);
            for (probability, change) in self.0.iter_mut().zip(&mut term) {
                *change *= hours / f64::from(power);
                *probability += *change;
            }
        }
    }
}

/// What the generator makes of a distribution.
fn flow(from: &[f64], rates: Rates, is_open: bool) -> Vec<f64> {
    let leaving = |number: usize| {
        let busy = number.min(usize::from(rates.agents)) as f64;
        if is_open { busy * rates.service } else { 0.0 }
    };
    let mut change = vec![0.0; from.len()];
    for (number, probability) in from.iter().enumerate() {
        if number < MOST {
            change[number] -= rates.arrivals * probability;
            change[number + 1] += rates.arrivals * probability;
        }
        if number > 0 {
            change[number] -= leaving(number) * probability;
            change[number - 1] += leaving(number) * probability;
        }
    }
    change
}

#[cfg(test)]
mod tests {
    use super::super::queues::response_of_agents;
    use super::*;

    #[test]
    fn doors_that_never_close_give_erlang_c() {
        let rates = Rates { arrivals: 1.5, service: 1.0, agents: 2 };
        let response = response_of_hours(rates, &[true; 24], 12);
        assert!((response - response_of_agents(2, 0.75)).abs() < 1e-5, "{response}");
    }

    /// An hour of arrivals at a desk with an agent for everybody: everybody stays for a service.
    #[test]
    fn whoever_need_not_wait_stays_for_a_service() {
        let rates = Rates { arrivals: 3.0, service: 2.0, agents: 150 };
        let response = response_from_empty(rates, 1.0);
        assert!((response - 0.5).abs() < 1e-5, "{response}");
    }

    /// Half a day shut, and agents so quick and many that nobody waits while it is open: the mean wait is
    /// `12^2 / (2 24) = 3` hours, and the work `1 / 16`. The sixteenth of a case that is at work when the doors shut waits
    /// for twelve hours more, of one case an hour over 24 hours: `1 / 32`.
    #[test]
    fn whoever_comes_at_night_waits_for_the_morning() {
        let rates = Rates { arrivals: 1.0, service: 16.0, agents: 150 };
        let open: Vec<bool> = (0..24).map(|hour| hour >= 12).collect();
        let response = response_of_hours(rates, &open, 3);
        assert!((response - 3.09375).abs() < 1e-3, "{response}");
    }
}
