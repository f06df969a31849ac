// Values that MessagePack brings otherwise than JSON, both ways; with the parser of the npm package, or with the file
// for browsers that has it built in.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { connect, connected, end, once, options, report } from "./client.mjs";

function connectAsBrowsers() {
  const require = createRequire(import.meta.url);
  globalThis.WebSocket = require("ws").WebSocket;
  const io = require("../node_modules/socket.io-client/dist/socket.io.msgpack.min.js");
  return io(`http://127.0.0.1:${options.port}`, { transports: ["websocket"], auth: { token: "t" } });
}

// A browser has ArrayBuffers where Node has its own buffers.
const plain = (value) =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? { bytes: [...new Uint8Array(value instanceof ArrayBuffer ? value : new Uint8Array(value))] }
    : Array.isArray(value)
      ? value.map(plain)
      : value !== null && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
        : value;

const socket = await connected(options.bundle ? connectAsBrowsers() : connect("/", { auth: { token: "t" } }));

const date = new Date("2023-11-14T22:13:20.123Z");
const told = await socket.emitWithAck("describe", date, undefined, { absent: undefined, there: null }, 5, 2 ** 53, 1.5, -0);
assert.deepEqual(told, [date.toJSON(), null, { there: null }, 5, 2 ** 53, 1.5, 0]);

const echo = async (...args) => {
  const back = once(socket, "echo");
  socket.emit("echo", ...args);
  return (await back).map(plain);
};
const values = ["", "ä€😀".repeat(100), 0, -1, 4294967296, 0.1, true, null, [], {}, { a: [{ b: { c: "d" } }] }];
assert.deepEqual(await echo(...values), values);
assert.deepEqual(await echo(NaN, Infinity), [NaN, Infinity], "numbers that JSON does not have");
assert.deepEqual(await echo({ _placeholder: true, num: 0 }), [{ _placeholder: true, num: 0 }], "a mere object");
const bytes = new Uint8Array([1, 2, 3]);
// The parser for browsers takes a view of a buffer for an object
assert.deepEqual(await echo([bytes.buffer, { deep: [options.bundle ? bytes.buffer : bytes] }]), [
  [{ bytes: [1, 2, 3] }, { deep: [{ bytes: [1, 2, 3] }] }],
]);
assert.deepEqual(await echo(Array.from({ length: 20 }, () => new Uint8Array([7]).buffer)), [
  Array(20).fill({ bytes: [7] }),
]);

const [made] = await once(socket.emit("make"), "made");
assert.deepEqual(plain(made), {
  id: "00000000-0000-0001-0000-000000000002",
  at: "2023-11-14T22:13:20.123Z",
  amount: 1.1,
  count: 5,
  big: 2 ** 60,
  content: { bytes: [1, 2] },
});
report("done");
end(socket);
