// Studies written for these tests: one whose articles try to do harm, and one of any size.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CODEBOOK = `title = "The harbour tram"

[[frame]]
id = "cost"
label = "What it <costs>"
definition = "Presents the tram as dear. <b>Not bold</b> {{7*7}}"

[[frame]]
id = "benefit"
label = "What it brings"

[[rule]]
id = "dear"
frame = "cost"
match = "million* | dear | budget"

[[rule]]
id = "useful"
frame = "benefit"
match = "shorten* | useful | commuter*"
`;

const studyFile = (title, period) => `title = ${JSON.stringify(title)}
seed = 7
codebook = "codebook.toml"

[[corpus]]
path = "articles.csv"

[compare]
period = "${period}"
contrasts = [["cost", "benefit"]]
`;

const cell = (text) => `"${text.replaceAll('"', '""')}"`;

function write(folder, title, period, articles) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "study.toml"), studyFile(title, period));
  writeFileSync(join(folder, "codebook.toml"), CODEBOOK);
  const rows = articles.map((article) => ["id", "outlet", "date", "title", "text"].map((name) => cell(article[name])).join(","));
  writeFileSync(join(folder, "articles.csv"), `id,outlet,date,title,text\n${rows.join("\n")}\n`);
}

/** Runs a study; the path of its report. */
export function run(folder) {
  const program = process.env.PARALLAX;
  execFileSync(program, ["run", join(folder, "study.toml"), "--quiet"], { stdio: "inherit" });
  return join(folder, "results", "report.html");
}

export const HARM = [
  "<script>window.harmed = 1</script>",
  "</script><script>window.harmed = 2</script>",
  '"><img src=x onerror="window.harmed = 3">',
  "{{7*7}} ${7*7} <svg onload=window.harmed=4>",
  "\u001b[31mred\u001b[2J",
  `n${"\u0301".repeat(5000)}`,
  "=HYPERLINK(1;2)",
  "\u202eturned round",
];

/** Articles whose outlet, title and text are markup, formulas, escapes and marks. */
export function hostileStudy(folder) {
  const articles = HARM.flatMap((harm, place) =>
    [1, 2].map((copy) => ({
      id: `${place}-${copy} ${harm.slice(0, 40)}`,
      outlet: place < 4 ? harm.slice(0, 60) : "=Quay Mail",
      date: `2023-0${copy}-0${place + 1}`,
      title: `${harm} costs a million`,
      text: `${harm} is dear. =1+1 million ${harm}, said Pia <i>Lund</i>. It is useful for ${harm} commuters number ${place}${copy}.`,
    })));
  write(folder, "<script>window.harmed = 5</script> & \"tram\" {{7*7}}", "month", articles);
}

/** A study with about so many codings: ten sentences with a cue in each article. */
export function largeStudy(folder, codings) {
  const outlets = ["Quay Mail", "Lighthouse", "Harbour Post", "The Bollard", "Evening Tide", "Gull", "North Pier", "Ferry Times"];
  const say = ["The tram has swallowed {n} million crowns", "Its {n} stops are useful to people on the east bank", "\u201cThe budget is spent, all {n} parts of it,\u201d said Pia Lund", "It shortens the way of {n} commuters by a quarter of an hour", "The council denied that line {n} was dear"];
  const articles = Array.from({ length: codings / 10 }, (_, at) => {
    const day = new Date(Date.UTC(2023, 0, 1 + ((at * 7) % 360))).toISOString().slice(0, 10);
    const sentences = Array.from({ length: 14 }, (_, line) => (line < 10 ? `${say[(at * 3 + line * (1 + (at % 4))) % 5].replace("{n}", 100 + ((at * 31 + line * 17) % 9000))}.` : `Nobody on platform ${at + line} had an umbrella that morning.`));
    return { id: `a${String(at).padStart(6, "0")}`, outlet: outlets[at % 8], date: day, title: `A day on the line, part ${at}`, text: sentences.join(" ") };
  });
  write(folder, "A large corpus", "month", articles);
}
