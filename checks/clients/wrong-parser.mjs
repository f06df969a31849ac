// Connects with a parser other than that of the server, and tells how the connection ends.

import { connect, end, report } from "./client.mjs";

const socket = connect("/", { reconnection: false });
socket.on("connect", () => report("connected"));
socket.io.once("close", (reason) => {
  report("closed", { reason });
  end(socket);
});
