// A curve to be drawn by hand: its handles are dragged here, and each is a slider below for the keyboard.

const width = 480;
const height = 150;
const margin = 14;
const namespace = 'http://www.w3.org/2000/svg';

/** Adds a pad above the sliders of every curve of a form. */
export function addCurvePads(form: HTMLFormElement): void {
  for (const curve of form.querySelectorAll<HTMLElement>('[data-lab-curve]')) addPad(form, curve);
}

function addPad(form: HTMLFormElement, curve: HTMLElement): void {
  const sliders = [...curve.querySelectorAll<HTMLInputElement>('input[type="range"]')];
  const [first] = sliders;
  if (first === undefined) return;
  const low = Number(first.min);
  const high = Number(first.max);
  const step = Number(first.step);
  const xOf = (i: number): number =>
    margin + (sliders.length === 1 ? 0.5 : i / (sliders.length - 1)) * (width - 2 * margin);
  const yOf = (value: number): number =>
    height - margin - ((value - low) / (high - low || 1)) * (height - 2 * margin);

  const make = (name: string, attributes: Readonly<Record<string, string | number>>): SVGElement => {
    const element = document.createElementNS(namespace, name);
    for (const [attribute, value] of Object.entries(attributes))
      element.setAttribute(attribute, String(value));
    return element;
  };
  // The sliders say everything that the pad shows.
  const pad = make('svg', { viewBox: `0 0 ${width} ${height}`, class: 'curve-pad', 'aria-hidden': 'true' });
  const guides = sliders.map((_, i) =>
    make('line', { x1: xOf(i), x2: xOf(i), y1: margin, y2: height - margin }),
  );
  const line = make('path', {});
  const handles = sliders.map((_, i) => make('circle', { cx: xOf(i), r: 7 }));
  pad.append(...guides, line, ...handles);

  const follow = (): void => {
    for (const [i, slider] of sliders.entries())
      handles[i]?.setAttribute('cy', String(yOf(slider.valueAsNumber)));
    const points = sliders.map((slider, i) => `${xOf(i)} ${yOf(slider.valueAsNumber)}`);
    line.setAttribute('d', `M${points.join('L')}`);
  };

  let held: HTMLInputElement | undefined;
  const drag = (event: PointerEvent): void => {
    if (held === undefined) return;
    const box = pad.getBoundingClientRect();
    const y = ((event.clientY - box.top) / box.height) * height;
    const value = low + ((height - margin - y) / (height - 2 * margin)) * (high - low);
    const stepped = low + Math.round((value - low) / step) * step;
    held.value = String(Math.min(high, Math.max(low, stepped)));
    held.dispatchEvent(new Event('input', { bubbles: true }));
  };
  pad.addEventListener('pointerdown', (event) => {
    const box = pad.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width;
    const distances = sliders.map((_, i) => Math.abs(xOf(i) - x));
    held = sliders[distances.indexOf(Math.min(...distances))];
    pad.setPointerCapture(event.pointerId);
    drag(event);
  });
  pad.addEventListener('pointermove', drag);
  const release = (): void => {
    held?.dispatchEvent(new Event('change', { bubbles: true }));
    held = undefined;
  };
  pad.addEventListener('pointerup', release);
  pad.addEventListener('pointercancel', release);
  form.addEventListener('input', follow);
  form.addEventListener('labreset', follow);
  follow();
  curve.querySelector('legend')?.after(pad);
}
