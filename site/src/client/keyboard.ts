// Reading by keyboard: j and k walk the papers, Enter or o opens one, / searches, ? tells the rest. Pages do without it.

const cards = (): HTMLElement[] => Array.from(document.querySelectorAll<HTMLElement>('[data-card]'));

function move(step: number): void {
  const all = cards();
  if (all.length === 0) return;
  const here = all.findIndex((card) => card.contains(document.activeElement));
  const next =
    here === -1 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + step));
  const card = all[next];
  card?.querySelector<HTMLElement>('[data-open]')?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: 'nearest' });
}

function follow(selector: string): void {
  document.querySelector<HTMLAnchorElement>(selector)?.click();
}

function openCard(): void {
  document.activeElement?.closest('[data-card]')?.querySelector<HTMLAnchorElement>('[data-open]')?.click();
}

function help(): void {
  const dialog = document.querySelector<HTMLDialogElement>('#keys');
  if (dialog?.open) dialog.close();
  else dialog?.showModal();
}

function search(): void {
  const box = document.querySelector<HTMLInputElement>('[data-search]');
  box?.focus();
  box?.select();
}

let leader = '';

const actions: Readonly<Record<string, () => void>> = {
  j: () => move(1),
  k: () => move(-1),
  o: openCard,
  p: () => follow('a[rel~="prev"]'),
  '[': () => follow('a[rel~="prev"]'),
  n: () => follow('a[rel~="next"]'),
  ']': () => follow('a[rel~="next"]'),
  '/': search,
  '?': help,
  'g h': () => follow('a[data-home]'),
  'g t': () => follow('a[data-trending]'),
  'g l': () => follow('a[data-lab]'),
};

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return;
  const dialogOpen = document.querySelector('dialog[open]') !== null;
  if (dialogOpen && event.key !== '?') return;
  const chord = leader === '' ? event.key : `${leader} ${event.key}`;
  leader = event.key === 'g' && leader === '' ? 'g' : '';
  const action = actions[chord];
  if (!action) return;
  event.preventDefault();
  action();
});
