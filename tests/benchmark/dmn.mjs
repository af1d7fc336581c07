// Reads tables (DMN) with the reader and the expression language of others, and decides every combination with them.
// node dmn.mjs FOLDER: for each NAME.dmn, with the combinations of the NAME.json beside it, a line of JSON.
import { readdirSync, readFileSync } from "node:fs";
import { DmnModdle } from "dmn-moddle";
import { evaluate, unaryTest } from "feelin";

const folder = process.argv[2];
for (const file of readdirSync(folder).filter((name) => name.endsWith(".dmn")).sort()) {
  const { rootElement, warnings } = await new DmnModdle().fromXML(readFileSync(`${folder}/${file}`, "utf8"), "dmn:Definitions");
  const table = rootElement.drgElement[0].decisionLogic;
  const asked = table.input.map((one) => one.inputExpression.text);
  const { combinations } = JSON.parse(readFileSync(`${folder}/${file.replace(".dmn", ".json")}`, "utf8"));
  const wrong = combinations.filter(({ answers, outcome }) => {
    const context = Object.fromEntries(asked.map((name) => [name, answers[name.replaceAll("_", "-")] ?? null]));
    const fits = table.rule.filter((rule) => rule.inputEntry.every(({ text }, at) => unaryTest(text, { ...context, "?": context[asked[at]] }).value === true));
    return fits.length !== 1 || evaluate(fits[0].outputEntry[0].text).value !== outcome;
  });
  console.log(JSON.stringify({ file, rules: table.rule.length, warnings: warnings.map(String), wrong: wrong.map((one) => one.number) }));
}
