/* The story menu: a history that is played before one's eyes, the guided tour, and back to the beginning. */

import { post } from "./api.js";
import { announce, byId, h, icon, toast } from "./dom.js";
import { begin as beginTour, STEPS } from "./hints.js";
import { confirmed, menu } from "./popover.js";
import { startingPlace } from "./sidebar.js";
import { HOME, app, channel, conversation, go, on, person } from "./store.js";

let watched = false; // this window saw it being played, and so it says how it ended

const story = () => app.state.story ?? { offered: [], playing: null, words: "", done: 0 };

async function attempt(name, body) {
  try {
    await post(name, body);
  } catch (failure) {
    toast(failure.message, { error: true });
  }
}

const LOST = "Everything in the demo so far is forgotten, for everybody who has a window open.";

async function play({ name, label, hint }) {
  if (await confirmed({ title: { text: `Play ${label}?` }, body: h("p", {}, `${hint} ${LOST}`), confirm: { text: "Play it" } })) await attempt("story", { name });
}

async function reset() {
  const words = { title: { text: "Start again from the beginning?" }, body: h("p", {}, `${LOST} The clock goes back too.`), confirm: { text: "Start again" }, style: "danger" };
  if (!(await confirmed(words))) return;
  await attempt("reset", {});
}

function open() {
  if (story().playing) return toast("The history is being played. The menu is back when it is done.");
  const plays = story().offered.map((each) => ({ label: each.label, hint: each.hint, act: () => play(each), attributes: { class: "menuitem tall", "data-testid": `story-${each.name}` } }));
  const tour = { label: `Guided tour, ${STEPS.length} steps`, hint: "The main job, one step after the other.", act: beginTour, attributes: { class: "menuitem tall", "data-testid": "story-tour" } };
  const again = { label: "Start again from the beginning", act: reset, danger: true, attributes: { "data-testid": "story-reset" } };
  return menu(byId("story-button"), "Story", [...plays, tour, null, again]);
}

/** While it is played people only look on: a second hand in it would change its end. */
function draw() {
  const { playing, words, done, failed } = story();
  if (playing && !watched) announce("A history is being played.");
  if (!playing && watched) announce(words);
  watched = watched || Boolean(playing);
  byId("story").hidden = !(watched && words);
  byId("story").classList.toggle("bad", Boolean(failed));
  byId("story-title").textContent = story().offered.find((each) => each.name === playing)?.label ?? "";
  byId("story-words").textContent = words;
  byId("story-done").hidden = !playing;
  byId("story-done").value = done;
  byId("story-close").hidden = Boolean(playing);
  document.body.classList.toggle("playing", Boolean(playing));
  document.querySelector(".columns").inert = Boolean(playing);
  byId("clock-moves").inert = Boolean(playing);
}

function close() {
  watched = false;
  byId("story").hidden = true;
  byId("story-button").focus();
}

/** The place where somebody was may be gone with everything else. */
function stayOrLeave() {
  if (app.place !== HOME && !channel(app.place) && !conversation(app.place) && !person(app.place)) go(startingPlace(app.me), null, { push: false });
  else if (app.thread) go(app.place, null, { push: false });
}

export function start() {
  byId("story-close").append(icon("close"));
  byId("story-close").addEventListener("click", close);
  byId("story-button").addEventListener("click", open);
  on("story state", draw);
  on("anew", stayOrLeave);
}
