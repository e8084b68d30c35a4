// HWPX and DOCX in the hands of independent readers: papers.mjs FOLDER, which holds 2019.json, 2019.hwpx, 2019.docx,
// hostile.hwpx and hostile.docx. Every table that kordoc, rhwp and mammoth read must hold what the JSON result says.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";

const folder = path.resolve(process.argv[2]);
const require = createRequire(folder + "/");
const load = (name) => import(require.resolve(name));
const bytes = (name) => readFileSync(path.join(folder, name));
let passed = 0;
const check = async (name, body) => {
  await body();
  passed += 1;
  console.log("ok " + name);
};

// ---- what must be there: for each table its rows, each a list of cells { text or number, rows, columns }

const result = JSON.parse(bytes("2019.json"));
const word = (text, rows = 1, columns = 1) => ({ text, rows, columns });
const number = (value) => ({ number: Number(value), rows: 1, columns: 1 });
const count = (value) => (value === 0 ? word("-") : number(value));

const departments = result.bureaus.flatMap((bureau) => bureau.departments);
const wantedOf = (department) => {
  const rows = [["주요사업명", "성과지표", "단위", "목표", "실적", "달성률(%)"].map((title) => word(title))];
  for (const project of department.projects) {
    project.indicators.forEach((indicator, at) => {
      const row = [word(indicator.name), word(indicator.unit), number(indicator.target), number(indicator.actual),
        number(indicator.rate_printed)];
      const name = project.name + (project.verdict === "sluggish" ? " 【부진】" : "");
      if (at === 0) row.unshift(word(name, project.indicators.length));
      rows.push(row);
    });
  }
  return rows;
};
const overview = () => {
  const { projects, normal, sluggish } = result.totals;
  const rows = [
    [word("국별", 2), word("현황별", 2), word("계", 2), word("추진현황", 1, 2), word("비고", 2)],
    [word("정상추진"), word("부진")],
    [word("계", 2), word("사업 수"), number(projects), number(normal), number(sluggish), word("")],
    [word("비율(%)"), word("-"), number(98), number(2), word("")],
  ];
  for (const one of result.bureaus)
    rows.push([word(one.name, 1, 2), count(one.projects), count(one.normal), count(one.sluggish), word("")]);
  return rows;
};
const wanted = [overview(), ...departments.map(wantedOf)];

const plain = (text) => text.replace(/\s+/g, " ").trim();
const tight = (text) => text.replace(/\s+/g, "");
const expectCell = (cell, want, where) => {
  assert.deepEqual([cell.rows, cell.columns], [want.rows, want.columns], where);
  if ("number" in want) assert.equal(Number(cell.text.replace(/,/g, "").replace("△", "-")), want.number, where);
  else assert.equal(tight(cell.text), tight(want.text), where);
};
const expectTables = (tables) => {
  assert.equal(tables.length, 38);
  let cells = 0;
  wanted.forEach((rows, t) => {
    assert.equal(tables[t].length, rows.length, "rows of table " + t);
    rows.forEach((row, r) => {
      assert.equal(tables[t][r].length, row.length, "cells of row " + r + " of table " + t);
      row.forEach((want, c) => expectCell(tables[t][r][c], want, "table " + t + " row " + r + " cell " + c));
      cells += row.length;
    });
  });
  return cells;
};

// ---- kordoc: both

const kordoc = await load("kordoc");
// Its grid repeats nothing where a span covers a place: those cells are left out.
const ofKordoc = (table) => {
  const covered = new Set();
  return table.cells.map((row, r) => row.flatMap((cell, c) => {
    if (covered.has(r + "," + c)) return [];
    for (let i = r; i < r + cell.rowSpan; i++)
      for (let j = c; j < c + cell.colSpan; j++) covered.add(i + "," + j);
    return [{ text: plain(cell.text), rows: cell.rowSpan, columns: cell.colSpan }];
  }));
};
const readKordoc = async (name) => {
  const found = await kordoc.parse(bytes(name));
  assert.ok(found.success, JSON.stringify(found).slice(0, 300));
  return { tables: found.blocks.filter((block) => block.type === "table").map((block) => ofKordoc(block.table)), found };
};

for (const name of ["2019.hwpx", "2019.docx"])
  await check("kordoc reads the 38 tables of " + name, async () => {
    const { tables } = await readKordoc(name);
    assert.ok(expectTables(tables) > 1000);
  });

// ---- rhwp: HWPX

const rhwp = await load("@rhwp/core");
// Laying out asks for widths of texts, which only a browser knows: half a letter for what is not Hangul.
globalThis.measureTextWidth = (font, text) => {
  const size = Number((/([\d.]+)px/.exec(font) || [0, 12])[1]);
  return Array.from(text).reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e80 ? size : size / 2), 0);
};
const wasm = path.join(path.dirname(require.resolve("@rhwp/core")), "rhwp_bg.wasm");
await rhwp.default({ module_or_path: readFileSync(wasm) });
const open = (name) => new rhwp.HwpDocument(new Uint8Array(bytes(name)));

