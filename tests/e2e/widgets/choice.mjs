// Choices that are seen at once: radios, a list, checkboxes, a grade, one tick.
import { expect } from "@playwright/test";
import { escaped, own } from "./find.mjs";

export async function chooseRadio(holder, label, title) {
  const group = await own(holder, "group", label);
  const radio = group.getByRole("radio", { name: title, exact: true });
  await radio.check();
  await expect(radio).toBeChecked();
}

/** A grade is a letter or figure with its words beside it. */
export async function chooseGrade(holder, label, code, title) {
  const group = await own(holder, "group", label);
  await group.getByRole("radio", { name: new RegExp(`^${escaped(code)}\\s*${escaped(title)}$`) }).check();
}

export async function chooseLine(holder, label, title) {
  await (await own(holder, "combobox", label)).selectOption({ label: title });
}

/** The line of a list of other items that begins with their number. */
export async function chooseItem(holder, label, number) {
  const list = await own(holder, "combobox", label);
  const line = list.getByRole("option", { name: new RegExp(`^${number}\\b`) });
  await list.selectOption({ label: await line.innerText() });
}

export async function tickSeveral(holder, label, titles) {
  const group = await own(holder, "group", label);
  for (const title of titles) await group.getByRole("checkbox", { name: title, exact: true }).check();
}

/** The checkboxes of other items that begin with these numbers. */
export async function tickItems(holder, label, numbers) {
  const group = await own(holder, "group", label);
  for (const number of numbers) await group.getByRole("checkbox", { name: new RegExp(`^${number}\\b`) }).check();
}

/** An optional checkbox that was never touched is no answer; "no" is ticked and unticked again. */
export async function tick(holder, label, wanted) {
  const box = await own(holder, "checkbox", label);
  await box.check();
  if (!wanted) await box.uncheck();
}
