//! A plan: the units of a study in a folder, for other processes and machines, and the files of those that are finished.
//!
//! ```text
//! plan.json     what the study is of, and every unit
//! units.txt     the ids, a line each
//! units/ID.bin  a finished unit
//! ```

use super::hash::hexadecimal;
use super::manifest::{Manifest, PerPoint};
use super::study::StudyRecord;
use crate::experiment::unit::VALUES;
use crate::experiment::unit_size::UnitPart;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The name of the plan's file.
pub const PLAN: &str = "plan.json";
/// The name of the list of ids.
pub const IDS: &str = "units.txt";
/// The folder of finished units.
pub const UNITS_FOLDER: &str = "units";

/// The largest plan that is read.
const MOST_BYTES: u64 = 512 << 20;

/// A plan as its file has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Version of the program.
    pub version: String,
    /// Raised with every value-breaking change.
    pub values: u32,
    /// The hash of what was asked: that of the sweep.
    pub question_sha256: String,
    /// Name of the study.
    pub name: String,
    /// The preset that the rules start from.
    pub preset: Option<String>,
    /// What the command line set on top of the scenario.
    pub overrides: Vec<String>,
    /// The command line of the sweep that it divides.
    #[serde(default)]
    pub repeat: String,
    /// Hash of each point's resolved scenario.
    pub scenario_sha256: Vec<String>,
    /// The resolved scenario of the first point.
    pub scenario: String,
    /// The scenario file as it was named.
    pub scenario_file: String,
    /// Where that is; files of observed values are looked for beside it.
    pub scenario_path: PathBuf,
    /// The seed of every draw.
    pub seed: PerPoint<u64>,
    /// The replications of each point.
    pub replications: PerPoint<u32>,
    /// The study.
    pub study: StudyRecord,
    /// The units, in the order of the points.
    pub units: Vec<PlannedUnit>,
}

/// A unit of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedUnit {
    /// The SHA-256 of its canonical text, in hexadecimal digits.
    pub id: String,
    /// What it consists of.
    pub parts: Vec<PlannedPart>,
}

/// Some replications of a point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPart {
    /// The number of the point.
    pub point: usize,
    /// The number of the first replication.
    pub first: u32,
    /// How many replications.
    pub replications: u32,
}

impl PlannedPart {
    /// The numbers of the replications.
    pub fn range(&self) -> Range<u32> {
        self.first..self.first.saturating_add(self.replications)
    }
}

impl<T: Copy> PerPoint<T> {
    /// The number of a point; none of one that there is not.
    pub fn get(&self, point: usize) -> Option<T> {
        match self {
            Self::Same(number) => Some(*number),
            Self::Each(numbers) => numbers.get(point).copied(),
        }
    }
}

impl Plan {
    /// The plan of a sweep, whose manifest tells what is known before it runs, cut into units.
    pub fn new(
        manifest: Manifest,
        question: &str,
        scenario_path: PathBuf,
        replications: PerPoint<u32>,
        cut: Vec<Vec<UnitPart>>,
    ) -> Self {
        let mut plan = Self {
            version: manifest.version.to_owned(),
            values: VALUES,
            question_sha256: question.to_owned(),
            name: manifest.name,
            preset: manifest.preset,
            overrides: manifest.overrides,
            repeat: manifest.repeat,
            scenario_sha256: manifest.scenario_sha256,
            scenario: manifest.scenario,
            scenario_file: manifest.scenario_file,
            scenario_path,
            seed: manifest.seed,
            replications,
            study: manifest.study.unwrap_or_default(),
            units: Vec::new(),
        };
        let part = |part: UnitPart| PlannedPart {
            point: part.point,
            first: part.replications.start,
            replications: part.replications.len() as u32,
        };
        for parts in cut {
            let parts: Vec<PlannedPart> = parts.into_iter().map(part).collect();
            let id = plan.id(&parts).unwrap_or_default();
            plan.units.push(PlannedUnit { id, parts });
        }
        plan
    }

    /// The SHA-256 of what a unit depends on: version, and of each part the resolved scenario, seed and replications; `None` if
    /// it is of a point that there is not.
    fn id(&self, parts: &[PlannedPart]) -> Option<String> {
        let mut text = format!("redress unit\nversion {}, values {}\n", self.version, self.values);
        for part in parts {
            let (scenario, seed) = (self.scenario_sha256.get(part.point)?, self.seed.get(part.point)?);
            let Range { start, end } = part.range();
            // Writing to memory does not fail.
            let _ = writeln!(text, "scenario {scenario} seed {seed} replications {start}..{end}");
        }
        Some(hexadecimal(&Sha256::digest(text.as_bytes())))
    }

