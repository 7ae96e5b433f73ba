/* Messages: one row each, in the channel and in the thread pane. */

import { post } from "./api.js";
import { drawBlock } from "./blocks.js";
import { dayOf, dayTitle, instantOfTs, timeOf } from "./dates.js";
import { h, icon } from "./dom.js";
import { shown } from "./emoji.js";
import { dismiss, openMenu, openPicker, toggle } from "./message_menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { app, bot, botName, go, isBot, myZone, nameOf, now, person, roleName } from "./store.js";

/** The square with initials that stands for someone. */
export function avatar(someone, size = "") {
  const node = h("span", { class: `avatar ${size}`, "aria-hidden": "true" }, someone?.initials ?? (someone ? "" : "ED"));
  if (someone?.color) node.style.background = someone.color.startsWith("#") || someone.color.includes("(") ? someone.color : `#${someone.color}`;
  return node;
}

function author(message) {
  const id = message.user ?? message.bot_id;
  const app_ = Boolean(message.bot_id) || isBot(id);
  const someone = app_ ? null : person(id);
  return { someone, isApp: app_, name: message.username ?? (app_ ? botName() : nameOf(id)), id };
}

/** The state a message's controls hold, as far as the sandbox tells. */
function messageSurface(message) {
  const where = { as: app.me, channel: message.channel ?? app.place, ts: message.ts };
  return {
    kind: "message",
    where,
    entry: (blockId, actionId) => message.state?.[blockId]?.[actionId],
    typed: () => {},
    act: (payload) => post("click", { ...where, ...payload }),
  };
}

function body(message) {
  if (message.subtype === "tombstone") return h("i", { class: "muted" }, message.text);
  const surface = messageSurface(message);
  if (message.blocks?.length) return message.blocks.map((block) => drawBlock(block, surface));
  return mrkdwn(message.text);
}

/** A file under a message: its title opens the content beside the page. */
function fileRow(file) {
  const size = file.size < 1024 ? `${file.size} bytes` : `${Math.round(file.size / 1024)} kB`;
  const open = { class: "file", href: file.url_private, target: "_blank", rel: "noopener", "data-part": `file-${file.id}`, "data-testid": `file-${file.id}` };
  return h("a", open, icon("window"), h("span", {}, h("b", {}, file.title), h("span", { class: "muted" }, `${file.name} · ${size}`)));
}

function reaction(message, { name, users }) {
  const mine = users.includes(app.me);
  const who = users.map((id) => (id === app.me ? "you" : nameOf(id))).join(", ");
  return h(
    "button",
    {
      type: "button",
      class: mine ? "reaction mine" : "reaction",
      "aria-pressed": String(mine),
      "aria-label": `${name.replaceAll("_", " ")}, ${users.length}: ${who}. ${mine ? "Take yours away" : "Add yours"}`,
      title: `${who} reacted with :${name}:`,
      "data-reaction": name,
      "data-part": `reaction-${name}`,
      onclick: () => toggle(message, name, mine),
    },
    h("span", { class: "emoji" }, shown(name)),
    h("span", {}, String(users.length)),
  );
}

function reactionBar(message) {
  const add = h("button", { type: "button", class: "reaction add", "aria-label": "Add reaction", "aria-expanded": "false", "data-part": "react-more", onclick: () => openPicker(add, message) }, icon("smile"));
  return h("div", { class: "reactions" }, message.reactions.map((each) => reaction(message, each)), add);
}

function dismissal(message) {
  return h("button", { type: "button", "aria-label": "Dismiss this message", title: "Dismiss", "data-part": "dismiss", onclick: () => dismiss(message) }, icon("close"));
}

