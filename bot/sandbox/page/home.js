/* App Home: the published view of the app for me, with its own tab for messages. */

import { post } from "./api.js";
import { drawBlock } from "./blocks.js";
import { byId, h, reconcile } from "./dom.js";
import { HOME, app, botName, botUser, conversation, firstName, go, me, on } from "./store.js";
import { openHome, refreshViews } from "./sync.js";

const surface = (view) => ({
  kind: "home",
  where: { as: app.me, view: "home" },
  entry: (blockId, actionId) => view.state?.[blockId]?.[actionId],
  errors: {},
  typed: (block, element, value, how) => {
    if (how.done) post("type", { as: app.me, view: "home", values: { [block.block_id]: { [element.action_id]: value } } }).catch(() => {});
  },
  act: async (payload) => {
    const answer = await post("click", { as: app.me, view: "home", ...payload });
    refreshViews();
    return answer;
  },
});

function draw() {
  if (app.place !== HOME) return;
  byId("home-title").textContent = botName();
  document.title = `${botName()} · ${firstName(me())}`;
  const view = app.views.home;
  byId("home-empty").hidden = Boolean(view);
  const drawn = view ? surface(view) : null;
  reconcile(byId("home-body"), (view?.blocks ?? []).map((block, index) => ({ block, index })), {
    key: ({ block, index }) => block.block_id ?? `block-${index}`,
    render: ({ block }) => drawBlock(block, drawn),
    salt: `${app.me}|${view?.id}`,
  });
}

/** The conversation of the app with me: the known DM, or the app's user id (which opens one). */
export const botPlace = () => conversation(botUser())?.id ?? botUser();

export function start() {
  byId("home-empty").append(h("p", {}, "The app has not drawn your home yet. It does so when it is connected and you open this tab."));
  byId("home-messages").addEventListener("click", () => go(botPlace()));
  on("views me place state", draw);
  on("me place", () => {
    if (app.place !== HOME) return;
    byId("home-body").replaceChildren();
    openHome();
  });
}