    /// Reads the plan in a folder.
    ///
    /// # Errors
    /// Why there is none that can be used, in words that name its file.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join(PLAN);
        let shown = path.display();
        let no_plan = |why: String| {
            format!(
                "{shown} {why}: name a folder that redress plan STUDY --out {} has made",
                folder.display()
            )
        };
        let length =
            fs::metadata(&path).map_err(|error| no_plan(format!("cannot be read ({})", error.kind())))?;
        if !length.is_file() || length.len() > MOST_BYTES {
            return Err(no_plan("is no plan".to_owned()));
        }
        let bytes = fs::read(&path).map_err(|error| no_plan(format!("cannot be read ({})", error.kind())))?;
        let plan: Self = serde_json::from_slice(&bytes).map_err(|error| {
            no_plan(format!("is no plan (line {}, column {})", error.line(), error.column()))
        })?;
        if plan.version != env!("CARGO_PKG_VERSION") || plan.values != VALUES {
            return Err(format!(
                "{shown} is of redress {} (values {}), and this is {} ({VALUES}): plan the study again",
                plan.version,
                plan.values,
                env!("CARGO_PKG_VERSION")
            ));
        }
        if !plan.is_whole() {
            return Err(format!("{shown} was changed: plan the study again"));
        }
        Ok(plan)
    }

    /// Whether its units are what their ids say, and together every replication of every point once.
    fn is_whole(&self) -> bool {
        let points = self.scenario_sha256.len();
        let has_ids = self.units.iter().all(|unit| self.id(&unit.parts).as_ref() == Some(&unit.id));
        let mut next = (0, 0);
        for part in self.units.iter().flat_map(|unit| &unit.parts) {
            let whole = self.replications.get(part.point);
            if (part.point, part.first) != next || part.replications == 0 || whole < Some(part.range().end) {
                return false;
            }
            next = if whole == Some(part.range().end) {
                (part.point + 1, 0)
            } else {
                (part.point, part.range().end)
            };
        }
        let labels = self.study.points.iter().all(|point| point.labels.len() == self.study.factors.len());
        points > 0 && has_ids && next == (points, 0) && self.study.points.len() == points && labels
    }

    /// Writes the plan into a folder, which is made, or is empty, or has this plan already; finished units there stay.
    ///
    /// # Errors
    /// Why it cannot be written, in words that name the folder. Nothing has changed then.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        let shown = folder.display();
        let failed = |error: &io::Error| {
            format!("cannot write {shown}: {}; choose another folder with --out", error.kind())
        };
        if folder.join(PLAN).symlink_metadata().is_ok() {
            return match Self::read(folder) {
                Ok(found) if found == *self => Ok(()),
                _ => Err(format!("{shown} holds another plan: choose another folder with --out")),
            };
        }
        if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(format!("{shown} is not empty and holds no plan: choose another folder with --out"));
        }
        fs::create_dir_all(folder.join(UNITS_FOLDER)).map_err(|error| failed(&error))?;
        let ids: String = self.units.iter().flat_map(|unit| [unit.id.as_str(), "\n"]).collect();
        let mut json = serde_json::to_vec(self).map_err(|error| error.to_string())?;
        json.push(b'\n');
        // The plan comes last: a folder without one is not begun.
        place(folder, IDS, ids.as_bytes())
            .and_then(|()| place(folder, PLAN, &json))
            .map_err(|error| failed(&error))
    }

    /// The units of ids, or of the only ones that begin like these: each once, in the order in which they are asked for.
    ///
    /// # Errors
    /// Of every id that there is none of it, or that there are several.
    pub fn units_of(&self, ids: &[String]) -> Result<Vec<&PlannedUnit>, Vec<String>> {
        let mut places: Vec<usize> = (0..self.units.len()).collect();
        places.sort_by_key(|&place| &self.units[place].id);
        // Points that do not differ have units of the same id, of which one is enough.
        places.dedup_by_key(|place| &self.units[*place].id);
        let (mut found, mut seen, mut wrong) = (Vec::new(), BTreeSet::new(), Vec::new());
        for id in ids {
            let begin = places.partition_point(|&place| self.units[place].id < *id);
            let begins = |place: &&usize| !id.is_empty() && self.units[**place].id.starts_with(id);
            let mut like = places[begin..].iter().take_while(begins);
            match (like.next(), like.next()) {
                (Some(&place), None) if seen.insert(place) => found.push(&self.units[place]),
                (Some(_), None) => {}
                (Some(_), Some(_)) => {
                    wrong.push(format!("{id} begins several units: give more of its digits"))
                }
                (None, _) => {
                    wrong.push(format!("{id} is no unit of this plan: {IDS} lists them, a line each"));
                }
            }
        }
        if wrong.is_empty() { Ok(found) } else { Err(wrong) }
    }
}

