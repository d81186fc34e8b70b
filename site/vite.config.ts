// Builds what browsers load: the style sheet and the scripts, named by their content so that they can
// be cached for ever. What runs a paper is apart from what every page loads: each experiment in a chunk of its own. `src/assets.ts` reads the manifest.
import { defineConfig } from 'vite';

/** Nothing in these sources acts by being imported, but the scripts and the style sheet themselves. */
const treeshake = {
  moduleSideEffects: (id: string): boolean => /[\\/]site[\\/]src[\\/](?:client|style)[\\/]/.test(id),
};

export default defineConfig({
  base: '/assets/',
  publicDir: false,
  // The lab's part is made from the sources, as Node would run them.
  resolve: { conditions: ['@offprint/source', 'module', 'browser'] },
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: 'lab-worker-[hash].js' }, treeshake },
  },
  build: {
    outDir: 'dist/assets',
    emptyOutDir: true,
    assetsDir: '',
    manifest: 'manifest.json',
    modulePreload: false,
    target: 'es2022',
    rolldownOptions: {
      input: [
        'src/client/keyboard.ts',
        'src/client/suggest.ts',
        'src/client/lab.ts',
        'src/style/offprint.css',
      ],
      treeshake,
    },
  },
});
