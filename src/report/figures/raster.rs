//! From SVG to PNG, at the resolution that journals ask for.

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::Tree;

use crate::report::RasterError;
use crate::report::figures::text::options;

/// Pixels to the inch.
const RESOLUTION: f32 = 300.0;

/// Pixels to the metre, which is how a PNG states its resolution.
const PER_METRE: u32 = 11_811;

/// CSS pixels to the inch, the unit that SVG sizes come in.
const CSS: f32 = 96.0;

/// The picture of `svg`, of the same physical size.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, RasterError> {
    let tree = Tree::from_str(svg, &options())?;
    let scale = RESOLUTION / CSS;
    let (width, height) = (pixels(tree.size().width() * scale), pixels(tree.size().height() * scale));
    let mut picture = Pixmap::new(width, height).ok_or(RasterError::Size(width, height))?;
    // The last pixels are only partly covered by the page.
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    // The page is white throughout, so nothing is lost with the transparency.
    let opaque: Vec<u8> =
        picture.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: PER_METRE, yppu: PER_METRE, unit: Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&opaque)?;
    writer.finish()?;
    Ok(bytes)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are a few thousand")]
fn pixels(length: f32) -> u32 {
    length.round() as u32
}
