// `/lab`, `/lab/about`, `/lab/NN`, and the data sets that runs in a browser load.
import { OffprintError } from '@offprint/catalogue';
import { Hono } from 'hono';
import { chooseEncoding } from '../../http/compression.ts';
import { createDataSetFiles } from '../../lab/data-set-files.ts';
import { listTrials } from '../../lab/trial.ts';
import type { SiteDependencies } from '../../site-dependencies.ts';
import { paperPath } from '../format.ts';
import { renderPage } from '../layout.tsx';
import { AboutLabPage } from './about-lab.tsx';
import { LabPage, shownStates } from './lab-page.tsx';

export function labRoutes(deps: SiteDependencies): Hono {
  const routes = new Hono();
  const files = createDataSetFiles(deps);

  routes.get('/lab', async (c) => {
    const asked = c.req.query('verdict');
    const only = shownStates.find((state) => state === asked);
    if (asked !== undefined && only === undefined)
      throw new OffprintError('bad-input', `The parameter verdict is one of ${shownStates.join(', ')}.`, {
        field: 'verdict',
      });
    return c.html(
      renderPage(<LabPage trials={await listTrials(deps)} only={only} publicUrl={deps.publicUrl} />),
    );
  });

  routes.get('/lab/about', (c) => c.html(renderPage(<AboutLabPage publicUrl={deps.publicUrl} />)));

  routes.get('/lab/data/:name', async (c) => {
    const file = await files.read(c.req.param('name'), chooseEncoding(c.req.header('accept-encoding')));
    if (file === undefined)
      throw new OffprintError('not-found', 'There is no data set of that name.', { field: 'name' });
    return new Response(new Uint8Array(file.body), {
      headers: {
        'Content-Type': 'application/octet-stream',
        'Cache-Control': 'public, max-age=3600',
        ETag: file.etag,
        Vary: 'Accept-Encoding',
        ...(file.encoding === 'identity' ? {} : { 'Content-Encoding': file.encoding }),
      },
    });
  });

  routes.get('/lab/:number{[0-9]{1,3}}', async (c) => {
    const number = Number(c.req.param('number'));
    const found = (await listTrials(deps)).find((trial) => trial.number === number);
    if (found === undefined)
      throw new OffprintError(
        'not-found',
        'The starter catalogue has no paper of that number: choose one in the lab.',
        { field: 'number' },
      );
    return c.redirect(`${paperPath(found.paper.id)}${found.trial === undefined ? '' : '#lab'}`, 302);
  });
  return routes;
}
