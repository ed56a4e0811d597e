import functional from 'eslint-plugin-functional'
import tseslint from 'typescript-eslint'

// Biome formats and does the syntactic rules; ESLint has what needs types, and what keeps the library pure.
// test/package/guards.test.ts plants one violation of each forbidding rule.

const impure = {
  Date: 'No clock and no host time zone: take an Instant as an argument.',
  console: 'No output.',
  process: 'No environment.',
  globalThis: 'No global state.',
  eval: 'No code from text.',
  Function: 'No code from text.',
}
const intl = { Intl: 'Nothing of the host locale: zones are data, built in foundation/zone-from-intl.ts.' }
const restricted = (names) => ['error', ...Object.entries(names).map(([name, message]) => ({ name, message }))]

export default tseslint.config(
  { ignores: ['**', '!src', '!src/**'] },
  {
    files: ['src/**/*.ts'],
    extends: [tseslint.configs.strictTypeCheckedOnly],
    plugins: { functional },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { requireDefaultForNonUnion: true, considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/strict-boolean-expressions': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // io-ts codecs are clearer with all three type arguments spelled out.
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      // It takes a branded number for something that is no number.
      '@typescript-eslint/no-unsafe-unary-minus': 'off',
      // A table without fields is meant: the default of a struct codec's optional part.
      '@typescript-eslint/no-generated-empty-object-type': 'off',

      'functional/no-throw-statements': 'error',
      'functional/no-classes': 'error',
      'functional/no-this-expressions': 'error',
      // A function mutates nothing that it was given. functional/immutable-data is not the rule for that: it cannot tell
      // a function's own list from one it was given, so it would forbid every loop that fills its result. Instead no
      // parameter's type has methods that mutate, and no parameter's property is assigned (a typed array has no readonly
      // form, so only the second holds for it). Exempt are a sheet, a draft, a tally and a list of faults: notes that a
      // room makes for one run and fills while it goes. A kernel that fills anything else that its room made and hands
      // around says so in its first lines, with eslint-disable and the reason.
      'functional/prefer-immutable-types': [
        'error',
        {
          enforcement: 'None',
          parameters: { enforcement: 'ReadonlyShallow' },
          ignoreInferredTypes: true,
          ignoreNamePattern: '^(sheet|draft|tally|faults)$',
          ignoreTypePattern: ['^(Big)?(Int|Uint|Float)[0-9]+(Clamped)?Array', '(Sheet|Draft|Tally)$'],
        },
      ],
      'no-param-reassign': [
        'error',
        { props: true, ignorePropertyModificationsFor: ['sheet', 'draft', 'tally', 'faults'] },
      ],
      'no-restricted-globals': restricted({ ...impure, ...intl }),
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'No randomness: take a seed as an argument.' },
        { object: 'Decimal', property: 'set', message: 'Changes every other user of decimal.js.' },
        { object: 'Decimal', property: 'config', message: 'Changes every other user of decimal.js.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(toLocale|localeCompare)/]',
          message: 'Depends on the host locale: compare with < and write digits yourself.',
        },
      ],
    },
  },
  {
    files: ['src/foundation/unwrap.ts'],
    rules: {
      'functional/no-throw-statements': 'off',
      'functional/no-classes': 'off',
      'functional/no-this-expressions': 'off',
    },
  },
  { files: ['src/foundation/zone-from-intl.ts'], rules: { 'no-restricted-globals': restricted(impure) } },
)
