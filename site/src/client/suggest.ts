// Search as you type: titles and authors under the search box, as a combobox with a list (WAI-ARIA 1.2). The form does
// without it.

interface Option {
  readonly text: string;
  readonly note: string;
  readonly href: string;
}

const pauseMs = 120;
const shortest = 2;
const most = 6;

/** Where an address of this site leads from the page it is read on, whatever the site is called outside. */
function here(url: unknown): string {
  const { pathname, search } = new URL(String(url), location.origin);
  return pathname + search;
}

function optionsOf(answer: unknown): Option[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const listOf = (name: string): Record<string, unknown>[] => {
    const list: unknown = Reflect.get(answer, name);
    return Array.isArray(list) ? list : [];
  };
  return [
    ...listOf('papers').map(({ text, url }) => ({ text: String(text), note: '', href: here(url) })),
    ...listOf('authors').map(({ name, papers, url }) => ({
      text: String(name),
      note: papers === 1 ? 'author of 1 paper' : `author of ${papers} papers`,
      href: here(url),
    })),
  ];
}

function attach(input: HTMLInputElement): void {
  const list = document.createElement('ul');
  const status = document.createElement('span');
  let options: readonly Option[] = [];
  let chosen = -1;
  let timer = 0;
  let underway: AbortController | undefined;

  list.id = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Papers and authors');
  list.hidden = true;
  status.className = 'unseen';
  status.setAttribute('role', 'status');
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
  input.after(list, status);

  const choose = (index: number): void => {
    chosen = index;
    for (const [i, item] of Array.from(list.children).entries())
      item.setAttribute('aria-selected', String(i === index));
    if (index === -1) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', `suggestion-${index}`);
      list.children[index]?.scrollIntoView({ block: 'nearest' });
    }
  };

  const show = (found: readonly Option[]): void => {
    options = found;
    list.replaceChildren(
      ...found.map(({ text, note }, i) => {
        const item = document.createElement('li');
        const title = document.createElement('bdi');
        const small = document.createElement('small');
        item.id = `suggestion-${i}`;
        item.setAttribute('role', 'option');
        title.textContent = text;
        small.textContent = note;
        item.append(title, ...(note === '' ? [] : [' ', small]));
        return item;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    status.textContent =
      found.length === 0 ? '' : `${found.length} ${found.length === 1 ? 'suggestion' : 'suggestions'}`;
    choose(-1);
  };

  const close = (): void => {
    clearTimeout(timer);
    underway?.abort();
    show([]);
  };

  const ask = async (): Promise<void> => {
    underway?.abort();
    const controller = new AbortController();
    underway = controller;
    try {
      const query = new URLSearchParams({ q: input.value, limit: String(most) });
      const response = await fetch(`/api/search/complete?${query}`, { signal: controller.signal });
      const found = response.ok ? optionsOf(await response.json()) : [];
      if (!controller.signal.aborted && document.activeElement === input) show(found);
    } catch {
      // Aborted, or the network is away: the form still works.
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.trim().length < shortest) close();
    else timer = setTimeout(() => void ask(), pauseMs);
  });

  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && chosen !== -1) {
      const option = options[chosen];
      if (option === undefined) return;
      event.preventDefault();
      location.assign(option.href);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // One place more than there are options: the box itself.
      const places = options.length + 1;
      choose(((chosen + 1 + step + places) % places) - 1);
    }
  });

  // The list must not take the focus away before the click counts.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const item = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
    const option = item === null ? undefined : options[Array.from(list.children).indexOf(item)];
    if (option !== undefined) location.assign(option.href);
  });
  input.addEventListener('blur', close);
  input.form?.addEventListener('submit', close);
}

const box = document.querySelector<HTMLInputElement>('[data-search]');
if (box !== null) attach(box);
