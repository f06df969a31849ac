// The reference server with its in-memory adapter; does what the Java server of this module does.
// Usage: node --expose-gc server.mjs [--recovery]
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const TEXT = 'The quick brown fox jumps over the lazy dog, 64 characters long.';
const DIRECT = 20;

const http = createServer();
const io = new Server(http, process.argv.includes('--recovery')
  ? { connectionStateRecovery: { maxDisconnectionDuration: 120_000, skipMiddlewares: true } } : {});

class Audience {
  present = 0;
  roomOfSocket = new Map();

  constructor(namespace) {
    this.namespace = namespace;
    namespace.on('connection', (socket) => {
      if (!socket.recovered) {
        const room = `room-${socket.handshake.auth.room}`;
        socket.join(room);
        this.roomOfSocket.set(socket.id, room);
      }
      this.present++;
      socket.on('disconnect', () => this.present--);
    });
  }

  greet() {
    this.namespace.emit('hello', 'there');
  }

  broadcast(number, text) {
    this.namespace.emit('event', number, text);
  }

  emit(count, mixed) {
    const rooms = new Set(this.roomOfSocket.values());
    let emitted = 0;
    for (let number = 0; number < count; number++) {
      if (!mixed || number % 2 === 1) {
        this.broadcast(number, TEXT);
        emitted++;
      }
      else {
        for (const room of (number % DIRECT === 0) ? this.roomOfSocket.keys() : rooms) {
          this.namespace.to(room).emit('event', number, TEXT);
          emitted++;
        }
      }
    }
    return emitted;
  }
}

const audiences = new Map(['/', '/warmup'].map((name) => [name, new Audience(io.of(name))]));

let peak = 0;

function used() {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

setInterval(() => peak = Math.max(peak, used()), 50);

io.of('/control').on('connection', (socket) => {
  socket.on('present', (namespace, answer) => answer(audiences.get(namespace).present));
  socket.on('greet', (namespace) => audiences.get(namespace).greet());
  socket.on('emit', (namespace, count, mixed, answer) => answer(audiences.get(namespace).emit(count, mixed)));
  socket.on('broadcast', (number, text) => audiences.get('/').broadcast(number, text));
  socket.on('collect', (answer) => {
    global.gc();
    answer(peak = used());
  });
  socket.on('peak', (answer) => answer(peak = Math.max(peak, used())));
});

http.listen(0, '127.0.0.1', () => console.log(`listening on port ${http.address().port}`));
