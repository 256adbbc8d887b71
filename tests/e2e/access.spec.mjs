// For everybody: no fault that axe can find on any page, in both colours, wide and narrow; nothing scrolls sideways.
import { accessibilityFaults, expect, test } from "./fixtures.mjs";
import { Form, template } from "./form.mjs";
import { file } from "./files.mjs";
import { Check } from "./pages/check.mjs";
import { Reports } from "./pages/reports.mjs";
import { unfoldAll } from "./widgets/items.mjs";

const sections = new Form(template("criminal-case")).sections().map((one) => one.label);

/** Does something on every page and every section: with no report, with the worked example, with every error shown. */
async function everywhere(page, site, look) {
  const reports = new Reports(page, site);
  await reports.open();
  await look("Reports, empty");
  for (const [hash, heading] of [
    ["/new", "New report"],
    ["/templates", "Templates"],
    ["/settings", "Settings"],
    ["/nowhere", "No such page"],
  ]) {
    await page.goto(`${site}#${hash}`);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await look(heading);
  }

  await page.goto(`${site}#/`);
  const example = await reports.startExample("criminal case report");
  for (const title of sections) {
    await example.goTo(title);
    await unfoldAll(page);
    await look(`${title}, example`);
  }
  await example.checkAndExport();
  await look("Check and export, no errors");

  await page.goto(`${site}#/`);
  const empty = await reports.start("Criminal case report");
  await empty.checkAndExport();
  await expect(new Check(page).errors).toBeVisible();
  await look("Check and export, errors");
  await page.getByRole("link", { name: "Back to the report" }).click();
  for (const title of sections) {
    await empty.goTo(title);
    for (const add of await page.getByRole("main").getByRole("button", { name: /^Add / }).all()) await add.click();
    await look(`${title}, errors`);
  }

  await page.goto(`${site}#/`);
  await expect(reports.table).toBeVisible();
  await reports.openFiles(file("none.json", "{}"));
  await reports.row(/^Untitled|Criminal case/i).first().getByRole("button", { name: /^Delete/ }).click();
  await expect(page.getByRole("button", { name: "Bring back" })).toBeVisible();
  await look("Reports, two, one deleted");
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 400]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test(`axe finds nothing on any page, ${colorScheme}, ${width} px`, async ({ page, site }) => {
        test.setTimeout(180_000);
        const faults = [];
        await everywhere(page, site, async (place) => {
          for (const fault of await accessibilityFaults(page)) faults.push(`${place}: ${fault}`);
        });
        expect(faults).toEqual([]);
      });
    });
  }
}

test.describe("320 px", () => {
  test.use({ viewport: { width: 320, height: 800 } });

  test("nothing scrolls sideways at 320 px", async ({ page, site }) => {
    test.setTimeout(120_000);
    const wide = [];
    await everywhere(page, site, async (place) => {
      const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
      if (width > 320) wide.push(`${place}: ${width} px`);
    });
    expect(wide).toEqual([]);
  });
});
