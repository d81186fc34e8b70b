import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inChunks } from './testing/shared-data.ts';
import { firstInvalidUtf8 } from './xml-bytes.ts';
import { type ReadXmlOptions, readXmlElements, type XmlElement } from './xml-elements.ts';

const options: ReadXmlOptions = { roots: new Set(['r']), names: new Set(['item']) };

async function read(
  document: string | Uint8Array,
  changes: Partial<ReadXmlOptions> = {},
  chunk = 7,
): Promise<XmlElement[]> {
  return Array.fromAsync(readXmlElements(inChunks(document, chunk), { ...options, ...changes }));
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('streamed XML', () => {
  it('hands out the named elements whole, in order, however the bytes are cut', async () => {
    const document =
      '<r xmlns:x="urn:x"><item n="1">Zoë <b>und</b> 日本</item><other/><item><![CDATA[<&>]]>&amp;</item></r>';
    for (const chunk of [1, 2, 3, 5, 1000]) {
      const items = await read(document, {}, chunk);
      expect(items.map(({ text }) => text)).toEqual(['Zoë und 日本', '<&>&']);
      expect(items[0]?.attributes.get('n')).toBe('1');
      expect(items[0]?.children.map(({ name, text }) => [name, text])).toEqual([['b', 'und']]);
    }
  });

  it('returns any text unharmed', async () => {
    const character = fc.integer({ min: 0x20, max: 0xfffd }).filter((code) => code < 0xd800 || code > 0xdfff);
    const text = fc.array(character).map((codes) => String.fromCodePoint(...codes));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (written, chunk) => {
        const escaped = written.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        const [item] = await read(`<r><item>${escaped}</item></r>`, {}, chunk);
        expect(item?.text).toBe(written);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses a billion laughs before it expands anything', async () => {
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><r><item>&b;</item></r>';
    await expect(read(bomb)).rejects.toThrow(/entities of its own/);
  });

  it('refuses external entities', async () => {
    const external = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><item>&x;</item></r>';
    await expect(read(external)).rejects.toThrow(/entities of its own/);
    await expect(read('<!DOCTYPE r [%p;]><r/>')).rejects.toThrow(/entities of its own/);
  });

  it('lets a bare document type pass, and fetches nothing for it', async () => {
    expect(
      await read('<!DOCTYPE r PUBLIC "-//X//Y" "http://unreachable.test/x.dtd"><r><item>1</item></r>'),
    ).toHaveLength(1);
  });

  it('refuses entities nobody declared', async () => {
    await expect(read('<r><item>&nbsp;</item></r>')).rejects.toThrow(/not well-formed/);
  });

  it('refuses nesting, elements, numbers of elements and tokens beyond its limits', async () => {
    const deep = `<r><item>${'<a>'.repeat(70)}${'</a>'.repeat(70)}</item></r>`;
    await expect(read(deep)).rejects.toThrow(/deeper than 64/);
    await expect(
      read(`<r><item>${'<a/>'.repeat(20)}</item></r>`, { limits: { elementsWithin: 10 } }),
    ).rejects.toThrow(/more than 10 elements/);
    await expect(
      read(`<r><item>${'x'.repeat(500)}</item></r>`, { limits: { elementChars: 100 } }),
    ).rejects.toThrow(/longer than 100/);
    await expect(read(`<r><!--${'x'.repeat(500)}--></r>`, { limits: { elementChars: 100 } })).rejects.toThrow(
      /longer than 100/,
    );
    await expect(
      read(`<r>${'<item>1</item>'.repeat(50)}</r>`, { limits: { documentChars: 200 } }),
    ).rejects.toThrow(/longer than 200/);
  });

  it('reports where a document breaks off', async () => {
    await expect(read('<r><item>one</item>\n<item>tw')).rejects.toThrow(/breaks off inside <item> at line 2/);
    await expect(read('')).rejects.toThrow(/empty/);
  });

  it('refuses a document that is something else', async () => {
    await expect(read('<html><body><item>no</item></body></html>')).rejects.toThrow(/begins with <html>/);
    await expect(read('gone for lunch')).rejects.toThrow();
  });
});

describe('encodings', () => {
  it('honours a declared Latin 1 or windows-1252', async () => {
    const document = '<?xml version="1.0" encoding="ISO-8859-1"?><r><item>Zo\u00eb</item></r>';
    expect((await read(latin1(document)))[0]?.text).toBe('Zoë');
    const windows = Buffer.concat([
      latin1('<?xml version="1.0" encoding="windows-1252"?><r><item>'),
      Buffer.from([0x93, 0x94]),
      latin1('</item></r>'),
    ]);
    expect((await read(windows))[0]?.text).toBe('“”');
  });

  it('believes a byte order mark, then the transport, then the declaration', async () => {
    const declared = '<?xml version="1.0" encoding="ISO-8859-1"?><r><item>Zoë</item></r>';
    expect((await read(Buffer.from(`\uFEFF${declared}`)))[0]?.text).toBe('Zoë');
    expect((await read(declared, { charset: 'UTF-8' }))[0]?.text).toBe('Zoë');
    expect((await read(declared))[0]?.text).toBe('ZoÃ«');
  });

  it('refuses bytes that are not UTF-8 and says at which one', async () => {
    const bad = latin1('<r><item>Zo\u00eb!</item></r>');
    for (const chunk of [1, 4, 1000])
      await expect(read(bad, {}, chunk)).rejects.toThrow(/UTF-8 but byte 11 is not/);
    await expect(read(Buffer.concat([Buffer.from('<r><item>'), Buffer.from([0xe2, 0x82])]))).rejects.toThrow(
      /byte 9/,
    );
    await expect(read(Buffer.from('<?xml version="1.0" encoding="us-ascii"?><r>é</r>'))).rejects.toThrow(
      /US-ASCII but byte 44/,
    );
  });

  it('refuses UTF-16 and encodings it does not read', async () => {
    await expect(read(Buffer.from('\uFEFF<r/>', 'utf16le'))).rejects.toThrow(/UTF-16/);
    await expect(read('<?xml version="1.0" encoding="utf-7"?><r/>')).rejects.toThrow(/utf-7/);
    await expect(read('<r/>', { charset: 'EBCDIC' })).rejects.toThrow(/EBCDIC/);
  });

  it('finds the first invalid byte, as a strict decoder of every prefix would', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.string({ unit: 'binary' }).map((s) => new TextEncoder().encode(s)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const bytes = Buffer.concat(parts);
        const found = firstInvalidUtf8(bytes);
        const strict = (slice: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(slice);
        if (found === undefined) expect(() => strict(bytes)).not.toThrow();
        else {
          expect(() => strict(bytes.subarray(0, found))).not.toThrow();
          for (const length of [1, 2, 3, 4]) {
            const character = bytes.subarray(found, found + length);
            if (character.length === length)
              expect(() => expect([...strict(character)].length).toBe(1)).toThrow();
          }
        }
      }),
    );
  });
});
