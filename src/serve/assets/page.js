// Completes what is typed into the search box. Everything works without it.
// The pattern is the combobox of the ARIA Authoring Practices.
'use strict';
(() => {
  const input = document.getElementById('q');
  if (!input) return;
  const list = document.createElement('ul');
  list.className = 'offers';
  list.id = 'q-offers';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.dataset.suggestions);
  input.after(list);
  const set = (name, value) => input.setAttribute(name, value);
  set('role', 'combobox');
  set('aria-autocomplete', 'list');
  set('aria-controls', list.id);
  set('aria-expanded', 'false');

  let chosen = -1;
  let waiting;
  let last = '';

  const close = () => {
    list.hidden = true;
    chosen = -1;
    set('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  const choose = (place) => {
    chosen = place;
    [...list.children].forEach((item, at) => item.setAttribute('aria-selected', String(at === place)));
    const item = list.children[place];
    if (item) {
      set('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  };

  const take = (item) => {
    input.value = item.dataset.whole;
    close();
    input.form.requestSubmit();
  };

  const show = (offers, before) => {
    list.replaceChildren(...offers.map((offer, at) => {
      const item = document.createElement('li');
      item.id = 'q-offer-' + at;
      item.lang = 'fi';
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', 'false');
      item.dataset.whole = offer.kind === 'word' ? before + offer.text : offer.key || '"' + offer.text + '"';
      const text = document.createElement('span');
      text.textContent = offer.text;
      const count = document.createElement('span');
      count.textContent = offer.key || offer.count;
      item.append(text, count);
      item.addEventListener('mousedown', (event) => {
        event.preventDefault();
        take(item);
      });
      return item;
    }));
    choose(-1);
    list.hidden = offers.length === 0;
    set('aria-expanded', String(!list.hidden));
  };

  const ask = async () => {
    const typed = input.value;
    const word = typed.match(/[\p{L}-]*$/u)[0];
    if (word.length < 2) return close();
    last = typed;
    try {
      const answer = await fetch('/api/v1/suggest?limit=5&q=' + encodeURIComponent(word));
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      if (last === input.value && document.activeElement === input) {
        show(suggestions.slice(0, 10), typed.slice(0, typed.length - word.length));
      }
    } catch {
      close();
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const many = list.children.length;
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (list.hidden) {
      return;
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      choose((chosen + 1) % many);
    } else if (event.key === 'ArrowUp') {
      event.preventDefault();
      choose(chosen < 1 ? many - 1 : chosen - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen]);
    }
  });
})();
