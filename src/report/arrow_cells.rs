//! Cells of tables in columns of Arrow: whole numbers of 64 bits, doubles, days, truths and text; an empty cell is null.

use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder, StructBuilder};
use arrow_schema::DataType;
use jiff::civil::{Date, date};

use crate::report::Kind;

/// How the cells of a column are held.
pub(super) fn arrow_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Choice(_) => DataType::Utf8,
        Kind::Count | Kind::Integer => DataType::Int64,
        Kind::Share | Kind::PValue | Kind::Number => DataType::Float64,
        Kind::Date => DataType::Date32,
        Kind::Boolean => DataType::Boolean,
    }
}

/// Appends a cell of a table; an empty one is none.
pub(super) fn append(row: &mut StructBuilder, place: usize, kind: Kind, cell: &str) {
    let cell = Some(cell).filter(|cell| !cell.is_empty());
    match kind {
        Kind::Text | Kind::Choice(_) => {
            if let Some(column) = row.field_builder::<StringBuilder>(place) {
                column.append_option(cell);
            }
        }
        Kind::Count | Kind::Integer => {
            if let Some(column) = row.field_builder::<Int64Builder>(place) {
                column.append_option(cell.and_then(|cell| cell.parse().ok()));
            }
        }
        Kind::Share | Kind::PValue | Kind::Number => {
            if let Some(column) = row.field_builder::<Float64Builder>(place) {
                column.append_option(cell.and_then(|cell| cell.parse().ok()));
            }
        }
        Kind::Date => {
            if let Some(column) = row.field_builder::<Date32Builder>(place) {
                column.append_option(cell.and_then(|cell| cell.parse().ok()).map(days));
            }
        }
        Kind::Boolean => {
            if let Some(column) = row.field_builder::<BooleanBuilder>(place) {
                column.append_option(cell.map(|cell| cell == "true"));
            }
        }
    }
}

/// Days since 1970.
pub(super) fn days(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}
