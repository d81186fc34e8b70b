// The curves of a run as they come in; drawn a few times a second, and not at all while nobody sees the page.
import { type LivePlot, type Mark, type Plot, renderPlot, type Unit } from '@offprint/lab/browser';
import type { LivePoint } from './messages.ts';

const drawPauseMs = 250;

export interface LiveCurves {
  /** Curves are drawn of an experiment that names a series. */
  begin(live: LivePlot | undefined): void;
  add(unit: Unit, points: readonly LivePoint[]): void;
  /** Draws the first of an experiment's own plots, of what has been measured so far. */
  show(plots: readonly Plot[]): void;
  end(): void;
}

interface Curve {
  readonly unit: Unit;
  readonly x: number[];
  readonly y: number[];
}

export function createLiveCurves(place: Element): LiveCurves {
  const curves = new Map<string, Curve>();
  let live: LivePlot | undefined;
  let shown: Plot | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let behind = false;

  const draw = (): void => {
    timer = undefined;
    behind = document.hidden;
    const plot = live === undefined ? shown : plotOf(live, [...curves.values()]);
    if (plot !== undefined && !behind) place.innerHTML = renderPlot(plot, document);
  };
  const drawSoon = (): void => {
    timer ??= setTimeout(draw, drawPauseMs);
  };
  const catchUp = (): void => {
    if (behind && !document.hidden) drawSoon();
  };
  return {
    begin(plot) {
      live = plot;
      document.addEventListener('visibilitychange', catchUp);
    },
    add(unit, points) {
      const key = `${unit.seed} ${unit.arm}`;
      const curve = curves.get(key) ?? { unit, x: [], y: [] };
      curves.set(key, curve);
      for (const { x, y } of points) {
        curve.x.push(x);
        curve.y.push(y);
      }
      drawSoon();
    },
    show([first]) {
      shown = first;
      drawSoon();
    },
    end() {
      clearTimeout(timer);
      timer = undefined;
      live = undefined;
      shown = undefined;
      document.removeEventListener('visibilitychange', catchUp);
    },
  };
}

function plotOf({ title, xLabel, yLabel, yScale }: LivePlot, curves: readonly Curve[]): Plot {
  return {
    title,
    caption: 'As it comes in: a line for each run, the newest of each arm in full.',
    x: { label: xLabel },
    y: { label: yLabel, scale: yScale ?? 'linear' },
    marks: marksOf(curves),
  };
}

function marksOf(curves: readonly Curve[]): Mark[] {
  const newest = new Map(curves.map((curve) => [curve.unit.arm, curve]));
  const line = ({ unit, x, y }: Curve, faint: boolean): Mark => ({
    kind: 'line',
    name: unit.arm,
    x,
    y,
    faint,
  });
  return [
    ...curves.filter((curve) => newest.get(curve.unit.arm) !== curve).map((curve) => line(curve, true)),
    ...[...newest.values()].map((curve) => line(curve, false)),
  ];
}
