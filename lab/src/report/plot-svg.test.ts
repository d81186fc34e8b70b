import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Mark, Plot } from '../plot/plot.ts';
import { plotFigure, plotSvg } from './plot-svg.ts';

const plotOf = (...marks: Mark[]): Plot => ({
  title: 'Loss',
  caption: 'It falls.',
  x: { label: 'step' },
  y: { label: 'nats' },
  marks,
});

const drawingOf = (plot: Plot) => {
  const { document } = parseHTML(`<html><body>${plotFigure(plot)}</body></html>`);
  const drawing = document.querySelector('svg.plot-drawing');
  if (drawing === null) throw new Error('Nothing was drawn.');
  return { document, drawing };
};

/** Numbers in the attributes of the drawing that are none. */
const brokenNumbers = (markup: string): string[] =>
  markup.match(/="[^"]*(?:NaN|Infinity|undefined)[^"]*"/g) ?? [];

const parseXml = (text: string): void => {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
};

const everyKind: readonly Mark[] = [
  { kind: 'line', name: 'line', x: [1, 2, 3], y: [3, 2, 1], dashed: true },
  { kind: 'line', name: 'line', x: [1, 2, 3], y: [3, 2.5, 1], faint: true },
  { kind: 'band', name: 'band', x: [1, 2, 3], low: [1, 1, 1], high: [2, 2, 2] },
  { kind: 'dots', name: 'dots', x: [1, 2, 3], y: [3, 2, 1], low: [2, 1, 0.5], high: [4, 3, 2] },
  { kind: 'bars', name: 'bars', x: ['one', 'two'], y: [3, 2], low: [2, 1], high: [4, 3] },
  { kind: 'rule', axis: 'x', at: 2, label: 'here' },
  { kind: 'rule', axis: 'y', at: 2, label: 'level' },
  { kind: 'cells', name: 'cells', x: [1, 2], y: [1, 1], value: [1, 2] },
];

/** What Observable Plot calls the group in which each kind is drawn. */
const groups = {
  line: 'line',
  band: 'area',
  dots: 'dot',
  bars: 'rect',
  cells: 'rect',
  rule: 'rule',
} as const;

