/* "Try this": the main job in eight steps, for somebody who sees the app for the first time. */

import { byId, h, icon } from "./dom.js";
import { HOME, app, emit, isBot, on, person } from "./store.js";
import { switchTo } from "./sidebar.js";

const COMMAND = "/expedite 100 pcs BRK-2040 for Acme by Friday";
const SEEN = "sandbox-hints";

export const STEPS = [
  { who: "U0MARA", place: "C0SALES", fill: COMMAND, text: ["As Mara in #sales, ask for something sooner: ", h("code", {}, COMMAND)] },
  { who: "U0MARA", place: "C0SALES", text: ["Fill in the form: what would help, how late is still useful, what the customer was told. Read it back and send it."] },
  { who: "U0JONAS", place: "C0PLANT3", text: ["Switch to Jonas at the plant. A card with Mara's question is in #ops-plant-3, and the clock is running."] },
  { who: "U0JONAS", place: "C0PLANT3", text: ["React to the card with 👀 (or press the first button): the desk is looking into it. Take the reaction away to undo it."] },
  { who: "U0JONAS", place: "C0PLANT3", text: ["Offer something the plant can keep: part on Friday, the balance later."] },
  { who: "U0MARA", place: "dm", text: ["Switch back to Mara. A message says that it is her turn; she takes the offer."] },
  { who: "U0JONAS", place: "C0PLANT3", text: ["Push the clock in the bar above to the promised day. Jonas is asked how it ended and reports it."] },
  { who: "U0HELENA", place: "C0LEADERS", text: ["Push the clock to next Monday 08:00 and read the digest as Helena in #leadership."] },
];

let at = 0;

function remembered() {
  try {
    return localStorage.getItem(SEEN);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(SEEN, value);
  } catch {
    // private windows may forbid it; then the strip comes back with the next reload
  }
}

function draw() {
  const step = STEPS[at];
  byId("hint-count").textContent = `Try this, ${at + 1} of ${STEPS.length}`;
  byId("hint-text").replaceChildren(...step.text);
  byId("hint-back").toggleAttribute("disabled", at === 0);
  byId("hint-next").toggleAttribute("disabled", at === STEPS.length - 1);
  byId("hint-go").hidden = !person(step.who);
}

function turn(by) {
  at = Math.max(0, Math.min(at + by, STEPS.length - 1));
  remember(String(at));
  draw();
}

function placeOf(step) {
  if (step.place !== "dm") return step.place;
  return app.me === step.who ? (app.conversations.find((each) => each.kind === "im" && isBot(each.user))?.id ?? HOME) : HOME;
}

/** Play the right person at the right place, the command ready to be sent. */
function goThere() {
  const step = STEPS[at];
  switchTo(step.who, placeOf(step));
  if (step.fill) emit("fill-composer", step.fill);
}

function show(yes) {
  byId("hints").hidden = !yes;
  byId("hints-button").setAttribute("aria-expanded", String(yes));
  remember(yes ? String(at) : "closed");
}

/** Show the tour from its first step. */
export function begin() {
  at = 0;
  show(true);
  draw();
  byId("hint-go").focus();
}

export function start() {
  const known = remembered();
  at = Number(known) || 0;
  show(known !== "closed");
  byId("hint-back").addEventListener("click", () => turn(-1));
  byId("hint-next").addEventListener("click", () => turn(1));
  byId("hint-go").addEventListener("click", goThere);
  byId("hint-close").append(icon("close"));
  byId("hint-close").addEventListener("click", () => show(false));
  byId("hints-button").addEventListener("click", () => show(byId("hints").hidden));
  on("state me", draw);
}
