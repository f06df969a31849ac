// Lives through a restart of the server.

import { connect, end, report, settled } from "./client.mjs";

const socket = connect();
socket.on("disconnect", (reason) => report("disconnected", { reason }));
socket.on("connect", async () => {
  const { id, recovered } = socket;
  await settled(socket);
  report("connected", { id, recovered: Boolean(recovered), answer: await socket.emitWithAck("echo", "hello") });
});
socket.on("end", () => end(socket));
