import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Token } from './analyser.ts';
import { mlAnalyser } from './ml-analyser.ts';

/** Tokens as text, position by position: `fine|~finetun tune`; variants have a tilde, gaps a dot. */
function readable(tokens: readonly Token[]): string {
  const places: string[] = [];
  for (const { term, position, variant } of tokens) {
    while (places.length <= position) places.push('');
    places[position] += `${places[position] === '' ? '' : '|'}${variant ? '~' : ''}${term}`;
  }
  return places.map((place) => place || '.').join(' ');
}
const terms = (text: string): string => readable(mlAnalyser.text(text));
const names = (text: string): string => readable(mlAnalyser.name(text));
/** What of the text each token covers. */
const covered = (text: string): string[] =>
  mlAnalyser.text(text).map(({ start, end }) => text.slice(start, end));

describe('words', () => {
  it.each([
    ['Schrödinger SCHRÖDINGER schrodinger Schro\u0308dinger', 'schroding schroding schroding schroding'],
    ['ﬁne ＡＢＣ Łódź straße Ørsted', 'fine abc lodz strass orst'],
    ['Привет МИР ёлка', 'привет мир елка'],
    ['α β-VAE σ8 $\\sigma_8$ $σ_8$', 'alpha beta|~betava vae sigma8 sigma8|~sigma|~8 sigma8'],
    ['深度学习 模', '深度 度学 学习 模'],
    ['학습하는 모델', '학습하는 모델'],
    ['١٢٣ ४५', '123 45'],
    ['co\u00adope\u200drate', 'cooper'],
  ])('of any script are folded: %s', (text, expected) => expect(terms(text)).toBe(expected));

  it.each([
    ['the loss of the model', '. loss . . model'],
    ["the model's loss, don't GPT-4's", '. model loss . gpt|~gpt4 4'],
    ['e.g. this, i.e. that loss', '. . . . loss'],
  ])('that are common leave a gap: %s', (text, expected) => expect(terms(text)).toBe(expected));

  it.each([
    ["LLMs LLM llms LLM's", 'llm llm llm llm'],
    ["CNNs' GPUs gpus PDEs SDE pdes", 'cnn gpu gpu pde sde pde'],
    ['R.L.H.F. and i.i.d. data', 'rlhf . iid data'],
    ['bus plus loss', 'bus plus loss'],
    ['C++ and C# and c', 'c++ . c# . c'],
  ])('that are acronyms: %s', (text, expected) => expect(terms(text)).toBe(expected));

  it.each([
    ['7B 1.5B 100k 4096 3.1 1,000', '7b 1.5b 100k 4096 3.1 1000'],
    ['10× 10x 224×224', '10x 10x 224x224'],
    ['8-bit 8bit 8-bits', '8|~8bit bit 8bit|~8|~bit 8|~8bit bit'],
    ['in 2024. Then 1,2 and 1,0000 and v1.5.', '. 2024 . 1 2 . 1 0000 . v1.5'],
  ])('with numbers: %s', (text, expected) => expect(terms(text)).toBe(expected));

  it('ignore emoji and control characters', () => {
    expect(terms('\u0000loss\u0007 👩‍👩‍👧 😀model\ud800')).toBe('loss model');
  });
});

describe('spellings', () => {
  it.each([
    ['fine-tuning finetuning', 'fine|~finetun tune finetun'],
    ['KV-cache Kullback–Leibler', 'kv|~kvcach cach kullback|~kullbackleibl leibler'],
    ['pre-trained pretrained', 'pretrain|~pre|~train pretrain'],
    ['non-i.i.d.', 'non|~noniid iid'],
    ['in-context state-of-the-art', '~incontext context state . . art'],
    ['end-to-end -dash- --', 'end|~endtoend . end dash'],
    ['snake_case', 'snake|~snakecas case'],
  ])('of compounds: %s', (text, expected) => expect(terms(text)).toBe(expected));

  it.each([
    ['LangChain ImageNet BERTScore', 'langchain|~lang|~chain imagenet|~imag|~net bertscor|~bert|~score'],
    ['PyTorch LoRA NeRF iOS mT5 word2vec H100', 'pytorch lora nerf io mt5 word2vec h100'],
    ['ResNet50 ResNet-50', 'resnet50|~resnet|~50 resnet|~res|~net|~resnet50 50'],
    ['GPT-4o GPT4o VGG16', 'gpt|~gpt4o 4o gpt4o|~gpt|~4o vgg16|~vgg|~16'],
    ['Llama3.1 Qwen2.5-7B', 'llama3.1|~llama|~3.1 qwen2.5|~qwen|~2.5|~qwen2.57b 7b'],
    ['MobileNetV2', 'mobilenetv2|~mobilenet|~v2'],
    ['YouTube', 'youtub|~tube'],
  ])('of names: %s', (text, expected) => expect(terms(text)).toBe(expected));

  it('cover what they are spellings of', () => {
    expect(covered("KV-cache, the ResNet50's")).toEqual([
      'KV',
      'KV-cache',
      'cache',
      'ResNet50',
      'ResNet',
      '50',
    ]);
  });
});

