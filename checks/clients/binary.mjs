// Binary arguments at any depth, in events and acknowledgements, both ways.

import assert from "node:assert/strict";
import { connect, connected, end, once, options } from "./client.mjs";

const bytes = (...values) => Buffer.from(values);
const big = Buffer.alloc(100_000, 7);

let deep = bytes(9, 9);
for (let i = 0; i < 50; i++) {
  deep = i % 2 ? [deep, i] : { next: deep, i };
}

const cases = [
  [bytes(1, 2, 3)],
  [bytes()],
  [bytes(0), "text", bytes(255), null, 5],
  [{ a: { b: [{ c: bytes(1) }, [bytes(2), [bytes(3)]]] }, d: bytes(4) }],
  [[bytes(1), "x", bytes(2)], { _placeholder: false, num: 0 }],
  [deep],
  [big, { big }],
  Array.from({ length: 10 }, (_, i) => bytes(i)),
];

const socket = await connected(connect());
for (const args of cases) {
  const back = once(socket, "echo");
  socket.emit("echo", ...args);
  assert.deepEqual(await back, args, "event");
  const acknowledged = await new Promise((resolve) => socket.emit("acknowledge", ...args, (...all) => resolve(all)));
  assert.deepEqual(acknowledged, args, "acknowledgement");
}

// Views of buffers other than Node's own, of which the msgpack parser sends the whole buffer
const typed = once(socket, "echo");
socket.emit("echo", new Uint8Array([1, 2, 3]).subarray(1), new Uint8Array([4]).buffer);
assert.deepEqual(await typed, [options.parser === "msgpack" ? bytes(1, 2, 3) : bytes(2, 3), bytes(4)]);

const received = [];
socket.on("made-by-server", (...args) => received.push(args));
await socket.emitWithAck("make");
assert.deepEqual(received, [[bytes(1, 2), { list: [bytes(3), { deep: bytes(4, 5) }] }, "end"]]);
end(socket);
