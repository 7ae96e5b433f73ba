/* The wire: every call between the app and this stand-in, and every payload it refused. */

import { get } from "./api.js";
import { timeOf } from "./dates.js";
import { byId, h, icon, toast } from "./dom.js";
import { breaker } from "./faults.js";
import { app, on, zone } from "./store.js";

const KEPT = 500;
const WAIT = 250;

let entries = [];
let last = 0;
let timer = null;
let errorsSeen = null; // how many there were at the last look; null before the first

const panelOpen = () => !byId("wire").hidden;
const pretty = (body) => (typeof body === "string" ? body : JSON.stringify(body, null, 2));

function line(entry) {
  const inbound = entry.direction === "in";
  const summary = h(
    "summary",
    {},
    h("span", { class: "muted" }, timeOf(new Date(entry.at), zone())),
    h("span", { class: inbound ? "way in" : "way out", title: inbound ? "from the app" : "to the app" }, inbound ? "app →" : "→ app"),
    h("b", {}, entry.what),
    h("span", { class: "status" }, String(entry.status ?? "")),
  );
  const details = h("details", { "data-n": entry.n }, summary);
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector("pre")) details.append(h("pre", { tabindex: "0" }, pretty(entry.body)), breaker(entry) ?? "");
  });
  return details;
}

const matches = (entry, words) => words === "" || `${entry.what} ${entry.status} ${JSON.stringify(entry.body)}`.toLowerCase().includes(words);

const found = () => entries.filter((entry) => matches(entry, byId("wire-search").value.trim().toLowerCase()));

function draw() {
  const list = byId("wire-list");
  list.replaceChildren(...found().reverse().map(line));
  byId("wire-count").textContent = `${found().length} of ${entries.length}`;
}

function forget() {
  entries = [];
  last = 0;
  byId("wire-list").replaceChildren();
}

async function refresh() {
  await refreshErrors();
  if (!panelOpen()) return;
  const fresh = (await get("wire", { after: last })).entries;
  if (fresh.length === 0) return;
  last = fresh.at(-1).n;
  entries = [...entries, ...fresh].slice(-KEPT);
  const list = byId("wire-list");
  const words = byId("wire-search").value.trim().toLowerCase();
  list.prepend(...fresh.filter((entry) => matches(entry, words)).reverse().map(line)); // opened entries stay open
  byId("wire-count").textContent = `${found().length} of ${entries.length}`;
}

function problem(entry) {
  const reasons = entry.problems.map(({ pointer, sentence }) => h("li", {}, pointer && h("code", {}, `${pointer} `), sentence));
  const title = h("summary", {}, h("span", { class: "muted" }, timeOf(new Date(entry.at), zone())), h("b", {}, entry.what ?? entry.where));
  return h("details", { open: true }, title, h("ul", { class: "reasons" }, reasons), h("details", {}, h("summary", {}, "payload"), h("pre", { tabindex: "0" }, pretty(entry.payload))));
}

async function refreshErrors() {
  const list = (await get("errors")).errors;
  byId("errors-count").textContent = String(list.length);
  byId("errors-button").hidden = list.length === 0;
  if (errorsSeen !== null && list.length > errorsSeen) toast("Slack would have refused a payload of the app. The list of errors says why.", { error: true });
  if (list.length !== errorsSeen) byId("errors-list").replaceChildren(...[...list].reverse().map(problem));
  errorsSeen = list.length;
}

function soon() {
  if (timer) return;
  timer = setTimeout(() => {
    timer = null;
    refresh().catch((failure) => toast(failure.message, { error: true }));
  }, WAIT);
}

function toggle(panel, button, shown = byId(panel).hidden) {
  byId(panel).hidden = !shown;
  byId(button).setAttribute("aria-expanded", String(shown));
  if (shown && panel === "wire") soon();
}

async function copy() {
  const text = found().map((entry) => `${entry.at} ${entry.direction} ${entry.what} ${entry.status}\n${pretty(entry.body)}`).join("\n\n");
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied ${found().length} entries.`);
  } catch {
    toast("The browser does not let this page copy.", { error: true });
  }
}

export function start() {
  for (const [panel, button] of [["wire", "wire-button"], ["errors", "errors-button"]]) {
    byId(button).addEventListener("click", () => toggle(panel, button));
    byId(`${panel}-close`).append(icon("close"));
    byId(`${panel}-close`).addEventListener("click", () => {
      toggle(panel, button, false);
      byId(button).focus();
    });
  }
  byId("wire-search").addEventListener("input", draw);
  byId("wire-copy").addEventListener("click", copy);
  on("wire", soon);
  on("linked", () => app.linked || forget()); // another sandbox counts from one again
  soon();
}
