// The whole worked example of a form, typed by hand into an empty browser, leaves as it was typed.
import { mkdirSync, writeFileSync } from "node:fs";
import { openedElsewhere } from "./elsewhere.mjs";
import { expect, oneFile, test } from "./fixtures.mjs";
import { template } from "./form.mjs";
import { Check } from "./pages/check.mjs";
import { Reports } from "./pages/reports.mjs";
import { Typist } from "./typing.mjs";

/** Without lists that have nothing in them: a list that was never begun is absent. */
function begun(value) {
  if (Array.isArray(value)) return value.map(begun);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([, one]) => !(Array.isArray(one) && one.length === 0));
  return Object.fromEntries(kept.map(([key, one]) => [key, begun(one)]));
}

test("a criminal case report typed by hand leaves as the worked example", async ({ page, site, browser, heard }) => {
  test.setTimeout(240_000);
  const form = template("criminal-case");
  const example = form["x-form"].sample;
  const reports = new Reports(page, site);
  await reports.open();
  const editor = await reports.start("Criminal case report");
  const typist = new Typist(page, form, example);

  await typist.section("sources");
  const first = ["country", "reportDate"];
  await typist.section("header", { only: first });
  await typist.section("header", { but: first });
  const sections = typist.form.sections().map((one) => one.key);
  const rest = sections.filter((key) => !["sources", "header"].includes(key));
  for (const [at, key] of rest.entries()) {
    await typist.section(key);
    if (at === Math.floor(rest.length / 2)) {
      await editor.saved();
      await page.reload();
      await expect(editor.sections).toBeVisible();
    }
  }
  await typist.comeBack();
  expect(typist.later).toEqual([]);
  await editor.saved();

  await editor.checkAndExport();
  const check = new Check(page);
  await expect(check.noErrors).toBeVisible();
  const { name, envelope, bytes } = await check.exported();
  expect(begun(envelope.values)).toEqual(begun(example));
  expect(envelope).toMatchObject({
    format: "chancery-report",
    formatVersion: 1,
    report: { revision: 1, state: "draft", sample: true },
    template: { id: "criminal-case", version: form["x-form"].version },
    profile: "full",
    findings: { errors: 0, notSent: 0 },
  });
  expect(envelope.report.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(name).toMatch(/^criminal-case_XA_XA-CC-2025-0001_r1_[0-9a-f]+\.json$/);
  expect(envelope.digest).toContain(name.match(/_([0-9a-f]+)\.json$/)[1]);

  for (const address of [site, oneFile]) {
    const again = await openedElsewhere(browser, address, { name, bytes });
    expect(again.name).toBe(name);
    expect(again.bytes.equals(bytes)).toBe(true);
  }

  await check.markComplete();
  await check.isComplete();
  const { envelope: complete, bytes: completeBytes } = await check.exported();
  // Validated natively afterwards, by another implementation: `make test-typed`.
  mkdirSync(new URL("typed/", import.meta.url), { recursive: true });
  writeFileSync(new URL("typed/criminal-case.json", import.meta.url), completeBytes);
  expect(complete.report).toMatchObject({ id: envelope.report.id, revision: 2, state: "complete", supersedes: envelope.digest });
  expect(complete.values).toEqual(envelope.values);
  expect(heard.complaints).toEqual([]);
});
