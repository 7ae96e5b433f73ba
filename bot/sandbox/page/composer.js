/* Where people write: messages, slash commands with their hint list, @names and #channels. */

import { post } from "./api.js";
import { byId, h, icon, toast, uid } from "./dom.js";
import { globalShortcuts, runShortcut } from "./message_menu.js";
import { unescape } from "./mrkdwn.js";
import { menu } from "./popover.js";
import { HOME, app, fullName, nameOf, on, placeName, roleName } from "./store.js";
import { refreshMessages, refreshThread, refreshViews } from "./sync.js";

const drafts = new Map();

const commandName = (command) => (command.command.startsWith("/") ? command.command : `/${command.command}`);

function commandHints(text) {
  if (!text.startsWith("/")) return [];
  const typed = text.split(/\s/)[0].toLowerCase();
  const whole = /\s/.test(text);
  return app.state.commands
    .filter((each) => (whole ? commandName(each) === typed : commandName(each).startsWith(typed)))
    .map((each) => ({ insert: whole ? null : `${commandName(each)} `, label: commandName(each), hint: [each.usage_hint, each.description].filter(Boolean).join(" · ") }));
}

function mentionHints(text, caret) {
  const found = /(?:^|\s)([@#])([\p{L}\p{N} _-]{0,20})$/u.exec(text.slice(0, caret));
  if (!found) return [];
  const query = found[2].toLowerCase();
  const known = found[1] === "@"
    ? app.state.people.map((each) => ({ name: fullName(each), hint: roleName(each) }))
    : app.state.channels.map((each) => ({ name: each.name, hint: each.topic ?? "" }));
  return known
    .filter((each) => each.name.toLowerCase().startsWith(query) && each.name.toLowerCase() !== query)
    .map((each) => ({ insert: `${found[1]}${each.name} `, from: caret - query.length - 1, label: `${found[1]}${each.name}`, hint: each.hint }));
}

/** Names the message holds as tokens, as the person typed them. */
function asTyped(text) {
  return unescape(text.replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${nameOf(id)}`).replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id, label) => placeName(id) ?? `#${label}`).replace(/<!(channel|here|everyone)>/g, "@$1").replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, "$1"));
}

class Composer {
  constructor(host, { thread }) {
    Object.assign(this, { host, thread, hints: [], active: -1, editing: null, list: uid("hints") });
    this.build();
    on("me place thread-opened", () => this.arrive());
  }

  build() {
    const name = this.thread ? "Reply" : "Message";
    this.text = h("textarea", {
      rows: 1,
      "aria-label": name,
      "aria-autocomplete": "list",
      "aria-controls": this.list,
      "data-testid": this.thread ? "thread-composer" : "composer",
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onblur: () => this.show([]),
    });
    this.options = h("ul", { role: "listbox", id: this.list, class: "options hints", hidden: true, "aria-label": "Suggestions", "data-testid": this.thread ? "thread-hints" : "command-hints" });
    this.options.addEventListener("pointerdown", (event) => event.preventDefault());
    this.notice = h("div", { class: "composer-note", role: "status" });
    const send = h("button", { type: "submit", class: "send", "aria-label": "Send", "data-testid": this.thread ? "thread-send" : "send" }, icon("send"));
    this.form = h("form", { onsubmit: (event) => (event.preventDefault(), this.send()) }, this.thread ? null : this.shortcuts(), this.thread ? null : this.attach(), this.text, send);
    this.host.append(this.notice, this.options, this.form);
  }

  shortcuts() {
    const node = h("button", { type: "button", class: "quiet", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", "aria-expanded": "false", "data-testid": "shortcuts" }, icon("bolt"));
    node.addEventListener("click", () => {
      const entries = globalShortcuts().map((each) => ({ label: each.name, attributes: { "data-callback-id": each.callback_id }, act: () => runShortcut(each).then(refreshViews) }));
      menu(node, "Shortcuts", entries.length ? entries : [{ label: "No shortcuts yet: the app is not connected", act: () => {} }]);
    });
    return node;
  }

  /** Share a text file, a list as CSV for one, in the channel. */
  attach() {
    const chosen = h("input", { type: "file", accept: ".csv,.txt,text/*", hidden: true, "aria-label": "File", "data-testid": "file", onchange: () => this.share(chosen) });
    return [h("button", { type: "button", class: "quiet", "aria-label": "Attach a file", title: "Attach a file", "data-testid": "attach", onclick: () => chosen.click() }, icon("clip")), chosen];
  }

  async share(chosen) {
    const [file] = chosen.files;
    if (!file) return;
    try {
      await post("share", { as: app.me, channel: app.place, name: file.name, content: await file.text() });
      await refreshMessages();
    } catch (failure) {
      toast(failure.message, { error: true });
    } finally {
      chosen.value = "";
    }
  }

  /** Each person keeps a draft for each place. */
  get key_() {
    return `${app.me} ${app.place} ${this.thread ? app.thread : ""}`;
  }

  arrive() {
    if (this.editing) this.edit(null);
    this.text.value = drafts.get(this.key_) ?? "";
    this.text.placeholder = this.thread ? "Reply…" : `Message ${placeName(app.place)}, or / for commands`;
    this.text.setAttribute("aria-label", this.thread ? "Reply in the thread" : `Message ${placeName(app.place)}`);
    this.notice.textContent = "";
    this.show([]);
    this.grow();
  }

  fill(text) {
    this.text.value = text;
    this.typed();
    this.text.focus();
  }

  typed() {
    if (!this.editing) drafts.set(this.key_, this.text.value);
    this.notice.textContent = this.editing ? this.notice.textContent : "";
    this.grow();
    const commands = this.editing ? [] : commandHints(this.text.value);
    this.show(commands.length ? commands : mentionHints(this.text.value, this.text.selectionStart));
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 180)}px`;
  }

  show(hints) {
    this.hints = hints;
    this.active = hints.length && hints[0].insert ? 0 : -1;
    this.options.hidden = hints.length === 0;
    this.options.replaceChildren(...hints.map((hint, index) =>
      h("li", { role: "option", id: `${this.list}-${index}`, "aria-selected": "false", onclick: () => this.take(hint) }, h("b", {}, hint.label), h("small", {}, hint.hint)),
    ));
    this.mark();
  }

  mark() {
    for (const [index, node] of [...this.options.children].entries()) node.setAttribute("aria-selected", String(index === this.active));
    if (this.active < 0) this.text.removeAttribute("aria-activedescendant");
    else this.text.setAttribute("aria-activedescendant", `${this.list}-${this.active}`);
  }

  take(hint) {
    if (!hint.insert) return;
    const caret = this.text.selectionStart;
    const before = hint.from === undefined ? "" : this.text.value.slice(0, hint.from);
    const after = hint.from === undefined ? "" : this.text.value.slice(caret);
    this.fill(before + hint.insert + after);
  }

  key(event) {
    if (event.isComposing) return;
    const choosing = this.active >= 0;
    if (choosing && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + this.hints.length) % this.hints.length;
      this.mark();
    } else if (event.key === "Escape" && (this.hints.length || this.editing)) {
      event.preventDefault();
      if (this.hints.length) this.show([]);
      else this.edit(null);
    } else if (choosing && (event.key === "Tab" || (event.key === "Enter" && !this.complete()))) {
      event.preventDefault();
      this.take(this.hints[this.active]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  /** A command typed to its last letter is sent by Enter, not completed once more. */
  complete() {
    return this.hints[this.active].insert?.trim() === this.text.value.trim();
  }

  edit(message) {
    this.editing = message;
    this.host.classList.toggle("editing", Boolean(message));
    this.text.value = message ? asTyped(message.text) : (drafts.get(this.key_) ?? "");
    this.notice.textContent = message ? "Editing your message. Enter saves, Esc leaves it as it was." : "";
    this.grow();
    this.text.focus();
  }

  async send() {
    const text = this.text.value.trim();
    if (!text || this.busy) return;
    if (this.thread && text.startsWith("/")) {
      this.notice.textContent = `${text.split(/\s/)[0]} is not supported in threads. Sorry!`;
      return;
    }
    this.busy = true;
    this.host.setAttribute("aria-busy", "true");
    try {
      await this.deliver(text);
    } catch (failure) {
      toast(failure.message, { error: true });
    } finally {
      this.busy = false;
      this.host.removeAttribute("aria-busy");
    }
  }

  async deliver(text) {
    const here = { as: app.me, channel: app.place };
    if (this.editing) {
      await post("edit", { ...here, ts: this.editing.ts, text });
      this.edit(null);
    } else {
      const draft = this.key_;
      const answer = text.startsWith("/") ? await post("command", { ...here, text }) : await post("post", { ...here, text, ...(this.thread ? { thread: app.thread } : {}) });
      if (answer.ok === false) return this.failed(answer.error ?? `${text.split(/\s/)[0]} did not work. Try again?`);
      drafts.delete(draft);
      if (draft === this.key_) this.arrive();
    }
    byId("messages").dataset.fresh = "yes"; // show what I just said, wherever I had scrolled to
    return Promise.all([refreshMessages(), refreshThread(), refreshViews()]);
  }

  failed(sentence) {
    this.notice.replaceChildren(h("span", { class: "only-you" }, icon("eye"), "Only visible to you"), h("span", { "data-testid": "command-error", role: "alert" }, sentence));
  }
}

export function start() {
  const main = new Composer(byId("composer"), { thread: false });
  const reply = new Composer(byId("thread-composer"), { thread: true });
  on("edit", (message) => (app.thread && message.thread_ts && message.thread_ts !== message.ts ? reply : main).edit(message));
  on("fill-composer", (text) => app.place !== HOME && main.fill(text));
}
