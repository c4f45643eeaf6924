//! What is answered to a stream of Arrow: a row for each record, with the rows of `documents.csv`, `codings.csv` and
//! `attributions.csv` that a run would write of it as lists, cell by cell as they stand there.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{ArrayBuilder, Date32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, Field, Schema};

use crate::compare::DocumentCounts;
use crate::model::Excluded;
use crate::report::arrow_cells::{append, arrow_type, days};
use crate::report::tables::{DOCUMENTS, document_rows};
use crate::report::{ATTRIBUTIONS, CODINGS, Column, ReportError, Table};

/// Columns that say of every row of a list what the answer says once; the last ones of `documents.csv` only.
const SAID_ONCE: [&str; 7] = ["document", "outlet", "date", "group", "period", "cluster", "sentences"];

/// How many of these every table has. `sentences` of `attributions.csv` are others.
const OF_EVERY_TABLE: usize = 3;

/// One answer.
#[derive(Debug)]
pub enum Answer<'a> {
    /// A document.
    Coded {
        /// Its id.
        id: &'a str,
        /// What is counted in it.
        counts: &'a DocumentCounts,
        /// Its rows of `codings.csv`.
        codings: &'a str,
        /// Its rows of `attributions.csv`.
        attributions: &'a str,
    },
    /// A record that is left out.
    Excluded(&'a Excluded),
}

/// Answers on their way.
pub struct ArrowAnswers<W: Write> {
    out: StreamWriter<W>,
    schema: Arc<Schema>,
    frames: Vec<String>,
    lists: Vec<AnswerList>,
    columns: AnswerColumns,
}

/// The columns before the lists.
#[derive(Default)]
struct AnswerColumns {
    record: Int64Builder,
    document: StringBuilder,
    outlet: StringBuilder,
    date: Date32Builder,
    group: StringBuilder,
    period: StringBuilder,
    sentences: Int64Builder,
    excluded: StringBuilder,
    detail: StringBuilder,
    answered: i64,
}

/// Rows of a table as a list in one cell.
struct AnswerList {
    table: &'static Table,
    rows: ListBuilder<StructBuilder>,
}

impl<W: Write> ArrowAnswers<W> {
    /// Begins to answer, which tells the columns. `frames` are the codebook's ids, in its order.
    ///
    /// # Errors
    /// When nobody reads the answers.
    pub fn begin(out: W, frames: Vec<String>) -> Result<Self, ReportError> {
        let lists: Vec<AnswerList> = [&DOCUMENTS, &CODINGS, &ATTRIBUTIONS].map(AnswerList::new).into();
        let mut fields = AnswerColumns::fields();
        fields.extend(lists.iter().map(AnswerList::field));
        let schema = Arc::new(Schema::new(fields));
        let mut out = StreamWriter::try_new(out, &schema)?;
        out.flush()?;
        Ok(Self { out, schema, frames, lists, columns: AnswerColumns::default() })
    }

    /// Answers the next record of the batch.
    ///
    /// # Errors
    /// None but a bug can cause in memory.
    pub fn add(&mut self, answer: &Answer<'_>) -> Result<(), ReportError> {
        self.columns.add(answer);
        let Answer::Coded { id, counts, codings, attributions } = answer else {
            self.lists.iter_mut().for_each(|list| list.rows.append_null());
            return Ok(());
        };
        let counted = document_rows(id, counts, &self.frames)?;
        for (list, rows) in self.lists.iter_mut().zip([&counted[..], codings.as_bytes(), attributions.as_bytes()]) {
            list.add(rows)?;
        }
        Ok(())
    }

    /// Sends the batch.
    ///
    /// # Errors
    /// When nobody reads the answers any more.
    pub fn send(&mut self) -> Result<(), ReportError> {
        let mut arrays = self.columns.finish();
        arrays.extend(self.lists.iter_mut().map(|list| -> ArrayRef { Arc::new(list.rows.finish()) }));
        self.out.write(&RecordBatch::try_new(Arc::clone(&self.schema), arrays)?)?;
        Ok(self.out.flush()?)
    }

