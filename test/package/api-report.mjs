// Compares the public API with the reports in docs/api, one for each entry of the package; --local rewrites them.
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'

const root = fileURLToPath(new URL('../../', import.meta.url))
const local = process.argv.includes('--local')
const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const rooms = Object.keys(exports).flatMap((path) => /^\.\/([a-z]+)$/.exec(path)?.[1] ?? [])

const configuration = (room) => ({
  projectFolder: root,
  mainEntryPointFilePath: `${root}dist/${room}/index.d.ts`,
  compiler: {
    overrideTsconfig: {
      compilerOptions: {
        target: 'ES2022',
        lib: ['ES2022'],
        module: 'ESNext',
        moduleResolution: 'Bundler',
        strict: true,
        types: [],
        skipLibCheck: true,
      },
      files: [`${root}dist/${room}/index.d.ts`],
    },
  },
  apiReport: {
    enabled: true,
    reportFileName: `${room}.api.md`,
    reportFolder: `${root}docs/api`,
    reportTempFolder: `${root}reports/api`,
  },
  docModel: { enabled: false },
  dtsRollup: { enabled: false },
  tsdocMetadata: { enabled: false },
  messages: {
    extractorMessageReporting: { default: { logLevel: 'none' } },
    tsdocMessageReporting: { default: { logLevel: 'none' } },
    compilerMessageReporting: { default: { logLevel: 'error' } },
  },
})

const unchanged = (room) =>
  Extractor.invoke(
    ExtractorConfig.prepare({
      configObjectFullPath: undefined,
      packageJsonFullPath: `${root}package.json`,
      configObject: configuration(room),
    }),
    {
      localBuild: local,
      showVerboseMessages: false,
      messageCallback: (message) => {
        message.handled = message.logLevel !== 'error'
      },
    },
  ).succeeded

mkdirSync(`${root}docs/api`, { recursive: true })
const changed = rooms.filter((room) => !unchanged(room))
for (const room of changed)
  console.error(`docs/api/${room}.api.md differs from reports/api/${room}.api.md: read why, then npm run api:update`)
console.log(`${rooms.length} API reports, ${changed.length} ${local ? 'failed' : 'changed'}`)
process.exitCode = changed.length === 0 ? 0 : 1
