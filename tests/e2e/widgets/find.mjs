// A field is found as a person finds it: by what it is and what it is called, inside the group it stands in. Groups
// inside that group may use the same words; theirs are passed over.
import { expect } from "@playwright/test";

const HOLDER = "fieldset, [role=group], main";

export function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** The accessible name of a field: its label, then whether an answer is needed. */
export function named(label) {
  return new RegExp(`^${escaped(label)}\\s*(required|optional)?$`);
}

async function place(found, holder) {
  const box = await holder.elementHandle();
  return found.evaluateAll(
    (all, [box, wanted]) => all.findIndex((one) => one.parentElement.closest(wanted) === box),
    [box, HOLDER],
  );
}

/** The field with this role and label that stands directly in `holder`; waits until it is there. */
export async function own(holder, role, label) {
  const found = holder.getByRole(role, { name: named(label) });
  let at = -1;
  const look = async () => {
    at = await place(found, holder);
    return at;
  };
  await expect.poll(look, { message: `no ${role} "${label}" in its group` }).toBeGreaterThanOrEqual(0);
  return found.nth(at);
}

/** Whether something with this label is asked in `holder` now. */
export async function isAsked(holder, label) {
  for (const role of ["textbox", "combobox", "group", "checkbox"]) {
    if ((await place(holder.getByRole(role, { name: named(label) }), holder)) >= 0) return true;
  }
  return false;
}

/** The groups that stand directly in `holder` and are no fields: the items of a list. */
export async function ownItems(holder) {
  const found = holder.locator("[role=group][aria-labelledby]:has(> * button[aria-expanded])");
  const box = await holder.elementHandle();
  const places = await found.evaluateAll(
    (all, [box, wanted]) => all.flatMap((one, at) => (one.parentElement.closest(wanted) === box ? [at] : [])),
    [box, HOLDER],
  );
  return places.map((at) => found.nth(at));
}
