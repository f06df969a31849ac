// Receives numbered streams while its connection is cut again and again: every number must come once and in order, and
// each reconnection must recover the connection state. It cuts in the way that is asked for, or the network does it.

import { closesAtOnce, connect, end, options, random, report } from "./client.mjs";

const next = random(options.seed);
const streams = {};
const problems = [];
const recovered = [];
const ids = new Set();
let received = 0;
let cuts = 0;
let cutAt = Infinity;

const socket = connect();

const ways = {
  close: () => socket.io.engine.close(),
  terminate: () => socket.io.engine.transport.ws.terminate(),
};

function problem(text) {
  if (problems.length < 10) {
    problems.push(text);
  }
}

function cut() {
  const { engine } = socket.io;
  if (!closesAtOnce(engine)) {
    setTimeout(cut, 1);
    return;
  }
  if (!socket.connected) {
    problem("cut while not connected");
  }
  cuts++;
  report("cut", { number: cuts, received, transport: engine.transport.name });
  ways[options.cut]();
}

// Not from within a handler, for the reason that closesAtOnce() has.
function cutIfDue() {
  if (received >= cutAt) {
    cutAt = Infinity;
    if (next() < 0.5) {
      setImmediate(cut);
    } else {
      setTimeout(cut, next() * 20);
    }
  }
}

socket.on("number", (stream, number) => {
  received++;
  const expected = streams[stream] ?? 0;
  if (number !== expected) {
    problem(`${stream}: ${number} instead of ${expected} after ${recovered.length} connections`);
  }
  streams[stream] = number + 1;
  cutIfDue();
});

socket.on("decoy", (why) => problem(`an event for others: ${why}`));

socket.on("connect", () => {
  recovered.push(Boolean(socket.recovered));
  ids.add(socket.id);
  report("connected", { recovered: Boolean(socket.recovered), received });
  if (options.cut && cuts < options.cuts) {
    cutAt = Math.floor((cuts + next() * 0.9) * options.part);
    cutIfDue();
  }
});

socket.on("disconnect", (reason) => report("disconnected", { reason }));

// It may be one of the missed events, which come before "connect".
socket.on("finish", () => {
  setImmediate(() => {
    report("finished", { streams, problems, recovered, received, ids: ids.size });
    end(socket);
  });
});
