// A box that searches in a list: what is typed narrows it, an option is taken.
import { expect } from "@playwright/test";
import { escaped, own } from "./find.mjs";

/** Types into a box that is found already, and takes the option with this name. */
export async function take(page, box, typed, option) {
  await box.click();
  await page.keyboard.insertText(typed);
  const list = page.getByRole("listbox").filter({ visible: true });
  await list.getByRole("option", { name: option }).first().click();
  await expect(list).toHaveCount(0);
}

/** One choice of a list. */
export async function chooseFound(page, holder, label, title) {
  const box = await own(holder, "combobox", label);
  await take(page, box, title, new RegExp(`^${escaped(title)}$`));
  await expect(box).toHaveValue(title);
}

/** A text in a box that offers choices and takes others too. */
export async function typeOpen(page, holder, label, text) {
  const box = await own(holder, "combobox", label);
  await box.click();
  await page.keyboard.type(text);
  await page.keyboard.press("Escape");
  await expect(box).toHaveValue(text);
}

/** Several choices of a long list, shown as words that can be removed. */
export async function chooseSeveral(page, holder, label, titles) {
  const group = await own(holder, "group", label);
  const box = group.getByRole("combobox", { name: new RegExp(`^${escaped(label)}.*add a choice$`) });
  for (const title of titles) {
    await take(page, box, title, new RegExp(`^(${escaped(title)}|Add "${escaped(title)}")$`));
    await expect(group.getByRole("button", { name: `Remove ${title}`, exact: true })).toBeVisible();
  }
}
