/* The page starts here: read the address, ask the sandbox once, then listen. */

import * as clock from "./clock.js";
import * as composer from "./composer.js";
import * as conversation from "./conversation.js";
import { byId, h, icon, toast } from "./dom.js";
import * as downtime from "./downtime.js";
import * as faults from "./faults.js";
import * as hints from "./hints.js";
import * as home from "./home.js";
import * as modal from "./modal.js";
import * as sidebar from "./sidebar.js";
import { HOME, app, become, channel, emit, go, on, person, readAddress } from "./store.js";
import { listen, refreshConversations, refreshMessages, refreshState, refreshThread, refreshViews } from "./sync.js";
import * as story from "./story.js";
import * as wire from "./wire.js";

const PARTS = [sidebar, conversation, home, composer, modal, clock, wire, faults, downtime, hints, story];

/** Who the address names; without one, somebody who may read the place it names. */
function firstPerson(wanted, place) {
  if (person(wanted)) return wanted;
  if (wanted) toast(`Nobody here is called ${wanted}. You are somebody else now.`, { error: true });
  const insider = app.state.people.find((each) => channel(place)?.members?.includes(each.id));
  return (insider ?? app.state.people[0]).id;
}

/** Fetch what the new person or the new place needs. */
function follow() {
  on("me", () => {
    refreshConversations().then(refreshMessages).then(refreshThread);
    refreshViews();
    sidebar.closeSidebar();
  });
  on("place", () => app.place !== HOME && refreshMessages());
  on("thread-opened", () => app.thread && refreshThread());
  on("linked", () => {
    byId("offline").hidden = app.linked;
  });
}

function returnTo() {
  const wanted = readAddress();
  if (wanted.me && wanted.me !== app.me && person(wanted.me)) become(wanted.me, wanted.place ?? sidebar.startingPlace(wanted.me), { push: false });
  else if (wanted.place) go(wanted.place, wanted.thread, { push: false });
}

async function begin() {
  byId("window-icon").append(icon("window"));
  byId("thread-close").append(icon("close"));
  for (const part of PARTS) part.start();
  follow();
  await refreshState();
  if (app.state.people.length === 0) {
    document.querySelector("main").replaceChildren(h("p", { class: "empty" }, "The sandbox does not answer. Start it and reload this page."));
    return;
  }
  const wanted = readAddress();
  const id = firstPerson(wanted.me, wanted.place);
  become(id, wanted.place ?? sidebar.startingPlace(id), { push: false });
  if (wanted.thread) go(app.place, wanted.thread, { push: false });
  window.addEventListener("popstate", returnTo);
  listen();
  document.body.dataset.ready = "yes"; // a sign for tests: the first answers are on their way to the screen
  emit("ready");
}

begin();
