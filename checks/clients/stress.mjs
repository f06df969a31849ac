// Many clients that move between rooms and lose their connections at random. At the end each tells what it got.

import { closesAtOnce, connect, connected, end, onCommand, options, random, report } from "./client.mjs";

const next = random(options.seed);
const pick = (list) => list[Math.floor(next() * list.length)];
const modes = [["websocket"], ["polling"], ["polling", "websocket"]];
const clients = [];
let running = true;

for (let i = 0; i < options.clients; i++) {
  const client = { name: `c${i}`, numbers: [], recovered: 0, lost: 0 };
  client.socket = connect("/", { auth: { name: client.name }, transports: modes[i % 3] });
  client.socket.on("number", (number) => client.numbers.push(number));
  client.socket.on("finish", () => report("client", { ...client, socket: undefined }));
  clients.push(client);
}
await Promise.all(clients.map((client) => connected(client.socket)));

for (const client of clients) {
  client.socket.on("connect", () => (client.socket.recovered ? client.recovered++ : client.lost++));
  live(client);
}
report("ready");

function live(client) {
  if (!running) {
    return;
  }
  const { socket } = client;
  if (socket.connected) {
    const { engine } = socket.io;
    const dice = next();
    if (dice < 0.4) {
      socket.emit("join", pick(options.rooms));
    } else if (dice < 0.7) {
      socket.emit("leave", pick(options.rooms));
    } else if (engine.transport.ws && dice < 0.85) {
      engine.transport.ws.terminate();
    } else if (closesAtOnce(engine)) {
      engine.close();
    }
  }
  setTimeout(live, next() * 200, client);
}

onCommand((line) => {
  if (line === "stop") {
    running = false;
    const waiting = setInterval(() => {
      if (clients.every((client) => client.socket.connected)) {
        clearInterval(waiting);
        report("stopped");
      }
    }, 10);
  } else if (line === "end") {
    end(...clients.map((client) => client.socket));
  }
});
