# The main tables as pictures: each with its intervals, and with what is corrected where it is.

utils::globalVariables(c("estimate", "low", "high", "group", "frame", "period", "pair", "term", "log_odds", "conf_low", "conf_high",
                         "log_ratio", "frames", "other", "day"))

#' What was corrected by hand codings stands in the place of what was counted.
corrected_first <- function(table, estimate, low = "conf_low", high = "conf_high") {
  is_corrected <- !is.na(table[["corrected"]])
  table$estimate <- ifelse(is_corrected, table[["corrected"]], table[[estimate]])
  table$low <- ifelse(is_corrected, table[["corrected_low"]], table[[low]])
  table$high <- ifelse(is_corrected, table[["corrected_high"]], table[[high]])
  table
}

whole_span <- function(table) table[table$period == "all", ]

#' A row with nothing in it is no picture of nothing: it says which table is empty and where the reason stands.
refuse_empty <- function(table, what) {
  if (nrow(table) == 0) {
    stop(sprintf("%s has no row to draw; methods.md of the results says why", what), call. = FALSE)
  }
}

dots <- function(table, x, y) {
  ggplot2::ggplot(table, ggplot2::aes({{ x }}, {{ y }})) +
    ggplot2::geom_linerange(ggplot2::aes(xmin = low, xmax = high), na.rm = TRUE) +
    ggplot2::geom_point(na.rm = TRUE) +
    ggplot2::theme_minimal()
}

#' Shares by group, one panel a frame; `over_time` draws periods instead of the whole span.
autoplot.parallax_prevalence <- function(object, over_time = FALSE, voice = "all", ...) {
  shown <- corrected_first(object[object$voice == voice, ], "estimate")
  if (!over_time) {
    shown <- whole_span(shown)
    refuse_empty(shown, "prevalence.csv")
    return(
      dots(shown, estimate, group) + ggplot2::facet_wrap(~frame) +
        ggplot2::labs(x = "Share, 95 % interval", y = NULL)
    )
  }
  shown <- shown[shown$period != "all", ]
  refuse_empty(shown, "prevalence.csv")
  ggplot2::ggplot(shown, ggplot2::aes(period, estimate, group = group, colour = group)) +
    ggplot2::geom_line(na.rm = TRUE) +
    ggplot2::geom_pointrange(ggplot2::aes(ymin = low, ymax = high), na.rm = TRUE, size = 0.2) +
    ggplot2::facet_wrap(~frame) +
    ggplot2::labs(x = NULL, y = "Share, 95 % interval", colour = NULL) +
    ggplot2::theme_minimal() +
    ggplot2::theme(axis.text.x = ggplot2::element_text(angle = 45, hjust = 1))
}

#' Differences of each group against the rest, or with `pairs` of each pair, in percentage points.
autoplot.parallax_comparisons <- function(object, pairs = FALSE, ...) {
  shown <- whole_span(object)
  shown <- shown[(shown$group_b == "(rest)") != pairs, ]
  refuse_empty(shown, "comparisons.csv")
  shown <- corrected_first(shown, "difference")
  shown$pair <- if (pairs) paste(shown$group_a, "-", shown$group_b) else shown$group_a
  shown[c("estimate", "low", "high")] <- 100 * shown[c("estimate", "low", "high")]
  dots(shown, estimate, pair) + ggplot2::geom_vline(xintercept = 0, linetype = "dotted") + ggplot2::facet_wrap(~frame) +
    ggplot2::labs(x = "Difference in percentage points, 95 % interval", y = NULL)
}

#' Log ratios of two frames by group.
autoplot.parallax_contrasts <- function(object, ...) {
  shown <- whole_span(object)
  refuse_empty(shown, "contrasts.csv")
  shown <- corrected_first(shown, "log_ratio")
  shown$frames <- paste(shown$frame_a, "/", shown$frame_b)
  dots(shown, estimate, group) + ggplot2::geom_vline(xintercept = 0, linetype = "dotted") + ggplot2::facet_wrap(~frames) +
    ggplot2::labs(x = "Log ratio of the two frames, 95 % interval", y = NULL)
}

#' Trends: by which factor the odds of a frame change in a week (or what `days` says), group by group.
autoplot.parallax_trends <- function(object, kind = "trend", ...) {
  shown <- object[object$kind == kind & is.na(object$other), ]
  refuse_empty(shown, "trends.csv")
  shown$low <- shown$conf_low
  shown$high <- shown$conf_high
  dots(shown, estimate, group) + ggplot2::geom_vline(xintercept = 1, linetype = "dotted") + ggplot2::scale_x_log10() +
    ggplot2::facet_wrap(~frame) +
    ggplot2::labs(x = sprintf("Odds ratio (%s), 95 %% interval", kind), y = NULL)
}

#' The words that set each group apart, `most` of each.
autoplot.parallax_keyness <- function(object, most = 10, ...) {
  shown <- object[is.na(object$frame) & object$log_odds > 0, ]
  refuse_empty(shown, "keyness.csv")
  # Rows come sorted by how much they tell: the first of a group are its own.
  place <- stats::ave(seq_len(nrow(shown)), shown$group, FUN = seq_along)
  shown <- shown[place <= most, ]
  shown$low <- shown$conf_low
  shown$high <- shown$conf_high
  shown$term <- factor(paste(shown$term, shown$group, sep = "\r"), rev(unique(paste(shown$term, shown$group, sep = "\r"))))
  dots(shown, log_odds, term) + ggplot2::facet_wrap(~group, scales = "free_y") +
    ggplot2::scale_y_discrete(labels = function(term) sub("\r.*", "", term)) +
    ggplot2::labs(x = "Log-odds against the others, 95 % interval", y = NULL)
}
