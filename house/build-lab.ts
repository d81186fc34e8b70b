// Bundles every experiment as its runs load it, and writes down the fingerprint of each bundle: what comments, formatting
// and unused code do not change.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin, parseAst } from 'vite';

const root = join(import.meta.dirname, '..');
const experimentsFolder = join(root, 'lab', 'src', 'experiments');
const bundlesFolder = join(root, 'lab', 'dist', 'experiments');
const arrayLibrary = '@jax-js/jax';

/** What `fingerprints.json` says of an experiment; `lab/src/runner/built-code.ts` reads it. */
interface Built {
  readonly code: string;
  readonly bundle: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
}

export interface BuildLabOptions {
  /** Where the folders of the experiments are. */
  readonly from?: string;
  readonly to?: string;
}

/** Bundles the experiments whose sources have changed since their bundle was made. */
export async function buildLab({
  from = experimentsFolder,
  to = bundlesFolder,
}: BuildLabOptions = {}): Promise<void> {
  const list = join(to, 'fingerprints.json');
  const before: Record<string, Built> = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {};
  const versions = { [arrayLibrary]: arrayLibraryVersion() };
  const ids = globSync('*/experiment.ts', { cwd: from }).map(dirname).sort();
  const after: Record<string, Built> = {};
  for (const id of ids) {
    const known = before[id];
    const isCurrent =
      known !== undefined &&
      JSON.stringify(known.versions) === JSON.stringify(versions) &&
      existsSync(join(to, known.bundle)) &&
      Object.entries(known.sources).every(([file, hash]) => hashOf(join(root, file)) === hash);
    after[id] = isCurrent ? known : await bundle(join(from, id), id, to, versions);
  }
  mkdirSync(to, { recursive: true });
  for (const [id, { bundle: file }] of Object.entries(before))
    if (after[id]?.bundle !== file)
      for (const gone of [file, `${file}.map`]) rmSync(join(to, gone), { force: true });
  writeWhole(list, `${JSON.stringify(after, null, 2)}\n`);
}

async function bundle(
  folder: string,
  id: string,
  to: string,
  versions: Readonly<Record<string, string>>,
): Promise<Built> {
  const sources: Record<string, string> = {};
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { conditions: ['@offprint/source'] },
    plugins: [entryPlugin(folder), withoutPlots(), listSources(sources)],
    build: {
      write: false,
      minify: 'oxc',
      sourcemap: 'hidden',
      target: 'esnext',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: entryName,
        external: [arrayLibrary],
        preserveEntrySignatures: 'strict',
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) =>
    'output' in each ? each.output : [],
  );
  const [chunk, ...others] = outputs.filter((output) => output.type === 'chunk');
  if (chunk === undefined || others.length > 0) throw new Error(`${id} does not become one bundle.`);
  const code = createHash('sha256')
    .update(`${JSON.stringify(versions)}\n${chunk.code}`)
    .digest('hex');
  const file = `${id}.js`;
  mkdirSync(to, { recursive: true });
  // The map is for whoever reads where a run threw; it is no part of what ran.
  writeWhole(join(to, `${file}.map`), JSON.stringify(chunk.map));
  writeWhole(join(to, file), `${chunk.code}//# sourceMappingURL=${file}.map\n`);
  const sorted = Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { code, bundle: file, sources: sorted, versions };
}

const entryName = 'virtual:experiment';

/** The experiment together with its claim: a rule that changed is other code, too. */
function entryPlugin(folder: string): Plugin {
  const from = (file: string): string => JSON.stringify(join(folder, file));
  return {
    name: 'experiment-entry',
    resolveId: (id) => (id === entryName ? `\0${entryName}` : null),
    load: (id) =>
      id === `\0${entryName}`
        ? `export { experiment } from ${from('experiment.ts')};\nexport { claim } from ${from('claim.ts')};\n`
        : null,
  };
}

/** How results are drawn has no part in a run: an experiment's `plots.ts` is left out, so that a caption can be corrected. */
function withoutPlots(): Plugin {
  return {
    name: 'without-plots',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/experiments\/[^/]+\/plots\.ts$/.test(id)) return null;
      const names = parseAst(code, { lang: 'ts' }).body.flatMap((statement) => {
        if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return [];
        const { declaration } = statement;
        if (declaration?.type === 'FunctionDeclaration')
          return declaration.id === null ? [] : [declaration.id.name];
        if (declaration?.type === 'VariableDeclaration')
          return declaration.declarations.flatMap(({ id: name }) =>
            name.type === 'Identifier' ? [name.name] : [],
          );
        throw new Error(`${id}: plots.ts exports functions and constants only.`);
      });
      return { code: names.map((name) => `export const ${name} = () => [];`).join('\n'), map: null };
    },
  };
}

/** Notes every source file of this project that goes into a bundle, with its hash. */
function listSources(sources: Record<string, string>): Plugin {
  return {
    name: 'list-sources',
    moduleParsed({ id }) {
      const path = id.split('?')[0] ?? id;
      if (path.startsWith('\0') || path.includes('/node_modules/') || !existsSync(path)) return;
      sources[relative(root, path)] = hashOf(path) ?? '';
    },
  };
}

function arrayLibraryVersion(): string {
  const entry = createRequire(join(root, 'lab', 'package.json')).resolve(arrayLibrary);
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  return String(version);
}

function hashOf(file: string): string | undefined {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined;
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

if (import.meta.main) await buildLab();
