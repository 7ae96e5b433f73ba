/* The middle of the page and the thread pane: which messages are shown, and where they are scrolled. */

import { byId, h, icon } from "./dom.js";
import { withDays } from "./messages.js";
import { fill } from "./rows.js";
import { drawStretch, forgetStretch, goFurther } from "./stretch.js";
import { HOME, app, become, channel, conversation, fullName, go, isBot, on, person, placeName, roleName } from "./store.js";

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

function drawMessages() {
  drawStretch();
  byId("message-note").replaceChildren(app.messages.length ? "" : emptyNote());
  byId("composer").hidden = Boolean(app.barred);
  highlight();
}

function drawPlace() {
  const home = app.place === HOME;
  byId("conversation").hidden = home;
  byId("home").hidden = !home;
  forgetStretch();
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
  fill(byId("thread-messages"), withDays(app.threadMessages), { inThread: true });
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
  byId("messages").addEventListener("scroll", goFurther, { passive: true });
  on("thread thread-opened me", drawThread);
  on("state", () => app.messages.length && drawMessages());
  byId("place-home").addEventListener("click", () => go(HOME));
  byId("thread-close").addEventListener("click", closeThread);
  byId("thread").addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && closeThread());
}
