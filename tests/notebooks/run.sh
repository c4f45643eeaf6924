#!/usr/bin/env bash
# Executes the notebooks of the demo study and of four studies unlike it, validates every datapackage.json, and tests the R
# package in r/.
#
#   tests/notebooks/run.sh [PARALLAX]
#
# PARALLAX is the program, target/release/parallax if not said. SKIP_R=1 leaves out R; where R is wanted and missing it is
# installed from Debian's packages. The Python packages go into a virtual environment in target/. With FIGURES=FOLDER the
# figures of each study are written there, to be looked at.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
parallax=$(realpath "${1:-target/release/parallax}")
here=$PWD/tests/notebooks
export OMP_NUM_THREADS=1

environment=target/notebooks-python
if ! cmp -s "$here/requirements.txt" "$environment/requirements.txt"; then
    python3 -m venv --clear "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$environment/"
fi
python=$PWD/$environment/bin/python

without_r=()
if [ -n "${SKIP_R:-}" ]; then
    without_r=(--no-r)
elif ! Rscript -e 'for (name in c("readr", "dplyr", "ggplot2", "jsonlite")) library(name, character.only = TRUE)' >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        r-base-core r-cran-readr r-cran-dplyr r-cran-ggplot2 r-cran-jsonlite >/dev/null
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs a study, executes the notebooks of its results and of an export, and validates its tables.
check() {
    local study=$1 name=$2
    "$parallax" run "$study" --output "$work/$name" --quiet
    "$python" "$here/execute.py" "$work/$name/notebooks" ${FIGURES:+--figures "$FIGURES/$name"} "${without_r[@]}"
    "$environment/bin/frictionless" validate "$work/$name/datapackage.json" >"$work/validated" || {
        cat "$work/validated"
        exit 1
    }
    echo "$name: datapackage.json is valid"
}

"$python" "$here/methods.py"

check corpora/ukraine-crisis/study.toml demo
"$python" "$here/studies.py" "$work/studies"
for name in hostile copies single broken; do
    check "$work/studies/$name/study.toml" "$name"
done
reasons=$(tail -n +2 "$work/broken/excluded.csv" | cut -d , -f 3 | sort -u | tr '\n' ' ')
echo "left out: $reasons"
test "$(wc -w <<<"$reasons")" = 10

# The committed notebooks read the results of the demo where its study puts them.
"$parallax" run corpora/ukraine-crisis/study.toml --quiet
git diff --exit-code --stat -- notebooks-export
cp -r notebooks-export "$work/exported"
"$python" "$here/execute.py" notebooks-export "${without_r[@]}"
diff -r notebooks-export "$work/exported"

if [ -z "${SKIP_R:-}" ]; then
    mkdir "$work/library"
    R CMD INSTALL --library="$work/library" r >"$work/install.log" 2>&1 || {
        cat "$work/install.log"
        exit 1
    }
    PARALLAX=$parallax R_LIBS=$work/library Rscript r/tests/starter-study.R
fi
