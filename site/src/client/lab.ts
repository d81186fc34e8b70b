// What a paper's panel loads at once: two listeners. The lab's own code comes when a control is touched or a run is asked for.

const controls = document.querySelector<HTMLFormElement>('[data-lab-controls]');

if (controls !== null) {
  const wake = async (): Promise<void> => {
    for (const event of wakers) controls.removeEventListener(event, wakeOnce);
    const { enliven } = await import('./lab/live.ts');
    await enliven(controls);
  };
  // When it cannot be loaded the form still sends what it holds, and the server draws.
  const wakeOnce = (): void => void wake().catch(() => undefined);
  const wakers = ['pointerover', 'focusin', 'input'];
  for (const event of wakers) controls.addEventListener(event, wakeOnce);
}

const block = document.querySelector<HTMLElement>('[data-lab-run]');
const start = block?.querySelector<HTMLFormElement>('[data-lab-run-form]');
const place = block?.querySelector<HTMLElement>('[data-lab-run-place]');

if (block && start && place) {
  start.hidden = false;
  start.addEventListener('submit', (event) => {
    event.preventDefault();
    const size = new FormData(start).get('size') === 'smoke' ? 'smoke' : 'short';
    import('./lab/run.ts').then(
      ({ runHere }) => runHere({ number: Number(block.dataset.labRun), size, place, start }),
      () => {
        place.textContent =
          'The experiment could not be loaded: look whether this site can be reached, then load the page again.';
      },
    );
  });
}
