/* Things that open above the page: menus, small pickers, and the confirm dialog. */

import { h, uid } from "./dom.js";

let open = null;

/** Close what is open; the focus goes back to the control that opened it. */
export function closePopover({ refocus = true } = {}) {
  if (!open) return;
  const { box, anchor } = open;
  open = null;
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (refocus) anchor.focus();
}

function place(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8));
  const below = at.bottom + 4;
  const top = below + size.height > innerHeight - 8 ? Math.max(8, at.top - size.height - 4) : below;
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

/** Show `box` beside `anchor`. A second press on the anchor closes it. */
export function popover(anchor, box) {
  const again = open?.anchor === anchor;
  closePopover({ refocus: again });
  if (again) return;
  box.classList.add("popover");
  (anchor.closest("dialog") ?? document.body).append(box); // inside the dialog, or it would lie below it
  open = { box, anchor };
  anchor.setAttribute("aria-expanded", "true");
  place(box, anchor);
  (box.querySelector("[autofocus]") ?? box.querySelector("button, input, a"))?.focus();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.box.contains(event.target) && !open.anchor.contains(event.target)) closePopover({ refocus: false });
});

document.addEventListener(
  "keydown",
  (event) => {
    if (!open || event.key !== "Escape") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    closePopover();
  },
  true,
);

window.addEventListener("resize", () => closePopover({ refocus: false }));

function step(box, event) {
  const items = [...box.querySelectorAll('[role="menuitem"]')];
  const here = items.indexOf(document.activeElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}

/** A menu of {label, hint?, act, danger?, attributes?}; null entries are dividing lines. */
export function menu(anchor, name, entries) {
  const items = entries.map((entry) =>
    entry === null
      ? h("hr", {})
      : h(
          "button",
          {
            type: "button",
            role: "menuitem",
            class: entry.danger ? "menuitem danger-text" : "menuitem",
            ...entry.attributes,
            onclick: () => (closePopover(), entry.act()),
          },
          h("span", {}, entry.label),
          entry.hint && h("small", {}, entry.hint),
        ),
  );
  const box = h("div", { role: "menu", class: "menu", "aria-label": name }, items);
  box.addEventListener("keydown", (event) => step(box, event));
  popover(anchor, box);
}

/** Ask before acting, in the words of the app's confirm object. Answers true or false. */
export function confirmed(words) {
  const title = uid("confirm");
  const yes = h("button", { type: "submit", value: "yes", class: words.style === "danger" ? "danger" : "primary", "data-testid": "confirm-yes" }, words.confirm?.text ?? "Yes");
  const no = h("button", { type: "button", "data-testid": "confirm-no" }, words.deny?.text ?? "Cancel");
  const form = h(
    "form",
    { method: "dialog" },
    h("h2", { id: title }, words.title?.text ?? "Are you sure?"),
    h("div", { class: "confirm-text" }, words.body ?? words.text?.text ?? ""),
    h("div", { class: "dialog-buttons" }, no, yes),
  );
  const dialog = h("dialog", { class: "confirm", "aria-labelledby": title, "data-testid": "confirm" }, form);
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    no.addEventListener("click", () => dialog.close(""));
    dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus?.();
      resolve(dialog.returnValue === "yes");
    });
  });
}
