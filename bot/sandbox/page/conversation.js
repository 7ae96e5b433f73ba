/* The middle of the page and the thread pane: which messages are shown, and where they are scrolled. */

import { byId, h, icon, reconcile } from "./dom.js";
import { EARLIER, dayRow, lookDependsOn, messageRow, rowKey, withDays } from "./messages.js";
import { fetchEarlier, forgetEarlier } from "./sync.js";
import { HOME, app, become, channel, conversation, fullName, go, isBot, on, person, placeName, roleName } from "./store.js";

const NEAR = 60; // this close to the end counts as reading the end
const AT_ONCE = 6; // rows that are drawn before the browser gets its turn again
const AHEAD = 800; // this close to the beginning the earlier messages are fetched

let from = ""; // ts of the first message that is drawn; the ones before it follow in turns
let pending = null;

const atEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;

/** The row at the upper edge and how far it is scrolled: it stays there whatever comes before it. */
function edge(list) {
  const { left, top } = list.getBoundingClientRect();
  const row = document.elementFromPoint(left + 40, top + 20)?.closest(".message-list > *");
  return { row, at: row ? row.offsetTop - list.scrollTop : 0 };
}

function fill(list, rows, inThread) {
  const stay = atEnd(list) || Boolean(list.dataset.fresh);
  const before = !stay && list.firstElementChild && list.firstElementChild.dataset.key !== rowKey(rows[0] ?? {});
  const kept = before ? edge(list) : null;
  reconcile(list, rows, {
    key: rowKey,
    salt: lookDependsOn(),
    render: (item) => (item.more ? earlierRow() : item.divider ? dayRow(item) : messageRow(item, { inThread })),
  });
  if (stay) list.scrollTop = list.scrollHeight;
  else if (kept?.row?.isConnected) list.scrollTop = kept.row.offsetTop - kept.at;
}

const earlierRow = () => h("button", { type: "button", class: "earlier", "data-testid": "earlier", onclick: fetchEarlier }, "Earlier messages");

function topicOf(place) {
  const open = channel(place);
  if (open) return [open.topic, open.is_archived && "archived"].filter(Boolean).join(" · ");
  const someone = person(conversation(place)?.user ?? place);
  return someone ? [someone.title, roleName(someone)].filter(Boolean).join(" · ") : "";
}

function drawHead() {
  if (!app.place || app.place === HOME) return;
  const open = channel(app.place);
  const members = open?.members?.length;
  byId("place-title").replaceChildren(open?.is_private ? icon("lock") : "", placeName(app.place));
  byId("place-topic").textContent = [topicOf(app.place), members && `${members} members`].filter(Boolean).join(" · ");
  byId("place-tabs").hidden = !isBot(conversation(app.place)?.user ?? app.place);
  document.title = `${placeName(app.place)} · ${app.state.team?.name ?? "Sandbox"}`;
}

/** Who could read this: one press away, because the sandbox lets everybody be everybody. */
function insiders() {
  const members = app.state.people.filter((each) => channel(app.place)?.members?.includes(each.id));
  return members.map((each) => h("button", { type: "button", onclick: () => become(each.id, app.place) }, `Read it as ${fullName(each)}`));
}

function emptyNote() {
  if (app.barred) return h("div", { class: "empty", role: "note" }, h("p", {}, app.barred), insiders());
  return h("p", { class: "empty" }, `Nothing has been said in ${placeName(app.place)} yet.`);
}

function highlight() {
  const row = app.highlight && document.querySelector(`[data-ts="${CSS.escape(app.highlight)}"]`);
  if (!row) return;
  app.highlight = null;
  row.classList.add("found");
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
}

/** Draw some more of the messages before those that are drawn, then let the browser answer people first. */
function drawBefore(first) {
  if (pending || first === 0) return;
  pending = setTimeout(() => {
    pending = null;
    const at = app.messages.findIndex((each) => each.ts === from);
    if (at <= 0) return;
    from = app.messages[Math.max(0, at - AT_ONCE)].ts;
    drawRows();
  });
}

function drawRows() {
  const list = byId("messages");
  let first = app.messages.findIndex((each) => each.ts === from);
  if (first < 0) {
    first = Math.max(0, app.messages.length - AT_ONCE);
    from = app.messages[first]?.ts ?? "";
  }
  const rows = withDays(app.messages.slice(first));
  fill(list, app.earlier && first === 0 ? [EARLIER, ...rows] : rows, false);
  drawBefore(first);
  if (first === 0) fetchAhead();
}

/** Fetch the earlier messages before somebody arrives at them. */
function fetchAhead() {
  const list = byId("messages");
  if (app.earlier && list.scrollTop < AHEAD && from === app.messages[0]?.ts) fetchEarlier();
}

function drawMessages() {
  const list = byId("messages");
  if (list.dataset.fresh) from = "";
  else if (atEnd(list)) forgetEarlier();
  drawRows();
  delete list.dataset.fresh;
  byId("message-note").replaceChildren(app.messages.length ? "" : emptyNote());
  byId("composer").hidden = Boolean(app.barred);
  highlight();
}

function drawPlace() {
  const home = app.place === HOME;
  byId("conversation").hidden = home;
  byId("home").hidden = !home;
  byId("messages").dataset.fresh = "yes";
  byId("messages").replaceChildren();
  byId("message-note").replaceChildren();
  drawHead();
}

function drawThread() {
  const pane = byId("thread");
  const was = pane.hidden;
  pane.hidden = !app.thread;
  document.body.classList.toggle("with-thread", Boolean(app.thread));
  if (!app.thread) return byId("thread-messages").replaceChildren();
  byId("thread-place").textContent = placeName(app.place);
  fill(byId("thread-messages"), withDays(app.threadMessages), true);
  if (was) byId("thread-close").focus();
  highlight();
  return undefined;
}

function closeThread() {
  const ts = app.thread;
  go(app.place);
  document.querySelector(`[data-testid="message-${CSS.escape(ts)}"]`)?.focus();
}

export function start() {
  on("me place state conversations", drawHead);
  on("me place", drawPlace);
  on("messages", drawMessages);
  byId("messages").addEventListener("scroll", fetchAhead, { passive: true });
  on("thread thread-opened me", drawThread);
  on("state", () => app.messages.length && drawMessages());
  byId("place-home").addEventListener("click", () => go(HOME));
  byId("thread-close").addEventListener("click", closeThread);
  byId("thread").addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && closeThread());
}
