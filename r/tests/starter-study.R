# Makes the starter study with the program, runs it from R and holds what is read against the files. Needs the program.
library(parallax)

work <- tempfile("study-")
parallax("init", work)
study <- file.path(work, "study.toml")
results <- run_parallax(study, threads = 1)
folder <- attr(results, "folder")

# Every table of the data package is there, row by row, with the columns of the file.
described <- jsonlite::read_json(file.path(folder, "datapackage.json"))$resources
stopifnot(length(results) == length(described))
for (resource in described) {
  table <- results[[resource$name]]
  raw <- readr::read_csv(file.path(folder, resource$path), col_types = readr::cols(.default = "c"), na = character(), progress = FALSE)
  stopifnot(
    identical(names(table), names(raw)),
    nrow(table) == nrow(raw),
    nrow(readr::problems(table)) == 0,
    length(attr(table, "columns")) == ncol(table)
  )
}

# Types are those declared, not guessed.
stopifnot(
  inherits(results$codings$date, "Date"),
  is.logical(results$codings$hit),
  is.character(results$codings$document),
  is.numeric(results$prevalence$estimate),
  is.character(results$prevalence$note)
)

# Shares are hits by sentences.
counted <- results$prevalence[results$prevalence$sentences > 0, ]
stopifnot(all(abs(counted$estimate - counted$hits / counted$sentences) < 5e-7))

# One table alone, and a name that is none.
one <- read_parallax(folder, tables = "prevalence")
stopifnot(identical(names(one), "prevalence"))
wrong <- tryCatch(read_parallax(folder, tables = "prevalense"), error = conditionMessage)
stopifnot(startsWith(wrong, "no table \"prevalense\"; there are codings"))
nowhere <- tryCatch(read_parallax(tempfile()), error = conditionMessage)
stopifnot(startsWith(nowhere, "no datapackage.json in"))

# Pictures: those with rows are drawn to the end, those without say so.
for (name in c("prevalence", "comparisons", "contrasts", "trends", "keyness")) {
  drawn <- tryCatch(autoplot(results[[name]]), error = conditionMessage)
  if (is.character(drawn)) {
    stopifnot(grepl("has no row to draw; methods.md of the results says why", drawn, fixed = TRUE))
  } else {
    stopifnot(nrow(ggplot2::ggplot_build(drawn)$data[[1]]) > 0)
  }
}
drawn <- ggplot2::ggplot_build(autoplot(results$prevalence))
stopifnot(nrow(drawn$data[[2]]) == sum(results$prevalence$period == "all" & results$prevalence$voice == "all"))

# Results that somebody changed are told; a study that is not there is an error with the program's words.
stopifnot(verify_parallax(study))
cat("", file = file.path(folder, "prevalence.csv"))
stopifnot(!suppressMessages(verify_parallax(study)))
absent <- tryCatch(parallax("run", file.path(work, "absent.toml")), error = conditionMessage)
stopifnot(grepl("absent.toml", absent, fixed = TRUE))

# The apostrophe that keeps spreadsheets from computing a cell.
stopifnot(identical(as_written(c("'=1+1", "plain", "-1.5", "''@here", "'tis")), c("=1+1", "plain", "-1.5", "'@here", "'tis")))

options(width = 80)
print(results)
cat("the R package reads, draws and verifies the starter study\n")
