// Ends the connection in the way that is asked for and tells the reason.

import { connect, connected, end, options, report, settled } from "./client.mjs";

const ways = {
  clientLeaves: (socket) => socket.disconnect(),
  serverDisconnects: (socket) => socket.emit("disconnect-me", false),
  serverCloses: (socket) => socket.emit("disconnect-me", true),
  engineCloses: (socket) => socket.io.engine.close(),
  connectionBreaks: (socket) => socket.io.engine.transport.ws.terminate(),
  garbageForEngine: (socket) => socket.io.engine.transport.ws.send("abc"),
  garbageForSocket: (socket) => socket.io.engine.write("abc"),
  tooBig: (socket) => socket.emit("big", Buffer.alloc(1_100_000)),
  done: () => {},
};

const socket = await settled(connect("/", { reconnection: false }));
const bystander = await connected(socket.io.socket("/other"));
socket.on("disconnect", (reason) => {
  setImmediate(() => {
    report("disconnected", { reason, stillConnected: bystander.connected });
    end(bystander);
  });
});
report("ready");
ways[options.way](socket);
