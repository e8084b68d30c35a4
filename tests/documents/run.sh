#!/bin/sh
# Documents in the hands of independent readers: run.sh, with BUILD and PERFEVAL. Opt-in (make test-documents): it needs
# Chromium, node and npm; packages go under $BUILD/documents.
set -eu

folder=$BUILD/documents
mkdir -p "$folder/hostile/rules"
# The PDF by poppler, where it is there with a font for Korean.
if command -v pdftotext >/dev/null && command -v pdftohtml >/dev/null && [ -f "$BUILD/modules/pdf.so" ]; then
    "$PERFEVAL" run rules/2019.lua --format pdf -o "$folder/2019.pdf"
    "$PERFEVAL" run rules/2019.lua --format pdf -o "$folder/again.pdf"
    "$PERFEVAL" run rules/2019.lua --format json -o "$folder/2019.json"
    cmp "$folder/2019.pdf" "$folder/again.pdf"
    lua5.4 tests/documents/pdf.lua "$folder/2019.pdf" "$folder/2019.json"
else
    echo "test-documents: no poppler-utils, or the module pdf was not built; PDF is left out" >&2
fi

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    echo "test-documents: no Chromium (Debian: apt-get install chromium fonts-nanum)" >&2
    exit 1
}
command -v npm >/dev/null || {
    echo "test-documents: no npm (Debian: apt-get install npm)" >&2
    exit 1
}
if ! cmp -s tests/documents/package.json "$folder/package.json" || [ ! -d "$folder/node_modules" ]; then
    cp tests/documents/package.json "$folder/"
    (cd "$folder" && npm install --no-audit --no-fund --ignore-scripts)
fi

cat >"$folder/hostile/data.csv" <<'END'
bureau,department,project,indicator,unit,target,actual
<script>alert(3)</script>국,"과"" onclick=""alert(4)",<img src=x onerror=alert(1)>,</script><script>alert(2)</script>,%,100,70
<script>alert(3)</script>국,"과"" onclick=""alert(4)",=cmd|' /C calc'!A0,javascript:alert(5),%,100,95
END
cat >"$folder/hostile/rules/rules.lua" <<'END'
return ruleset {
  title = "</title><script>window.owned = true</script>",
  data = "../data.csv",
  report = "status",
  params = { cut = { 80, unit = "<b>", min = 0, max = 100, source = "근거" } },
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진<u>", key = "sluggish", at_most = param.cut }, { "정상추진", key = "normal" } },
}
END

"$PERFEVAL" run rules/2019.lua --format html -o "$folder/2019.html"
"$PERFEVAL" run rules/2019.lua --format json -o "$folder/2019.json"
"$PERFEVAL" sweep rules/2019.lua --param sluggish_at_most=0..200:1 --format json -o "$folder/sweep.json"
"$PERFEVAL" run "$folder/hostile/rules/rules.lua" --format html -o "$folder/hostile.html"
"$PERFEVAL" run rules/2019.lua --format xlsx -o "$folder/2019.xlsx"
"$PERFEVAL" run rules/2019.lua --format json -o "$folder/2019.json"
"$PERFEVAL" run "$folder/hostile/rules/rules.lua" --format xlsx -o "$folder/hostile.xlsx"
node tests/documents/xlsx.mjs "$folder"
node tests/documents/html.mjs "$folder" "$browser"
for format in hwpx docx; do
    "$PERFEVAL" run rules/2019.lua --format "$format" -o "$folder/2019.$format"
    "$PERFEVAL" run "$folder/hostile/rules/rules.lua" --format "$format" -o "$folder/hostile.$format"
done
node tests/documents/papers.mjs "$folder"
