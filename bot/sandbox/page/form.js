/* What a person typed into open views. It is kept by block_id + action_id for as long as the view has that
   field, however often the app updates the view; the sandbox is told, so that scripts see the same form. */

import { post } from "./api.js";
import { toast } from "./dom.js";
import { app } from "./store.js";
import { refreshViews } from "./sync.js";
import { initial, simple } from "./values.js";

const PAUSE = 300; // ms without typing before the sandbox hears the text

const memory = new Map(); // view id -> what is remembered of it
const waiting = new Map(); // view and block id -> a report that waits for a pause in typing

function of(view) {
  if (!memory.has(view.id)) memory.set(view.id, { typed: {}, before: {}, errors: {}, tries: 0, mended: new Set() });
  return memory.get(view.id);
}

/** What the field holds: typed here, or as the sandbox tells it. */
export function entry(view, blockId, actionId) {
  const mine = of(view).typed[blockId];
  return mine && actionId in mine ? mine[actionId] : view.state?.[blockId]?.[actionId];
}

/** Complaints about fields that were not changed since. */
export function errorsOf(view) {
  const { errors, mended } = of(view);
  return Object.fromEntries(Object.entries({ ...view.errors, ...errors }).filter(([blockId]) => !mended.has(blockId)));
}

/** What besides the block decides how it is drawn. For a field being typed in this must not change,
    or the field would be drawn anew with every report. A complaint that comes again after the field was
    changed has to be shown again, so the number of tries belongs to it. */
export function look(view, block) {
  const { typed, before, errors, tries } = of(view);
  const id = block.block_id;
  const error = errors[id] ?? view.errors?.[id];
  return { error: error && [error, tries], state: id in typed ? before[id] : view.state?.[id] };
}

/** Does this change reach the app at once (dispatch_action)? */
function dispatches(block, element, how) {
  if (!block.dispatch_action) return false;
  if (how.done && !how.entered) return true;
  const asked = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  return how.entered ? asked.includes("on_enter_pressed") : asked.includes("on_character_entered");
}

async function report(view, values) {
  try {
    const answer = await post("type", { as: app.me, view: view.id, values });
    if (answer.ok === false) await refreshViews(); // the notice says what went wrong
  } catch (failure) {
    if (failure.status !== 404) toast(failure.message, { error: true }); // the field or the view is gone: nothing to tell
  }
}

function later(view, block, element, value, { done }) {
  const key = `${view.id} ${block.block_id}`;
  const tell = async () => {
    waiting.delete(key);
    if (block.dispatch_action) await reportAll(); // the app reads the whole form when it is told, and may redraw it
    return report(view, { [block.block_id]: { [element.action_id]: value } });
  };
  clearTimeout(waiting.get(key)?.timer);
  waiting.set(key, { tell, timer: setTimeout(tell, done ? 0 : PAUSE) });
}

export function remember(view, block, element, value, how) {
  const { typed, before, mended } = of(view);
  const id = block.block_id;
  if (!(id in typed)) before[id] = view.state?.[id];
  typed[id] = { ...typed[id], [element.action_id]: value };
  mended.add(id);
  // The sandbox dispatches a field as soon as it hears of a change: one that waits for Enter is not told before.
  if (!block.dispatch_action || dispatches(block, element, how)) later(view, block, element, value, how);
}

function stopWaiting() {
  const reports = [...waiting.values()];
  waiting.clear();
  for (const { timer } of reports) clearTimeout(timer);
  return reports;
}

/** Tell now what was still to be told: a button of the view is about to be pressed. */
export const reportAll = () => Promise.all(stopWaiting().map(({ tell }) => tell()));

/** The whole form; what was not typed is as the app put it in. A submission carries what was not yet reported. */
export function values(view) {
  stopWaiting();
  const all = {};
  for (const block of view.blocks) {
    if (block.type !== "input") continue;
    const found = entry(view, block.block_id, block.element.action_id);
    all[block.block_id] = { [block.element.action_id]: found === undefined ? initial(block.element) : simple(found) };
  }
  return all;
}

export function submitted(view, errors) {
  Object.assign(of(view), { errors, tries: of(view).tries + 1, mended: new Set() });
}

export const forget = (viewId) => memory.delete(viewId);

/** Drop what belongs to views that are closed and to fields that are gone. */
export function keepOnly(stack) {
  const open = new Map(stack.map((view) => [view.id, new Set(view.blocks.map((block) => block.block_id))]));
  for (const [id, { typed }] of memory) {
    const blocks = open.get(id);
    if (!blocks) memory.delete(id);
    else for (const blockId of Object.keys(typed)) if (!blocks.has(blockId)) delete typed[blockId];
  }
}
