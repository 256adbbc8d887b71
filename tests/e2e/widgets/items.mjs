// The items of a list: add, unfold, remove, bring back.
import { expect } from "@playwright/test";
import { ownItems } from "./find.mjs";

/** Presses "Add NOUN" of this list and answers the group of the new item. */
export async function addItem(holder, noun) {
  const before = (await ownItems(holder)).length;
  await addButton(holder, noun).click();
  await expect.poll(async () => (await ownItems(holder)).length).toBe(before + 1);
  return (await ownItems(holder))[before];
}

/** The button is the last thing in its list; lists inside the items may have one of the same name. */
export function addButton(holder, noun) {
  return holder.getByRole("button", { name: `Add ${noun}`, exact: true }).last();
}

/** Opens an item that stands there as one line. */
export async function unfold(item) {
  const toggle = item.getByRole("button", { expanded: false }).first();
  const closed = await item.locator("button[aria-expanded]").first().getAttribute("aria-expanded");
  if (closed === "false") await toggle.click();
}

/** Opens every item of the section, also those inside others. */
export async function unfoldAll(page) {
  const closed = page.getByRole("main").locator("button.tog[aria-expanded=false]");
  while ((await closed.count()) > 0) await closed.first().click();
}
