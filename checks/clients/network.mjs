// Many clients, each behind a network of its own that drops, delays and half-opens its connections at random. At the
// end each tells what it got.

import { connect, connected, onCommand, options, random, report } from "./client.mjs";
import { startProxy } from "./proxy.mjs";

const next = random(options.seed);
const pick = (list) => list[Math.floor(next() * list.length)];
const modes = [["websocket"], ["polling"], ["polling", "websocket"]];
const clients = [];
let running = true;

for (let i = 0; i < options.clients; i++) {
  const client = { name: `c${i}`, transports: modes[i % 3].join(" "), numbers: [], recovered: 0, lost: 0, faults: 0 };
  client.proxy = await startProxy(options.port, next);
  client.socket = connect("/", { port: client.proxy.port, auth: { name: client.name }, transports: modes[i % 3] });
  client.socket.on("number", (number) => client.numbers.push(number));
  client.socket.on("finish", () => report("client", { ...client, socket: undefined, proxy: undefined }));
  clients.push(client);
}
await Promise.all(clients.map(({ socket }) => connected(socket)));

for (const client of clients) {
  client.socket.on("connect", () => (client.socket.recovered ? client.recovered++ : client.lost++));
  later(move, client, 200);
  later(disturb, client, 2000);
}
report("ready");

function later(action, client, milliseconds) {
  setTimeout(() => running && action(client), next() * milliseconds);
}

function move(client) {
  if (client.socket.connected) {
    client.socket.emit(next() < 0.6 ? "join" : "leave", pick(options.rooms));
  }
  later(move, client, 400);
}

// Between the first missed event and the CONNECT reply a WebSocket is left alone: the client would keep in its buffer
// what it has read by then, and get it once more by the next recovery.
function disturb(client) {
  const { proxy, socket } = client;
  if (socket.connected || client.transports === "polling") {
    client.faults++;
    const dice = next();
    if (dice < 0.3) {
      proxy.reset();
    } else if (dice < 0.55) {
      proxy.resetClientOnly();
    } else if (dice < 0.75) {
      proxy.silence();
    } else {
      proxy.slow(dice < 0.9 ? 150 : 0);
    }
  }
  later(disturb, client, 2000);
}

onCommand((line) => {
  if (line === "calm") {
    running = false;
    clients.forEach(({ proxy }) => proxy.slow(0));
    report("calm");
  } else if (line === "end") {
    process.exit(); // requests that the client has given up would go on for a while
  }
});
