import { loadClient } from './client.js';
import * as view from './view.js';

const CUT_SECONDS = 5;
const ACK_TIMEOUT = 10_000;
const TYPING_SENT_EVERY = 2_000;
const TYPING_SHOWN_FOR = 5_000;

let name = sessionStorage.getItem('name') ?? '';
let room = location.hash.slice(1);
let socket;

// True from the moment the server knows our room until the connection is lost.
let ready = false;
// Messages of others that arrived between a loss and the "connect" event: with connection state recovery the client
// hands them over before that event.
let missed = [];
// Ids of our own messages. Authors are socket ids, and ours changes with a page reload.
const mine = new Set(JSON.parse(sessionStorage.getItem('mine') ?? '[]'));
// What is typed and not acknowledged yet, by message id. Sent again after a loss; the server knows the ids it has seen.
const outbox = new Map();
// Who is typing: id -> { name, timer }.
const typing = new Map();
let typingSentAt = 0;
let countdown;

view.listen({ onEnter: enter, onLeave: leave, onRoom: move, onSend: send, onTyping: type, onCut: cut });
try {
  socket = connectWith(await loadClient());
  if (name) {
    enter(name);
  }
  else {
    view.showWelcome(localStorage.getItem('name') ?? '');
  }
}
catch (error) {
  view.showWelcome(name, error.message);
}

function connectWith(io) {
  const created = io({ autoConnect: false, auth: (done) => done({ name, room }) });

  created.on('connect', () => {
    if (created.recovered) {
      const count = missed.length;
      view.showRecovered(`Recovered: ${count || 'no'} missed ${count === 1 ? 'message' : 'messages'} arrived`);
      if (count) {
        view.markMissed(missed[0], `${count === 1 ? '1 message' : `${count} messages`} while you were offline`);
      }
      ready = true;
      sendWaiting();
    }
    else {
      // A new session: the server sends "room" next, with the history.
      view.showRecovered();
    }
    missed = [];
    showTransport();
    created.io.engine.once('upgrade', showTransport);
  });

  created.on('disconnect', (reason) => {
    ready = false;
    missed = [];
    clearTyping();
    view.showRecovered();
    if (reason === 'io client disconnect' || countdown) {
      return;
    }
    if (created.active) {
      view.showConnection('lost', 'Connection lost', 'reconnecting…');
    }
    else {
      // The server ended it: the client does not come back by itself.
      reconnectIn(CUT_SECONDS);
    }
  });

  created.on('connect_error', (error) => {
    if (created.active) {
      view.showConnection('lost', 'No connection', 'trying again…');
    }
    else {
      sessionStorage.removeItem('name');
      view.showWelcome(name, error.message);
    }
  });

  created.io.on('reconnect_attempt', (attempt) => {
    view.showConnection('lost', 'Connection lost', `reconnecting… attempt ${attempt}`);
  });

  // Handlers take only the arguments they know: with recovery, the server adds an offset behind them.
  created.on('room', (entered) => {
    room = entered.room;
    history.replaceState(null, '', `#${room}`);
    clearTyping();
    view.showRoom(entered, (id) => mine.has(id), created.id);
    confirmArrival(entered.messages.filter((message) => !message.delivered && !mine.has(message.id)));
    for (const message of entered.messages) {
      outbox.delete(message.id);
    }
    ready = true;
    waiting().forEach((message) => view.addMessage(message, true));
    sendWaiting();
  });

  created.on('message', (message) => {
    stoppedTyping(message.author);
    if (!ready) {
      missed.push(message.id);
    }
    view.addMessage(message, mine.has(message.id), !ready);
    confirmArrival([message]);
  });

  created.on('presence', (members) => view.showMembers(members, created.id));
  created.on('delivered', (id) => view.showProgress(id, 'delivered'));
  created.on('typing', (who) => {
    stoppedTyping(who.id);
    if (who.typing) {
      typing.set(who.id, { name: who.name, timer: setTimeout(stoppedTyping, TYPING_SHOWN_FOR, who.id) });
      showTyping();
    }
  });

  // Leaving the page is no broken connection: say so, and nobody waits for us.
  window.addEventListener('pagehide', () => created.disconnect());
  window.addEventListener('pageshow', (event) => event.persisted && name && created.connect());
  return created;
}

