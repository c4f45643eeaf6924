# Tables as the program wrote them, with the types that their data package declares. Not here: pictures (autoplot.R).

readers <- list(
  string = readr::col_character(), number = readr::col_double(), date = readr::col_date(), boolean = readr::col_logical(),
  # Counts of characters and words may pass the largest integer of R.
  integer = readr::col_double()
)

#' Reads the tables of a folder of results into a named list: `results$prevalence`. `tables` names those wanted.
read_parallax <- function(results = "results", tables = NULL) {
  described <- file.path(results, "datapackage.json")
  if (!file.exists(described)) {
    stop(sprintf("no datapackage.json in \"%s\"; name the folder that parallax run wrote", results), call. = FALSE)
  }
  resources <- jsonlite::read_json(described)$resources
  # A table may stand beside its CSV in other formats, with the same cells.
  resources <- Filter(function(resource) resource$format == "csv", resources)
  names(resources) <- vapply(resources, function(resource) resource$name, "")
  unknown <- setdiff(tables, names(resources))
  if (length(unknown) > 0) {
    stop(sprintf("no table \"%s\"; there are %s", unknown[1], paste(names(resources), collapse = ", ")), call. = FALSE)
  }
  wanted <- if (is.null(tables)) names(resources) else tables
  structure(
    lapply(resources[wanted], read_table_of, results = results),
    names = wanted, class = "parallax_results", folder = results
  )
}

read_table_of <- function(resource, results) {
  fields <- resource$schema$fields
  types <- readers[vapply(fields, function(field) field$type, "")]
  names(types) <- vapply(fields, function(field) field$name, "")
  table <- readr::read_csv(
    file.path(results, resource$path),
    # Only an empty cell is missing: an outlet may be called NA.
    col_types = do.call(readr::cols, types), na = "", progress = FALSE, lazy = FALSE, trim_ws = FALSE
  )
  attr(table, "columns") <- vapply(fields, function(field) field$description, "")
  names(attr(table, "columns")) <- names(types)
  class(table) <- c(paste0("parallax_", gsub("/", "_", resource$name)), class(table))
  table
}

#' Names, ids and notes without the apostrophe that keeps spreadsheets from computing them.
as_written <- function(cells) {
  sub("^'(?='*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-])(?!'*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?\\z)", "", cells,
      perl = TRUE)
}

print.parallax_results <- function(x, ...) {
  cat(sprintf("Results of Parallax in %s\n", attr(x, "folder")))
  rows <- vapply(x, nrow, 0L)
  cat(sprintf("  %-*s %8d rows\n", max(nchar(names(x)), 1), names(x), rows), sep = "")
  invisible(x)
}
