//! Values of columns as text: numbers as short as they are, days and times as ISO 8601, categories as their names.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions::as_datetime;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, TimeUnit};

use crate::corpus::reader::{NamedValue, Row, ValueForm, too_long};
use crate::corpus::stream::LONGEST_RECORD;
use crate::model::Exclusion;

/// The rows of a batch of columns, one after the other.
#[derive(Default)]
pub(super) struct BatchRows {
    columns: Vec<BatchColumn>,
    rows: usize,
    next: usize,
}

/// A column of a batch.
struct BatchColumn {
    name: String,
    values: ArrayRef,
    /// Of a column of categories: the place of each row's value among `values`; `None` for none.
    places: Option<Vec<Option<usize>>>,
}

/// A value as text; `None` where there is none.
type CellText<'a> = Option<(Cow<'a, str>, ValueForm)>;

impl BatchRows {
    pub(super) fn of(batch: &RecordBatch) -> Self {
        let fields = batch.schema_ref().fields().iter().zip(batch.columns());
        let columns = fields.map(|(field, values)| BatchColumn::new(field.name(), values)).collect();
        Self { columns, rows: batch.num_rows(), next: 0 }
    }

    /// Whether every row was handed out.
    #[cfg(feature = "parquet")]
    pub(super) fn is_done(&self) -> bool {
        self.next >= self.rows
    }

    /// How many rows there are.
    #[cfg(feature = "arrow")]
    pub(super) fn count(&self) -> usize {
        self.rows
    }

    /// The next row; `place` says where it is. `None` after the last.
    pub(super) fn next_row(&mut self, place: impl Fn() -> String) -> Option<Row<'_>> {
        let row = self.next;
        if row >= self.rows {
            return None;
        }
        self.next += 1;
        let cells: Vec<NamedValue<'_>> = self.columns.iter().filter_map(|column| column.cell(row)).collect();
        let bytes: usize = cells.iter().map(|cell| cell.value.len()).sum();
        Some(if bytes > LONGEST_RECORD {
            Row::Unreadable(Exclusion::TooLong, too_long(&place()))
        } else {
            Row::Cells(cells)
        })
    }
}

impl BatchColumn {
    fn new(name: &str, values: &ArrayRef) -> Self {
        let name = name.to_owned();
        match values.as_any_dictionary_opt() {
            Some(categories) if !categories.values().is_empty() => {
                let keys = categories.normalized_keys();
                let places = keys.into_iter().enumerate();
                let places = places.map(|(row, key)| (!categories.is_null(row)).then_some(key)).collect();
                Self { name, values: categories.values().clone(), places: Some(places) }
            }
            Some(categories) => {
                Self { name, values: categories.values().clone(), places: Some(vec![None; categories.len()]) }
            }
            None => Self { name, values: values.clone(), places: None },
        }
    }

    /// What stands in a row; `None` where nothing does.
    fn cell(&self, row: usize) -> Option<NamedValue<'_>> {
        let at = self.places.as_ref().map_or(Some(row), |places| places[row])?;
        let (value, form) = text(&self.values, at)?;
        Some(NamedValue { name: Cow::Borrowed(&self.name), value, form })
    }
}

/// The value at `row`. What is neither text, number, day nor truth value can be no value of a document.
fn text(values: &ArrayRef, row: usize) -> CellText<'_> {
    if values.is_null(row) {
        return None;
    }
    let borrowed = |text| Some((Cow::Borrowed(text), ValueForm::Text));
    match values.data_type() {
        DataType::Utf8 => borrowed(values.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => borrowed(values.as_string::<i64>().value(row)),
        DataType::Utf8View => borrowed(values.as_string_view().value(row)),
        DataType::Boolean => borrowed(if values.as_boolean().value(row) { "true" } else { "false" }),
        DataType::Null => None,
        _ => match number(values, row).or_else(|| moment(values, row)) {
            // What is no number says as little as an empty cell.
            Some(written) if written == "NaN" => None,
            Some(written) => Some((Cow::Owned(written), ValueForm::Text)),
            None => Some((Cow::Borrowed(""), ValueForm::Nested)),
        },
    }
}

fn number(values: &ArrayRef, row: usize) -> Option<String> {
    match values.data_type() {
        DataType::Int8 => Some(values.as_primitive::<Int8Type>().value(row).to_string()),
        DataType::Int16 => Some(values.as_primitive::<Int16Type>().value(row).to_string()),
        DataType::Int32 => Some(values.as_primitive::<Int32Type>().value(row).to_string()),
        DataType::Int64 => Some(values.as_primitive::<Int64Type>().value(row).to_string()),
        DataType::UInt8 => Some(values.as_primitive::<UInt8Type>().value(row).to_string()),
        DataType::UInt16 => Some(values.as_primitive::<UInt16Type>().value(row).to_string()),
        DataType::UInt32 => Some(values.as_primitive::<UInt32Type>().value(row).to_string()),
        DataType::UInt64 => Some(values.as_primitive::<UInt64Type>().value(row).to_string()),
        DataType::Float32 => Some(values.as_primitive::<Float32Type>().value(row).to_string()),
        DataType::Float64 => Some(values.as_primitive::<Float64Type>().value(row).to_string()),
        _ => None,
    }
}

