/* Layout blocks of Block Kit and the controls inside them.

   A surface (a message, a modal, the home tab) is an object
     { where, kind, entry(blockId, actionId), typed(block, element, value, how), errors, act(payload) }
   so that blocks look and behave alike wherever they stand. */

import { dataVisualization } from "./charts.js";
import { h, icon, toast, uid } from "./dom.js";
import { field, isField, isGroup } from "./fields.js";
import { follow, mrkdwn, plain, textObject } from "./mrkdwn.js";
import { confirmed, menu } from "./popover.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";
import { clickValue, initial, simple } from "./values.js";

const hooks = (block, element) => ({ "data-block-id": block.block_id ?? "", "data-action-id": element.action_id ?? "" });

function confirmWords(confirm) {
  return { ...confirm, body: textObject(confirm.text) };
}

/** Send a click; while it is on its way the control says so and cannot be pressed twice. */
async function act(surface, block, element, value, node) {
  if (node.getAttribute("aria-disabled") === "true") return;
  if (element.confirm && !(await confirmed(confirmWords(element.confirm)))) return;
  if (element.url) follow(element.url);
  node.classList.add("clicked");
  node.setAttribute("aria-disabled", "true");
  try {
    const answer = await surface.act({ block_id: block.block_id, action_id: element.action_id, ...value });
    if (answer?.ok === false) toast(answer.error, { error: true });
  } catch (failure) {
    toast(failure.message, { error: true });
  } finally {
    node.classList.remove("clicked");
    node.removeAttribute("aria-disabled");
  }
}

function button(block, element, surface) {
  const node = h(
    "button",
    {
      type: "button",
      class: `button ${element.style ?? ""}`,
      "aria-label": element.accessibility_label,
      "data-style": element.style,
      ...hooks(block, element),
      onclick: () => act(surface, block, element, element.value === undefined ? {} : { value: element.value }, node),
    },
    plain(element.text?.text ?? element.icon ?? ""),
  );
  return node;
}

function overflow(block, element, surface) {
  const choose = (option, node) => {
    if (option.url) follow(option.url);
    return act(surface, block, element, clickValue(element, option.value), node);
  };
  const node = h(
    "button",
    {
      type: "button",
      class: "button overflow",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      ...hooks(block, element),
      onclick: () => menu(node, "More actions", element.options.map((option) => ({
        label: option.text.text,
        hint: option.description?.text,
        attributes: { "data-value": option.value },
        act: () => choose(option, node),
      }))),
    },
    icon("more"),
  );
  return node;
}

function image(source, className) {
  const url = source.image_url ?? source.slack_file?.url ?? "";
  const local = url.startsWith("/") || url.startsWith(location.origin) || url.startsWith("data:image/");
  // The page asks nobody outside: a picture from elsewhere is shown as its description.
  if (!local) return h("span", { class: `${className} absent`, role: "img", "aria-label": source.alt_text }, className === "icon-image" ? "" : (source.alt_text ?? "image"));
  return h("img", { class: className, src: url, alt: source.alt_text ?? "" });
}

/** A control outside an input block: using it is a click. */
function chooser(block, element, surface) {
  const entry = surface.entry(block.block_id, element.action_id);
  const ctx = {
    id: element.action_id,
    name: element.placeholder?.text ?? element.action_id,
    value: entry === undefined ? initial(element) : simple(entry),
    entry,
    blockId: block.block_id,
    where: surface.where,
    attributes: { ...hooks(block, element), "aria-label": element.placeholder?.text ?? element.action_id },
    changed: (value, how) => how.done && act(surface, block, element, clickValue(element, value), node),
  };
  const node = h("div", { class: "chooser" }, field(element, ctx));
  return node;
}

function control(block, element, surface) {
  if (element.type === "image") return image(element, "thumb");
  if (element.type === "overflow") return overflow(block, element, surface);
  if (isField(element)) return chooser(block, element, surface);
  if (["button", "workflow_button", "icon_button"].includes(element.type)) return button(block, element, surface);
  return unknown(element);
}

function unknown(thing) {
  return h("div", { class: "unknown" }, `(${thing.type}: not drawn here)`);
}

