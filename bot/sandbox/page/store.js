/* What this window knows: who I am, where I look, and the last answers of the sandbox.
   Parts of the page subscribe to names of events and draw from here. */

export const HOME = "home";

export const app = {
  me: null, // id of the person this window plays
  place: null, // channel id, DM id, user id, or HOME
  thread: null, // ts of the open thread
  highlight: null, // ts of a message to scroll to once it is drawn
  state: { people: [], channels: [], commands: [], shortcuts: [], bot: {}, zone: "UTC" },
  conversations: [],
  messages: [],
  earlier: false, // there is more before the first of them
  threadMessages: [],
  barred: null, // the sentence, when I may not read this place
  views: { stack: [], home: null, notice: null },
  skew: 0, // sandbox time minus this computer's time, ms
  linked: true,
};

const listeners = new Map();

export function on(names, listener) {
  for (const name of names.split(" ")) listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

export function emit(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

export const now = () => new Date(Date.now() + app.skew);
export const person = (id) => app.state.people.find((each) => each.id === id);
export const me = () => person(app.me) ?? { id: app.me, name: "", real_name: "", role: "", tz: app.state.zone };
export const channel = (id) => app.state.channels.find((each) => each.id === id);
export const zone = () => app.state.zone ?? "UTC";
export const myZone = () => me().tz ?? zone();
export const bot = () => app.state.bot ?? {};
export const botUser = () => bot().user_id ?? bot().bot_user_id ?? bot().id;
export const botName = () => bot().real_name ?? bot().display_name ?? bot().name ?? "Expedite Desk";
export const isBot = (id) => id && [bot().user_id, bot().bot_user_id, bot().id, bot().bot_id].includes(id);
export const fullName = (someone) => someone.real_name ?? someone.name ?? someone.id;
export const firstName = (someone) => fullName(someone).split(" ")[0];

export const roleName = (someone) => someone.role ?? "";

/** The name of a person, the app or whoever else has this id. */
export function nameOf(id) {
  if (isBot(id)) return botName();
  const someone = person(id);
  return someone ? fullName(someone) : id;
}

export function conversation(id) {
  return app.conversations.find((each) => each.id === id || (each.user && each.user === id));
}

/** What stands above the message list: "#sales", or whom I write with. */
export function placeName(id) {
  if (id === HOME) return botName();
  const open = channel(id);
  if (open) return `#${open.name}`;
  const direct = conversation(id);
  if (direct?.name) return direct.name;
  return nameOf(direct?.user ?? id);
}

function remember(push) {
  const url = new URL(location.href);
  url.search = "";
  url.searchParams.set("as", app.me);
  url.hash = app.thread ? `${app.place}/${app.thread}` : (app.place ?? "");
  history[push ? "pushState" : "replaceState"](null, "", url);
}

/** Read who and where from the address (so that a link, a reload and two windows work). */
export function readAddress() {
  const url = new URL(location.href);
  const [place, thread] = url.hash.slice(1).split("/");
  const found = url.searchParams.get("channel"); // a permalink leads here with ?channel=…&ts=…
  if (found && !place) app.highlight = url.searchParams.get("ts");
  return { me: url.searchParams.get("as"), place: place || found, thread: thread || null };
}

/** A place opened by somebody's id turned out to be this conversation. */
export function settle(id) {
  if (!id || id === app.place) return;
  app.place = id;
  remember(false);
  emit("conversations");
}

/** Look at another place, perhaps at one of its threads, perhaps at the message with the ts `highlight`. */
export function go(place, thread = null, { push = true, highlight = null } = {}) {
  const moved = place !== app.place;
  Object.assign(app, { place, thread, highlight });
  if (moved) Object.assign(app, { messages: [], earlier: false, barred: null });
  app.threadMessages = [];
  remember(push);
  if (moved) emit("place");
  emit("thread-opened");
}

export function become(id, place, { push = true } = {}) {
  if (id === app.me && place === app.place) return;
  if (place !== app.place && app.place) app.highlight = null;
  Object.assign(app, { me: id, conversations: [], messages: [], earlier: false, threadMessages: [], thread: null, barred: null });
  app.views = { stack: [], home: null, notice: null };
  app.place = place;
  remember(push);
  emit("me");
}
