// What the scripts that JUnit starts have in common. The options are the first argument; reports are JSON objects, one
// per line, on standard output; commands come as lines on standard input. A script ends by itself, with 0 if all is well.

import { createInterface } from "node:readline";
import { io } from "socket.io-client";

export const options = JSON.parse(process.argv[2]);

const parser = options.parser === "msgpack" ? (await import("socket.io-msgpack-parser")).default : undefined;

export function report(event, values = {}) {
  process.stdout.write(JSON.stringify({ event, ...values }) + "\n");
}

// A connection of its own for each call; it reconnects soon, since the server is near.
export function connect(namespace = "/", settings = {}) {
  const { port = options.port, ...others } = settings;
  return io(`http://127.0.0.1:${port}${namespace}`, {
    forceNew: true,
    reconnectionDelay: 10,
    reconnectionDelayMax: 50,
    ...(options.transports && { transports: options.transports }),
    ...(parser && { parser }),
    ...others,
  });
}

export function once(emitter, event) {
  return new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
}

export async function connected(socket) {
  if (!socket.connected) {
    await once(socket, "connect");
  }
  return socket;
}

// Resolves when the connection is where it is meant to stay: after the upgrade, if there is one.
export async function settled(socket) {
  await connected(socket);
  const engine = socket.io.engine;
  if (engine.transport.name === "polling" && (options.transports ?? ["websocket"]).includes("websocket")) {
    await once(engine, "upgrade");
  }
  return socket;
}

// Whether engine.close() takes effect at once. Else it does so as soon as the client is done with what it is at, and
// that may be in the midst of reading the last poll before an upgrade: what follows in there gets into the receive
// buffer of the socket, and comes once more by the recovery.
export function closesAtOnce(engine) {
  return !engine.upgrading && engine.writeBuffer.length === 0;
}

export function command(expected) {
  return new Promise((resolve) => {
    onCommand((line) => line === expected && resolve());
  });
}

const listeners = [];
let commands;

export function onCommand(listener) {
  listeners.push(listener);
  commands ??= createInterface({ input: process.stdin }).on("line", (line) => listeners.forEach((each) => each(line)));
}

// A generator of random numbers that a seed makes repeatable (mulberry32).
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Disconnects and lets the process end when that is done.
export function end(...sockets) {
  sockets.forEach((socket) => socket.disconnect());
  commands?.close();
  process.stdin.destroy();
}
