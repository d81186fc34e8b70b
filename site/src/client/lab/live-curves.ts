// The curves of a run as they come in; drawn a few times a second, and not at all while nobody sees the page.
import { type LivePlot, type Mark, renderPlot, type Unit } from '@offprint/lab/browser';
import type { LivePoint } from './messages.ts';

const drawPauseMs = 250;

export interface LiveCurves {
  /** Nothing is drawn for an experiment that names no series. */
  begin(live: LivePlot | undefined): void;
  add(unit: Unit, points: readonly LivePoint[]): void;
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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let behind = false;

  const draw = (): void => {
    timer = undefined;
    behind = document.hidden;
    if (live === undefined || behind) return;
    const { title, xLabel, yLabel, yScale } = live;
    place.innerHTML = renderPlot(
      {
        title,
        caption: 'As it comes in: a line for each run, the newest of each arm in full.',
        x: { label: xLabel },
        y: { label: yLabel, scale: yScale ?? 'linear' },
        marks: marksOf([...curves.values()]),
      },
      document,
    );
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
    end() {
      clearTimeout(timer);
      timer = undefined;
      live = undefined;
      document.removeEventListener('visibilitychange', catchUp);
    },
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
