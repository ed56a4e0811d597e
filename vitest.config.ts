import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const src = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      // fp-ts sub-paths are directory imports, which Node refuses: its CommonJS files are the same modules.
      { find: /^fp-ts\/(\w+)$/, replacement: 'fp-ts/lib/$1.js' },
      { find: /^treue$/, replacement: src('index.ts') },
      { find: /^treue\/([a-z]+)$/, replacement: src('$1/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', './test/closing-line.ts'],
    maxWorkers: '100%',
    isolate: false, // the library has no state that one test file could leave behind for the next
    testTimeout: 300_000, // properties run long where FC_RUNS asks for many cases
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      reporter: [['text', { skipFull: true }]],
      reportsDirectory: 'reports/coverage',
      thresholds: { branches: 95 },
    },
  },
})
