# How much money do the contracts that count hold, by service line? Needs R and nothing else.
#   Rscript read_csv.R [folder or address of a release]
arguments <- commandArgs(trailingOnly = TRUE)
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1])
release <- if (length(arguments) > 0) arguments[1] else file.path(dirname(script), "..")

# The verbatim form: cells exactly as held, an empty cell is missing.
contracts <- read.csv(paste0(release, "/contracts.verbatim.csv"), encoding = "UTF-8", na.strings = "", colClasses = "character")

counted <- contracts[is.na(contracts$left_out_because), ] # ceilings, placeholders and duplicates say why they are left out
money <- tapply(as.numeric(counted$value_gbp), counted$service_line, sum)
for (line in sort(names(money))) cat(line, "\t", sprintf("%.2f", money[[line]]), "\n", sep = "")
