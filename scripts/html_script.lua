-- HTML 형식의 스크립트: 정렬, 찾기, 만약에(slider), 설명 창. 달성률은 계산하지 않는다: 엔진이 찾은 값에서 판정이 바뀌는
-- 정확한 자리를 견줄 뿐이다. 글은 textContent로만 넣는다.
return { text = [[
"use strict";
(() => {
const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
const make = (name, words, kind) => {
  const node = document.createElement(name);
  if (words !== undefined) node.textContent = words;
  if (kind) node.className = kind;
  return node;
};
const look = (number) => {
  const words = String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return words.startsWith("-") ? "△" + words.slice(1) : words;
};

// ---- sort: whole projects, which are the bodies of a table
const cellOf = (body, column) => {
  for (const cell of body.rows[0].cells) if (Number(cell.dataset.column) === column) return cell;
  return null;
};
const keys = (body, column) => all('[data-column="' + column + '"]', body)
  .map((cell) => cell.dataset.number === undefined ? null : Number(cell.dataset.number));
const sortKey = (body, column, numeric, up) => {
  if (!numeric) { const cell = cellOf(body, column); return cell ? cell.dataset.text || cell.textContent : ""; }
  const numbers = keys(body, column).filter((number) => number !== null);
  if (numbers.length === 0) return null;
  return up ? Math.min(...numbers) : Math.max(...numbers);
};
const compareKeys = (a, b) => {
  if (a === null || b === null) return (a === null) - (b === null);
  return typeof a === "number" ? a - b : a.localeCompare(b, "ko");
};
const sortTable = (table, head, column, numeric) => {
  const up = head.getAttribute("aria-sort") !== "ascending";
  all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const bodies = Array.from(table.tBodies).map((body, place) => (
    { body, place: Number(body.dataset.place || place), key: sortKey(body, column, numeric, up) }));
  bodies.forEach((one) => { one.body.dataset.place = one.place; });
  bodies.sort((a, b) => {
    const order = compareKeys(a.key, b.key);
    const both = a.key === null || b.key === null ? order : up ? order : -order;
    return both || a.place - b.place;
  });
  bodies.forEach((one) => table.append(one.body));
};
all("table[data-sort]").forEach((table) => {
  all("thead th", table).forEach((head, column) => {
    const numeric = all('tbody [data-column="' + column + '"]', table)
      .some((cell) => cell.dataset.number !== undefined);
    const button = make("button", head.textContent);
    button.type = "button";
    head.dataset.title = head.textContent; // printed: what is in a button does not stand again on the next page
    head.textContent = "";
    head.append(button);
    button.addEventListener("click", () => sortTable(table, head, column, numeric));
  });
});

// ---- filter
const search = document.getElementById("search");
const only = document.getElementById("only");
const found = document.getElementById("found");
const filter = () => {
  const words = search.value.trim().toLocaleLowerCase("ko").split(/\s+/).filter(Boolean);
  let shown = 0;
  all("table[data-sort]").forEach((table) => {
    const section = table.closest("section:not(.scroll)");
    const place = section ? section.querySelector("h2,h3,h4,h5").textContent : "";
    let any = 0;
    Array.from(table.tBodies).forEach((body) => {
      const text = (place + " " + body.textContent).toLocaleLowerCase("ko");
      const marked = !only.checked || body.querySelector(".mark:not([hidden])") !== null;
      body.hidden = !marked || !words.every((word) => text.includes(word));
      any += body.hidden ? 0 : 1;
    });
    if (section && section.classList.contains("leaf")) section.hidden = any === 0;
    else table.parentElement.hidden = any === 0;
    shown += any;
  });
  found.textContent = words.length || only.checked ? "사업 " + shown + "개" : "";
};
if (search) {
  search.addEventListener("input", filter);
  only.addEventListener("change", filter);
  document.getElementById("finding").hidden = false;
}

// ---- explanations
const dialog = document.getElementById("window");
all("a[data-why]").forEach((link) => link.addEventListener("click", (event) => {
  const why = document.getElementById(link.getAttribute("href").slice(1));
  if (!why || !dialog.showModal) return;
  event.preventDefault();
  dialog.querySelector("h2").textContent = why.querySelector("summary").textContent;
  dialog.querySelector("pre").textContent = why.querySelector("pre").textContent;
  dialog.showModal();
}));
if (dialog) dialog.querySelector("button").addEventListener("click", () => dialog.close());

// ---- what if: the verdicts at another value of one parameter, from the exact values at which they change
const source = document.getElementById("data");
if (!source) return;
const data = JSON.parse(source.textContent);
const list = (value) => Array.isArray(value) ? value : [];
data.projects = list(data.projects);
const fraction = (text) => {
  const parts = text.split("/");
  const point = parts[0].indexOf(".");
  const places = point < 0 ? 0 : parts[0].length - point - 1;
  return { over: BigInt(parts[0].replace(".", "")), under: 10n ** BigInt(places) * BigInt(parts[1] || "1") };
};
const compare = (a, b) => {
  const left = a.over * b.under, right = b.over * a.under;
  return left < right ? -1 : left > right ? 1 : 0;
};
const names = new Map(data.bands.map((band) => [band.key, band.name]));
const units = new Map();
data.projects.forEach((project) => [project.bureau, project.department, "all"].forEach((unit) => {
  if (!units.has(unit)) units.set(unit, []);
  units.get(unit).push(project);
}));
const params = list(data.params).map((param) => {
  const flips = new Map();
  list(param.flips).forEach((flip) => {
    const exact = flip.fraction || flip.at;
    flip.place = fraction(flip.exact ? exact : flip.high);
    if (!flips.has(flip.of)) flips.set(flip.of, []);
    flips.get(flip.of).push(flip);
  });
  return Object.assign(param, { byProject: flips });
});
const verdictAt = (param, project, value) => {
  const flips = param.byProject.get(project.of);
  if (!flips) return project.verdict;
  let verdict = flips[0].from;
  for (const flip of flips) {
    const side = compare(value, flip.place);
    if (side > 0 || (side === 0 && !flip.exact)) verdict = flip.to;
    else if (side === 0) return flip.verdict;
    else break;
  }
  return verdict;
};
const nameOf = (key) => key ? names.get(key) : "판정 없음";
const cells = all("[data-of][data-verdict]").filter((node) => !(node instanceof SVGElement));
const projectCells = all("th[data-of],td[data-of]").filter((node) => node.dataset.verdict === undefined);
const original = new Map(cells.map((cell) => [cell, cell.textContent]));
const percentOf = (count, whole) => whole === data.projects.length ? data.percents[count] : undefined;
const setCount = (cell, verdicts) => {
  const members = units.get(cell.dataset.of) || [];
  const count = members.filter((project) => (verdicts.get(project.of) || "none") === cell.dataset.verdict).length;
  const before = members.filter((project) => (project.verdict || "none") === cell.dataset.verdict).length;
  const change = count - before;
  cell.classList.toggle("changed", change !== 0);
  if (change === 0) { cell.textContent = original.get(cell); return; }
  const percent = cell.dataset.percent !== undefined;
  const printed = percent ? percentOf(count, members.length) : String(count);
  cell.textContent = printed === undefined ? "?" : count === 0 && cell.dataset.zero ? cell.dataset.zero : look(printed);
  if (!percent) cell.append(make("span", (change > 0 ? "▲" : "▼") + Math.abs(change), "change"));
};
const setProject = (cell, project, verdict) => {
  const mark = cell.querySelector(".mark");
  const old = cell.querySelector(".change");
  if (old) old.remove();
  const changed = verdict !== project.verdict;
  cell.classList.toggle("changed", changed);
  if (mark) mark.hidden = changed && verdict !== data.sluggish;
  if (!changed) return;
  if (verdict === data.sluggish && !mark) {
    const fresh = make("span", nameOf(project.verdict) + " → ", "change");
    fresh.append(make("span", nameOf(verdict), "mark"));
    cell.append(fresh);
  } else {
    cell.append(make("span", nameOf(project.verdict) + " → " + nameOf(verdict), "change"));
  }
};
const setBars = (figure, verdicts) => {
  const per = Number(figure.dataset.per);
  const rows = new Map();
  all("rect[data-of]", figure).forEach((bar) => {
    if (!rows.has(bar.dataset.of)) rows.set(bar.dataset.of, []);
    rows.get(bar.dataset.of).push(bar);
  });
  rows.forEach((bars, unit) => {
    let x = Number(figure.dataset.at);
    const words = [];
    bars.forEach((bar) => {
      const counts = (project) => (verdicts.get(project.of) || "none") === bar.dataset.verdict;
      const count = (units.get(unit) || []).filter(counts).length;
      bar.setAttribute("x", x);
      bar.setAttribute("width", count * per);
      x += count * per;
      if (bar.classList.contains("alert") && count > 0) words.push(nameOf(bar.dataset.verdict) + " " + count);
    });
    const label = figure.querySelector('text[data-of="' + unit + '"]');
    if (label) { label.textContent = words.join(", "); label.setAttribute("x", x + 6); }
  });
};
const setMarks = (figure, verdicts, before) => all("rect[data-of],circle[data-of]", figure).forEach((shape) => {
  if (shape.dataset.verdict !== undefined || !before.has(shape.dataset.of)) return;
  const verdict = verdicts.get(shape.dataset.of);
  shape.classList.toggle("alert", verdict === data.sluggish || verdict === "");
  shape.classList.toggle("flipped", verdict !== before.get(shape.dataset.of));
});
const setLines = (figure, param, value) => {
  const at = Number(figure.dataset.at), per = Number(figure.dataset.per);
  const low = Number(figure.dataset.low), high = Number(figure.dataset.high);
  const place = at + (Math.min(high, Math.max(low, Number(value))) - low) * per;
  all('line[data-param="' + CSS.escape(param.name) + '"]', figure).forEach((line) => {
    line.setAttribute("x1", place);
    line.setAttribute("x2", place);
  });
  all('text[data-param="' + CSS.escape(param.name) + '"]', figure).forEach((label) => {
    if (label.dataset.words === undefined) {
      label.dataset.words = label.textContent;
      label.dataset.place = label.getAttribute("x");
    }
    const same = value === param.value;
    label.textContent = label.dataset.words.replace(param.value, value);
    label.setAttribute("x", same ? label.dataset.place : place);
  });
};
const before = new Map(data.projects.map((project) => [project.of, project.verdict]));
const panel = document.getElementById("whatif");
const slider = document.getElementById("slider");
const choice = document.getElementById("param");
const value = document.getElementById("value");
const summary = document.getElementById("summary");
const changes = document.getElementById("changes");
const altered = document.getElementById("altered");
const byRef = new Map(data.projects.map((project) => [project.of, project]));
let lastParam = null;
const show = () => {
  const param = params[Number(choice.value)];
  const step = param.steps[Number(slider.value)];
  const unit = param.unit ? " " + param.unit : "";
  value.textContent = step.value + unit + (step.value === param.value ? " (이 보고서의 값)" : "");
  slider.setAttribute("aria-valuetext", step.value + unit);
  changes.textContent = "";
  if (step.fault) {
    summary.textContent = "이 값에서는 규칙이 성립하지 않습니다 (" + step.fault + "). 아래는 앞의 값 그대로입니다.";
    return;
  }
  const at = fraction(step.value);
  const own = step.value === param.value;
  altered.hidden = own;
  altered.textContent = "※ 만약에 : " + param.name + " " + step.value + unit + " (이 보고서의 값 " + param.value + unit
    + "). 아래의 판정과 수는 이 값일 때의 것입니다.";
  const verdicts = new Map(data.projects.map((project) => [project.of,
    own ? project.verdict : verdictAt(param, project, at)]));
  cells.forEach((cell) => setCount(cell, verdicts));
  projectCells.forEach((cell) => {
    const project = byRef.get(cell.dataset.of);
    if (project) setProject(cell, project, verdicts.get(project.of));
  });
  all("figure[data-kind=stacked]").forEach((figure) => setBars(figure, verdicts));
  all("figure[data-at]").forEach((figure) => {
    setMarks(figure, verdicts, before);
    if (lastParam && lastParam !== param) setLines(figure, lastParam, lastParam.value);
    setLines(figure, param, step.value);
  });
  lastParam = param;
  const countOf = (band) => data.projects.filter((project) => verdicts.get(project.of) === band.key).length;
  const counts = data.bands.map((band) => band.name + " " + countOf(band));
  const moved = data.projects.filter((project) => verdicts.get(project.of) !== project.verdict);
  summary.textContent = counts.join(", ")
    + (moved.length ? " · 판정이 바뀌는 사업 " + moved.length + "개" : " · 바뀌는 판정 없음");
  moved.slice(0, 20).forEach((project) => changes.append(make("li", project.name + " : "
    + nameOf(project.verdict) + " → " + nameOf(verdicts.get(project.of)))));
  if (moved.length > 20) changes.append(make("li", "외 " + (moved.length - 20) + "개"));
  if (only && only.checked) filter();
};
const choose = () => {
  const param = params[Number(choice.value)];
  slider.max = param.steps.length - 1;
  slider.value = param.steps.findIndex((step) => step.value === param.value);
  document.getElementById("inexact").hidden = param.whole;
  const basis = document.getElementById("basis");
  basis.textContent = "※ 근거 : " + param.source;
  basis.hidden = !param.source;
  show();
};
if (params.length) {
  params.forEach((param, i) => {
    const option = make("option", param.name);
    option.value = i;
    choice.append(option);
  });
  choice.addEventListener("change", choose);
  slider.addEventListener("input", show);
  document.getElementById("reset").addEventListener("click", choose);
  panel.hidden = false;
  choose();
}
})();
]] }
