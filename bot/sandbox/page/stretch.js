/* A long channel: only a stretch of it is on the page, and it moves with whoever scrolls. */

import { byId } from "./dom.js";
import { EARLIER, NEWEST, withDays } from "./messages.js";
import { atEnd, fill } from "./rows.js";
import { app } from "./store.js";
import { fetchEarlier, forgetEarlier } from "./sync.js";

const AT_ONCE = 6; // rows that are drawn before the browser gets its turn again
const MOST = 90; // rows on the page
const AHEAD = 900; // pixels: this close to an edge more rows are drawn, or fetched

let from = ""; // ts of the first message that is drawn
let to = ""; // ts of the last one; empty: whatever is the newest
let fresh = true; // nothing of this place is drawn yet
let pending = null;

const list = () => byId("messages");
const indexOf = (ts) => app.messages.findIndex((each) => each.ts === ts);

/** First and last index (exclusive) of what is drawn, however the messages changed meanwhile. */
function bounds() {
  const count = app.messages.length;
  const last = to ? indexOf(to) + 1 || count : count;
  if (last === count) to = "";
  const first = indexOf(from);
  return first < 0 || first >= last ? [Math.max(0, last - AT_ONCE), last] : [first, last];
}

function around(ts) {
  const at = indexOf(ts);
  if (at < 0) return;
  from = app.messages[Math.max(0, at - AT_ONCE)].ts;
  to = app.messages[Math.min(app.messages.length - 1, at + AT_ONCE)].ts;
}

function draw({ far = false } = {}) {
  const [first, last] = bounds();
  from = app.messages[first]?.ts ?? "";
  const stay = fresh || (to === "" && atEnd(list()));
  const rows = withDays(app.messages.slice(first, last));
  if (app.earlier && first === 0) rows.unshift(EARLIER);
  if (to) rows.push(NEWEST);
  fill(list(), rows, { stay, far, acts: { earlier: fetchEarlier, newest: toNewest } });
  goFurther();
}

/** Draw what changed. */
export function drawStretch() {
  if (app.highlight && indexOf(app.highlight) >= 0) around(app.highlight);
  else if (!fresh && to === "" && atEnd(list())) forgetEarlier();
  draw();
  fresh = app.messages.length === 0;
}

/** Another place, or somebody else: begin at its end. */
export function forgetStretch() {
  from = to = "";
  fresh = true;
  list().replaceChildren();
}

function toNewest() {
  forgetStretch();
  drawStretch();
  list().focus();
}

function up(first, last) {
  from = app.messages[Math.max(0, first - AT_ONCE)].ts;
  if (last - first > MOST) to = app.messages[first + MOST - AT_ONCE].ts;
}

function down(first, last) {
  to = app.messages[Math.min(app.messages.length, last + AT_ONCE) - 1].ts;
  if (last - first > MOST) from = app.messages[last - MOST + AT_ONCE].ts;
}

/** Near an edge of the stretch some more rows are drawn, in turns with everything else the browser has to do. */
export function goFurther() {
  if (pending || app.messages.length === 0) return;
  const { scrollTop, scrollHeight, clientHeight } = list();
  const [first, last] = bounds();
  const step = scrollTop < AHEAD && first > 0 ? up : to && scrollHeight - scrollTop - clientHeight < AHEAD ? down : null;
  if (!step) {
    if (app.earlier && first === 0 && scrollTop < AHEAD) fetchEarlier();
    return;
  }
  pending = setTimeout(() => {
    pending = null;
    const [now, end] = bounds();
    if (app.messages.length === 0 || (step === up && now === 0)) return;
    step(now, end);
    draw({ far: list().scrollHeight > list().clientHeight }); // until the page is full every row is near
  });
}
