/* One control for each kind of input element. A context `ctx` tells it what it holds and hears
   what changes: ctx.changed(simple value, {done}); `done` = chosen or entered, not mid-word. */

import { combobox } from "./combobox.js";
import { instantOf, wallClock } from "./dates.js";
import { h, uid } from "./dom.js";
import { flat, textObject } from "./mrkdwn.js";
import { app, fullName, myZone, placeName } from "./store.js";
import { options } from "./values.js";

const NONE = "";

function textField(type, extra = () => ({})) {
  return (element, ctx) => {
    const node = h(element.multiline ? "textarea" : "input", {
      ...(element.multiline ? { rows: 4 } : { type }),
      ...extra(element),
      ...ctx.attributes,
      placeholder: element.placeholder?.text,
      value: ctx.value ?? "",
      oninput: () => ctx.changed(node.value, { done: false }),
      onkeydown: (event) => {
        if (event.key !== "Enter" || element.multiline || event.isComposing) return;
        event.preventDefault(); // the form decides whether Enter submits or dispatches
        ctx.changed(node.value, { done: true, entered: true });
      },
    });
    return node;
  };
}

function option(each, chosen) {
  return h("option", { value: each.value, selected: each.value === chosen, title: each.description?.text }, each.text.text);
}

function select(element, ctx, groups) {
  const lines = groups.map((group) => {
    const inside = group.options.map((each) => option(each, ctx.value));
    return group.label ? h("optgroup", { label: group.label.text }, inside) : inside;
  });
  const node = h(
    "select",
    { ...ctx.attributes, onchange: () => ctx.changed(node.value === NONE ? null : node.value, { done: true }) },
    h("option", { value: NONE }, element.placeholder?.text ?? "Choose…"),
    lines,
  );
  node.value = ctx.value ?? NONE;
  return node;
}

const groupsOf = (element) => element.option_groups ?? [{ options: element.options ?? [] }];

function listed(ids, name) {
  return [{ options: ids.map((id) => ({ value: id, text: { text: name(id) } })) }];
}

const people = () => listed(app.state.people.map((each) => each.id), (id) => fullName(app.state.people.find((each) => each.id === id)));
const channels = () => listed(app.state.channels.filter((each) => !each.is_archived).map((each) => each.id), placeName);

function choice(kind, ctx, name, each, chosen) {
  const box = h("input", {
    "data-block-id": ctx.attributes["data-block-id"],
    "data-action-id": ctx.attributes["data-action-id"],
    type: kind,
    name,
    value: each.value,
    checked: chosen.includes(each.value),
    "data-part": each.value,
    "aria-label": [flat(each.text.text), each.description && flat(each.description.text)].filter(Boolean).join(", "),
  });
  return h("label", { class: "choice" }, box, h("span", {}, textObject(each.text), each.description && textObject(each.description, { class: "mrkdwn hint" })));
}

function choices(kind, className = "choices") {
  return (element, ctx, offered = options(element)) => {
    const chosen = [ctx.value].flat().filter((each) => each !== null && each !== undefined);
    const name = uid("choice"); // the same block may stand in the list and in the thread pane
    const group = h(
      "div",
      { role: kind === "radio" ? "radiogroup" : "group", class: className, id: ctx.attributes.id, "aria-label": ctx.name, "aria-describedby": ctx.attributes["aria-describedby"] },
      offered.map((each) => choice(kind, ctx, name, each, chosen)),
    );
    group.addEventListener("change", () => {
      const marked = [...group.querySelectorAll("input:checked")].map((each) => each.value);
      ctx.changed(kind === "radio" ? (marked[0] ?? null) : marked, { done: true });
    });
    return group;
  };
}

const checklist = choices("checkbox", "choices checklist");
const flatten = (groups) => groups.flatMap((group) => group.options);

function picker(type, read, write) {
  return (element, ctx) => {
    const node = h("input", {
      type,
      ...ctx.attributes,
      value: ctx.value === null || ctx.value === undefined ? "" : write(ctx.value),
      // While a year is typed the browser offers 0002, 0020, 0202: not dates anybody means.
      onchange: () => /^0/.test(node.value) && type !== "time" ? undefined : ctx.changed(node.value ? read(node.value) : null, { done: true }),
    });
    return node;
  };
}

const as = (value) => value;
const toUnix = (local) => Math.floor(instantOf(local, myZone()).getTime() / 1000);
const fromUnix = (unix) => wallClock(new Date(Number(unix) * 1000), myZone());

const FIELDS = {
  plain_text_input: textField("text"),
  rich_text_input: (element, ctx) => textField("text")({ ...element, multiline: true }, ctx),
  number_input: textField("text", (element) => ({ inputmode: element.is_decimal_allowed ? "decimal" : "numeric" })),
  email_text_input: textField("email"),
  url_text_input: textField("url"),
  static_select: (element, ctx) => select(element, ctx, groupsOf(element)),
  users_select: (element, ctx) => select(element, ctx, people()),
  channels_select: (element, ctx) => select(element, ctx, channels()),
  conversations_select: (element, ctx) => select(element, ctx, channels()),
  external_select: combobox,
  multi_external_select: combobox,
  radio_buttons: choices("radio"),
  checkboxes: choices("checkbox"),
  multi_static_select: checklist,
  multi_users_select: (element, ctx) => checklist(element, ctx, flatten(people())),
  multi_channels_select: (element, ctx) => checklist(element, ctx, flatten(channels())),
  multi_conversations_select: (element, ctx) => checklist(element, ctx, flatten(channels())),
  datepicker: picker("date", as, as),
  timepicker: picker("time", as, as),
  datetimepicker: picker("datetime-local", toUnix, fromUnix),
};

export const isField = (element) => element.type in FIELDS;

/** Choices come as a group of controls: a <label for> cannot name them. */
export const isGroup = (element) => ["radio_buttons", "checkboxes"].includes(element.type) || /^multi_(?!external)/.test(element.type);

/** ctx: {id, name, value, entry, blockId, where, attributes, changed} */
export function field(element, ctx) {
  return FIELDS[element.type](element, ctx);
}