function section(block, surface) {
  const fields = block.fields && h("div", { class: "fields" }, block.fields.map((each) => textObject(each)));
  const accessory = block.accessory && h("div", { class: "accessory" }, control(block, block.accessory, surface));
  return h("div", { class: "section" }, h("div", { class: "section-text" }, textObject(block.text), fields), accessory);
}

function header(block, surface) {
  const level = surface.kind === "message" ? 4 : 3; // below the headings of the page itself
  return h("div", { class: "block-header", role: "heading", "aria-level": level }, plain(block.text.text));
}

function context(block) {
  return h("div", { class: "context" }, block.elements.map((each) => (each.type === "image" ? image(each, "icon-image") : textObject(each))));
}

function inputControl(block, surface, ids) {
  const element = block.element;
  const entry = surface.entry(block.block_id, element.action_id);
  const described = [block.hint && ids.hint, surface.errors?.[block.block_id] && ids.error].filter(Boolean).join(" ");
  return field(element, {
    id: element.action_id,
    name: block.label.text,
    value: entry === undefined ? initial(element) : simple(entry),
    entry,
    blockId: block.block_id,
    where: surface.where,
    attributes: {
      ...hooks(block, element),
      id: ids.control,
      "aria-required": block.optional ? null : "true",
      "aria-invalid": surface.errors?.[block.block_id] ? "true" : null,
      "aria-describedby": described || null,
      "data-initial-focus": element.focus_on_load || null,
    },
    changed: (value, how) => surface.typed(block, element, value, how),
  });
}

function input(block, surface) {
  const ids = { control: uid("field"), hint: uid("hint"), error: uid("error") };
  const error = surface.errors?.[block.block_id];
  const mark = block.optional ? h("span", { class: "optional" }, " (optional)") : h("span", { class: "required", title: "required", "aria-hidden": "true" }, " *");
  const label = h(isGroup(block.element) ? "span" : "label", { class: "label", for: ids.control }, plain(block.label.text), mark);
  return h(
    "div",
    { class: error ? "input bad" : "input" },
    label,
    inputControl(block, surface, ids),
    error && h("div", { class: "error", id: ids.error, role: "alert", "data-testid": `error-${block.block_id}` }, error),
    block.hint && h("div", { class: "hint", id: ids.hint }, plain(block.hint.text)),
  );
}

function alert(block) {
  const level = block.level ?? "default";
  const sign = { warning: "Warning", error: "Error", success: "Done", info: "Note" }[level];
  return h("div", { class: `alert ${level}`, role: "note" }, sign && h("b", {}, `${sign}: `), textObject(block.text));
}

function card(block, surface) {
  const buttons = block.actions && h("div", { class: "actions" }, block.actions.map((each) => control(block, each, surface)));
  return h("div", { class: "card" }, block.hero_image && image(block.hero_image, "picture"), block.title && h("b", {}, textObject(block.title)),
    textObject(block.subtitle, { class: "mrkdwn hint" }), textObject(block.body), buttons);
}

/** Standard Markdown, as far as the app's own texts would use it. */
function markdown(block) {
  return mrkdwn(block.text.replace(/^#+ (.*)$/gm, "*$1*").replace(/\*\*(.+?)\*\*/g, "*$1*").replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, "<$2|$1>"));
}

const BLOCKS = {
  section,
  header,
  context,
  input,
  alert,
  card,
  markdown,
  divider: () => h("hr", {}),
  actions: (block, surface) => h("div", { class: "actions" }, block.elements.map((each) => control(block, each, surface))),
  context_actions: (block, surface) => h("div", { class: "actions" }, block.elements.map((each) => control(block, each, surface))),
  image: (block) => h("figure", { class: "image" }, block.title && h("figcaption", {}, plain(block.title.text)), image(block, "picture")),
  rich_text: richText,
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  carousel: (block, surface) => h("div", { class: "carousel" }, block.elements.map((each) => card(each, surface))),
  container: (block, surface) => h("div", { class: "card" }, textObject(block.title), block.child_blocks.map((each) => drawBlock(each, surface))),
};

export function drawBlock(block, surface) {
  const draw = BLOCKS[block.type] ?? unknown;
  const node = h("div", { class: `block block-${block.type}`, "data-block": block.type });
  try {
    node.append(draw(block, surface));
  } catch (failure) {
    console.error(failure, block); // one block the page cannot draw must not take the others with it
    node.append(unknown(block));
  }
  return node;
}
