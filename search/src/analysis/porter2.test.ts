import { describe, expect, it } from 'vitest';
import { porter2 } from './porter2.ts';

/** `word stem word stem …`, worked out by hand from the rules as they are published. */
const pairs = (text: string): [string, string][] =>
  [...text.matchAll(/(\w+) (\w+)/g)].map(([, word = '', stem = '']) => [word, stem]);

describe('Porter2', () => {
  it.each(
    pairs('caresses caress ties tie cries cri gaps gap kiwis kiwi gas gas this this focus focus losses loss'),
  )('takes off plurals: %s', (word, stem) => expect(porter2(word)).toBe(stem));
  it.each(
    pairs(
      'agreed agre feed feed proceed proceed succeeding succeed trained train training train hoping hope ' +
        'hopping hop adding add egged egg falling fall luxuriating luxuri trouble troubl sized size ' +
        'bring bring dying die evening evening outing outing repeatedly repeat',
    ),
  )('takes off -ed and -ing and mends what is left: %s', (word, stem) => expect(porter2(word)).toBe(stem));
  it.each(pairs('cry cri by by say say happy happi youth youth boyish boyish flying fli'))(
    'tells y the vowel from y the consonant: %s',
    (word, stem) => expect(porter2(word)).toBe(stem),
  );
  it.each(
    pairs(
      'relational relat conditional condit rational ration generalization general generative generat ' +
        'regularizer regular operator oper sensitivity sensit feasibility feasibl efficiently effici ' +
        'hopefulness hope biologist biolog formalism formal probably probabl replacement replac ' +
        'adjustment adjust adoption adopt irritant irrit communism communism communion communion ' +
        'attention attent evaluation evalu scalable scalabl robustness robust optimization optim',
    ),
  )('takes off endings where enough is left: %s', (word, stem) => expect(porter2(word)).toBe(stem));
  it.each(pairs('rate rate controlling control roll roll probate probat cease ceas past past later later'))(
    'ends a word as it should: %s',
    (word, stem) => expect(porter2(word)).toBe(stem),
  );
  it.each(pairs('skis ski skies sky news news bias bias atlas atlas early earli only onli idly idl'))(
    'knows its exceptions: %s',
    (word, stem) => expect(porter2(word)).toBe(stem),
  );
  it('leaves alone what is short or no word of a–z', () => {
    for (const word of ['', 'a', 'is', 'gpt4', 'привет', 'naïve', 'Runs']) expect(porter2(word)).toBe(word);
  });
});
