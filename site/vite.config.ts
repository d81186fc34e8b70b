// Builds what browsers load: the style sheet and the two scripts, named by their content so that they can
// be cached for ever. `src/assets.ts` reads the manifest.
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/assets/',
  publicDir: false,
  build: {
    outDir: 'dist/assets',
    emptyOutDir: true,
    assetsDir: '',
    manifest: 'manifest.json',
    modulePreload: false,
    target: 'es2022',
    rolldownOptions: { input: ['src/client/keyboard.ts', 'src/client/suggest.ts', 'src/style/offprint.css'] },
  },
});
