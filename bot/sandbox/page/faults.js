/* Breaking things on purpose: which call or delivery goes wrong next, and how; part of the wire panel. */

import { get, post, take } from "./api.js";
import { byId, h, toast } from "./dom.js";
import { confirmed } from "./popover.js";
import { app, on } from "./store.js";
import { refreshConversations, refreshState } from "./sync.js";

const CALLS = [
  ["429", "429: too many requests"],
  ["500", "500: Slack fails"],
  ["502", "502: Slack cannot be reached"],
  ["503", "503: Slack is overloaded"],
  ["504", "504: Slack took too long"],
  ["reset", "reset: the line is cut"],
  ["timeout", "timeout: no answer"],
  ["slow", "slow: a late answer"],
  ["garbage", "garbage: not JSON"],
  ["timeout_after_accept", "timeout, but carried out"],
  ["accept_then_reset", "reset, but carried out"],
  ["accept_then_500", "500, but carried out"],
  ["accept_then_garbage", "garbage, but carried out"],
  ["missing_scope", "missing_scope"],
  ["channel_not_found", "channel_not_found"],
  ["not_in_channel", "not_in_channel"],
  ["is_archived", "is_archived"],
  ["message_not_found", "message_not_found"],
  ["expired_trigger_id", "expired_trigger_id"],
  ["token_revoked", "token_revoked"],
];
const TWICE = ["duplicate", "duplicate: told twice"];
const EVENTS = [TWICE, ["reorder", "reorder: told after the next one"], ["drop", "drop: never told"]];
const METHODS = [
  "*", "chat.*", "chat.postMessage", "chat.update", "chat.postEphemeral", "chat.getPermalink",
  "conversations.open", "conversations.replies", "reactions.add", "users.info",
  "views.open", "views.push", "views.update", "views.publish", "apps.connections.open",
  "event:*", "event:message", "event:reaction_added", "event:reaction_removed", "event:app_home_opened",
  "request:slash_commands", "request:interactive",
]; // prettier-ignore
const WAITS = /timeout|slow/;
const PAUSE = 250;

let armed = [];
let timer = null;

const shown = () => !byId("faults").hidden;
const kindsFor = (method) => (method.startsWith("event:") ? EVENTS : method.startsWith("request:") ? [TWICE] : CALLS);
const number = (id, otherwise) => Number(byId(id).value) || otherwise;

/** Only what can happen to this method is on offer, and only the fields that its kind knows. */
function offerKinds() {
  const select = byId("fault-kind");
  const kinds = kindsFor(byId("fault-method").value.trim());
  const before = select.value;
  if (select.dataset.offer !== kinds[0][0] + kinds.length) {
    select.replaceChildren(...kinds.map(([value, label]) => h("option", { value }, label)));
    select.dataset.offer = kinds[0][0] + kinds.length;
    if (kinds.some(([value]) => value === before)) select.value = before;
  }
  byId("fault-retry-label").hidden = select.value !== "429";
  byId("fault-seconds-label").hidden = !WAITS.test(select.value);
}

function line(fault) {
  const label = CALLS.concat(EVENTS).find(([kind]) => kind === fault.kind)?.[1] ?? fault.kind;
  return h("li", {}, h("code", {}, fault.method), ` ${label} `, h("span", { class: "muted" }, `${fault.count} left`));
}

function draw() {
  byId("fault-list").replaceChildren(...armed.map(line));
  byId("fault-none").hidden = armed.length > 0;
  byId("fault-clear").toggleAttribute("disabled", armed.length === 0);
  byId("faults-count").textContent = armed.length ? String(armed.length) : "";
  byId("wire-button").classList.toggle("bad", armed.length > 0);
  byId("wire-button").title = armed.length ? `${armed.length} armed to go wrong` : "";
}

async function refresh() {
  armed = (await get("faults")).faults;
  draw();
}

/** A fault is used up without a word about it; what passes over the wire is the sign. */
function soon() {
  if (timer || !(shown() || armed.length)) return;
  timer = setTimeout(() => {
    timer = null;
    refresh().catch(() => {}); // the strip at the top says when nobody answers
  }, PAUSE);
}

/** Do it and say what was done, or why not. */
async function act(work, done) {
  try {
    await work();
    toast(done);
  } catch (failure) {
    toast(failure.message, { error: true });
  }
}

function arm(event) {
  event.preventDefault();
  const method = byId("fault-method").value.trim();
  const kind = byId("fault-kind").value;
  const fault = { method, kind, count: number("fault-times", 1), retry_after: number("fault-retry", 1), seconds: number("fault-seconds", 30) };
  return act(async () => {
    await post("faults", fault);
    await refresh();
  }, `${method}: ${kind}, ${fault.count} ${fault.count === 1 ? "time" : "times"}.`);
}

const clear = () => act(async () => (await take("faults"), await refresh()), "Nothing is broken any more.");

function silence() {
  const seconds = number("fault-silence", 10);
  return act(() => post("socket", { silence: seconds }), `Socket Mode carries nothing for ${seconds} s.`);
}

const disconnect = () => act(() => post("socket", { disconnect: true }), "The app was told to connect anew.");

async function archive() {
  const channel = app.state.channels.find((each) => each.id === byId("fault-channel").value);
  if (!channel) return;
  const words = { title: { text: `Archive #${channel.name}?` }, body: "Nobody can post there afterwards. Only a new start of the demo brings it back.", confirm: { text: "Archive" }, style: "danger" };
  if (!(await confirmed(words))) return;
  await act(async () => {
    await post("archive", { channel: channel.id });
    await Promise.all([refreshState(), refreshConversations()]);
  }, `#${channel.name} is archived.`);
}

function drawChannels() {
  const open = app.state.channels.filter((each) => !each.is_archived);
  const select = byId("fault-channel");
  const before = select.value;
  select.replaceChildren(...open.map((each) => h("option", { value: each.id }, `#${each.name}`)));
  if (open.some((each) => each.id === before)) select.value = before;
}

function show(yes) {
  byId("faults").hidden = !yes;
  byId("faults-button").setAttribute("aria-expanded", String(yes));
  if (yes) refresh().catch((failure) => toast(failure.message, { error: true }));
}

/** The name under which the fault knows what a line of the wire tells of. */
function nameOn(entry) {
  const [what] = entry.what.split(" ");
  if (entry.direction === "in" || what.startsWith("event:")) return what;
  if (!what.includes(":")) return null; // hello and the like are no deliveries
  return `request:${what.split(":")[0]}`;
}

/** A button under an entry of the wire that fills the form in. */
export function breaker(entry) {
  const method = nameOn(entry);
  if (!method) return null;
  const choose = () => {
    byId("fault-method").value = method;
    offerKinds();
    show(true);
    byId("fault-kind").focus();
  };
  return h("button", { type: "button", class: "small-button", onclick: choose }, "Break the next one…");
}

export function start() {
  byId("fault-methods").append(...METHODS.map((value) => h("option", { value })));
  byId("faults-button").addEventListener("click", () => show(!shown()));
  byId("fault-form").addEventListener("submit", arm);
  byId("fault-form").addEventListener("input", offerKinds);
  byId("fault-clear").addEventListener("click", clear);
  byId("fault-silence-form").addEventListener("submit", (event) => (event.preventDefault(), silence()));
  byId("fault-disconnect").addEventListener("click", disconnect);
  byId("fault-archive-form").addEventListener("submit", (event) => (event.preventDefault(), archive()));
  on("wire", soon);
  on("state", () => {
    armed = app.state.faults ?? [];
    drawChannels();
    draw();
  });
  offerKinds();
}
