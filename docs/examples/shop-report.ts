// A loyalty and retention report of a shop: `npm run demo`, or `npm run demo -- orders.csv [answers.csv]`.
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addDays, formatError, startOfDay } from 'treue'
import programJson from './program.json' with { type: 'json' }
import { memberHistory, mostTelling } from './shop/history.ts'
import { openProgram, programIn } from './shop/load-program.ts'
import { measure } from './shop/measure.ts'
import { type ProgressStream, progressOn } from './shop/progress.ts'
import { badFileText, readShop } from './shop/read-shop.ts'
import { reportOf } from './shop/report.ts'
import { runProgram } from './shop/run-program.ts'
import { familiesOf, lastDayOf } from './shop/shop.ts'

const USAGE = `Usage: npm run demo [-- ORDERS.csv [ANSWERS.csv]]
       npm run demo -- coffee-shop, beauty-retailer or subscription: the year of a program

ORDERS.csv   columns customer, date, amount, and if there are any id, category, currency (EUR without it);
             or CDNOW_master.txt as it is
ANSWERS.csv  columns customer, date, score (0 to 10, or empty)
Without files the report is about a sample shop.
`

/** Where the report goes. */
export interface Output {
  readonly out: (text: string) => void
  readonly error: ProgressStream
  readonly now: () => number
}

/** Writes the report for some arguments; the result is the exit code. */
export const shopReport = (args: ReadonlyArray<string>, { out, error, now }: Output): number => {
  const fail = (text: string): number => {
    error.write(text)
    return 1
  }
  if (args.some((arg) => arg.startsWith('-'))) {
    out(USAGE)
    return args.every((arg) => arg === '--help' || arg === '-h') ? 0 : 1
  }
  if (args.length > 2) return fail(USAGE)

  // Read: the program, then the orders by its calendar, then the program in their currency.
  const file = openProgram(programJson)
  if (file._tag === 'Left') return fail(`program.json is not a program:\n${formatError(file.left)}\n`)
  const shop = readShop(args, file.right.zone)
  if (shop._tag === 'Left') return fail(badFileText(shop.left))
  const program = programIn(file.right, shop.right.currency)
  if (program._tag === 'Left') return fail(`program.json cannot be used:\n${formatError(program.left)}\n`)

  // Decide: every activity on its member's state, then let time pass to the end of the last day.
  const families = familiesOf(shop.right)
  const asOf = startOfDay(program.right.zone, addDays(lastDayOf(shop.right), 1))
  const progress = progressOn(error, now, 'Running the program', families.length)
  const run = runProgram(program.right, families, asOf, progress)

  // Measure: the shop as a whole, and one member.
  const measures = measure(program.right, shop.right, asOf)
  const member = mostTelling(run)
  const history = member === undefined ? undefined : memberHistory(program.right, run, member)

  // Print.
  const writtenFor = file.right.program.currency
  out(reportOf({ shop: shop.right, program: program.right, writtenFor, run, history, measures }))
  return 0
}

const [, script] = process.argv
if (script !== undefined && realpathSync(script) === fileURLToPath(import.meta.url)) {
  // A reader such as `head` may close the pipe early: that is not an error.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1))
  // npm runs scripts in the folder of the package and says where it was called from.
  const files = process.argv
    .slice(2)
    .map((arg) => (arg.startsWith('-') ? arg : resolve(process.env['INIT_CWD'] ?? '.', arg)))
  process.exitCode = shopReport(files, {
    out: (text) => process.stdout.write(text),
    error: process.stderr,
    now: () => performance.now(),
  })
}
