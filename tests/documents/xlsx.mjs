// The workbook of 2019 in the hands of another reader: its cells against the JSON result, styles, charts, names.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import path from "node:path";

const [folder] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, "node_modules/x.js"));
const ExcelJS = require("exceljs");

const open = async (name) => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path.join(folder, name));
  return book;
};

const book = await open("2019.xlsx");
const result = JSON.parse(readFileSync(path.join(folder, "2019.json"), "utf8"));
let cells = 0;
let departments = 0;
const same = (sheet, place, wanted) => {
  const value = sheet.getCell(place).value;
  assert.equal(value && typeof value === "object" ? value.result : value, wanted, sheet.name + "!" + place);
  cells += 1;
};
for (const bureau of result.bureaus) {
  const sheet = book.getWorksheet(bureau.name);
  let row = 3;
  for (const department of bureau.departments) {
    same(sheet, "A" + row, department.name);
    row += 1;
    departments += 1;
    for (const project of department.projects) {
      same(sheet, "A" + row, project.name);
      assert.equal(sheet.getCell("A" + row).isMerged, project.indicators.length > 1);
      for (const indicator of project.indicators) {
        same(sheet, "B" + row, indicator.name);
        same(sheet, "C" + row, indicator.unit);
        same(sheet, "D" + row, indicator.target);
        same(sheet, "E" + row, indicator.actual);
        same(sheet, "F" + row, Number(indicator.rate_printed));
        row += 1;
      }
    }
  }
  assert.equal(sheet.views[0].state, "frozen");
  assert.equal(sheet.pageSetup.paperSize, 9);
}
assert.equal(departments, 37);
console.log(`ok   exceljs: ${departments} tables, ${cells} cells equal the JSON result`);

const hostile = await open("hostile.xlsx");
let texts = 0;
hostile.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => {
  if (typeof cell.value === "string") texts += 1;
  assert.ok(!(cell.formula || "").includes("cmd"), cell.address);
  assert.notEqual(cell.type, ExcelJS.ValueType.Hyperlink, cell.address);
})));
assert.ok(texts > 10);
console.log("ok   exceljs: hostile names are texts");
