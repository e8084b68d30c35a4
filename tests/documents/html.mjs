// The HTML page in a browser: what-if, sorting, filter, explanations, axe, html-validate, hostile names, no requests.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import path from "node:path";

const [folder, browserPath] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, "node_modules/x.js"));
const puppeteer = require("puppeteer-core");
const { HtmlValidate } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await puppeteer.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
let passed = 0;
const check = async (name, body) => {
  await body();
  passed += 1;
  console.log("ok   " + name);
};

// A page with its errors and every request but that of the file itself.
const open = async (file, features = {}) => {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push("error: " + error.message));
  page.on("console", (message) => faults.push(message.type() + ": " + message.text()));
  page.on("request", (request) => { if (!request.isNavigationRequest()) faults.push("request: " + request.url()); });
  page.on("dialog", (dialog) => { faults.push("dialog: " + dialog.message()); dialog.dismiss(); });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: features.scheme || "light" }]);
  await page.setViewport({ width: features.width || 1100, height: 900 });
  await page.goto("file://" + path.resolve(folder, file));
  return { page, faults };
};

const text = (page, selector) => page.$eval(selector, (node) => node.textContent.trim());
const setSlider = (page, wanted) => page.evaluate((value) => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const choice = Number(document.getElementById("param").value);
  const slider = document.getElementById("slider");
  slider.value = data.params[choice].steps.findIndex((step) => step.value === value);
  slider.dispatchEvent(new Event("input"));
}, wanted);
const countOf = (page, verdict) => page.$eval('td[data-of="all"][data-verdict="' + verdict + '"]', (node) => node.firstChild.textContent);

const { page, faults } = await open("2019.html");

await check("the report as evaluated", async () => {
  assert.equal(await countOf(page, "sluggish"), "3");
  assert.equal(await text(page, "#value"), "80 % (이 보고서의 값)");
  assert.equal((await page.$$(".changed")).length, 0);
});

await check("at 85 four projects are sluggish, and what changed is marked", async () => {
  await setSlider(page, "85");
  assert.equal(await countOf(page, "sluggish"), "4");
  assert.equal(await countOf(page, "normal"), "150");
  const changed = await page.$$eval("td.changed", (nodes) => nodes.map((node) => node.dataset.of + " " + node.dataset.verdict + " " + node.textContent));
  assert.equal(changed.filter((line) => line.startsWith("all")).length, 4, changed.join("; "));
  assert.match(changed.find((line) => line.startsWith("all sluggish")), /4▲1$/);
  assert.match(await text(page, "#altered"), /85 %.*이 보고서의 값 80 %/);
  assert.match(await text(page, "#summary"), /부진 4.*바뀌는 사업 1개/);
  assert.equal((await page.$$("th.changed")).length, 1);
  assert.equal((await page.$$("circle.flipped")).length, 1);
  assert.match(await text(page, "th.changed .change"), /정상추진 → 부진/);
});

await check("percentages are those that the rules print", async () => {
  // 4 / 154 = 2.6 %, 150 / 154 = 97.4 %
  assert.equal(await text(page, 'td[data-of="all"][data-verdict="sluggish"][data-percent]'), "3");
  assert.equal(await text(page, 'td[data-of="all"][data-verdict="normal"][data-percent]'), "97");
});

await check("bars and threshold lines follow", async () => {
  const labels = await page.$$eval("figure[data-kind=stacked] text.count", (nodes) => nodes.map((node) => node.textContent).filter(Boolean));
  assert.equal(labels.reduce((sum, label) => sum + Number(label.replace("부진 ", "")), 0), 4);
  const place = await page.$eval("figure[data-kind=histogram] line.threshold", (line) => Number(line.getAttribute("x1")));
  assert.ok(Math.abs(place - (20 + 85 * 420 / 200)) < 0.1, String(place));
});

await check("back to the value of the report nothing is marked", async () => {
  await page.click("#reset");
  assert.equal(await countOf(page, "sluggish"), "3");
  assert.equal((await page.$$(".changed, .flipped, .change")).length, 0);
});

await check("every step of the slider counts as sweep does", async () => {
  const sweep = JSON.parse(readFileSync(path.resolve(folder, "sweep.json"), "utf8"));
  assert.ok(sweep.steps.length > 100);
  for (const step of sweep.steps) {
    await setSlider(page, String(step.value));
    const shown = await countOf(page, "sluggish");
    assert.equal(shown === "-" ? 0 : Number(shown), step.sluggish, "at " + step.value);
  }
  await page.click("#reset");
});

