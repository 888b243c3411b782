import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const inRepository = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export default defineConfig({
  root: inRepository('renderer'),
  // Relative, so that the same files work under http:// and under the window's own scheme.
  base: './',
  // React's automatic runtime; Vite compiles JSX by itself.
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: inRepository('dist/renderer'),
    emptyOutDir: true,
    target: ['chrome120', 'safari17', 'firefox121'],
    sourcemap: false,
    assetsInlineLimit: 0,
    // In kB before compression; it comes from this very computer. `npm run bench` holds the compressed size.
    chunkSizeWarningLimit: 900,
    // The polyfill would be for browsers that the target leaves out.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Parts of a few lines that several later pages share compress better as one file than each alone.
        codeSplitting: { groups: [{ name: 'parts', test: /renderer[\\/]parts[\\/]/, minShareCount: 2 }] },
      },
    },
  },
})
