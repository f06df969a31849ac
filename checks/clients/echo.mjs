// Sends text and binary events of all sizes and compares what comes back: the server answers with the same arguments
// and, before them, a hash of what it has read.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { connect, connected, end, options, random, report, settled } from "./client.mjs";

const LIMIT = options.limit ?? 1_000_000; // of the server, for a message
const IN_FLIGHT = 1_000_000;

// On polling the client merges what waits, and takes Base64 for smaller than it is: it would exceed the limit at times.
const IN_FLIGHT_POLLING = 600_000;
const next = random(options.seed);

const alphabet = ["a", "Z", "0", " ", '"', "\\", "\n", "\u0000", "\u001e", "é", "€", "\u2028", "中", "😀"];
const text = Array.from({ length: LIMIT }, () => alphabet[Math.floor(next() * alphabet.length)]);
const bytes = Buffer.from(Uint8Array.from({ length: LIMIT }, () => next() * 256));

// From 1 byte on, small ones as often as large ones.
function size(limit) {
  return Math.floor(Math.exp(next() * Math.log(limit)));
}

function textOf(length) {
  const start = Math.floor(next() * (LIMIT - length));
  return text.slice(start, start + length).join("");
}

// A text that takes that many bytes on the wire, where each of these characters is one.
function asciiOf(length) {
  return bytes.toString("latin1", 0, length).replace(/[^a-z]/g, "x");
}

function bytesOf(length) {
  const start = Math.floor(next() * (LIMIT - length));
  return bytes.subarray(start, start + length);
}

const binaryLimit = (transport) => (transport === "websocket" ? LIMIT - 1 : Math.floor((LIMIT * 3) / 4) - 200);

function event(index, transport) {
  const limit = binaryLimit(transport);
  switch (index % 32) {
    case 0:
      return [asciiOf(LIMIT - 100 - Math.floor(next() * 100))];
    case 1:
      return [bytesOf(limit - Math.floor(next() * 100))];
    case 2:
      return [bytesOf(1)];
    case 3:
      return [textOf(1)];
    default:
  }
  switch (index % 4) {
    case 0:
      return [asciiOf(size(LIMIT - 100))];
    case 1:
      return [bytesOf(size(limit))];
    case 2:
      return [textOf(size(LIMIT / 8)), index, { at: [index, null, true, 1.5] }];
    default:
      return [bytesOf(size(limit / 4)), { deep: [{ bytes: bytesOf(size(limit / 4)) }] }, textOf(size(1000))];
  }
}

function update(hash, value) {
  if (Buffer.isBuffer(value)) {
    hash.update(value);
  } else if (typeof value === "string") {
    hash.update(value, "utf8");
  } else if (value !== null && typeof value === "object") {
    Object.values(value).forEach((element) => update(hash, element));
  }
  return hash;
}

function volume(value) {
  if (Buffer.isBuffer(value)) {
    return value.length;
  }
  if (typeof value === "string") {
    return Buffer.byteLength(value);
  }
  return value !== null && typeof value === "object" ? Object.values(value).reduce((sum, it) => sum + volume(it), 0) : 0;
}

const socket = await connected(connect());
const pending = [];
let sent = 0;
let inFlight = 0;
let events = 0;
let wake = () => {};

socket.on("disconnect", (reason, details) => {
  throw new Error(`Disconnected after ${sent} bytes: ${reason} ${details?.description}`);
});

socket.on("echo", (hash, ...args) => {
  const expected = pending.shift();
  assert.equal(hash, expected.hash, "what the server has read");
  assert.deepEqual(args, expected.args, "what came back");
  inFlight -= expected.bytes;
  wake();
});

const start = Date.now();
while (sent < options.bytes) {
  const args = event(events, socket.io.engine.transport.name);
  const expected = { args, bytes: volume(args), hash: update(createHash("sha256"), args).digest("hex") };
  const limit = socket.io.engine.transport.name === "websocket" ? IN_FLIGHT : IN_FLIGHT_POLLING;
  while (inFlight > 0 && inFlight + expected.bytes > limit) {
    await new Promise((resolve) => (wake = resolve));
  }
  pending.push(expected);
  socket.emit("echo", ...args);
  events++;
  sent += expected.bytes;
  inFlight += expected.bytes;
}
while (pending.length > 0) {
  await new Promise((resolve) => (wake = resolve));
}
await settled(socket);
report("done", { bytes: sent, events, millis: Date.now() - start, transport: socket.io.engine.transport.name });
socket.off("disconnect");
end(socket);