/// Where a finished unit is, or will be.
pub fn unit_path(folder: &Path, unit: &PlannedUnit) -> PathBuf {
    folder.join(UNITS_FOLDER).join(format!("{}.bin", unit.id))
}

/// Puts a finished unit in its place in one step: whoever else has finished the same one has written the same bytes.
///
/// # Errors
/// If it cannot be written.
pub fn place_unit(folder: &Path, unit: &PlannedUnit, bytes: &[u8]) -> io::Result<()> {
    place(&folder.join(UNITS_FOLDER), &format!("{}.bin", unit.id), bytes)
}

fn place(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".unfinished-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let placed = file.persist(folder.join(name)).map_err(|error| error.error)?;
    shared(&placed)
}

/// Lets everybody read it whom the folder lets in: temporary files are their maker's alone.
#[cfg(unix)]
fn shared(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn shared(_: &fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::study::PointRecord;

    fn plan() -> Plan {
        let manifest = Manifest {
            version: env!("CARGO_PKG_VERSION"),
            scenario_sha256: vec!["a".to_owned(), "b".to_owned()],
            study: Some(StudyRecord { points: vec![PointRecord::default(); 2], ..StudyRecord::default() }),
            ..Manifest::default()
        };
        let part = |point, replications| UnitPart { point, replications };
        let cut = vec![vec![part(0, 0..2)], vec![part(0, 2..3), part(1, 0..3)]];
        Plan::new(manifest, "asked", PathBuf::new(), PerPoint::Same(3), cut)
    }

    #[test]
    fn a_plan_is_read_as_it_was_written_and_written_twice_is_the_same() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("plan");
        plan().write(&folder).unwrap();
        plan().write(&folder).unwrap();
        assert_eq!(Plan::read(&folder).unwrap(), plan());
        let other = Plan { name: "other".to_owned(), ..plan() };
        assert!(other.write(&folder).unwrap_err().contains("holds another plan"));
        assert_eq!(fs::read_to_string(folder.join(IDS)).unwrap().lines().count(), 2);
    }

    #[test]
    fn a_plan_with_a_gap_or_a_false_id_is_not_whole() {
        assert!(plan().is_whole());
        let mut short = plan();
        short.units.pop();
        assert!(!short.is_whole());
        let mut moved = plan();
        moved.units[0].parts[0].replications = 1;
        assert!(!moved.is_whole());
        let mut renamed = plan();
        renamed.scenario_sha256[1] = "c".to_owned();
        assert!(!renamed.is_whole());
    }

    #[test]
    fn units_are_found_once_by_the_beginning_of_their_ids() {
        let plan = plan();
        let ids: Vec<String> = [1, 0, 1].map(|at: usize| plan.units[at].id[..12].to_owned()).to_vec();
        assert_eq!(plan.units_of(&ids), Ok(vec![&plan.units[1], &plan.units[0]]));
        let wrong = plan.units_of(&[String::new(), ids[0].clone(), "nothing".to_owned()]).unwrap_err();
        assert!(wrong.len() == 2 && wrong[1].contains("nothing is no unit of this plan"), "{wrong:?}");
    }

    #[test]
    fn points_that_do_not_differ_have_one_unit() {
        let mut plan = plan();
        plan.scenario_sha256[1] = plan.scenario_sha256[0].clone();
        let part = |point| PlannedPart { point, first: 0, replications: 3 };
        plan.units = [0, 1]
            .map(|point| vec![part(point)])
            .map(|parts| PlannedUnit { id: plan.id(&parts).unwrap(), parts })
            .to_vec();
        assert!(plan.is_whole() && plan.units[0].id == plan.units[1].id);
        assert_eq!(plan.units_of(&[plan.units[1].id.clone()]).unwrap(), [&plan.units[0]]);
    }
}
