// Sources chosen from the register for a statement or field.
import { expect } from "@playwright/test";
import { own } from "./find.mjs";
import { take } from "./combobox.mjs";

/** Chooses sources: `[{ number, title, place, role }]`, every other one by its title instead of its number. */
export async function chooseSources(page, holder, label, sources) {
  const group = await own(holder, "group", label);
  const box = group.getByRole("combobox", { name: /^Add a source/ });
  for (const [at, source] of sources.entries()) {
    await take(page, box, at % 2 === 0 ? source.number : source.title, new RegExp(`^${source.number}\\b`));
    const row = group.getByRole("listitem").nth(at);
    const place = row.getByRole("textbox", { name: "Place" });
    // The next thing a person gives is the place.
    await expect(place).toBeFocused();
    if (source.place) await page.keyboard.type(source.place);
    const role = row.getByRole("combobox", { name: "Role" });
    if ((await role.locator("option:checked").innerText()) !== source.role) await role.selectOption({ label: source.role });
  }
}
