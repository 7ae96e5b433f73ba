/* Building and refreshing DOM nodes. Nothing here (or anywhere in the page) parses HTML:
   text from people and from the app only ever becomes text nodes. */

const SVG = "http://www.w3.org/2000/svg";
const looks = new WeakMap();
const written = new WeakMap();

/** An item as text. Items are never changed in place, so that each is written once. */
function textOf(item) {
  if (!written.has(item)) written.set(item, JSON.stringify(item));
  return written.get(item);
}

function assign(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked" || name === "selected") node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) if (name !== "value") assign(node, name, value);
  const kept = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  node.append(...kept);
  if (attributes && "value" in attributes) assign(node, "value", attributes.value); // after the options exist
  return node;
}

export function h(tag, attributes, ...children) {
  return build(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}

const ICONS = {
  menu: "M3 6h18M3 12h18M3 18h18",
  person: "M12 4a4 4 0 100 8 4 4 0 000-8zM4 20c1-4 4.2-6 8-6s7 2 8 6",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M4 15h16",
  close: "M5 5l14 14M19 5L5 19",
  more: "M12 5h.01M12 12h.01M12 19h.01",
  smile: "M12 3a9 9 0 100 18 9 9 0 000-18zM8.5 14.5c1 1.4 2.1 2 3.5 2s2.5-.6 3.5-2M9 9.5h.01M15 9.5h.01",
  thread: "M4 5h16v11H10l-4 4v-4H4z",
  send: "M4 12L20 4l-6 16-3-7z",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 100 6 3 3 0 000-6z",
  lock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 017 0V11",
  bolt: "M13 2L4 14h7l-1 8 9-12h-7z",
  home: "M3 11l9-8 9 8v9h-6v-6H9v6H3z",
  clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2",
  clip: "M20 11l-8.5 8.5a5 5 0 01-7-7L13 4a3.4 3.4 0 015 5l-8.5 8.5a1.8 1.8 0 01-2.5-2.5L15 7",
  window: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
};

/** A line icon; decoration only, the control around it carries the name. */
export function icon(name) {
  const heavy = name === "more" ? 3 : 1.8;
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true", focusable: "false" },
    svg("path", {
      d: ICONS[name],
      fill: "none",
      stroke: "currentColor",
      "stroke-width": heavy,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  );
}

export const byId = (id) => document.getElementById(id);
const quote = (value) => `"${CSS.escape(String(value))}"`;

let counter = 0;
/** An id for label/for pairs, unique on the page. */
export const uid = (prefix) => `${prefix}-${(counter += 1)}`;

/** How to find the focused control again after its surroundings were rendered anew. */
function focusMemo(container) {
  const node = document.activeElement;
  if (!node || !container.contains(node)) return null;
  const { blockId, actionId, part } = node.dataset;
  const row = node.closest("[data-key]");
  const inRow = row && container.contains(row) ? `[data-key=${quote(row.dataset.key)}]` : "";
  const self = [
    blockId !== undefined && `[data-block-id=${quote(blockId)}]`,
    actionId !== undefined && `[data-action-id=${quote(actionId)}]`,
    part !== undefined && `[data-part=${quote(part)}]`,
  ].filter(Boolean);
  if (self.length === 0 && node !== row) return null;
  const range = typeof node.selectionStart === "number" ? [node.selectionStart, node.selectionEnd] : null;
  return { selector: self.length ? `${inRow} ${self.join("")}` : inRow, range };
}

function refocus(container, memo) {
  const node = container.querySelector(memo.selector);
  if (!node) return;
  node.focus({ preventScroll: true });
  if (memo.range && typeof node.selectionStart === "number") node.setSelectionRange(...memo.range);
}

/** Run `change` on the inside of `container`; the same control has the focus afterwards. */
function keepingFocus(container, change) {
  const memo = focusMemo(container);
  const scroll = container.scrollTop;
  change();
  container.scrollTop = scroll;
  if (memo && !container.contains(document.activeElement)) refocus(container, memo);
}

function freshNode(item, id, look, render) {
  const node = render(item);
  node.dataset.key = id;
  looks.set(node, look);
  return node;
}

/** Whether a node shows the item already: the same text is mostly the same object, which is a quick comparison. */
function shows(node, look) {
  const shown = looks.get(node);
  return shown?.text === look.text && shown.salt === look.salt;
}

/** Make the children of `container` show `items`, touching only what changed (so that focus,
    half-typed text and open menus elsewhere stay). `salt`: anything else the look depends on. */
export function reconcile(container, items, { key, render, salt = "" }) {
  keepingFocus(container, () => {
    const old = new Map([...container.children].map((node) => [node.dataset.key, node]));
    let cursor = container.firstElementChild;
    for (const item of items) {
      const id = String(key(item));
      const look = { text: textOf(item), salt };
      const known = old.get(id);
      old.delete(id);
      const node = known && shows(known, look) ? known : freshNode(item, id, look, render);
      if (known && node !== known) {
        if (cursor === known) cursor = known.nextElementSibling;
        known.remove();
      }
      if (node === cursor) cursor = cursor.nextElementSibling;
      else container.insertBefore(node, cursor);
    }
    for (const node of old.values()) node.remove();
  });
}

/** Say something to screen readers without moving the focus. */
export function announce(text) {
  byId("announcer").textContent = text;
}

/** A short sentence at the lower edge; errors stay until they are closed. */
export function toast(text, { error = false } = {}) {
  const host = document.querySelector("dialog[open] .toasts") ?? byId("toasts");
  if ([...host.children].some((each) => each.textContent === text)) return;
  const close = h("button", { class: "quiet", type: "button", "aria-label": "Dismiss" }, icon("close"));
  const box = h("div", { class: error ? "toast bad" : "toast", role: error ? "alert" : "status" }, h("span", {}, text), close);
  box.dataset.testid = "toast";
  close.addEventListener("click", () => box.remove());
  host.append(box);
  setTimeout(() => box.remove(), error ? 12000 : 5000);
}
