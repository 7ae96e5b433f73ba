/* External selects: the app is asked for options while the person types (ARIA combobox). */

import { post } from "./api.js";
import { h, uid } from "./dom.js";
import { chosenOptions, simple } from "./values.js";

const WAIT = 250;

const seen = new Map(); // block and action id -> option value -> option: a view tells the value only, not its words

function groupsOf(answer) {
  if (answer.option_groups) return answer.option_groups;
  return [{ options: answer.options ?? [] }];
}

class Combobox {
  constructor(element, ctx) {
    Object.assign(this, { element, ctx, list: [], active: -1, asked: 0 });
    this.id = uid("options");
    const start = ctx.value;
    const place = `${ctx.blockId} ${element.action_id}`;
    if (!seen.has(place)) seen.set(place, new Map());
    this.known = seen.get(place);
    for (const option of [...chosenOptions(ctx.entry), element.initial_option, ...(element.initial_options ?? [])]) if (option) this.known.set(option.value, option);
    this.many = element.type === "multi_external_select";
    this.chosen = [simple(start)].flat().filter((each) => each !== null && each !== "");
    this.build();
    this.show();
  }

  build() {
    this.input = h("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
      placeholder: this.element.placeholder?.text ?? "Type to search",
      ...this.ctx.attributes,
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onfocus: () => this.arrive(),
      onblur: () => this.leave(),
    });
    this.box = h("ul", { role: "listbox", id: this.id, class: "options", hidden: true, "aria-label": "Options" });
    this.chips = h("span", { class: "chips" });
    this.node = h("div", { class: "combobox" }, this.many && this.chips, this.input, this.box);
    this.box.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the focus in the field
  }

  text(value) {
    return this.known.get(value)?.text?.text ?? value;
  }

  show() {
    if (!this.many) this.input.value = this.chosen.length ? this.text(this.chosen[0]) : "";
    this.chips.replaceChildren(
      ...this.chosen.map((value) =>
        h("button", { type: "button", class: "chip", "aria-label": `Remove ${this.text(value)}`, onclick: () => this.drop(value) }, `${this.text(value)} ✕`),
      ),
    );
  }

  get least() {
    return this.element.min_query_length ?? 3;
  }

  arrive() {
    this.input.select();
    if (this.least === 0) this.ask("");
  }

  typed() {
    clearTimeout(this.timer);
    if (!this.many && this.input.value === "") this.choose(null);
    if (this.input.value.length < this.least) return this.message(`Type ${this.least} or more characters`);
    this.timer = setTimeout(() => this.ask(this.input.value), WAIT);
    return undefined;
  }

  async ask(query) {
    const turn = (this.asked += 1);
    this.message("Searching…");
    try {
      const answer = await post("options", { ...this.ctx.where, action_id: this.element.action_id, block_id: this.ctx.blockId, query });
      if (turn !== this.asked) return;
      if (answer.ok === false) this.message(answer.error);
      else this.offer(groupsOf(answer));
    } catch (failure) {
      if (turn === this.asked) this.message(failure.message);
    }
  }

  message(text) {
    this.list = [];
    this.box.replaceChildren(h("li", { class: "note", role: "presentation" }, text));
    this.open(true);
  }

  offer(groups) {
    this.list = groups.flatMap((group) => group.options);
    if (this.list.length === 0) return this.message("No results");
    for (const option of this.list) this.known.set(option.value, option);
    let index = 0;
    this.box.replaceChildren(
      ...groups.flatMap((group) => [
        group.label && h("li", { class: "note", role: "presentation" }, group.label.text),
        ...group.options.map((option) => this.line(option, index++)),
      ]).filter(Boolean),
    );
    this.mark(0);
    this.open(true);
    return undefined;
  }

  line(option, index) {
    return h(
      "li",
      { role: "option", id: `${this.id}-${index}`, "data-value": option.value, "aria-selected": "false", onclick: () => this.choose(option) },
      option.text.text,
      option.description && h("small", {}, option.description.text),
    );
  }

  mark(index) {
    this.active = Math.max(0, Math.min(index, this.list.length - 1));
    for (const node of this.box.querySelectorAll('[role="option"]')) node.setAttribute("aria-selected", String(node.id === `${this.id}-${this.active}`));
    this.input.setAttribute("aria-activedescendant", `${this.id}-${this.active}`);
  }

  key(event) {
    if (this.box.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.mark(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && this.list.length) {
      event.preventDefault();
      this.choose(this.list[this.active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    }
  }

  choose(option) {
    if (option) this.chosen = this.many ? [...new Set([...this.chosen, option.value])] : [option.value];
    else this.chosen = [];
    this.open(false);
    if (option) this.show();
    if (this.many) this.input.value = "";
    this.tell();
  }

  drop(value) {
    this.chosen = this.chosen.filter((each) => each !== value);
    this.show();
    this.tell();
  }

  tell() {
    this.ctx.changed(this.many ? this.chosen : (this.chosen[0] ?? null), { done: true });
  }

  leave() {
    this.asked += 1;
    clearTimeout(this.timer);
    this.open(false);
    this.show(); // half-typed words that chose nothing are not an answer
  }

  open(yes) {
    this.box.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    if (!yes) this.input.removeAttribute("aria-activedescendant");
  }
}

export function combobox(element, ctx) {
  return new Combobox(element, ctx).node;
}
