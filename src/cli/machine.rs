//! What the machine says of this process and of itself.

use crate::benchmark::Gauges;
use cpu_time::ProcessTime;
use std::fs;
use std::path::Path;
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
        kilobytes(&status, "VmHWM:")
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

/// Bytes of memory that this process may still take: the least that the machine, its groups and its own limit leave; `None`
/// where the system does not tell.
pub(super) fn available_bytes() -> Option<u64> {
    let free = || {
        let text = fs::read_to_string("/proc/meminfo").ok()?;
        Some(kilobytes(&text, "MemAvailable:")? + kilobytes(&text, "SwapFree:").unwrap_or(0))
    };
    let addresses = || {
        let limits = fs::read_to_string("/proc/self/limits").ok()?;
        let limit = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
        let limit = limit.split_whitespace().next()?.parse::<u64>().ok()?;
        let taken = kilobytes(&fs::read_to_string("/proc/self/status").ok()?, "VmSize:")?;
        Some(limit.saturating_sub(taken))
    };
    [free(), addresses(), group_bytes()].into_iter().flatten().min()
}

/// What the control groups of this process, of either version and with all those around them, leave of memory.
fn group_bytes() -> Option<u64> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    let left = groups.lines().filter_map(|line| {
        let (controllers, path) = line.split_once(':')?.1.split_once(':')?;
        let (root, limit, usage) = match controllers {
            "" => ("/sys/fs/cgroup", "memory.max", "memory.current"),
            _ if controllers.split(',').any(|name| name == "memory") => {
                ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes")
            }
            _ => return None,
        };
        let number = |folder: &Path, name: &str| {
            fs::read_to_string(folder.join(name)).ok()?.trim().parse::<u64>().ok()
        };
        let inner = Path::new(root).join(path.trim_start_matches('/'));
        let around = inner.ancestors().take_while(|folder| folder.starts_with(root));
        around.filter_map(|folder| Some(number(folder, limit)?.saturating_sub(number(folder, usage)?))).min()
    });
    left.min()
}

/// Bytes in the line of a text that begins with `name`, which gives them in kilobytes.
fn kilobytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|number| number * 1024)
}
