// Draws lassos over a scatter of heatmaps: what lies inside is chosen. Without this script groups are chosen by links, and items by ticking them.
(() => {
  'use strict';
  const plot = document.getElementById('plot');
  if (!plot) return;
  const least = 4;
  const told = document.getElementById('selected');
  const finger = document.getElementById('finger-draws');
  const points = [...plot.querySelectorAll('[data-item]')].map((element) => {
    const [x, y] = element.firstElementChild.getAttribute('d').match(/[\d.]+/g).map(Number);
    return { element, item: element.dataset.item, x, y };
  });
  let chosen = new Set(points.filter(({ element }) => element.classList.contains('chosen')).map(({ item }) => item));
  let line = null;
  let drawn = null;
  let asked = 0;

  const placeOf = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM().inverse());

  // Even-odd rule: a ray from the point to the left crosses the line an odd number of times.
  const isInside = ({ x, y }) => line.reduce((inside, to, i) => {
    const from = line[(i || line.length) - 1];
    return (from.y > y) !== (to.y > y) && x > from.x + (y - from.y) * (to.x - from.x) / (to.y - from.y) ? !inside : inside;
  }, false);

  // The part of the page below the picture is that of the same address without this script.
  const show = async () => {
    points.forEach(({ element, item }) => element.classList.toggle('chosen', chosen.has(item)));
    told.textContent = chosen.size === 0 ? 'Nothing is chosen.' : `${chosen.size} ${chosen.size === 1 ? 'item is' : 'items are'} chosen.`;
    const address = plot.dataset.address + (chosen.size > 0 ? `&items=${[...chosen].join(',')}` : '');
    const turn = ++asked;
    try {
      const answer = await fetch(address, { headers: { Accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (turn !== asked) return;
      document.getElementById('selection').replaceWith(document.adoptNode(page.getElementById('selection')));
      plot.closest('section').querySelectorAll('a[aria-current]').forEach((link) => link.removeAttribute('aria-current'));
      history.pushState(null, '', address);
    } catch {
      location.assign(address);
    }
  };

  const end = () => {
    drawn?.remove();
    [line, drawn] = [null, null];
  };

  plot.addEventListener('dragstart', (event) => event.preventDefault());
  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.pointerType === 'touch' && !finger.checked)) return;
    line = [placeOf(event)];
  });
  plot.addEventListener('pointermove', (event) => {
    if (!line) return;
    const place = placeOf(event);
    if (!drawn) {
      if (Math.hypot(place.x - line[0].x, place.y - line[0].y) < least) return;
      plot.setPointerCapture(event.pointerId);
      drawn = plot.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'polygon'));
      drawn.setAttribute('class', 'lasso');
    }
    line.push(place);
    drawn.setAttribute('points', line.map(({ x, y }) => `${x},${y}`).join(' '));
  });
  plot.addEventListener('pointerup', (event) => {
    if (drawn) {
      const inside = points.filter(isInside).map(({ item }) => item);
      chosen = new Set(event.shiftKey ? [...chosen, ...inside] : inside);
      // The click that follows is the line's, not a link's.
      plot.addEventListener('click', (click) => click.preventDefault(), { capture: true, once: true });
      setTimeout(() => plot.dispatchEvent(new Event('click')));
      show();
    }
    end();
  });
  plot.addEventListener('pointercancel', end);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.target.matches('input, textarea, select')) return;
    if (!line && chosen.size > 0) {
      chosen = new Set();
      show();
    }
    end();
  });
  window.addEventListener('popstate', () => location.reload());

  if (matchMedia('(any-pointer: coarse)').matches) document.getElementById('finger').hidden = false;
  finger.addEventListener('change', () => plot.classList.toggle('finger', finger.checked));
})();