    /// Ends the answers.
    ///
    /// # Errors
    /// When nobody reads them any more.
    pub fn finish(mut self) -> Result<(), ReportError> {
        self.out.finish()?;
        Ok(self.out.flush()?)
    }
}

impl AnswerColumns {
    fn fields() -> Vec<Field> {
        let field = |name: &str, kind: DataType| Field::new(name, kind, name != "record");
        vec![
            field("record", DataType::Int64),
            field("document", DataType::Utf8),
            field("outlet", DataType::Utf8),
            field("date", DataType::Date32),
            field("group", DataType::Utf8),
            field("period", DataType::Utf8),
            field("sentences", DataType::Int64),
            field("excluded", DataType::Utf8),
            field("detail", DataType::Utf8),
        ]
    }

    fn add(&mut self, answer: &Answer<'_>) {
        self.answered += 1;
        self.record.append_value(self.answered);
        let (coded, excluded) = match answer {
            Answer::Coded { id, counts, .. } => (Some((id, counts)), None),
            Answer::Excluded(excluded) => (None, Some(excluded)),
        };
        self.document.append_option(coded.map(|(id, _)| id));
        self.outlet.append_option(coded.map(|(_, counts)| &*counts.outlet));
        self.date.append_option(coded.and_then(|(_, counts)| counts.date).map(days));
        self.group.append_option(coded.map(|(_, counts)| &*counts.group));
        self.period.append_option(coded.and_then(|(_, counts)| counts.period.as_deref()));
        self.sentences.append_option(coded.map(|(_, counts)| i64::try_from(counts.sentences).unwrap_or(i64::MAX)));
        self.excluded.append_option(excluded.map(|excluded| excluded.reason.as_str()));
        self.detail.append_option(excluded.map(|excluded| &excluded.detail));
    }

    fn finish(&mut self) -> Vec<ArrayRef> {
        let Self { record, document, outlet, date, group, period, sentences, excluded, detail, .. } = self;
        let builders: [&mut dyn ArrayBuilder; 9] =
            [record, document, outlet, date, group, period, sentences, excluded, detail];
        builders.map(ArrayBuilder::finish).into()
    }
}

impl AnswerList {
    fn new(table: &'static Table) -> Self {
        let columns = table.columns.iter().filter(|column| !is_said_once(table, column));
        let fields: Vec<Field> = columns.map(|column| Field::new(column.name, arrow_type(column.kind), true)).collect();
        Self { table, rows: ListBuilder::new(StructBuilder::from_fields(fields, 0)) }
    }

    fn field(&self) -> Field {
        let row = DataType::Struct(self.rows.values_ref().fields().clone());
        let name = if self.table.name() == DOCUMENTS.name() { "counts" } else { self.table.name() };
        Field::new_list(name, Field::new_list_field(row, true), true)
    }

    /// Adds a list of the rows, which are CSV.
    fn add(&mut self, rows: &[u8]) -> Result<(), ReportError> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows);
        for row in reader.records() {
            let row = row.map_err(|source| ReportError::row(self.table.file.as_ref(), self.table.file, source))?;
            let columns = self.table.columns.iter().zip(&row).filter(|(column, _)| !is_said_once(self.table, column));
            for (place, (column, cell)) in columns.enumerate() {
                append(self.rows.values(), place, column.kind, cell);
            }
            self.rows.values().append(true);
        }
        self.rows.append(true);
        Ok(())
    }
}

fn is_said_once(table: &Table, column: &Column) -> bool {
    let names = if table.name() == DOCUMENTS.name() { &SAID_ONCE[..] } else { &SAID_ONCE[..OF_EVERY_TABLE] };
    names.contains(&column.name)
}
