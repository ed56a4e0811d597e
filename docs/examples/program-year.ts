// A year of an example program: `npm run demo -- coffee-shop`, `beauty-retailer` or `subscription`.
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type Activity,
  type CompiledProgram,
  compileProgram,
  decodeProgram,
  formatPath,
  type Instant,
  lintProgram,
  type PlayedOutcome,
  playOutcome,
  pointsFlows,
  unwrap,
  zoneFromIntl,
} from 'treue'
import beautyJson from './programs/beauty-retailer.json' with { type: 'json' }
import { beautyRetailerYear } from './programs/beauty-retailer.ts'
import coffeeJson from './programs/coffee-shop.json' with { type: 'json' }
import { coffeeShopYear } from './programs/coffee-shop.ts'
import subscriptionJson from './programs/subscription.json' with { type: 'json' }
import { subscriptionYear } from './programs/subscription.ts'
import { day, newYear } from './programs/year.ts'
import { apart, section, table } from './shop/layout.ts'

/** A program, ready to decide, and what happens in its year. */
export interface ExampleYear {
  readonly program: CompiledProgram
  readonly activities: ReadonlyArray<Activity>
}

export const yearEnd: Instant = (newYear + 365 * day) as Instant

const compiled = (json: unknown): CompiledProgram =>
  unwrap(compileProgram(unwrap(decodeProgram(json)), { zones: [unwrap(zoneFromIntl('Europe/Berlin'))] }))

const years: ReadonlyMap<string, () => ExampleYear> = new Map([
  ['coffee-shop', () => ({ program: compiled(coffeeJson), activities: coffeeShopYear() })],
  ['beauty-retailer', () => ({ program: compiled(beautyJson), activities: beautyRetailerYear() })],
  ['subscription', () => ({ program: compiled(subscriptionJson), activities: subscriptionYear() })],
])

/** The example of a name; `undefined`: there is none. */
export const exampleYear = (name: string): ExampleYear | undefined => years.get(name)?.()

type Cell = string | number | bigint | object | null

const cell = (value: Cell): string => {
  if (typeof value === 'number' || typeof value === 'bigint') return apart(String(value))
  return typeof value === 'object' ? JSON.stringify(value) : value
}

/** Rows of an outcome under the names of their columns; the segment is the same for all. */
const rowsOf = (rows: ReadonlyArray<object>): ReadonlyArray<string> => {
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'segment')
  const cells = rows.map((row) => names.map((name) => cell((row as { readonly [name: string]: Cell })[name] ?? '')))
  const first = rows[0] as { readonly [name: string]: Cell } | undefined
  return table(
    [names, ...cells],
    names.map((name) => (typeof first?.[name] === 'number' ? 'right' : 'left')),
  )
}

const sectionsOf = ({ outcome }: PlayedOutcome): ReadonlyArray<readonly [string, string, ReadonlyArray<object>]> => [
  ['Members', 'Who is there at the end, and how many activities were refused.', outcome.members],
  [
    'Points',
    'What they cost, what became of them, and what is owed, in the smallest unit of each wallet.',
    pointsFlows(outcome),
  ],
  ['Tiers', 'Members on each tier at the end.', outcome.tiers],
  ['Stamps', 'Stamps that came and went, and rewards of cards that were used.', outcome.stamps],
  ['Cards', 'Cards that are over, stamps on those that are not, rewards to be used.', outcome.stampCards],
  ['Rewards', 'How rewards of the catalogue went.', outcome.rewards],
  ['Vouchers', 'How vouchers went, and what they took off in cents.', outcome.vouchers],
  ['Challenges', 'Levels that were given.', outcome.levels],
]

/** The year in words and figures. */
export const yearReport = ({ program, activities }: ExampleYear): string => {
  const played = unwrap(playOutcome(program, activities, { until: yearEnd }))
  const findings = lintProgram(program).map(
    ({ severity, path, reason }) => `${severity}: ${formatPath(path)}: ${reason}`,
  )
  const lint = findings.length === 0 ? ['Nothing.'] : findings
  return [
    `${program.program.id}: ${apart(String(activities.length))} activities in a year\n`,
    ...sectionsOf(played)
      .filter(([, , rows]) => rows.length > 0)
      .map(([title, explanation, rows]) => section(title, explanation, rowsOf(rows))),
    section('Lint', 'What there is to know of the program before it starts.', lint),
  ].join('\n')
}

const [, script, name = ''] = process.argv
if (script !== undefined && realpathSync(script) === fileURLToPath(import.meta.url)) {
  // A reader such as `head` may close the pipe early: that is not an error.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1))
  const example = exampleYear(name)
  process.stdout.write(example === undefined ? `One of ${[...years.keys()].join(', ')}.\n` : yearReport(example))
  process.exitCode = example === undefined ? 1 : 0
}
