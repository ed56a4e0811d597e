// The weight of an import in an application's bundle (minified, gzip). decimal.js weighs 13 kB and does not tree-shake:
// what needs no exact decimals must come without it.
const quiet = (config) => ({ ...config, logLevel: 'error' })
const withoutDecimal = (config) => ({
  ...quiet(config),
  metafile: true,
  plugins: [
    ...(config.plugins ?? []),
    {
      name: 'without-decimal-js',
      setup: (build) =>
        build.onEnd(({ metafile }) => {
          const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) => Object.entries(output.inputs))
          const found = inputs.some(([path, { bytesInOutput }]) => /decimal\.m?js/.test(path) && bytesInOutput > 0)
          return { errors: found ? [{ text: 'decimal.js is in the bundle' }] : [] }
        }),
    },
  ],
})
const light = (name, names, limit) => ({
  name,
  path: 'dist/index.js',
  import: `{ ${names} }`,
  limit,
  gzip: true,
  modifyEsbuildConfig: withoutDecimal,
})

export default [
  light('NPS', 'netPromoterScore, summariseAnswers', '4 kB'),
  light('cohort table', 'cohortTable, encodePurchases', '6.25 kB'),
  light('tier assessment', 'assessTier', '8 kB'),
  {
    name: 'the whole of treue',
    path: 'dist/index.js',
    import: '*',
    limit: '395 kB',
    gzip: true,
    modifyEsbuildConfig: quiet,
  },
]
