/* Slack's mrkdwn, drawn as DOM nodes: bold, italics, strike, code, quotes, links, mentions, dates,
   emoji and the three entities. Nothing is ever parsed as HTML; only http, https and mailto link. */

import { fillDate } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { app, channel, emit, go, myZone, nameOf, now, person } from "./store.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const TOKEN = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+'-]+(?:::skin-tone-\d)?):|https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)"'\]]|[*_~]/g;
const ARCHIVE = /\/archives\/([A-Z][A-Z0-9]+)\/p(\d{10})(\d{6})(?:\?.*?thread_ts=(\d+\.\d+))?/;

export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function safe(url) {
  try {
    return ["http:", "https:", "mailto:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/** A link; one to a message of this workspace opens here instead of leaving the page. */
export function link(url, ...label) {
  if (!safe(url)) return h("span", {}, ...(label.length ? label : [url]));
  const found = ARCHIVE.exec(url);
  const node = h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...(label.length ? label : [url]));
  if (found) node.addEventListener("click", (event) => openMessage(event, found));
  return node;
}

function openMessage(event, [, place, seconds, micros, thread]) {
  event.preventDefault();
  go(place, thread ?? null, { highlight: `${seconds}.${micros}` });
  emit("messages"); // it may stand here already
}

/** Follow an address that a button carries. */
export function follow(url) {
  if (safe(url)) link(url).click();
}

export function mention(id, label) {
  const mine = id === app.me;
  return h("span", { class: mine ? "mention mine" : "mention", "data-user": id }, `@${person(id) ? nameOf(id) : (label ?? nameOf(id))}`);
}

export function channelLink(id, label) {
  const known = channel(id);
  const name = `#${known?.name ?? label ?? id}`;
  if (!known) return h("span", { class: "mention" }, name);
  return h("a", { class: "mention", href: `#${id}`, onclick: (event) => (event.preventDefault(), go(id)) }, name);
}

function date(body, label) {
  const [, unix, template, url] = body.split("^");
  const text = Number.isFinite(Number(unix)) && template ? fillDate(template, Number(unix), myZone(), now()) : unescape(label ?? "");
  const node = h("time", { title: label ? unescape(label) : null }, text);
  return url ? link(unescape(url), node) : node;
}

function special(body, label) {
  if (body.startsWith("date^")) return date(body, label);
  if (body.startsWith("subteam^")) return h("span", { class: "mention" }, `@${(label ?? "group").replace(/^@/, "")}`);
  return h("span", { class: "mention loud" }, `@${body}`);
}

function angle(inner) {
  const cut = inner.indexOf("|");
  const [body, label] = cut < 0 ? [inner, undefined] : [inner.slice(0, cut), inner.slice(cut + 1)];
  if (body.startsWith("@")) return mention(body.slice(1), label);
  if (body.startsWith("#")) return channelLink(body.slice(1), label);
  if (body.startsWith("!")) return special(body.slice(1), label);
  const url = unescape(body);
  return link(url, ...(label === undefined ? [url.replace(/^mailto:/, "")] : inline(label)));
}

const wordy = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Where the style opened at `start` closes: on the same line, hugging its text; or -1. */
function closing(text, start) {
  const mark = text[start];
  const next = text[start + 1];
  if (wordy(text[start - 1]) || next === undefined || /\s/.test(next) || next === mark) return -1;
  for (let at = start + 2; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "<") at = Math.max(at, text.indexOf(">", at));
    else if (text[at] === mark && !/\s/.test(text[at - 1]) && !wordy(text[at + 1])) return at;
  }
  return -1;
}

function piece(text, found) {
  const [whole, inAngles, code, shortcode] = found;
  if (inAngles !== undefined) return { node: angle(inAngles), length: whole.length };
  if (code !== undefined) return { node: h("code", {}, unescape(code)), length: whole.length };
  if (shortcode !== undefined) {
    const symbol = emoji(shortcode);
    return symbol && { node: h("span", { class: "emoji", role: "img", "aria-label": shortcode.replaceAll("_", " ") }, symbol), length: whole.length };
  }
  if (whole.length > 1) return { node: link(unescape(whole)), length: whole.length };
  const end = closing(text, found.index);
  return end > 0 && { node: h(STYLES[whole], {}, inline(text.slice(found.index + 1, end))), length: end + 1 - found.index };
}

/** One line (or several) of mrkdwn without block structure, as a list of nodes and strings. */
export function inline(text) {
  const nodes = [];
  const token = new RegExp(TOKEN);
  let done = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const drawn = piece(text, found);
    if (!drawn) {
      token.lastIndex = found.index + 1; // a lone mark: what follows may still be one
      continue;
    }
    nodes.push(...lines(text.slice(done, found.index)), drawn.node);
    done = found.index + drawn.length;
    token.lastIndex = done;
  }
  return [...nodes, ...lines(text.slice(done))];
}

function lines(text) {
  return unescape(text)
    .split("\n")
    .flatMap((line, index) => (index ? [h("br"), line] : [line]))
    .filter((each) => each !== "");
}

function paragraphs(text) {
  const groups = [];
  for (const line of text.split("\n")) {
    const quoted = /^(&gt;|>) ?/.exec(line);
    const last = groups.at(-1);
    const body = quoted ? line.slice(quoted[0].length) : line;
    if (last && last.quoted === Boolean(quoted)) last.lines.push(body);
    else groups.push({ quoted: Boolean(quoted), lines: [body] });
  }
  return groups.map(({ quoted, lines: body }) => h(quoted ? "blockquote" : "div", {}, inline(body.join("\n"))));
}

/** Whole mrkdwn text with quotes and code fences, inside one div. */
export function mrkdwn(text, attributes = {}) {
  const box = h("div", { class: "mrkdwn", ...attributes });
  for (const [index, part] of String(text ?? "").split("```").entries()) {
    if (index % 2) box.append(h("pre", {}, unescape(part.replace(/^\n|\n$/g, ""))));
    else if (part.trim()) box.append(...paragraphs(part.replace(/^\n|\n$/g, "")));
  }
  return box;
}

/** A text object of Block Kit: plain text knows line breaks and emoji, nothing else. */
export function textObject(object, attributes = {}) {
  if (!object) return null;
  if (object.type === "mrkdwn") return mrkdwn(object.text, attributes);
  return h("div", { class: "mrkdwn plain", ...attributes }, plain(object.text));
}

export function plain(text) {
  return String(text ?? "")
    .split(/(:[a-z0-9_+'-]+:)/)
    .flatMap((part) => (/^:.+:$/.test(part) && emoji(part.slice(1, -1))) || part.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line])))
    .filter((each) => each !== "");
}

/** Text without any marks, for labels and short lists. */
export function flat(text) {
  const lines = text.split("\n").map((line) => mrkdwn(line).textContent); // line by line: a line break has no text
  return lines.join(" ").replace(/\s+/g, " ").trim();
}
