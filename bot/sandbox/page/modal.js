/* Modals: the top view of my stack, in a native dialog (it keeps the focus inside). */

import { post } from "./api.js";
import { drawBlock } from "./blocks.js";
import * as form from "./form.js";
import { announce, byId, icon, reconcile, toast } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { app, botName, on } from "./store.js";
import { refreshMessages, refreshViews } from "./sync.js";

let shown = null; // the view in the dialog
let busy = false;
let noticeSeen = null;
let returnTo = null;

const surfaceOf = (view) => ({
  kind: "modal",
  where: { as: app.me, view: view.id },
  errors: form.errorsOf(view),
  entry: (blockId, actionId) => form.entry(view, blockId, actionId),
  typed: (block, element, value, how) => shown?.id === view.id && typed(block, element, value, how),
  act: async (payload) => {
    await form.reportAll();
    const answer = await post("click", { as: app.me, view: view.id, ...payload });
    await refreshViews();
    return answer.error && answer.error === app.views.notice ? null : answer; // said in the form already
  },
});

function typed(block, element, value, how) {
  form.remember(shown, block, element, value, how);
  mend(block.block_id);
  if (how.entered && !block.dispatch_action) submit();
}

/** The field was changed: its error goes at once, without drawing the field anew under the fingers. */
function mend(blockId) {
  const node = byId("modal-body").querySelector(`[data-key="${CSS.escape(blockId)}"]`);
  node?.querySelector(".error")?.remove();
  node?.querySelector(".input")?.classList.remove("bad");
  node?.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
}

function setBusy(yes) {
  busy = yes;
  const button = byId("modal-submit");
  button.setAttribute("aria-disabled", String(yes)); // not disabled: it would lose the focus
  button.classList.toggle("clicked", yes);
  byId("modal").setAttribute("aria-busy", String(yes));
}

async function submit() {
  if (busy || !shown?.submit) return;
  const view = shown;
  setBusy(true);
  try {
    const answer = await post("submit", { as: app.me, view: view.id, values: form.values(view) });
    form.submitted(view, answer.errors ?? {});
    await refreshViews();
    if (answer.error && answer.error !== app.views.notice) toast(answer.error, { error: true });
    if (answer.errors) showErrors(view.id);
    else refreshMessages();
  } catch (failure) {
    toast(failure.message, { error: true });
  } finally {
    setBusy(false);
  }
}

function showErrors(viewId) {
  if (shown?.id !== viewId) return;
  draw();
  const body = byId("modal-body");
  body.querySelector(".input.bad")?.querySelector("input, textarea, select, button")?.focus();
  announce(`Please check: ${[...body.querySelectorAll(".error")].map((node) => node.textContent).join(" ")}`);
}

async function close() {
  if (!shown || busy) return;
  const view = shown;
  await form.reportAll(); // what was typed last belongs to what the app is told of the form
  form.forget(view.id);
  try {
    await post("close", { as: app.me, view: view.id });
  } catch (failure) {
    if (failure.status !== 404) toast(failure.message, { error: true }); // closed already, in another window
  }
  await refreshViews();
}

function dress(view) {
  byId("modal-title").replaceChildren(...plain(view.title?.text ?? "…"));
  const button = byId("modal-submit");
  button.hidden = !view.submit;
  button.replaceChildren(...plain(view.submit?.text ?? "Submit"));
  byId("modal-close-button").replaceChildren(...plain(view.close?.text ?? (view.submit ? "Cancel" : "Close")));
  byId("modal").dataset.callbackId = view.callback_id ?? "";
  byId("modal").dataset.viewId = view.id;
}

function draw() {
  const surface = surfaceOf(shown);
  const items = shown.blocks.map((block, index) => ({ block, index, ...form.look(shown, block) }));
  reconcile(byId("modal-body"), items, {
    key: ({ block, index }) => block.block_id ?? `block-${index}`,
    render: ({ block }) => drawBlock(block, surface),
    salt: `${shown.id}|${app.state.people.length}`,
  });
}

function open(view) {
  const dialog = byId("modal");
  const fresh = shown?.id !== view.id || shown.callback_id !== view.callback_id; // another view, or its next step
  if (shown?.id !== view.id) byId("modal-body").replaceChildren();
  shown = view;
  if (!dialog.open) {
    returnTo = document.activeElement;
    dialog.showModal();
  }
  dress(view);
  draw();
  if (!fresh) return;
  byId("modal-body").scrollTop = 0;
  focusFirst();
}

function focusFirst() {
  const body = byId("modal-body");
  const first = body.querySelector("[data-initial-focus]") ?? body.querySelector("input, textarea, select");
  (first ?? byId("modal-title")).focus();
}

function shut() {
  if (!shown) return;
  shown = null;
  byId("modal").close();
  byId("modal-body").replaceChildren();
  const target = returnTo?.isConnected ? returnTo : document.querySelector('[data-testid="composer"]');
  target?.focus({ preventScroll: true });
}

function notice() {
  const sentence = app.views.notice;
  byId("modal-notice").textContent = shown ? (sentence ?? "") : "";
  byId("modal-notice").hidden = !shown || !sentence;
  if (sentence && sentence !== noticeSeen && !shown) toast(sentence, { error: true });
  noticeSeen = sentence;
}

function update() {
  form.keepOnly(app.views.stack);
  const top = app.views.stack.at(-1);
  if (top) open(top);
  else shut();
  notice();
}

function escape(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault(); // the dialog closes when the sandbox says so, not by itself
  close();
}

export function start() {
  on("state", () => (byId("modal-app").textContent = botName()));
  on("views me", update);
  byId("modal-close").append(icon("close"));
  byId("modal-close").addEventListener("click", close);
  byId("modal-close-button").addEventListener("click", close);
  byId("modal-form").addEventListener("submit", (event) => (event.preventDefault(), submit()));
  byId("modal").addEventListener("cancel", (event) => event.preventDefault());
  byId("modal").addEventListener("keydown", escape);
}