function enter(chosen) {
  name = chosen.trim();
  sessionStorage.setItem('name', name);
  localStorage.setItem('name', name);
  view.showChat();
  view.showConnection('connecting', 'Connecting…');
  socket.connect();
}

function leave() {
  clearInterval(countdown);
  countdown = undefined;
  socket.io.reconnection(true);
  socket.disconnect();
  sessionStorage.removeItem('name');
  view.showWelcome(name);
}

function move(next) {
  if (ready) {
    socket.emit('join', next);
  }
}

function send(text) {
  const message = { id: newId(), room, name, text };
  mine.add(message.id);
  sessionStorage.setItem('mine', JSON.stringify([...mine].slice(-500)));
  outbox.set(message.id, message);
  view.addMessage(message, true);
  typingSentAt = 0;
  sendWaiting();
}

function waiting() {
  return [...outbox.values()].filter((message) => message.room === room);
}

function sendWaiting() {
  for (const message of waiting()) {
    if (!ready) {
      message.waited = true;
      view.showProgress(message.id, 'waiting');
    }
    else if (!message.underway) {
      deliver(message);
    }
  }
}

async function deliver(message) {
  message.underway = true;
  if (message.waited) {
    view.moveToEnd(message);
  }
  view.showProgress(message.id, 'sending');
  try {
    const { id, text } = message;
    const reply = await socket.timeout(ACK_TIMEOUT).emitWithAck('message', { id, text });
    outbox.delete(id);
    if (reply.status === 'error') {
      view.showProgress(id, 'refused', undefined, reply.errors?.[0]?.reason ?? reply.message);
    }
    else {
      view.showProgress(id, 'sent', reply.time);
    }
  }
  catch {
    // No answer: lost on the way there or on the way back. The same id goes out again, so nothing is stored twice.
    message.underway = false;
    sendWaiting();
  }
}

/** Tells the server, and so the authors, that messages of others arrived here. */
function confirmArrival(messages) {
  if (messages.length) {
    socket.emit('received', messages.map((message) => message.id));
  }
}

function type(something) {
  const now = Date.now();
  if (ready && (!something || now - typingSentAt > TYPING_SENT_EVERY)) {
    typingSentAt = something ? now : 0;
    socket.volatile.emit('typing', something);
  }
}

function stoppedTyping(id) {
  clearTimeout(typing.get(id)?.timer);
  typing.delete(id);
  showTyping();
}

function clearTyping() {
  [...typing.keys()].forEach(stoppedTyping);
}

function showTyping() {
  view.showTyping([...typing.values()].map((who) => who.name));
}

function showTransport() {
  const transport = socket.io.engine.transport.name;
  view.showConnection('connected', 'Connected', `via ${transport}${socket.recovered ? ', recovered' : ''}`);
}

/** What a dead spot does: the connection ends without a word on the level of Socket.IO, and is away for a while. */
function cut() {
  socket.io.reconnection(false);
  reconnectIn(CUT_SECONDS);
  socket.io.engine.close();
}

function reconnectIn(seconds) {
  let left = seconds;
  const tick = () => view.showConnection('lost', 'Connection lost', `reconnecting in ${left} s`);
  tick();
  countdown = setInterval(() => {
    left -= 1;
    if (left > 0) {
      tick();
      return;
    }
    clearInterval(countdown);
    countdown = undefined;
    view.showConnection('lost', 'Connection lost', 'reconnecting…');
    socket.io.reconnection(true);
    // The same socket object, so that it presents the private id and the offset it knows.
    socket.connect();
  }, 1_000);
}

function newId() {
  // crypto.randomUUID() is missing where the page comes over plain HTTP from another host.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
