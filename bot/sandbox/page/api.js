/* The control interface of the sandbox: everything a person can do here, a script can do too. */

const BASE = "/sandbox/api/";

class Refused extends Error {}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const failure = new Refused(body.error ?? `The sandbox answered ${response.status}.`);
  failure.status = response.status;
  throw failure;
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(BASE + path, options);
  } catch {
    throw new Refused("The sandbox does not answer. Is it still running?");
  }
  return answer(response);
}

export function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(given).toString();
  return send(search ? `${path}?${search}` : path, { headers: { accept: "application/json" } });
}

export function post(path, body) {
  return send(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

/** Take back what was posted there. */
export const take = (path) => send(path, { method: "DELETE" });

/** Keep a socket to the sandbox open. `changed` gets the list of things to fetch again;
    `linked` hears true and false. Whatever changed while it was not open is unknown: `changed(null)`. */
export function live({ changed, linked }) {
  let pause = 250;
  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${BASE}live`);
    socket.addEventListener("open", () => {
      pause = 250;
      linked(true);
      changed(null); // also the first time: something may have changed since the page began to fetch
    });
    socket.addEventListener("message", (event) => {
      const list = JSON.parse(event.data).changed;
      if (Array.isArray(list)) changed(list);
    });
    socket.addEventListener("close", () => {
      linked(false);
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, 4000);
    });
  };
  connect();
}
