//! Charts as SVG and PNG.

use plotters::backend::{DrawingBackend, SVGBackend};

use super::chart::Chart;
use super::lettering;
use super::marks::Marks;
use super::raster::Raster;
use super::theme;

fn pixel_size(chart: &Chart) -> (u32, u32) {
    let (width, height) = chart.size();
    (width * theme::PIXELS_PER_UNIT, height * theme::PIXELS_PER_UNIT)
}

impl Chart {
    /// The chart as a PNG picture.
    pub fn png(&self) -> Vec<u8> {
        let (width, height) = pixel_size(self);
        let mut raster = Raster::new((width, height));
        // The raster's error type has no values.
        let _ = self.draw(&mut raster);
        let mut picture = Vec::new();
        let mut encoder = png::Encoder::new(&mut picture, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        // Pictures are written far more often than sent: quick to write, at twice the least size.
        encoder.set_compression(png::Compression::Fast);
        encoder.set_filter(png::FilterType::Sub);
        encoder.set_adaptive_filter(png::AdaptiveFilterType::NonAdaptive);
        // Writing to memory does not fail, and the raster has as many pixels as were announced.
        let _ = encoder.write_header().and_then(|mut writer| writer.write_image_data(raster.pixels()));
        picture
    }

    /// The chart as an SVG document, to write or to put into a page.
    ///
    /// It is laid out in the PNG's pixels, so that both agree to the pixel, and shown at half of that. Round joins
    /// are inherited by all lines: pointed ones would spike on noisy series.
    pub fn svg(&self) -> String {
        self.drawn(|backend| {
            // Writing to a string cannot fail, and the SVG backend measures no text.
            let _ = self.draw(backend);
        })
    }

    /// The same document and what is said of its points.
    pub fn svg_marked(&self) -> (String, Marks) {
        let mut marks = Marks::default();
        let drawing = self.drawn(|backend| marks = self.draw_marked(backend));
        (drawing, marks)
    }

    fn drawn(&self, draw: impl FnOnce(&mut SVGBackend<'_>)) -> String {
        let mut drawing = String::new();
        let (width, height) = pixel_size(self);
        {
            let mut backend = SVGBackend::with_string(&mut drawing, (width, height));
            draw(&mut backend);
            let _ = backend.present();
        }
        let (shown_width, shown_height) = self.size();
        let body = drawing.split_once(">\n").map_or("", |(_, body)| body);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{shown_width}\" height=\"{shown_height}\" \
         viewBox=\"0 0 {width} {height}\" stroke-linejoin=\"round\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n{body}",
            escaped(self.title()),
        )
    }
}

fn escaped(text: &str) -> String {
    lettering::legal(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::example;
    use super::*;

    #[test]
    fn the_same_chart_is_the_same_bytes() {
        let chart = Chart::from(example(365));
        assert_eq!(chart.svg(), chart.svg());
        assert!(chart.png() == chart.png());
    }

    #[test]
    fn a_picture_is_a_whole_png_of_the_size_of_the_chart() {
        let chart = Chart::from(example(30));
        let picture = chart.png();
        let mut reader = png::Decoder::new(picture.as_slice()).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), pixel_size(&chart));
        let mut pixels = vec![0; reader.output_buffer_size()];
        reader.next_frame(&mut pixels).unwrap();
        assert!(pixels.contains(&255) && pixels.iter().any(|&value| value < 255));
    }

    #[test]
    fn names_are_escaped() {
        let mut chart = example(3);
        chart.heading.title = "R&D <sellers>".to_owned();
        assert!(Chart::from(chart).svg().contains("<title>R&amp;D &lt;sellers&gt;</title>"));
    }

    #[test]
    fn characters_that_xml_forbids_are_replaced() {
        let mut chart = example(3);
        chart.heading.title = "a\u{1}b\u{1b}[2Jc\u{ffff}d".to_owned();
        let drawing = Chart::from(chart).svg();
        assert!(drawing.contains("<title>a\u{fffd}b\u{fffd}[2Jc\u{fffd}d</title>"), "{drawing}");
        let is_forbidden = |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{ffff}';
        assert!(!drawing.contains(is_forbidden));
    }
}
