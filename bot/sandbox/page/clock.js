/* The clock bar: what time it is in the workspace, and pushing it forward. */

import { post } from "./api.js";
import { clockText, instantOf, instantOfTs, timeOf, wallClock } from "./dates.js";
import { byId, h, icon, toast } from "./dom.js";
import { flat } from "./mrkdwn.js";
import { app, channel, conversation, go, now, on, placeName, zone } from "./store.js";
import { refreshConversations, refreshMessages, refreshThread, setClock } from "./sync.js";

const MOVES = [
  ["clock-15", "+15 min", { advance_seconds: 900 }],
  ["clock-60", "+1 h", { advance_seconds: 3600 }],
  ["clock-morning", "Next working morning", { next: "working_morning" }],
  ["clock-monday", "Next Monday 08:00", { next: "monday" }],
];

let fading = null;
let due = []; // what happened when the clock was last moved

function show() {
  byId("clock-now").textContent = clockText(now(), zone());
  byId("clock-now").dateTime = now().toISOString();
  byId("clock-zone").textContent = zone().replaceAll("_", " ");
}

function setBusy(yes) {
  byId("clock-bar").setAttribute("aria-busy", String(yes));
  for (const button of byId("clock-bar").querySelectorAll("[data-move]")) button.toggleAttribute("disabled", yes);
}

async function move(how) {
  setBusy(true);
  try {
    const answer = await post("clock", how);
    setClock(answer.now);
    await Promise.all([refreshConversations(), refreshMessages(), refreshThread()]);
    became(answer.messages_since ?? []);
    if (answer.quiet === false) toast("The app is still busy with what became due.");
  } catch (failure) {
    toast(failure.message, { error: true });
  } finally {
    setBusy(false);
  }
}

/** May I open it: a channel of mine, or a direct message of mine? */
const mine = (id) => Boolean(conversation(id) ?? channel(id)?.members?.includes(app.me));

function dueLine(message) {
  const words = flat(message.text ?? "").slice(0, 110) || "a message";
  const place = channel(message.channel) ? placeName(message.channel) : mine(message.channel) ? `${placeName(message.channel)} (direct message)` : "somebody's direct messages";
  const label = [h("b", {}, `${timeOf(instantOfTs(message.ts), zone())} ${place}`), ` ${words}`];
  if (!mine(message.channel)) return h("li", { class: "muted" }, label, " (switch person to read it)");
  const open = (event) => {
    event.preventDefault();
    go(message.channel, null, { highlight: message.ts });
    refreshMessages();
  };
  return h("li", {}, h("a", { href: `#${message.channel}`, onclick: open }, label));
}

/** What happened while the time passed; drawn again for the next person, who may read other things of it. */
function became(messages) {
  due = messages;
  drawDue();
  byId("clock-due").hidden = false;
  clearTimeout(fading);
  if (due.length === 0) fading = setTimeout(() => (byId("clock-due").hidden = true), 4000);
}

function drawDue() {
  const box = byId("clock-due");
  const close = h("button", { type: "button", class: "quiet", "aria-label": "Close the list", onclick: () => (box.hidden = true) }, icon("close"));
  const title = due.length ? "What became due" : "Nothing became due";
  box.replaceChildren(h("div", { class: "due-head" }, h("b", {}, title), close), h("ul", {}, due.map(dueLine)));
}

function pick(event) {
  event.preventDefault();
  const local = byId("clock-to").value;
  if (!local) return toast("Choose a date and a time first.", { error: true });
  return move({ to: instantOf(local, zone()).toISOString() });
}

function toggleMoves() {
  const open = document.body.classList.toggle("clock-open");
  byId("clock-toggle").setAttribute("aria-expanded", String(open));
}

export function start() {
  const host = byId("clock-moves");
  host.prepend(...MOVES.map(([testid, label, how]) => h("button", { type: "button", "data-testid": testid, "data-move": "", onclick: () => move(how) }, label)));
  byId("clock-form").addEventListener("submit", pick);
  byId("clock-to").addEventListener("focus", () => {
    if (byId("clock-to").value) return;
    byId("clock-to").value = wallClock(new Date(now().getTime() + 3600000), zone());
  });
  byId("clock-toggle").addEventListener("click", toggleMoves);
  byId("clock-icon").append(icon("clock"));
  on("clock state", show);
  on("me conversations", () => byId("clock-due").hidden || drawDue());
  setInterval(show, 1000);
}