function tools(message, inThread) {
  const react = h("button", { type: "button", "aria-label": "Add reaction", title: "Add reaction", "aria-expanded": "false", "data-part": "react", "data-testid": `react-${message.ts}`, onclick: () => openPicker(react, message) }, icon("smile"));
  const reply = !inThread && h("button", { type: "button", "aria-label": "Reply in thread", title: "Reply in thread", "data-part": "reply", "data-testid": `reply-${message.ts}`, onclick: () => go(app.place, message.thread_ts ?? message.ts) }, icon("thread"));
  const more = h("button", { type: "button", "aria-label": "More message actions", title: "More actions", "aria-haspopup": "menu", "aria-expanded": "false", "data-part": "menu", "data-testid": `menu-${message.ts}`, onclick: () => openMenu(more, message, inThread) }, icon("more"));
  return h("div", { class: "tools", role: "toolbar", "aria-label": "Message actions" }, message.ephemeral ? dismissal(message) : [react, reply, more]);
}

function replies(message) {
  const count = message.reply_count ?? 0;
  if (!count) return null;
  return h("button", { type: "button", class: "replies", "data-part": "replies", "data-testid": `replies-${message.ts}`, onclick: () => go(app.place, message.ts) }, icon("thread"), `${count} ${count === 1 ? "reply" : "replies"}`);
}

function head(message, from) {
  const at = instantOfTs(message.ts);
  return h(
    "div",
    { class: "byline" },
    h("b", {}, from.name),
    from.isApp ? h("span", { class: "badge" }, "APP") : h("span", { class: "muted role" }, from.someone ? roleName(from.someone) : ""),
    h("time", { class: "muted", datetime: at.toISOString(), title: `${dayTitle(at, myZone(), now())} ${timeOf(at, myZone())}, ts ${message.ts}` }, timeOf(at, myZone())),
    message.edited && h("span", { class: "muted" }, "(edited)"),
  );
}

const onlyYou = () => h("div", { class: "only-you" }, icon("eye"), "Only visible to you");

export function messageRow(message, { inThread = false } = {}) {
  const from = author(message);
  const classes = ["message", message.ephemeral && "ephemeral", from.isApp && "from-app"].filter(Boolean).join(" ");
  const row = h(
    "article",
    { class: classes, tabindex: "-1", "data-testid": inThread ? `thread-message-${message.ts}` : `message-${message.ts}`, "data-ts": message.ts, "data-author": from.id, "aria-label": `${from.name}, ${timeOf(instantOfTs(message.ts), myZone())}` },
    avatar(from.someone),
    h(
      "div",
      { class: "message-main" },
      message.ephemeral && onlyYou(),
      head(message, from),
      h("div", { class: "message-body" }, body(message), (message.files ?? []).map(fileRow)),
      message.reactions?.length ? reactionBar(message) : null,
      inThread ? null : replies(message),
    ),
    tools(message, inThread),
  );
  return row;
}

const days = new WeakMap();

/** The day a message belongs to, for me; looked up once a message and zone. */
function dayOfMessage(message) {
  const known = days.get(message);
  if (known?.zone === myZone()) return known.day;
  const day = dayOf(instantOfTs(message.ts), myZone());
  days.set(message, { zone: myZone(), day });
  return day;
}

/** Rows with a dividing line wherever a new day begins. */
export function withDays(messages) {
  const rows = [];
  let day = null;
  for (const message of messages) {
    const its = dayOfMessage(message);
    if (its !== day) rows.push({ divider: its, at: message.ts });
    day = its;
    rows.push(message);
  }
  return rows;
}

export function dayRow(item) {
  return h("div", { class: "day", role: "separator" }, h("span", {}, dayTitle(instantOfTs(item.at), myZone(), now())));
}

/** Stand before the first message while there are earlier ones, and after the last while there are newer ones. */
export const EARLIER = { row: "earlier" };
export const NEWEST = { row: "newest" };

export const rowKey = (item) => item.row ?? (item.divider ? `day-${item.divider}` : `${item.ts}${item.ephemeral ? "-private" : ""}`);

/** Redraw everything when one of these differs: names, relative days, who I am. */
export const lookDependsOn = () => `${app.me}|${myZone()}|${dayOf(now(), myZone())}|${app.state.people.length}|${bot().id}`;
