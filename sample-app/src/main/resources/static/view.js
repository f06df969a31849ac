// Everything that touches the document. Text from others only ever goes through textContent.
const $ = (id) => document.getElementById(id);
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const GROUPED_WITHIN = 5 * 60_000;
const LAMP_SHOWN_FOR = 12_000;
let lampTimer;

/** Shows the form that asks for a name; `problem` says why the last one was refused. */
export function showWelcome(name, problem = '') {
  $('welcome').hidden = false;
  $('chat').hidden = true;
  $('name').value = name;
  $('welcome-problem').textContent = problem;
  $('name').focus();
}

/** Shows the chat; nothing can be said before the room is known. */
export function showChat() {
  $('welcome').hidden = true;
  $('chat').hidden = false;
}

/** `state` is connecting, connected or lost; `detail` may change every second and is not read aloud. */
export function showConnection(state, text, detail = '') {
  $('connection').dataset.state = state;
  if ($('state').textContent !== text) {
    $('state').textContent = text;
  }
  $('detail').textContent = detail;
  $('cut').disabled = state !== 'connected';
}

/** Lights the lamp with a text, which goes after a while, or puts it out without one. */
export function showRecovered(text = '') {
  clearTimeout(lampTimer);
  $('connection').classList.toggle('recovered', text !== '');
  $('recovered').textContent = text;
  $('recovered').classList.toggle('lit', text !== '');
  lampTimer = setTimeout(() => $('recovered').classList.remove('lit'), LAMP_SHOWN_FOR);
}

export function showRoom({ room, rooms, members, messages }, isMine, ownId) {
  $('text').disabled = false;
  $('room-title').textContent = title(room);
  document.title = `${title(room)} · Harbour chat`;
  $('rooms').replaceChildren(...rooms.map((name) => {
    const button = element('button', '', title(name));
    button.type = 'button';
    button.dataset.room = name;
    if (name === room) {
      button.setAttribute('aria-current', 'true');
    }
    const item = document.createElement('li');
    item.append(button);
    return item;
  }));
  showMembers(members, ownId);
  showTyping([]);
  const log = $('log');
  log.setAttribute('aria-busy', 'true');
  log.replaceChildren();
  $('empty').hidden = false;
  for (const message of messages) {
    addMessage(message, isMine(message.id));
  }
  log.removeAttribute('aria-busy');
  scrollToEnd();
}

export function showMembers(members, ownId) {
  const online = members.filter((member) => !member.away).length;
  $('people-count').textContent = online;
  $('people').replaceChildren(...members.map((member) => {
    const item = element('li', member.away ? 'away' : '');
    item.append(avatar(member.name), element('span', 'name', member.id === ownId ? `${member.name} (you)` : member.name));
    if (member.away) {
      item.append(element('span', 'tag', 'away'));
    }
    return item;
  }));
}

export function showTyping(names) {
  const who = names.length > 2 ? 'Several people are' : `${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'}`;
  $('typing').textContent = names.length ? `${who} typing…` : '';
}

/** Adds a message at the end. One that has no time yet is still to be sent. */
export function addMessage(message, mine, missed = false) {
  if (find(message.id)) {
    return;
  }
  const follow = mine || atEnd();
  const item = $('message-template').content.cloneNode(true).firstElementChild;
  item.dataset.id = message.id;
  item.classList.toggle('mine', mine);
  item.classList.toggle('missed', missed);
  item.querySelector('.avatar').replaceWith(avatar(message.name));
  item.querySelector('.author').textContent = mine ? 'You' : message.name;
  item.querySelector('.body').textContent = message.text;
  const time = message.time ? new Date(message.time) : new Date();
  showTime(item, time);
  const last = $('log').lastElementChild;
  item.dataset.author = mine ? 'me' : message.author;
  item.classList.toggle('grouped', last?.dataset.author === item.dataset.author
    && time - Date.parse(last.querySelector('time').dateTime) < GROUPED_WITHIN);
  $('log').append(item);
  $('empty').hidden = true;
  if (mine) {
    showProgress(message.id, message.delivered ? 'delivered' : message.time ? 'sent' : 'sending', message.time);
  }
  if (follow) {
    scrollToEnd();
  }
  else {
    $('newer').hidden = false;
  }
}

/** `progress` is sending, waiting, sent, delivered, or refused with a reason. */
export function showProgress(id, progress, time, reason) {
  const item = find(id);
  if (!item || (item.dataset.progress === 'delivered' && progress === 'sent')) {
    return;
  }
  item.dataset.progress = progress;
  item.querySelector('.progress').textContent = reason ? `not sent: ${reason}` : progress;
  if (time) {
    showTime(item, new Date(time));
  }
}

/** Moves a message that waited behind what has arrived since. */
export function moveToEnd(message) {
  find(message.id)?.remove();
  addMessage(message, true);
}

/** Puts a line in front of the first message that was missed. */
export function markMissed(id, text) {
  const follow = atEnd();
  const item = find(id);
  item?.before(element('p', 'divider', text));
  item?.classList.remove('grouped');
  if (follow) {
    scrollToEnd();
  }
}

/** Calls back for what the user does. */
export function listen({ onEnter, onLeave, onRoom, onSend, onTyping, onCut }) {
  $('welcome-form').addEventListener('submit', (event) => {
    event.preventDefault();
    $('welcome-problem').textContent = '';
    onEnter($('name').value);
  });
  $('leave').addEventListener('click', onLeave);
  $('cut').addEventListener('click', onCut);
  $('rooms').addEventListener('click', (event) => {
    const { room } = event.target.dataset;
    if (room && !event.target.hasAttribute('aria-current')) {
      onRoom(room);
    }
  });
  $('people-toggle').addEventListener('click', () => {
    const open = $('people-panel').classList.toggle('open');
    $('people-toggle').setAttribute('aria-expanded', open);
  });
  $('newer').addEventListener('click', scrollToEnd);
  $('log').addEventListener('scroll', () => {
    if (atEnd()) {
      $('newer').hidden = true;
    }
  });
  const text = $('text');
  const send = () => {
    if (text.value.trim()) {
      onSend(text.value.trim());
      text.value = '';
    }
    text.focus();
  };
  $('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  text.addEventListener('input', () => onTyping(text.value !== ''));
  // The room for messages changes with the keyboard of a phone and with a longer text.
  let following = true;
  $('log').addEventListener('scroll', () => { following = atEnd(); });
  new ResizeObserver(() => following && scrollToEnd()).observe($('log'));
}

function find(id) {
  return [...$('log').children].findLast((item) => item.dataset.id === id);
}

function showTime(item, time) {
  item.querySelector('time').dateTime = time.toISOString();
  item.querySelector('time').textContent = clock.format(time);
}

function atEnd() {
  const log = $('log');
  return log.scrollHeight - log.scrollTop - log.clientHeight < 48;
}

function scrollToEnd() {
  $('log').scrollTop = $('log').scrollHeight;
  $('newer').hidden = true;
}

function avatar(name) {
  const letters = element('span', 'avatar', [...name][0].toUpperCase());
  letters.setAttribute('aria-hidden', 'true');
  const hash = [...name].reduce((sum, letter) => sum * 31 + letter.codePointAt(0) | 0, 7);
  letters.style.setProperty('--hue', Math.abs(hash) % 360);
  return letters;
}

function title(room) {
  return room.charAt(0).toUpperCase() + room.slice(1);
}

function element(tag, className, text = '') {
  const result = document.createElement(tag);
  result.className = className;
  result.textContent = text;
  return result;
}
