/* Times as people read them: in the workspace's zone for the clock, in the reader's zone elsewhere. */

const cache = new Map();

function formatter(timeZone, options) {
  const key = timeZone + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat("en-US", { timeZone, ...options }));
  return cache.get(key);
}

export const format = (at, timeZone, options) => formatter(timeZone, options).format(at);

function parts(at, timeZone) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  return Object.fromEntries(formatter(timeZone, options).formatToParts(at).map((part) => [part.type, part.value]));
}

export function dayOf(at, timeZone) {
  const { year, month, day } = parts(at, timeZone);
  return `${year}-${month}-${day}`;
}

export function timeOf(at, timeZone) {
  const { hour, minute } = parts(at, timeZone);
  return `${hour}:${minute}`;
}

/** For <input type=datetime-local>: the wall clock of `timeZone` at that instant. */
export const wallClock = (at, timeZone) => `${dayOf(at, timeZone)}T${timeOf(at, timeZone)}`;

function offsetAt(at, timeZone) {
  const { year, month, day, hour, minute, second } = parts(at, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000;
}

/** The instant at which the wall clock of `timeZone` shows `local` ("YYYY-MM-DDTHH:MM").
    Twice, because the offset belongs to the instant we are looking for. */
export function instantOf(local, timeZone) {
  const wall = new Date(`${local}Z`).getTime();
  const guess = wall - offsetAt(new Date(wall), timeZone);
  return new Date(wall - offsetAt(new Date(guess), timeZone));
}

function ordinal(day) {
  const tens = day % 100;
  if (tens > 10 && tens < 14) return `${day}th`;
  return `${day}${{ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th"}`;
}

function longDate(at, timeZone, withWeekday) {
  const month = format(at, timeZone, { month: "long" });
  const day = ordinal(Number(format(at, timeZone, { day: "numeric" })));
  const year = format(at, timeZone, { year: "numeric" });
  const text = `${month} ${day}, ${year}`;
  return withWeekday ? `${format(at, timeZone, { weekday: "long" })}, ${text}` : text;
}

function nearDay(at, timeZone, today) {
  const whole = (moment) => Date.parse(`${dayOf(moment, timeZone)}T00:00:00Z`);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[Math.round((whole(at) - whole(today)) / 86400000)];
}

function ago(at, today) {
  const minutes = Math.round((at - today) / 60000);
  const [amount, unit] = Math.abs(minutes) < 60 ? [minutes, "minute"] : Math.abs(minutes) < 1440 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
  return new Intl.RelativeTimeFormat("en-US", { numeric: "auto" }).format(amount, unit);
}

const TOKENS = {
  date_num: (at, tz) => dayOf(at, tz),
  date_slash: (at, tz) => dayOf(at, tz).replaceAll("-", "/"),
  date: (at, tz) => longDate(at, tz, false),
  date_long: (at, tz) => longDate(at, tz, true),
  date_short: (at, tz) => format(at, tz, { month: "short", day: "numeric", year: "numeric" }),
  time: (at, tz) => timeOf(at, tz),
  time_secs: (at, tz) => `${timeOf(at, tz)}:${parts(at, tz).second}`,
  ago: (at, tz, today) => ago(at, today),
};

/** Fill a date template as the client does: {date_short_pretty} {time} and so on. */
export function fillDate(template, unix, timeZone, today) {
  const at = new Date(unix * 1000);
  return template.replace(/\{([a-z_]+)\}/g, (whole, token) => {
    const pretty = token.endsWith("_pretty");
    const plain = pretty ? token.slice(0, -"_pretty".length) : token;
    if (!(plain in TOKENS)) return whole;
    return (pretty && nearDay(at, timeZone, today)) || TOKENS[plain](at, timeZone, today);
  });
}

/** The day above a group of messages. */
export function dayTitle(at, timeZone, today) {
  const near = nearDay(at, timeZone, today);
  if (near) return near[0].toUpperCase() + near.slice(1);
  return `${format(at, timeZone, { weekday: "long" })}, ${format(at, timeZone, { month: "long" })} ${ordinal(Number(format(at, timeZone, { day: "numeric" })))}`;
}

/** "Tue 24 Nov 2026, 09:00" */
export function clockText(at, timeZone) {
  const weekday = format(at, timeZone, { weekday: "short" });
  const month = format(at, timeZone, { month: "short" });
  const [year, , day] = dayOf(at, timeZone).split("-");
  return `${weekday} ${Number(day)} ${month} ${year}, ${timeOf(at, timeZone)}`;
}

export const instantOfTs = (ts) => new Date(Number(ts) * 1000);
