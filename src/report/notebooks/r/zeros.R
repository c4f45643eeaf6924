# Rows of frames that a document does not carry are left out of documents.csv (zeros = false), and are made here.
of_document <- c("document", "outlet", "date", "period", "cluster", "sentences", "group")
documents <- documents |>
  distinct(document, .keep_all = TRUE) |>
  select(all_of(of_document)) |>
  merge(distinct(documents, frame), by = NULL) |>
  as_tibble() |>
  left_join(select(documents, -all_of(of_document[-1])), by = c("document", "frame")) |>
  mutate(across(where(is.numeric) & !without_rule, \(count) coalesce(count, 0)))
