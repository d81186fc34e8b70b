// A process that uses an embedded database until it is told to leave; tests start several and kill some.
import { createInterface } from 'node:readline';
import { openDatabase } from '../database.ts';
import { openEmbedded } from '../embedded/open.ts';
import { OffprintError } from '../errors.ts';
import { migrate } from '../migrate.ts';
import { storePage } from '../store.ts';

const [folder = '', role] = process.argv.slice(2);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  const embedded = await openEmbedded(folder, { asServer: role === 'server' });
  const db = openDatabase(embedded.settings, 2);
  await migrate(db);
  say('open');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'leave') break;
    // Each line is a paper to store; it is answered once it is committed.
    await storePage(db, { source: 'import', records: [{ id: line, title: line }] });
    say(`stored ${line}`);
  }
  await db.destroy();
  await embedded.close();
  say('left');
  process.exit(0);
} catch (error) {
  say(error instanceof OffprintError ? `refused ${error.code}: ${error.message}` : `failed ${String(error)}`);
  process.exit(1);
}
