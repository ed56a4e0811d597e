// Which file may import which. The rooms of the house in order: a room imports only rooms above it.
const rooms = [
  'foundation',
  'statistics',
  'rules',
  'ledger',
  'earning',
  'rewards',
  'challenges',
  'tiers',
  'referrals',
  'program',
  'feedback',
  'retention',
  'churn',
  'segments',
  'charts',
]

// The folders of the room that decides, in the order in which data flows through them.
const folders = ['definition', 'state', 'activity', 'decide', 'explain', 'simulate', 'what-if', 'replay', 'lint']

const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rooms
      .slice(0, -1)
      .map((room, i) =>
        forbid(
          `${room}-imports-only-rooms-above`,
          { path: `^src/${room}/` },
          { path: `^src/(${rooms.slice(i + 1).join('|')})/` },
        ),
      ),
    ...folders
      .slice(0, -1)
      .map((folder, i) =>
        forbid(
          `program-${folder}-imports-only-folders-above`,
          { path: `^src/program/${folder}/` },
          { path: `^src/program/(${folders.slice(i + 1).join('|')})/` },
        ),
      ),
    forbid('known-rooms', { path: '^src/', pathNot: `^src/(index\\.ts$|(${rooms.join('|')})/)` }, {}),
    forbid(
      'another-room-by-its-index',
      { path: '^src/([^/]+)/' },
      { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    ),
    forbid('own-room-by-its-files', { path: '^src/([^/]+)/' }, { path: '^src/$1/index\\.ts$' }),
    forbid('root-index-is-the-end', { path: '^src/' }, { path: '^src/index\\.ts$' }),
    forbid('root-index-names-rooms', { path: '^src/index\\.ts$' }, { pathNot: '^src/[^/]+/index\\.ts$' }),
    forbid('no-cycles', {}, { circular: true }, 'Imports of types count.'),
    forbid('no-orphans', { orphan: true, pathNot: '^src/index\\.ts$' }, {}),
    forbid('pure', { path: '^src/' }, { dependencyTypes: ['core'] }, 'No module of the host.'),
    forbid(
      'decimal-js-in-one-file',
      { path: '^src/', pathNot: '^src/foundation/decimal\\.ts$' },
      { path: '(^|/)decimal\\.js(/|$)' },
      'decimal.js does not tree-shake: whoever imports it keeps 13 kB.',
    ),
    forbid('io-ts-in-foundation', { path: '^src/', pathNot: '^src/foundation/' }, { path: '(^|/)io-ts(/|$)' }),
    forbid(
      'declared-dependencies',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'unknown', 'undetermined'], dependencyTypesNot: ['type-only'] },
    ),
    forbid('resolvable', {}, { couldNotResolve: true }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
    doNotFollow: { path: 'node_modules' },
  },
}
