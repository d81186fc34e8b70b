import { OffprintError } from '@offprint/catalogue';
import { describe, expect, it } from 'vitest';
import { withoutPassword } from './open-catalogue.ts';
import { readSettings } from './settings.ts';

describe('the settings', () => {
  it('are complete without any variable, and the same for empty ones', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ host: '127.0.0.1', port: 4040, publicUrl: 'http://localhost:4040' });
    expect(readSettings({ PORT: '', HOST: '', DATABASE_URL: '', OFFPRINT_UPSTREAM: '' })).toEqual(settings);
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '-1'],
    ['PORT', '1.5'],
    ['OFFPRINT_OPENS_AT', '24:00'],
    ['OFFPRINT_INGEST', 'maybe'],
    ['OFFPRINT_PUBLIC_URL', 'ftp://x'],
    ['OFFPRINT_UPSTREAM', 'not an address'],
    ['DATABASE_URL', 'postgres://u:p w@host:99999/x'],
    ['OFFPRINT_LOG_LEVEL', 'loud'],
  ])('name the variable that is wrong: %s=%s', (name, value) => {
    const read = (): unknown => readSettings({ [name]: value });
    expect(read).toThrow(OffprintError);
    expect(read).toThrow(new RegExp(`^The environment variable ${name} `));
  });

  it('never repeat a password', () => {
    expect(withoutPassword('postgres://user:secret@host:5432/name?password=secret')).toBe(
      'postgres://user@host:5432/name',
    );
    expect(() => readSettings({ DATABASE_URL: 'postgres://u:secret w@h:99999/x' })).not.toThrow(/secret/);
  });
});
