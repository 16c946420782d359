// Keeps the progress of an audit up to date. Each event says all, so that nothing is missed after a break.
(() => {
  'use strict';
  const box = document.getElementById('progress');
  if (!box || !window.EventSource) return;
  const number = new Intl.NumberFormat('en-US');
  const bar = document.getElementById('bar');
  let saidTenth = -1;

  const show = (name, text) => {
    const place = box.querySelector(`[data-show="${name}"]`);
    if (place && place.textContent !== text) place.textContent = text;
  };

  // A screen reader is told every tenth of the way, not every second.
  const say = (view) => {
    const tenth = view.items > 0 ? Math.floor(10 * view.done / view.items) : -1;
    if (tenth > saidTenth) {
      saidTenth = tenth;
      show('said', `${10 * tenth} percent done`);
    }
  };

  const update = (view) => {
    show('state', view.state);
    if (view.items > 0) {
      bar.max = view.items;
      bar.value = view.done;
      show('share', `${number.format(view.done)} of ${number.format(view.items)} items`);
    }
    show('failed', number.format(view.failed));
    show('rate', view.itemsPerSecond === null ? '–' : view.itemsPerSecond.toFixed(1));
    show('shards', number.format(view.shards.done));
    show('flight', number.format(view.shards.dispatched + view.shards.running));
    show('waiting', number.format(view.shards.pending));
    say(view);
  };

  const events = new EventSource(box.dataset.events);
  events.addEventListener('progress', (event) => update(JSON.parse(event.data)));
  // The page of an audit that has ended is another one.
  events.addEventListener('end', () => {
    events.close();
    location.reload();
  });
})();

// Copies a key that was just created. Without this script, or where the browser forbids it, it is copied by hand.
(() => {
  'use strict';
  for (const button of document.querySelectorAll('[data-copy]')) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = 'Copied';
    });
  }
})();

// The opacity of an item's heatmaps. Without this script it is fixed.
(() => {
  'use strict';
  const stage = document.querySelector('.stage');
  const slider = document.getElementById('opacity');
  if (!stage || !slider) return;
  const apply = () => stage.style.setProperty('--opacity', slider.value);
  slider.addEventListener('input', apply);
  document.getElementById('opacity-choice').hidden = false;
  apply();
})();