const cellText = (document, paragraph, cell) => {
  const parts = [];
  const paragraphs = document.getCellParagraphCount(0, paragraph, 0, cell);
  for (let i = 0; i < paragraphs; i++) {
    const length = document.getCellParagraphLength(0, paragraph, 0, cell, i);
    parts.push(length ? document.getTextInCell(0, paragraph, 0, cell, i, 0, length) : "");
  }
  return plain(parts.join(" "));
};
const readTable = (document, paragraph) => {
  const { rowCount, cellCount } = JSON.parse(document.getTableDimensions(0, paragraph, 0));
  const rows = Array.from({ length: rowCount }, () => []);
  for (let cell = 0; cell < cellCount; cell++) {
    const info = JSON.parse(document.getCellInfo(0, paragraph, 0, cell));
    rows[info.row].push({ text: cellText(document, paragraph, cell), rows: info.rowSpan, columns: info.colSpan });
  }
  return rows;
};
const readTables = (document) => {
  const tables = [];
  for (let i = 0; i < document.getParagraphCount(0); i++) {
    let is = true;
    try { document.getTableDimensions(0, i, 0); } catch { is = false; }
    if (is) tables.push(readTable(document, i));
  }
  return tables;
};

const report = open("2019.hwpx");
await check("rhwp reads the 38 tables of 2019.hwpx", () => assert.ok(expectTables(readTables(report)) > 1000));

await check("kordoc's validator finds nothing", async () => {
  const found = await kordoc.validateHwpx(new Uint8Array(bytes("2019.hwpx")));
  assert.deepEqual([found.ok, found.issues], [true, []]);
});

// It does not know "keep with the next paragraph"; where tables follow, the format breaks the page itself.
await check("rhwp lays it out: page numbers, and no department's heading alone at the foot of a page", () => {
  const pages = report.pageCount();
  let tables = false, pictures = 0;
  assert.ok(pages > 15 && pages < 50, String(pages)); // 25 and the charts
  for (let i = 0; i < pages; i++) {
    const svg = report.renderPageSvg(i);
    pictures += (svg.match(/<image [^>]*data:image\/png;base64,/g) || []).length;
    const texts = Array.from(svg.matchAll(/<text [^>]*?y="([\d.]+)"[^>]*>([^<]*)</g))
      .map((match) => ({ y: Number(match[1]), text: match[2] }));
    const feet = Math.max(...texts.map((one) => one.y));
    const foot = texts.filter((one) => one.y === feet).map((one) => one.text).join("").replace(/\s/g, "");
    assert.equal(foot, "-" + (i + 1) + "-");
    tables ||= texts.map((one) => one.text).join("").startsWith("Ⅲ");
    const last = Math.max(...texts.filter((one) => one.y < feet).map((one) => one.y));
    const line = texts.filter((one) => one.y === last).map((one) => one.text).join("");
    assert.ok(!tables || !line.startsWith("□"), "page " + (i + 1) + " ends with " + line);
  }
  assert.ok(tables);
  assert.equal(pictures, 3 + departments.length);
});

// ---- mammoth: DOCX

const mammoth = await load("mammoth");
const decode = (text) => text.replace(/<br \/>/g, " ").replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">")
  .replace(/&quot;/g, '"').replace(/&amp;/g, "&");
const ofHtml = (html) => Array.from(html.matchAll(/<table>(.*?)<\/table>/gs)).map((table) =>
  Array.from(table[1].matchAll(/<tr>(.*?)<\/tr>/gs)).map((row) =>
    Array.from(row[1].matchAll(/<t[hd]([^>]*)>(.*?)<\/t[hd]>/gs)).map((cell) => ({
      text: plain(decode(cell[2])),
      rows: Number((/rowspan="(\d+)"/.exec(cell[1]) || [0, 1])[1]),
      columns: Number((/colspan="(\d+)"/.exec(cell[1]) || [0, 1])[1]),
    }))));

await check("mammoth reads the 38 tables of 2019.docx, with their heads", async () => {
  const { value } = await (mammoth.default || mammoth).convertToHtml({ buffer: bytes("2019.docx") });
  assert.ok(expectTables(ofHtml(value)) > 1000);
  assert.equal(value.match(/<thead>/g).length, 38);
  for (const department of departments) assert.ok(value.includes("□ " + department.name));
  const words = Array.from(value.matchAll(/<img alt="([^"]+)" src="data:image\/png;base64,/g)).map((match) => decode(match[1]));
  assert.equal(words.length, 3 + departments.length);
  for (const department of departments) assert.ok(words.includes(department.name + " : 목표에 견준 실적"));
});

// ---- names that are no markup

for (const name of ["hostile.hwpx", "hostile.docx"])
  await check("hostile names are texts in " + name, async () => {
    const { tables, found } = await readKordoc(name);
    const cells = tables.flat(2).map((cell) => cell.text);
    assert.ok(cells.includes("<img src=x onerror=alert(1)> 【부진<u>】") || cells.includes("<img src=x onerror=alert(1)>【부진<u>】"),
      JSON.stringify(cells));
    assert.ok(cells.includes("=cmd|' /C calc'!A0"));
    assert.ok(JSON.stringify(found.blocks).includes("</title><script>window.owned = true</script>"));
  });

console.log("papers: " + passed + " passed");
