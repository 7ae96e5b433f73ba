/* Who I am (people switcher) and where I can go (channels, direct messages, the app). */

import { byId, h, icon, reconcile } from "./dom.js";
import { botPlace } from "./home.js";
import { avatar } from "./messages.js";
import { menu } from "./popover.js";
import { HOME, app, become, botName, botUser, channel, conversation, firstName, fullName, go, on, person, placeName, roleName } from "./store.js";

/** The first place worth seeing for someone: their team's channel, not #general. */
export function startingPlace(id) {
  const open = app.state.channels.filter((each) => each.members?.includes(id) && !each.is_archived);
  const withApp = open.find((each) => each.members.includes(botUser()));
  return (withApp ?? open[0])?.id ?? HOME;
}

function mayStay(id) {
  if (app.place === HOME) return true;
  return Boolean(channel(app.place)?.members?.includes(id));
}

export function switchTo(id, place = mayStay(id) ? app.place : startingPlace(id)) {
  become(id, place);
}

function personButton(someone) {
  const mine = someone.id === app.me;
  return h(
    "button",
    {
      type: "button",
      role: "radio",
      class: `person role-${someone.role}`,
      "aria-checked": String(mine),
      tabindex: mine ? "0" : "-1",
      title: `${fullName(someone)}${someone.title ? `, ${someone.title}` : ""}`,
      "aria-label": `${fullName(someone)}, ${roleName(someone)}`,
      "data-testid": `person-${someone.id}`,
      "data-part": someone.id,
      onclick: () => switchTo(someone.id),
    },
    avatar(someone),
    h("span", { class: "person-words" }, h("b", {}, firstName(someone)), h("small", {}, roleName(someone))),
  );
}

function arrows(event) {
  const ids = app.state.people.map((each) => each.id);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  switchTo(ids[(ids.indexOf(app.me) + step + ids.length) % ids.length]);
  byId("people").querySelector('[aria-checked="true"]')?.focus();
}

function drawPeople() {
  reconcile(byId("people"), app.state.people, { key: (each) => each.id, render: personButton, salt: app.me });
  const link = byId("second-window");
  const other = app.state.people.find((each) => each.id !== app.me && each.role !== person(app.me)?.role);
  if (other) link.href = `${location.pathname}?as=${other.id}`;
  link.title = other ? `Open a second window as ${fullName(other)}` : "Open a second window";
}

function placeLink({ id, name, sign, unread, testid }) {
  const here = id === app.place || conversation(app.place)?.id === id;
  return h(
    "a",
    {
      href: `?as=${app.me}#${id}`,
      class: unread ? "place unread" : "place",
      "aria-current": here ? "page" : null,
      "data-testid": testid ?? `channel-link-${id}`,
      "data-part": `place-${id}`,
      onclick: (event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        go(id);
        closeSidebar();
      },
    },
    h("span", { class: "sign" }, icon(sign)),
    h("span", { class: "place-name" }, name),
    unread ? h("span", { class: "count", "data-testid": `unread-${id}`, "aria-label": `${unread} unread` }, String(unread)) : null,
  );
}

function channelItems() {
  const mine = app.conversations.filter((each) => each.kind !== "im" && !each.is_archived);
  return mine.map((each) => ({ id: each.id, name: channel(each.id)?.name ?? each.name, sign: each.kind === "private" ? "lock" : "hash", unread: each.unread }));
}

function dmItems() {
  const mine = app.conversations.filter((each) => each.kind === "im");
  return mine.map((each) => ({ id: each.id, name: placeName(each.id), sign: "person", unread: each.unread }));
}

function drawList(id, items) {
  reconcile(byId(id), items, { key: (each) => each.id, render: (each) => h("li", {}, placeLink(each)), salt: `${app.me}|${app.place}|${botName()}` });
}

function drawPlaces() {
  drawList("channel-list", channelItems());
  drawList("dm-list", dmItems());
  drawList("app-list", [{ id: HOME, name: botName(), sign: "home", unread: 0, testid: "home-link" }]);
  byId("no-dms").hidden = dmItems().length > 0;
  const total = app.conversations.reduce((sum, each) => sum + (each.id === app.place ? 0 : each.unread), 0);
  byId("sidebar-button").dataset.unread = total || "";
}

function drawTeam() {
  byId("team-name").textContent = app.state.team?.name ?? "Sandbox";
  const connected = app.state.connections > 0 || app.state.delivery === "http";
  byId("connected").textContent = connected ? "sandbox · the app is connected" : "sandbox · no app is connected";
  byId("connected").dataset.connected = String(connected);
}

function chooseSomeone(anchor) {
  const others = app.state.people.filter((each) => each.id !== app.me);
  const entries = others.map((each) => ({ label: fullName(each), hint: roleName(each), act: () => (go(conversation(each.id)?.id ?? each.id), closeSidebar()) }));
  menu(anchor, "New direct message", [{ label: botName(), hint: "App", act: () => (go(botPlace()), closeSidebar()) }, ...entries]);
}

export function closeSidebar() {
  document.body.classList.remove("sidebar-open");
  byId("sidebar-button").setAttribute("aria-expanded", "false");
}

function toggleSidebar() {
  const open = document.body.classList.toggle("sidebar-open");
  byId("sidebar-button").setAttribute("aria-expanded", String(open));
  if (open) byId("sidebar").querySelector("a")?.focus();
}

export function start() {
  on("me state", drawPeople);
  on("me state conversations place", drawPlaces);
  on("state", drawTeam);
  byId("people").addEventListener("keydown", arrows);
  byId("sidebar-button").append(icon("menu"));
  byId("sidebar-button").addEventListener("click", toggleSidebar);
  byId("scrim").addEventListener("click", closeSidebar);
  byId("sidebar").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !document.body.classList.contains("sidebar-open")) return;
    closeSidebar();
    byId("sidebar-button").focus();
  });
  const add = byId("new-dm");
  add.addEventListener("click", () => chooseSomeone(add));
}
