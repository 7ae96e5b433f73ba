/* Rows of a message list: drawn where they changed, while what somebody looks at stays where it is. */

import { h, reconcile } from "./dom.js";
import { EARLIER, NEWEST, dayRow, lookDependsOn, messageRow, rowKey } from "./messages.js";

const NEAR = 60; // this close to the end counts as reading the end

export const atEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;

/** The message at the upper edge and how far it is scrolled: it stays there whatever comes or goes before it. */
function edge(list) {
  const rows = list.children;
  const top = list.scrollTop + list.offsetTop;
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].offsetTop + rows[middle].offsetHeight > top) high = middle;
    else low = middle + 1;
  }
  let row = rows[low];
  while (row && !row.dataset.ts) row = row.nextElementSibling; // dividing lines and buttons may go
  return { row, at: row ? row.offsetTop - list.scrollTop : 0 };
}

/** Show the rows; somebody who reads the end stays there, others keep what they look at where it is. */
export function fill(list, rows, { inThread = false, stay = atEnd(list), far = false, acts = {} }) {
  const moved = !stay && list.firstElementChild && list.firstElementChild.dataset.key !== rowKey(rows[0] ?? EARLIER);
  const kept = moved ? edge(list) : null;
  reconcile(list, rows, { key: rowKey, salt: lookDependsOn(), render: (item) => rowOf(item, { inThread, far, acts }) });
  if (stay) list.scrollTop = list.scrollHeight;
  else if (kept?.row?.isConnected) list.scrollTop = kept.row.offsetTop - kept.at;
}

function rowOf(item, { inThread, far, acts }) {
  if (item === EARLIER) return button("earlier", "Earlier messages", acts.earlier);
  if (item === NEWEST) return button("newest", "Jump to the newest", acts.newest);
  if (item.divider) return dayRow(item);
  const row = messageRow(item, { inThread });
  if (far) row.classList.add("far");
  return row;
}

const button = (name, words, onclick) => h("button", { type: "button", class: "more-messages", "data-testid": name, onclick }, words);
