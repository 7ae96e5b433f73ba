/* What can be done with a message besides its own buttons: react, reply, edit, delete, and the
   message shortcuts of the app. */

import { post } from "./api.js";
import { h, toast } from "./dom.js";
import { PICKER, shown } from "./emoji.js";
import { flat, mrkdwn } from "./mrkdwn.js";
import { closePopover, confirmed, menu, popover } from "./popover.js";
import { app, botName, emit, go, nameOf } from "./store.js";
import { refreshMessages, refreshThread } from "./sync.js";

const target = (message) => ({ as: app.me, channel: app.place, ts: message.ts });

async function tell(path, body) {
  try {
    const answer = await post(path, body);
    if (answer.ok === false) toast(answer.error ?? "That did not work.", { error: true });
  } catch (failure) {
    toast(failure.message, { error: true });
  }
}

async function changeMessage(path, body) {
  await tell(path, body);
  await refreshMessages();
  await refreshThread();
}

export const toggle = (message, name, mine) => changeMessage(mine ? "unreact" : "react", { ...target(message), name });

export function openPicker(anchor, message) {
  const mine = (name) => Boolean(message.reactions?.find((each) => each.name === name)?.users.includes(app.me));
  const choose = (name) => (closePopover(), toggle(message, name, mine(name)));
  const buttons = PICKER.map(([name, meaning]) =>
    h("button", { type: "button", class: "emoji-button", title: `:${name}:`, "aria-label": `${name.replaceAll("_", " ")} (${meaning})`, "aria-pressed": String(mine(name)), "data-emoji": name, onclick: () => choose(name) }, shown(name)),
  );
  const other = h("input", { type: "text", placeholder: "another :name:", "aria-label": "Name of another emoji", size: 14 });
  const form = h("form", { onsubmit: (event) => (event.preventDefault(), other.value && choose(other.value.trim().replaceAll(":", ""))) }, other);
  popover(anchor, h("div", { class: "picker", role: "dialog", "aria-label": "Choose a reaction", "data-testid": "reaction-picker" }, h("div", { class: "picker-grid" }, buttons), form));
}

async function remove(message) {
  const words = { title: { text: "Delete message?" }, body: mrkdwn(message.text), confirm: { text: "Delete" }, style: "danger" };
  if (await confirmed(words)) await changeMessage("delete", target(message));
}

export const dismiss = (message) => changeMessage("delete", target(message));

async function copyText(message) {
  await navigator.clipboard?.writeText(flat(message.text)).catch(() => {});
  toast("Copied.");
}

const isMessageShortcut = (shortcut) => shortcut.type === "message";

export const globalShortcuts = () => app.state.shortcuts.filter((each) => !isMessageShortcut(each));

export function runShortcut(shortcut, message) {
  return tell("shortcut", { as: app.me, callback_id: shortcut.callback_id, ...(message ? target(message) : {}) });
}

function shortcutEntries(message) {
  const entries = app.state.shortcuts.filter(isMessageShortcut).map((each) => ({
    label: each.name,
    hint: botName(),
    attributes: { "data-callback-id": each.callback_id },
    act: () => runShortcut(each, message),
  }));
  return entries.length ? [null, ...entries] : [];
}

export function openMenu(anchor, message, inThread) {
  const own = message.user === app.me && !message.bot_id;
  const entries = [
    inThread ? undefined : { label: "Reply in thread", act: () => go(app.place, message.thread_ts ?? message.ts) },
    { label: "Copy text", act: () => copyText(message) },
    ...(own ? [{ label: "Edit message", act: () => emit("edit", message) }, { label: "Delete message…", danger: true, act: () => remove(message) }] : []),
    ...shortcutEntries(message),
  ].filter((entry) => entry !== undefined);
  menu(anchor, `Actions for the message of ${nameOf(message.user ?? message.bot_id)}`, entries);
}