fn moment(values: &ArrayRef, row: usize) -> Option<String> {
    match values.data_type() {
        DataType::Date32 => written::<Date32Type>(i64::from(values.as_primitive::<Date32Type>().value(row))),
        DataType::Date64 => written::<Date64Type>(values.as_primitive::<Date64Type>().value(row)),
        DataType::Timestamp(TimeUnit::Second, _) => {
            written::<TimestampSecondType>(values.as_primitive::<TimestampSecondType>().value(row))
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            written::<TimestampMillisecondType>(values.as_primitive::<TimestampMillisecondType>().value(row))
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            written::<TimestampMicrosecondType>(values.as_primitive::<TimestampMicrosecondType>().value(row))
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            written::<TimestampNanosecondType>(values.as_primitive::<TimestampNanosecondType>().value(row))
        }
        _ => None,
    }
}

/// A day, with the time where there is one: `2022-02-03` and `2022-02-03T14:30:00`. Of a time in a zone that in UTC.
fn written<T: ArrowPrimitiveType>(value: i64) -> Option<String> {
    let text = format!("{:?}", as_datetime::<T>(value)?);
    Some(text.strip_suffix("T00:00:00").map_or(text.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{
        BooleanArray, Date32Array, DictionaryArray, Float64Array, Int64Array, LargeStringArray, ListArray, StringArray,
        StringViewArray, TimestampMillisecondArray, UInt8Array,
    };

    use super::*;

    fn read(values: ArrayRef) -> Vec<Option<String>> {
        let batch = RecordBatch::try_from_iter_with_nullable([("column", values, true)]).unwrap();
        let mut rows = BatchRows::of(&batch);
        let mut texts = Vec::new();
        while let Some(row) = rows.next_row(String::new) {
            let Row::Cells(cells) = row else { panic!("a row that cannot be read") };
            texts.push(
                cells
                    .first()
                    .map(|cell| format!("{}{}", cell.value, if cell.form == ValueForm::Nested { "[]" } else { "" })),
            );
        }
        texts
    }

    #[test]
    fn a_value_of_any_column_becomes_text_and_none_stays_none() {
        let nested = ListArray::from_iter_primitive::<Int64Type, _, _>([Some([Some(1)]), None]);
        let categories: DictionaryArray<Int8Type> =
            [Some("Mail"), None, Some("Times"), Some("Mail")].into_iter().collect();
        let none: DictionaryArray<Int8Type> = [None::<&str>, None].into_iter().collect();
        let cases: [(ArrayRef, &[Option<&str>]); 13] = [
            (Arc::new(StringArray::from(vec![Some("é"), None, Some("")])), &[Some("é"), None, Some("")]),
            (Arc::new(LargeStringArray::from(vec![Some("a"), None])), &[Some("a"), None]),
            (
                Arc::new(StringViewArray::from(vec![Some("longer than twelve bytes"), None])),
                &[Some("longer than twelve bytes"), None],
            ),
            (Arc::new(categories), &[Some("Mail"), None, Some("Times"), Some("Mail")]),
            (Arc::new(none), &[None, None]),
            (Arc::new(Int64Array::from(vec![Some(-7), None])), &[Some("-7"), None]),
            (Arc::new(UInt8Array::from(vec![255])), &[Some("255")]),
            (Arc::new(Float64Array::from(vec![Some(0.5), Some(3.0), Some(f64::NAN)])), &[Some("0.5"), Some("3"), None]),
            (Arc::new(BooleanArray::from(vec![true])), &[Some("true")]),
            // Days from 1970: `datetime.date(2022, 2, 3).toordinal() - datetime.date(1970, 1, 1).toordinal()`.
            (Arc::new(Date32Array::from(vec![Some(19_026), None])), &[Some("2022-02-03"), None]),
            (Arc::new(TimestampMillisecondArray::from(vec![1_643_898_600_000])), &[Some("2022-02-03T14:30:00")]),
            (
                Arc::new(TimestampMillisecondArray::from(vec![1_643_846_400_000]).with_timezone("UTC")),
                &[Some("2022-02-03")],
            ),
            (Arc::new(nested), &[Some("[]"), None]),
        ];
        for (values, expected) in cases {
            let kind = format!("{:?}", values.data_type());
            let expected: Vec<Option<String>> = expected.iter().map(|text| text.map(str::to_owned)).collect();
            assert_eq!(read(values), expected, "{kind}");
        }
    }
}
