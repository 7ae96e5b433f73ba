/* rich_text blocks: sections, lists, quotes, code, and the inline elements inside them. */

import { fillDate } from "./dates.js";
import { h } from "./dom.js";
import { shown } from "./emoji.js";
import { channelLink, link, mention, plain } from "./mrkdwn.js";
import { myZone, now } from "./store.js";

const WRAPPERS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function styled(node, style = {}) {
  return Object.entries(WRAPPERS).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

const INLINE = {
  text: (element) => h("span", {}, element.text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]))),
  link: (element) => link(element.url, element.text ?? element.url),
  user: (element) => mention(element.user_id),
  channel: (element) => channelLink(element.channel_id),
  usergroup: (element) => h("span", { class: "mention" }, `@${element.usergroup_id}`),
  broadcast: (element) => h("span", { class: "mention loud" }, `@${element.range}`),
  emoji: (element) => h("span", { class: "emoji", role: "img", "aria-label": element.name.replaceAll("_", " ") }, shown(element.name)),
  date: (element) => h("time", { title: element.fallback }, fillDate(element.format, element.timestamp, myZone(), now())),
  color: (element) => h("code", {}, element.value),
};

function inline(element) {
  const draw = INLINE[element.type];
  return draw ? styled(draw(element), element.style) : h("span", { class: "unknown" }, element.text ?? element.type);
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const attributes = { class: `indent-${element.indent ?? 0}`, start: tag === "ol" && element.offset ? element.offset + 1 : null };
  return h(tag, attributes, element.elements.map((item) => h("li", {}, item.elements.map(inline))));
}

const PARTS = {
  rich_text_section: (element) => h("div", {}, element.elements.map(inline)),
  rich_text_list: list,
  rich_text_quote: (element) => h("blockquote", {}, element.elements.map(inline)),
  rich_text_preformatted: (element) => h("pre", {}, element.elements.map((each) => each.text ?? each.url ?? "")),
};

export function richText(block) {
  const parts = (block.elements ?? []).map((element) => PARTS[element.type]?.(element) ?? h("div", {}, plain(element.type)));
  return h("div", { class: "mrkdwn rich" }, parts);
}
