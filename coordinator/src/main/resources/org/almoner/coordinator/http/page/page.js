// Keeps the figures of the front page up to date. The page is whole without it.
//
// What comes is text and is set as text, or as the value of a bar, or as a link into the log of this
// server: nothing that comes can become markup, and the page's policy allows no script to make any.
'use strict';

(() => {
  const AGAIN_MS = 60_000;
  const INTO_THE_LOG = '/log/tile/entries/';

  const shape = document.body.dataset.shape;
  const live = document.getElementById('live');
  const news = document.getElementById('news');
  const places = new Map();
  for (const place of document.querySelectorAll('[data-live]')) {
    places.set(place.dataset.live, place);
  }

  let source = null;
  let waiting = 0;

  function show(place, text) {
    if (place instanceof HTMLProgressElement) {
      const [value, max] = text.split('/').map(Number);
      place.max = max;
      place.value = value;
    } else if (place instanceof HTMLAnchorElement) {
      if (text.startsWith(INTO_THE_LOG)) {
        place.setAttribute('href', text);
      }
    } else if (place.textContent !== text) {
      place.textContent = text;
    }
    const row = place.closest('tr');
    if (row !== null) {
      row.hidden = row.textContent.trim() === '';
    }
  }

  function stop() {
    clearTimeout(waiting);
    if (source !== null) {
      source.close();
      source = null;
    }
    live.hidden = true;
  }

  // Something is there that this page has no place for.
  function tell() {
    stop();
    document.removeEventListener('visibilitychange', look);
    const again = document.createElement('a');
    again.href = '/';
    again.textContent = 'Load the page again.';
    news.replaceChildren('There is something new here. ', again);
  }

  function take(event) {
    const frame = JSON.parse(event.data);
    if (frame.shape !== shape) {
      tell();
      return;
    }
    for (const [name, text] of Object.entries(frame.values)) {
      const place = places.get(name);
      if (place !== undefined) {
        show(place, text);
      }
    }
    live.hidden = false;
  }

  function start() {
    source = new EventSource('/events');
    source.addEventListener('message', take);
    source.addEventListener('error', () => {
      live.hidden = true;
      // After an answer that is no stream a browser does not ask again by itself.
      if (source !== null && source.readyState === EventSource.CLOSED) {
        source = null;
        waiting = setTimeout(look, AGAIN_MS * (1 + Math.random()));
      }
    });
  }

  // A page that nobody sees takes no place among the readers.
  function look() {
    if (document.visibilityState === 'hidden') {
      stop();
    } else if (source === null) {
      clearTimeout(waiting);
      start();
    }
  }

  document.addEventListener('visibilitychange', look);
  look();
})();
