/* Fetching: each thing by itself, again only when the sandbox says that it changed, and never
   an old answer over a newer one. */

import { get, live, post } from "./api.js";
import { toast } from "./dom.js";
import { HOME, app, conversation, emit, settle } from "./store.js";

const LATEST = 30; // messages that are fetched at once
const MOST = 120; // more are only kept while somebody reads the earlier ones

const running = new Map();

/** Run `work` for `key`; a call while it runs makes it run once more at its end. */
function once(key, work) {
  const current = running.get(key);
  if (current) {
    current.again = true;
    return current.promise;
  }
  const entry = { again: false };
  entry.promise = (async () => {
    do {
      entry.again = false;
      await work();
    } while (entry.again);
  })()
    .catch((failure) => toast(failure.message, { error: true }))
    .finally(() => running.delete(key));
  running.set(key, entry);
  return entry.promise;
}

/** True while this window still plays the same person at the same place. */
const bookmark = () => ((me, place, thread) => () => me === app.me && place === app.place && thread === app.thread)(app.me, app.place, app.thread);

export const refreshState = () =>
  once("state", async () => {
    app.state = await get("state");
    setClock(app.state.now);
    emit("state");
  });

export function setClock(iso) {
  if (!iso) return;
  app.skew = new Date(iso).getTime() - Date.now();
  emit("clock");
}

const refreshClock = () => once("clock", async () => setClock((await get("clock")).now));

export const refreshConversations = () =>
  once(`conversations ${app.me}`, async () => {
    const asked = app.me;
    const answer = await get("conversations", { as: asked });
    if (asked !== app.me) return;
    app.conversations = answer.conversations;
    emit("conversations");
  });

let known = { where: "", revision: 0 }; // what app.messages holds, and which changes of it are in there
const here = () => `${app.me} ${app.place}`;
const ask = (more) => get("messages", { as: app.me, channel: app.place, limit: LATEST, ...more });

/** What changed since the last answer for this place, or the newest messages. */
async function fetched() {
  if (known.where !== here() || app.messages.length === 0) return ask({ from: app.highlight });
  const answer = await ask({ from: app.highlight ?? app.messages[0].ts, after: known.revision });
  const had = new Set([...app.messages, ...answer.messages].map((each) => each.ts));
  return answer.order.every((ts) => had.has(ts)) ? answer : ask({ from: app.highlight ?? app.messages[0].ts });
}

/** The messages in order; one that did not change stays the same object, so that it need not be drawn again. */
function merged(answer) {
  const byTs = new Map([...app.messages, ...answer.messages].map((each) => [each.ts, each]));
  return answer.order.map((ts) => byTs.get(ts));
}

/** Fetch what was said before the first message on the page. */
export const fetchEarlier = () =>
  once(`earlier ${here()}`, async () => {
    if (!app.earlier || app.messages.length === 0) return;
    const same = bookmark();
    const answer = await ask({ before: app.messages[0].ts });
    if (!same() || known.where !== here()) return;
    Object.assign(app, { messages: [...answer.messages, ...app.messages], earlier: answer.earlier });
    emit("messages");
  });

/** Let go of what has scrolled far away; it can be fetched again. */
export function forgetEarlier() {
  if (app.messages.length <= MOST) return;
  Object.assign(app, { messages: app.messages.slice(-LATEST), earlier: true });
}

export const refreshMessages = () =>
  once(`messages ${app.me} ${app.place}`, async () => {
    if (!app.place || app.place === HOME) return;
    const same = bookmark();
    try {
      const answer = await fetched();
      if (!same()) return;
      Object.assign(app, { messages: merged(answer), earlier: answer.earlier, barred: null });
      known = { where: here(), revision: answer.revision };
      settle(answer.channel?.id);
      known.where = here();
    } catch (failure) {
      if (!same()) return;
      if (failure.status !== 403 && failure.status !== 404) throw failure;
      Object.assign(app, { messages: [], barred: failure.message });
    }
    emit("messages");
    markRead();
  });

export const refreshThread = () =>
  once(`thread ${app.me} ${app.place} ${app.thread}`, async () => {
    if (!app.thread) return;
    const same = bookmark();
    const answer = await get("messages", { as: app.me, channel: app.place, thread: app.thread });
    if (!same()) return;
    app.threadMessages = answer.messages;
    emit("thread");
  });

let lastRead = "";

/** What is on the screen of a visible window has been read. */
async function markRead() {
  const newest = `${app.me} ${app.place} ${app.messages.at(-1)?.ts}`;
  if (document.hidden || app.barred || (newest === lastRead && !conversation(app.place)?.unread)) return;
  lastRead = newest;
  await post("read", { as: app.me, channel: app.place }).catch(() => {});
  refreshConversations();
}

export const refreshViews = () =>
  once(`views ${app.me}`, async () => {
    const asked = app.me;
    const views = await get("views", { as: asked });
    if (asked !== app.me) return;
    app.views = { stack: [], home: null, notice: null, ...views };
    emit("views");
  });

export async function openHome() {
  const asked = app.me;
  try {
    await post("home", { as: asked });
  } catch (failure) {
    toast(failure.message, { error: true });
  }
  if (asked === app.me) await refreshViews();
}

const refreshAll = () => Promise.all([refreshState(), refreshConversations(), refreshMessages(), refreshThread(), refreshViews()]);

function shownHere(id) {
  return id === app.place || conversation(app.place)?.id === id;
}

/** One thing that changed, as the sandbox names it: "messages:C0SALES", "views:U0MARA", "clock". */
function heard(name) {
  const [what, whose] = name.split(":");
  if (what === "messages") {
    refreshConversations();
    if (shownHere(whose) || app.place.startsWith("U")) refreshMessages().then(refreshThread);
  } else if (what === "views" || what === "home") {
    if (!whose || whose === app.me) refreshViews();
  } else if (what === "clock") refreshClock();
  else if (what === "wire" || what === "errors") emit("wire");
  else if (what === "conversations") refreshConversations();
  else if (what === "connections" || what === "faults") refreshState();
  else if (what === "story") refreshStory();
  else beginAnew();
}

const refreshStory = () =>
  once("story", async () => {
    app.state.story = await get("story");
    emit("story");
  });

/** Everything is back at its beginning, or a story has been played: nothing that was known holds. */
async function beginAnew() {
  known = { where: "", revision: 0 };
  app.messages = [];
  await Promise.all([refreshState(), refreshConversations(), refreshViews()]);
  emit("anew"); // the place or the thread may be gone
  await refreshMessages();
  emit("wire");
}

export function listen() {
  live({
    changed: (list) => {
      if (list) for (const name of new Set(list)) heard(name);
      else refreshAll().then(() => emit("wire"));
    },
    linked: (linked) => {
      app.linked = linked;
      emit("linked");
    },
  });
  document.addEventListener("visibilitychange", () => document.hidden || markRead());
}
