// Types a whole report through the controls a person sees. The template says which control a field has, the values say
// what goes in; nothing here knows one template from another.
import { Form } from "./form.mjs";
import { Editor } from "./pages/editor.mjs";
import { chooseGrade, chooseItem, chooseLine, chooseRadio, tick, tickItems, tickSeveral } from "./widgets/choice.mjs";
import { chooseFound, chooseSeveral, typeOpen } from "./widgets/combobox.mjs";
import { typeDate } from "./widgets/date.mjs";
import { isAsked, own } from "./widgets/find.mjs";
import { addButton, addItem, unfold } from "./widgets/items.mjs";
import { chooseSources } from "./widgets/sources.mjs";
import { typeText } from "./widgets/text.mjs";

export class Typist {
  /** `values` is the whole report that will be typed: a source is found in it by its number. */
  constructor(page, template, values) {
    this.page = page;
    this.form = new Form(template);
    this.values = values;
    this.editor = new Editor(page);
    /** What was not asked yet when its turn came. */
    this.later = [];
  }

  /** Types one section; `only` limits it to some of its fields, `but` leaves some out. */
  async section(key, { only, but = [] } = {}) {
    const part = this.form.sections().find((one) => one.key === key);
    const value = this.values[key];
    if (value === undefined) return;
    await this.editor.goTo(part.label);
    const place = { section: part.label, holder: this.editor.main, items: [] };
    if (part.schema.type === "array") {
      await this.list(place, part, value);
      return;
    }
    const wanted = this.form.parts(part.schema).filter((one) => (only ? only.includes(one.key) : !but.includes(one.key)));
    await this.group(place, wanted, value);
  }

  /** Comes back to what a later answer brought up. */
  async comeBack() {
    const waiting = this.later;
    this.later = [];
    for (const { place, part, value } of waiting) {
      await this.editor.goTo(place.section);
      for (const item of place.items) await unfold(item);
      await this.field(place, part, value);
    }
  }

  async group(place, parts, values) {
    for (const part of parts) {
      const value = values[part.key];
      if (value === undefined || part.kind === "given") continue;
      if (Array.isArray(value) && value.length === 0) continue;
      if (await isAsked(place.holder, part.label)) await this.field(place, part, value);
      else this.later.push({ place, part, value });
    }
  }

  async list(place, part, values) {
    const noun = this.form.noun(part);
    const item = this.form.items(part.schema);
    for (const [at, value] of values.entries()) {
      if (item.properties) {
        const holder = await addItem(place.holder, noun);
        await this.group({ ...place, holder, items: [...place.items, holder] }, this.form.parts(item), value);
      } else {
        await addButton(place.holder, noun).click();
        const label = `${part.label} ${at + 1}`;
        await this.field(place, { key: "", schema: item, label, kind: this.form.kind(item, true) }, value);
      }
    }
  }

  async field(place, part, value) {
    const { page, form } = this;
    const { holder } = place;
    const { label, schema } = part;
    const title = (one) => form.title(schema, one);
    switch (part.kind) {
      case "group": {
        const inner = { ...place, holder: await own(holder, "group", label) };
        return this.group(inner, form.parts(schema), value);
      }
      case "list":
        return this.list({ ...place, holder: await own(holder, "group", label) }, part, value);
      case "text":
      case "area":
      case "number":
        return typeText(page, holder, label, String(value));
      case "date":
      case "partialDate":
        return typeDate(holder, label, value);
      case "radios":
        return chooseRadio(holder, label, title(value));
      case "yesNo":
        return chooseRadio(holder, label, value ? "Yes" : "No");
      case "tick":
        return tick(holder, label, value);
      case "grade":
        return chooseGrade(holder, label, value, title(value));
      case "select":
        return chooseLine(holder, label, title(value));
      case "combobox":
        return chooseFound(page, holder, label, title(value));
      case "report":
        return typeOpen(page, holder, label, value);
      case "item":
        return chooseItem(holder, label, value);
      case "severalItems":
        return tickItems(holder, label, value);
      case "checkboxes":
        return tickSeveral(holder, label, value.map(title));
      case "several":
        return chooseSeveral(page, holder, label, value.map(title));
      case "sources":
        return chooseSources(page, holder, label, this.sources(schema, value));
      default:
        throw new Error(`no way to type ${part.kind} "${label}"`);
    }
  }

  /** References to the register as a person gives them: number, title to search by, place, role in words. */
  sources(schema, references) {
    const item = this.form.items(schema);
    const role = this.form.parts(item).find((one) => one.key === "role");
    return references.map((reference) => ({
      number: reference.sourceId,
      title: this.values.sources.find((source) => source.id === reference.sourceId).title,
      place: reference.locator,
      role: this.form.title(role.schema, reference.role),
    }));
  }
}