describe('LaTeX', () => {
  it.each([
    ['$\\alpha$-divergence', 'alpha|~alphadiverg diverg'],
    ['$\\alpha\\beta$ $\\varepsilon$ $n\\alpha$', 'alpha beta epsilon n alpha'],
    ['\\textbf{F}ast \\mathbf{x} {\\em new}', 'fast x new'],
    ['$\\frac{a}{b} \\leq \\log n$', '. b log n'],
    ['$O(n^2)$ $O(N\\log N)$', 'o n2 o n log n'],
    ['BERT$_{base}$ CO$_2$ $\\ell_2$ $10^{-3}$ $10^6$', 'bert base co2 l2 10 3 10 6'],
    ['$k$-means $k$NN', 'k|~kmean mean knn'],
    ['Schr\\"odinger Erd\\H{o}s na\\"{\\i}ve \\c{c}a S\\o ren', 'schroding erdo naiv ca soren'],
    ['{B}ERT 7{,}000 3$\\times$ 5\\% R\\&D', 'bert 7000 3x 5 r d'],
    ['as shown \\cite{somebody2020} in \\begin{table}x', '. shown . x'],
    ['it costs $5 or $10', '. cost 5 . 10'],
    ['\\', '.'],
    ['$', '.'],
  ])('is words: %s', (text, expected) => expect(terms(text) || '.').toBe(expected));

  it('is covered where it stands', () => {
    expect(covered('{B}ERT and $\\beta$-VAE')).toEqual(['B}ERT', '\\beta', '\\beta$-VAE', 'VAE']);
  });
});

describe('names of people', () => {
  it.each([
    ['A. Author', 'a author'],
    ["Ann O'Writer", 'ann owriter|~writer'],
    ['Jean-Marc de la Écriture', 'jean|~jeanmarc marc de la ecriture'],
    ['J.-P. van der Test', 'j p van der test'],
    ['J.K. Tests', 'j k tests'],
    ['\\L{}ucja T\\"est', 'lucja test'],
    ['王小明', '王小 小明'],
  ])('keep every part: %s', (text, expected) => expect(names(text)).toBe(expected));
});

describe('any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc
      .array(
        fc.constantFrom(
          ...'$\\{}_^-.\'" ,αéñ深\u0301\u200d😀aBc19'.split(''),
          '\\alpha',
          '\\"o',
          'Net',
          '×',
          "'s",
        ),
      )
      .map((parts) => parts.join('')),
  );

  it('has tokens in order, within the text, of bounded length', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const tokens of [mlAnalyser.text(text), mlAnalyser.name(text)]) {
          let position = 0;
          for (const token of tokens) {
            expect(token.position).toBeGreaterThanOrEqual(position);
            expect(token.start).toBeGreaterThanOrEqual(0);
            expect(token.end).toBeGreaterThan(token.start);
            expect(token.end).toBeLessThanOrEqual(text.length);
            expect(token.term).not.toBe('');
            expect(token.term).toBe(token.term.toLowerCase());
            position = token.position;
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
  it('gives the same tokens with and without objects', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const told: Token[] = [];
        mlAnalyser.eachToken(text, (term, position, start, end, variant) =>
          told.push({ term, position, start, end, variant }),
        );
        expect(told).toEqual(mlAnalyser.text(text));
      }),
    );
  });
  it('is its lines one after the other, unless a formula goes over the end of one', () => {
    const line = anyText.map((text) => text.replace(/[\\${}]/g, ''));
    fc.assert(
      fc.property(line, line, (one, other) => {
        const first = mlAnalyser.text(`${one}\n${other}`).map(({ term }) => term);
        expect(first).toEqual([...mlAnalyser.text(one), ...mlAnalyser.text(other)].map(({ term }) => term));
      }),
    );
  });
  it('says the same composed and decomposed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aéÖñçãłα深й -'.split('')), maxLength: 20 }),
        (text) => {
          expect(terms(text.normalize('NFD'))).toBe(terms(text.normalize('NFC')));
        },
      ),
    );
  });
  it.each([
    ['one letter', 'a'.repeat(1_000_000), 64],
    ['hyphens', 'b-'.repeat(50_000), 64],
    ['periods', 'b.'.repeat(50_000), 64],
    ['backslashes', '\\'.repeat(100_000), 64],
    ['open braces', '\\begin{'.repeat(20_000), 64],
    ['scripts', `$${'^{1'.repeat(30_000)}`, 64],
    ['marks', `a${'\u0301'.repeat(100_000)}`, 64],
    ['capitals', 'AbcD'.repeat(25_000), 64],
    ['dollars', '$_'.repeat(50_000), 64],
  ])('of very many %s has terms of bounded length', (_, text, longest) => {
    for (const { term } of mlAnalyser.text(text)) expect(term.length).toBeLessThanOrEqual(longest);
  });
});

describe('the fingerprint', () => {
  it('changes with the output: raise the version in ml-analyser.ts and note the new hash here', () => {
    const sample = [
      "We fine-tune pre-trained LLMs' KV-caches on ImageNet-1k, e.g. ResNet50 and GPT-4o, with 8-bit weights.",
      'An $\\alpha$-divergence in $O(n^2)$ for BERT$_{base}$: 1,000 tokens, 10× faster than Llama3.1-7B.',
      'Schrödinger bridges, Erd\\H{o}s graphs, C++ kernels, R.L.H.F., 深度学习, Привет, state-of-the-art.',
      'Generalization of regularizers: happily hopping, relational conditions, controlled replacement.',
    ];
    const output = sample.flatMap((text) => [mlAnalyser.text(text), mlAnalyser.name(text)]);
    const hash = createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16);
    expect([mlAnalyser.fingerprint, hash]).toEqual(['ml-2', 'cfc14865f8d3b8a6']);
  });
});
