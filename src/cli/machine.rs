//! What the machine says of this process and of itself.

use crate::benchmark::Gauges;
use cpu_time::ProcessTime;
use std::fs;
use std::time::Instant;

/// The clocks and the memory of this process.
pub(super) struct ThisProcess {
    begun: Instant,
}

impl ThisProcess {
    pub(super) fn new() -> Self {
        Self { begun: Instant::now() }
    }
}

impl Gauges for ThisProcess {
    fn wall_seconds(&self) -> f64 {
        self.begun.elapsed().as_secs_f64()
    }

    fn cpu_seconds(&self) -> Option<f64> {
        ProcessTime::try_now().ok().map(|time| time.as_duration().as_secs_f64())
    }

    /// On Linux the high-water mark of the resident set; other systems are not asked.
    fn peak_bytes(&self) -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        kilobytes.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|number| number * 1024)
    }
}

/// Processors that this process may use.
pub(super) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The machine in a few words; the processor's name only where the system tells it.
pub(super) fn description() -> String {
    let name = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let number = processors();
    let processors = if number == 1 { "1 processor".to_owned() } else { format!("{number} processors") };
    name.map_or_else(|| processors.clone(), |name| format!("{name}, {processors}"))
}