const sortable = await page.$$("table[data-sort]");
await check("there is a table for each of 37 departments", async () => assert.equal(sortable.length, 37));

await check("sorting moves whole projects", async () => {
  const rates = (table) => table.$$eval("tbody", (bodies) => bodies.map((body) =>
    Array.from(body.querySelectorAll('[data-column="5"]')).map((cell) => Number(cell.dataset.number))));
  const table = sortable[3];
  const before = await rates(table);
  const heads = await table.$$("thead button");
  await heads[5].click();
  const up = await rates(table);
  const lowest = up.map((list) => Math.min(...list));
  assert.deepEqual(lowest, [...lowest].sort((a, b) => a - b));
  assert.deepEqual([...up].map(String).sort(), [...before].map(String).sort());
  assert.equal(await heads[5].evaluate((node) => node.parentElement.getAttribute("aria-sort")), "ascending");
  await heads[5].click();
  const highest = (await rates(table)).map((list) => Math.max(...list));
  assert.deepEqual(highest, [...highest].sort((a, b) => b - a));
});

await check("the filter shows whole projects that match", async () => {
  await page.type("#search", "도서관");
  const shown = await page.$$eval("table[data-sort] tbody:not([hidden])", (bodies) => bodies.filter((body) => body.checkVisibility()).map((body) => (body.closest("section:not(.scroll)").textContent).includes("도서관")));
  assert.ok(shown.length > 0 && shown.length < 40 && shown.every(Boolean), String(shown.length));
  assert.equal(await text(page, "#found"), "사업 " + shown.length + "개");
  await page.$eval("#search", (node) => { node.value = ""; node.dispatchEvent(new Event("input")); });
  await page.click("#only");
  assert.equal(await text(page, "#found"), "사업 3개");
  await page.click("#only");
  assert.equal(await page.$$eval("table[data-sort] tbody[hidden]", (bodies) => bodies.length), 0);
});

await check("a project's name opens its explanation", async () => {
  await page.click("a[data-why]");
  assert.ok(await page.$eval("#window", (node) => node.open));
  const lines = await text(page, "#window pre");
  assert.match(lines, /indicators\.csv:2:/);
  assert.ok(lines.split("\n").length > 5 && !lines.includes("␊"));
  await page.keyboard.press("Escape");
  assert.ok(!(await page.$eval("#window", (node) => node.open)));
});

await check("nothing was requested and nothing went wrong", async () => assert.deepEqual(faults, []));
await page.close();

for (const [name, features] of [["light", {}], ["dark", { scheme: "dark" }], ["phone", { width: 375 }]]) {
  await check("axe finds nothing: " + name, async () => {
    const { page: seen } = await open("2019.html", features);
    await setSlider(seen, "85");
    await seen.evaluate(axe);
    const found = await seen.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    assert.deepEqual(found.violations.map((one) => one.id + ": " + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120) + " " + node.failureSummary.slice(0, 200)).join(" | ")), []);
    if (features.width) assert.ok(await seen.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "wider than the screen");
    await seen.close();
  });
}

await check("html-validate finds nothing", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:standard", "html-validate:a11y"],
    rules: { "no-inline-style": "error", "long-title": "off", "tel-non-breaking": "off", "require-sri": "off" } });
  const report = await validator.validateString(readFileSync(path.resolve(folder, "2019.html"), "utf8"));
  assert.deepEqual(report.results.flatMap((result) => result.messages.slice(0, 8).map((one) => one.line + ":" + one.column + " " + one.ruleId + " " + one.message)), []);
});

await check("hostile names do nothing", async () => {
  const { page: hostile, faults: problems } = await open("hostile.html");
  assert.equal((await hostile.$$("img, iframe, object, b, base, form")).length, 0);
  assert.equal((await hostile.$$("script")).length, 2);
  const body = await text(hostile, "main");
  assert.ok(body.includes("<img src=x onerror=alert(1)>"));
  assert.ok(body.includes("</script><script>alert(2)</script>"));
  for (const value of ["0", "70", "100"]) await setSlider(hostile, value);
  await hostile.click("a[data-why]");
  assert.deepEqual(problems, []);
  assert.equal(await hostile.evaluate(() => window.owned), undefined);
  await hostile.close();
});

await browser.close();
console.log("documents: " + passed + " passed");
