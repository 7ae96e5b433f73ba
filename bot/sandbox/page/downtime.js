/* Downtime: Slack is gone for the app, for some seconds or until somebody ends it; shown plainly meanwhile. */

import { post } from "./api.js";
import { byId, toast } from "./dom.js";
import { app, on } from "./store.js";

const LONG = 86400; // a day: until somebody ends it
const NO_END = LONG / 2; // with more than this left nobody counts the seconds

let ends = 0; // when it is over, by this computer's clock; 0 while everything runs
let ticking = null;

const left = () => Math.max(0, Math.ceil((ends - Date.now()) / 1000));

function span(seconds) {
  if (seconds > NO_END) return "It lasts until you end it.";
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} min ${seconds % 60} s left.` : `${seconds} s left.`;
}

function draw() {
  const seconds = left();
  byId("down").hidden = seconds === 0;
  byId("down-left").textContent = span(seconds);
  if (seconds > 0) return;
  clearInterval(ticking);
  ticking = null;
}

function heard() {
  const seconds = app.state.downtime ?? 0;
  ends = seconds > 0 ? Date.now() + seconds * 1000 : 0;
  if (ends && !ticking) ticking = setInterval(draw, 500);
  draw();
}

async function down(seconds) {
  try {
    await post("downtime", { seconds });
  } catch (failure) {
    toast(failure.message, { error: true });
  }
}

export function start() {
  byId("fault-down-form").addEventListener("submit", (event) => {
    event.preventDefault();
    down(Number(byId("fault-down").value));
  });
  byId("fault-down-long").addEventListener("click", () => down(LONG));
  byId("down-end").addEventListener("click", () => down(0));
  on("state", heard);
}
