//! Charts as SVG and PNG, in memory and on disk.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};

use super::Chart;
use super::raster::Raster;
use super::theme;

/// A chart that could not be written, and where.
#[derive(Debug)]
pub struct ReportError {
    /// The file that is missing.
    pub path: PathBuf,
    reason: String,
}

impl ReportError {
    /// Why it could not be written.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for ReportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "cannot write the chart {}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for ReportError {}

/// Writes `chart` to `stem` with `.svg` and `.png` after it.
///
/// Each file is written under another name and renamed when it is whole, so that an interrupted run leaves
/// no half of it.
pub fn write(chart: &Chart, stem: &Path) -> Result<(), ReportError> {
    write_whole(stem, "svg", |partial| fs::write(partial, svg(chart)).map_err(|error| error.to_string()))?;
    write_whole(stem, "png", |partial| write_png(chart, partial))
}

fn write_whole(
    stem: &Path,
    extension: &str,
    write: impl FnOnce(&Path) -> Result<(), String>,
) -> Result<(), ReportError> {
    let path = with_ending(stem, extension);
    // The encoder takes the format from the ending, which therefore stays last.
    let partial = with_ending(stem, &format!("partial.{extension}"));
    let written = write(&partial).and_then(|()| fs::rename(&partial, &path).map_err(|e| e.to_string()));
    written.map_err(|reason| {
        // What is being reported is why there is no chart; a leftover that stays is the lesser trouble.
        let _ = fs::remove_file(&partial);
        ReportError { path, reason }
    })
}

/// `stem` with an ending added; what looks like an extension in its name stays.
fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = stem.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn pixel_size(chart: &Chart) -> (u32, u32) {
    let (width, height) = chart.size();
    (width * theme::PIXELS_PER_UNIT, height * theme::PIXELS_PER_UNIT)
}

fn write_png(chart: &Chart, path: &Path) -> Result<(), String> {
    let size = pixel_size(chart);
    let mut raster = Raster::new(size);
    chart.draw(&mut raster).map_err(|error| error.to_string())?;
    let mut encoder = BitMapBackend::new(path, size);
    encoder.blit_bitmap((0, 0), size, raster.pixels()).map_err(|error| error.to_string())?;
    encoder.present().map_err(|error| error.to_string())
}

/// The chart as an SVG document.
///
/// It is laid out in the PNG's pixels, so that both agree to the pixel, and shown at half of that. Round joins
/// are inherited by all lines: pointed ones would spike on noisy series.
pub(super) fn svg(chart: &Chart) -> String {
    let mut drawing = String::new();
    let (width, height) = pixel_size(chart);
    {
        let mut backend = SVGBackend::with_string(&mut drawing, (width, height));
        // Writing to a string cannot fail, and the SVG backend measures no text.
        let _ = chart.draw(&mut backend);
        let _ = backend.present();
    }
    let (shown_width, shown_height) = chart.size();
    let body = drawing.split_once(">\n").map_or("", |(_, body)| body);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{shown_width}\" height=\"{shown_height}\" \
         viewBox=\"0 0 {width} {height}\" stroke-linejoin=\"round\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n{body}",
        escaped(chart.title()),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::example;
    use super::*;

    #[test]
    fn both_files_are_written_and_no_part_remains() {
        let folder = tempfile::tempdir().unwrap();
        write(&Chart::from(example(30)), &folder.path().join("dispute_rate.60d")).unwrap();
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["dispute_rate.60d.png", "dispute_rate.60d.svg"]);
    }

    #[test]
    fn the_same_chart_is_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let chart = Chart::from(example(365));
        assert_eq!(chart.svg(), chart.svg());
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        write(&chart, &first).unwrap();
        write(&chart, &second).unwrap();
        let read = |stem: &Path| fs::read(with_ending(stem, "png")).unwrap();
        assert_eq!(read(&first), read(&second));
    }

    #[test]
    fn an_error_names_the_file() {
        let missing = Path::new("no such folder").join("dispute_rate");
        let error = write(&Chart::from(example(3)), &missing).unwrap_err();
        assert!(error.to_string().contains("dispute_rate.svg"));
    }

    #[test]
    fn names_are_escaped() {
        let mut chart = example(3);
        chart.heading.title = "R&D <sellers>".to_owned();
        assert!(Chart::from(chart).svg().contains("<title>R&amp;D &lt;sellers&gt;</title>"));
    }
}
