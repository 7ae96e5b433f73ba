/* Native charts (data_visualization) as plain SVG. The message carries a table twin; here the
   picture has a text of its own for screen readers, and a legend that does not rely on colour alone. */

import { h, svg } from "./dom.js";

const WIDTH = 560;
const HEIGHT = 260;
const EDGE = { left: 46, right: 12, top: 14, bottom: 46 };
const DASHES = ["", "6 3", "2 3", "8 3 2 3", "1 2", "10 4"];

const tone = (index) => `tone tone-${index % 6}`;
const number = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1));

function niceTop(highest) {
  const power = 10 ** Math.floor(Math.log10(highest || 1));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= highest) ?? highest;
}

function scale(chart) {
  const values = chart.series.flatMap((series) => series.data.map((point) => point.value));
  const top = niceTop(Math.max(...values, 0));
  const bottom = Math.min(0, ...values);
  const plot = { width: WIDTH - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };
  const categories = chart.axis_config.categories;
  return {
    top, bottom, categories,
    step: plot.width / categories.length,
    x: (index) => EDGE.left + (index * plot.width) / categories.length,
    y: (value) => EDGE.top + plot.height * (1 - (value - bottom) / (top - bottom || 1)),
  };
}

function label(x, y, text, anchor = "middle", extra = {}) {
  return svg("text", { x, y, "text-anchor": anchor, class: "axis", ...extra }, text);
}

function axes(chart, at) {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => at.bottom + (at.top - at.bottom) * share);
  const every = Math.ceil(at.categories.length / 8); // more names than that would overlap
  const names = at.categories.map((name, index) => (index % every ? null : label(at.x(index) + at.step / 2, HEIGHT - 28, name)));
  const { x_label: xName, y_label: yName } = chart.axis_config;
  return [
    ...ticks.flatMap((value) => [
      svg("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: at.y(value), y2: at.y(value), class: "grid" }),
      label(EDGE.left - 6, at.y(value) + 4, number(value), "end"),
    ]),
    ...names,
    xName && label(WIDTH / 2, HEIGHT - 8, xName),
    yName && label(12, HEIGHT / 2, yName, "middle", { transform: `rotate(-90 12 ${HEIGHT / 2})` }),
  ];
}

function bars(chart, at) {
  const width = (at.step * 0.72) / chart.series.length;
  return chart.series.flatMap((series, nth) =>
    series.data.map((point, index) => {
      const x = at.x(index) + at.step * 0.14 + nth * width;
      const [high, low] = [at.y(Math.max(point.value, 0)), at.y(Math.min(point.value, 0))];
      const title = svg("title", {}, `${series.name}, ${point.label}: ${number(point.value)}`);
      return svg("rect", { x, y: high, width: Math.max(width - 2, 1), height: Math.max(low - high, 1), class: tone(nth) }, title);
    }),
  );
}

function path(series, at) {
  return series.data.map((point, index) => `${index ? "L" : "M"}${at.x(index) + at.step / 2} ${at.y(point.value)}`).join(" ");
}

function curves(chart, at) {
  const filled = chart.type === "area";
  return chart.series.flatMap((series, nth) => {
    const line = path(series, at);
    const [first, last] = [at.x(0) + at.step / 2, at.x(series.data.length - 1) + at.step / 2];
    const area = filled && svg("path", { d: `${line} L${last} ${at.y(0)} L${first} ${at.y(0)} Z`, class: `${tone(nth)} area` });
    const dots = series.data.map((point, index) =>
      svg("circle", { cx: at.x(index) + at.step / 2, cy: at.y(point.value), r: 3, class: tone(nth) }, svg("title", {}, `${series.name}, ${point.label}: ${number(point.value)}`)),
    );
    return [area, svg("path", { d: line, class: `${tone(nth)} line`, "stroke-dasharray": DASHES[nth % 6] }), ...dots];
  });
}

function slice(from, to, index, title) {
  const [cx, cy, r] = [110, 110, 100];
  const point = (share) => `${cx + r * Math.sin(2 * Math.PI * share)} ${cy - r * Math.cos(2 * Math.PI * share)}`;
  const whole = to - from > 0.9999;
  const shape = whole ? { cx, cy, r } : { d: `M${cx} ${cy} L${point(from)} A${r} ${r} 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)} Z` };
  return svg(whole ? "circle" : "path", { ...shape, class: `${tone(index)} slice` }, svg("title", {}, title));
}

function pie(chart) {
  const total = chart.segments.reduce((sum, segment) => sum + segment.value, 0) || 1;
  let from = 0;
  const slices = chart.segments.map((segment, index) => {
    const start = from;
    from += segment.value / total;
    return slice(start, from, index, `${segment.label}: ${number(segment.value)}`);
  });
  const names = chart.segments.map((each) => `${each.label}: ${number(each.value)} (${Math.round((each.value / total) * 100)} %)`);
  return { picture: svg("svg", { viewBox: "0 0 220 220", class: "pie", role: "img" }, ...slices), names, spoken: names.join("; ") };
}

function plotted(chart) {
  const at = scale(chart);
  const marks = chart.type === "bar" ? bars(chart, at) : curves(chart, at);
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" }, ...axes(chart, at), ...marks);
  const spoken = chart.series.map((series) => `${series.name}: ${series.data.map((point) => `${point.label} ${number(point.value)}`).join(", ")}`).join("; ");
  return { picture, names: chart.series.map((series) => series.name), spoken };
}

export function dataVisualization(block) {
  const chart = block.chart ?? {};
  const { picture, names, spoken } = chart.type === "pie" ? pie(chart) : plotted(chart);
  picture.setAttribute("aria-label", `${block.title}. ${chart.type} chart. ${spoken}`);
  const legend = names.map((name, index) => h("li", {}, svg("svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" }, svg("rect", { width: 12, height: 12, rx: 2, class: tone(index) })), name));
  return h("figure", { class: "chart", "data-chart": chart.type }, h("figcaption", {}, block.title), picture, h("ul", { class: "legend" }, legend));
}