describe('a drawn plot', () => {
  it.each(everyKind.map((mark): [string, Mark] => [mark.kind, mark]))(
    'draws %s, as a figure and as a document',
    (kind, mark) => {
      const { document, drawing } = drawingOf(plotOf(mark));
      const drawn = drawing.querySelectorAll(`g[data-mark="${groups[mark.kind]}"] > *`);
      expect(drawn.length, kind).toBeGreaterThan(0);
      expect(document.querySelectorAll('.plot-legend li').length).toBe(mark.kind === 'rule' ? 0 : 1);
      expect(brokenNumbers(drawing.outerHTML)).toEqual([]);
      expect(() => parseXml(plotSvg(plotOf(mark)))).not.toThrow();
    },
  );

  it('says its title and caption, to the eye and to a screen reader', () => {
    const { document, drawing } = drawingOf(plotOf(...everyKind));
    expect(document.querySelector('.plot-title')?.textContent).toBe('Loss');
    expect(document.querySelector('figcaption')?.textContent).toBe('It falls.');
    expect(drawing.getAttribute('role')).toBe('img');
    expect(drawing.querySelector('title')?.textContent).toBe('Loss');
    expect(drawing.querySelector('desc')?.textContent).toBe('It falls.');
  });

  it('tells names apart by colour and by shape', () => {
    const line = (name: string): Mark => ({ kind: 'line', name, x: [1, 2, 3, 4], y: [1, 2, 3, 4] });
    const names = Array.from({ length: 20 }, (_, i) => `arm ${i}`);
    const { document } = drawingOf(plotOf(...names.map(line)));
    const samples = [...document.querySelectorAll('.plot-legend .plot-sample')].map(
      ({ innerHTML }) => innerHTML,
    );
    expect(new Set(samples).size).toBe(20);
    const shapes = samples.slice(0, 7).map((sample) => sample.replace(/(?:fill|stroke)="var[^"]*"/g, ''));
    expect(new Set(shapes).size).toBe(7);
  });

  it('gives marks of one name one colour and one entry', () => {
    const { document } = drawingOf(plotOf(...everyKind.slice(0, 2)));
    expect([...document.querySelectorAll('.plot-legend span')].map(({ textContent }) => textContent)).toEqual(
      ['line'],
    );
  });

  it('names every bar in full, lying where the names are too long to stand side by side', () => {
    const names = ['law', 'law without its annealing area', 'multi-power law, step seen', 'steps alone'];
    const bars: Mark = { kind: 'bars', name: 'error', x: names, y: [1, 4, 2, 3] };
    const plot = plotOf(bars, { kind: 'rule', axis: 'y', at: 2, label: 'as good' });
    const { drawing } = drawingOf({ ...plot, y: { label: 'nats', domain: [0, 5] } });
    const texts = [...drawing.querySelectorAll('text')];
    expect(texts.map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining([...names, 'as good']),
    );
    const words = texts.find(({ textContent }) => textContent === 'as good');
    // They stand above the frame, where whatever is cut to it would not be seen.
    expect(words?.closest('svg')).toBe(drawing);
    const rects = [...drawing.querySelectorAll('g[data-mark="rect"] rect')];
    expect(rects[0]?.closest('svg')).not.toBe(drawing);
    const numbers = (attribute: string): number[] =>
      rects.map((rect) => Number(rect.getAttribute(attribute)));
    const [first = 0, ...others] = numbers('width');
    for (const [i, width] of others.entries()) expect(width / first).toBeCloseTo([4, 2, 3][i] ?? 0, 1);
    expect(numbers('y')).toEqual(numbers('y').toSorted((a, b) => a - b));
    const standing = drawingOf(plotOf({ ...bars, x: ['a', 'b', 'c', 'd'] }));
    const heights = [...standing.drawing.querySelectorAll('g[data-mark="rect"] rect')].map((rect) =>
      Number(rect.getAttribute('height')),
    );
    expect((heights[1] ?? 0) / (heights[0] ?? 1)).toBeCloseTo(4, 1);
  });

  it('stands on the lower edge of its frame, wherever its least number is', () => {
    const { drawing } = drawingOf(plotOf({ kind: 'line', name: 'a', x: [1, 2], y: [2.437, 2.72] }));
    const base = drawing.querySelector('[data-mark="frame"]');
    expect(Number(base?.getAttribute('y1'))).toBe(290 - 44);
  });

  it('writes the words of two near levels apart, and where no line runs through them', () => {
    const level = (at: number, label: string): Mark => ({ kind: 'rule', axis: 'y', at, label });
    const placeOf = (plot: Plot, label: string): { anchor: string | null | undefined; y: number } => {
      const { drawing } = drawingOf(plot);
      const text = [...drawing.querySelectorAll('text')].find(({ textContent }) => textContent === label);
      const group = text?.parentElement;
      const translated = `${group?.getAttribute('transform')} ${text?.getAttribute('transform')}`;
      const shifts = [...translated.matchAll(/translate\([-\d.]+,([-\d.]+)\)/g)];
      return {
        anchor: group?.getAttribute('text-anchor'),
        y: shifts.reduce((sum, [, shift]) => sum + Number(shift), 0),
      };
    };
    const frame: Mark = { kind: 'dots', name: 'a', x: [0, 10], y: [0, 100] };
    const near = plotOf(frame, level(50, 'upper'), level(48, 'lower'));
    expect(placeOf(near, 'lower').y - placeOf(near, 'upper').y).toBeGreaterThan(8);
    const falls = plotOf(
      frame,
      { kind: 'line', name: 'b', x: [0, 7, 10], y: [90, 90, 10] },
      level(50, 'here'),
    );
    expect(placeOf(falls, 'here').anchor).toBe('start');
    const rises = plotOf(
      frame,
      { kind: 'line', name: 'b', x: [0, 3, 10], y: [10, 90, 90] },
      level(50, 'here'),
    );
    expect(placeOf(rises, 'here').anchor).toBe('end');
  });

  it('says so when nothing has been measured', () => {
    expect(plotFigure(plotOf())).toContain('Nothing has been measured yet');
    expect(plotFigure(plotOf({ kind: 'line', name: 'a', x: [], y: [] }))).toContain(
      'Nothing has been measured yet',
    );
    expect(plotFigure(plotOf({ kind: 'line', name: 'a', x: [1, 2], y: [1, 2] }))).not.toContain(
      'Nothing has',
    );
  });

  it('leaves gaps where a run diverged, and shows a lone point between two of them', () => {
    const { drawing } = drawingOf(
      plotOf({ kind: 'line', name: 'a', x: [1, 2, 3, 4, 5, 6], y: [1, 2, Number.NaN, 3, Infinity, 4] }),
    );
    const line = drawing.querySelector('g[data-mark="line"] path')?.getAttribute('d') ?? '';
    expect(line.match(/M/g)?.length).toBe(3);
    expect(drawing.querySelectorAll('circle').length).toBe(2);
    expect(brokenNumbers(drawing.outerHTML)).toEqual([]);
  });

  it('has no place for zero on a logarithmic axis', () => {
    const plot = plotOf(
      { kind: 'line', name: 'a', x: [0, 1, 10, 100], y: [5, 0, 10, 1000] },
      { kind: 'bars', name: 'b', x: ['one'], y: [0] },
      { kind: 'rule', axis: 'y', at: 0, label: 'zero' },
      { kind: 'cells', name: 'c', x: [0, 1], y: [0, 1], value: [1, 2] },
    );
    const { drawing } = drawingOf({
      ...plot,
      x: { label: 'x', scale: 'log' },
      y: { label: 'y', scale: 'log' },
    });
    expect(brokenNumbers(drawing.outerHTML)).toEqual([]);
    expect(drawing.outerHTML).not.toContain('zero');
  });

  it('of a million steps is no longer than a page', () => {
    const x = Array.from({ length: 1_000_000 }, (_, i) => i);
    const y = x.map((step) => 1 / (1 + step));
    expect(
      plotFigure(plotOf({ kind: 'line', name: 'a', x, y }, { kind: 'dots', name: 'b', x, y })).length,
    ).toBeLessThan(300_000);
  });

  it('carries no style, no script and no id, so that it may stand twice on a strict page', () => {
    const plot = plotOf(...everyKind);
    for (const y of [plot.y, { label: 'nats', domain: [0, 2] as const }]) {
      const text = plotFigure({ ...plot, y });
      expect(text).not.toMatch(/<style|<script|\sstyle=|\sid=|\son\w+=|url\(/);
      expect(plotFigure({ ...plot, y })).toBe(text);
    }
  });

  it('shows hostile names as the text that they are', () => {
    const hostile = '</svg></title><script>alert(1)</script><img src=x onerror=alert(1)>"\'&\u0000\ud800';
    const plot: Plot = {
      title: hostile,
      caption: hostile,
      x: { label: hostile },
      y: { label: hostile },
      marks: [
        ...everyKind.map(
          (mark): Mark => (mark.kind === 'rule' ? { ...mark, label: hostile } : { ...mark, name: hostile }),
        ),
        { kind: 'bars', name: 'bars', x: [hostile, hostile + hostile], y: [1, 2] },
      ],
    };
    const { document } = drawingOf(plot);
    expect(document.querySelectorAll('script, img, [onerror]').length).toBe(0);
    expect(document.querySelector('.plot-title')?.textContent).toContain('<script>alert(1)</script>');
    expect(() => parseXml(plotSvg(plot))).not.toThrow();
  });

  it('draws whatever numbers and names it is given', () =>
    fc.assert(
      fc.property(
        fc.array(fc.double(), { maxLength: 12 }),
        fc.array(fc.double(), { maxLength: 12 }),
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom('linear' as const, 'log' as const),
        (x, y, name, scale) => {
          const plot: Plot = {
            title: name,
            caption: '',
            x: { label: name, scale },
            y: { label: '', scale },
            marks: [
              { kind: 'line', name, x, y },
              { kind: 'band', name: 'b', x, low: y, high: x },
              { kind: 'dots', name: 'c', x, y, low: x, high: y },
              { kind: 'cells', name: 'd', x, y, value: y },
            ],
          };
          expect(brokenNumbers(drawingOf(plot).drawing.outerHTML)).toEqual([]);
          expect(() => parseXml(plotSvg(plot))).not.toThrow();
        },
      ),
      { numRuns: 40 },
    ));
});
