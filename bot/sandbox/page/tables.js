/* Tables. Slack draws the first row as the head; wide ones scroll inside their own frame. */

import { h } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { richText } from "./richtext.js";

function content(cell) {
  if (cell.type === "rich_text") return richText(cell);
  return plain(cell.text ?? (cell.value === undefined ? "" : String(cell.value)));
}

function cellNode(cell, column, { head, rowHead, settings = {} }) {
  const tag = head || rowHead ? "th" : "td";
  const align = settings.align ?? (cell.type === "raw_number" ? "right" : "left");
  return h(tag, { scope: head ? "col" : rowHead ? "row" : null, class: `${align}${settings.is_wrapped ? " wrapped" : ""}` }, content(cell));
}

function rows(block, rowHeadColumn) {
  return block.rows.map((row, index) =>
    h("tr", {}, row.map((cell, column) =>
      cellNode(cell, column, { head: index === 0, rowHead: column === rowHeadColumn, settings: block.column_settings?.[column] ?? undefined }))),
  );
}

function framed(block, name, rowHeadColumn, caption) {
  const [head, ...body] = rows(block, rowHeadColumn);
  return h(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": name },
    h("table", {}, caption && h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, body)),
  );
}

/** An empty corner says that the first column names the rows. */
export function table(block) {
  const corner = block.rows[0]?.[0];
  const named = corner && (corner.text ?? "").trim() === "" && corner.type !== "rich_text";
  return framed(block, "Table", named ? 0 : -1);
}

export function dataTable(block) {
  return framed(block, block.caption, block.row_header_column_index ?? -1, block.caption);
}
