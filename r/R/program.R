# The program: where it is, and how it is called. Not here: what it wrote (read.R).

#' Where the program is: the option `parallax.program`, else the variable `PARALLAX` of the environment, else the search path.
parallax_program <- function() {
  named <- c(getOption("parallax.program", ""), Sys.getenv("PARALLAX"))
  found <- c(named[nzchar(named)], unname(Sys.which("parallax")))[1]
  if (!nzchar(found)) {
    stop("no program \"parallax\" on the search path; install it, or say options(parallax.program = \"path/to/parallax\")",
         call. = FALSE)
  }
  found
}

#' Calls the program with these arguments and gives the lines that it printed. A code of 2 or more is an error with what the
#' program said; a code of 1, where a check said no, is the attribute "status".
parallax <- function(...) {
  said <- tempfile("parallax-")
  on.exit(unlink(said))
  printed <- suppressWarnings(
    system2(parallax_program(), shQuote(c(...)), stdout = TRUE, stderr = said)
  )
  status <- attr(printed, "status")
  if (!is.null(status) && status != 1L) {
    stop(paste(sub("^parallax: ", "", readLines(said, encoding = "UTF-8")), collapse = "\n"), call. = FALSE)
  }
  Encoding(printed) <- "UTF-8"
  printed
}

#' Runs a study and reads what it wrote.
run_parallax <- function(study, output = NULL, threads = NULL) {
  more <- c(if (!is.null(output)) c("--output", output), if (!is.null(threads)) c("--threads", threads))
  printed <- parallax("run", study, more)
  # The folder is told, not guessed: a study may name its own.
  folder <- sub("^Tables: ", "", grep("^Tables: ", printed, value = TRUE))
  read_parallax(if (is.null(output)) folder else output)
}

#' Whether the results of a study are as its manifest records them and come out the same again.
verify_parallax <- function(study, output = NULL) {
  printed <- parallax("verify", study, if (!is.null(output)) c("--output", output))
  is_same <- is.null(attr(printed, "status"))
  if (!is_same) message(paste(printed, collapse = "\n"))
  is_same
}
