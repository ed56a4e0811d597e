import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Either } from 'fp-ts/Either'
import { addDays, startOfDay, unaccountedPoints, unwrap, utc } from 'treue'
import { afterAll, describe, expect, test } from 'vitest'
import programJson from '../../docs/examples/program.json' with { type: 'json' }
import { memberHistory, mostTelling } from '../../docs/examples/shop/history.ts'
import { openProgram, programIn } from '../../docs/examples/shop/load-program.ts'
import { progressOn } from '../../docs/examples/shop/progress.ts'
import { readAnswers } from '../../docs/examples/shop/read-answers.ts'
import { readOrders } from '../../docs/examples/shop/read-orders.ts'
import { type ProgramRun, runProgram } from '../../docs/examples/shop/run-program.ts'
import { sampleShop } from '../../docs/examples/shop/sample-shop.ts'
import { familiesOf, lastDayOf } from '../../docs/examples/shop/shop.ts'
import { shopReport } from '../../docs/examples/shop-report.ts'

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const examples = (name: string): string => pathOf(`../../docs/examples/${name}`)
const folder = mkdtempSync(join(tmpdir(), 'shop-report-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (content: string | Uint8Array): string => {
  const path = join(folder, 'input.csv')
  writeFileSync(path, content)
  return path
}

const report = (...args: ReadonlyArray<string>) => {
  const written = { out: '', error: '' }
  const code = shopReport(args, {
    out: (text) => {
      written.out += text
    },
    error: {
      write: (text) => {
        written.error += text
      },
    },
    now: () => 0,
  })
  return { code, ...written }
}

/** What a report says of a file, without its first line. */
const complaints = (content: string | Uint8Array, ...more: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { code, out, error } = report(file(content), ...more)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  const [first = '', ...lines] = error.trimEnd().split('\n')
  expect(first).toMatch(/cannot be used, and nothing of it was:$/)
  return lines.map((line) => line.trim())
}

const contentOf = <A>(read: Either<unknown, A>): A => {
  if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
  return read.right
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const program = unwrap(openProgram(programJson))

const sampleSize = 400

const TITLES = [
  'What was read',
  'What was decided',
  'Members per tier',
  'Points',
  'Referrals',
  'One member: ',
  'Monthly cohorts',
  'Repeat purchase rate',
  'Time between purchases',
  'Who is still there',
  'Net Promoter Score',
]

describe('the sample shop', () => {
  test('has something to show in every section, and is the same every time', () => {
    const first = report()
    expect(first.code).toBe(0)
    expect(first.error).toBe('')
    for (const title of TITLES) expect(first.out).toContain(`\n${title}`.replace('\nWhat was read', 'What was read'))
    expect(first.out).not.toContain('No figure.')
    expect(report()).toEqual(first)
  })

  test('reaches every kind of decision, and every wallet balances', () => {
    const shop = sampleShop(program.zone)
    const compiled = unwrap(programIn(program, shop.currency))
    const asOf = startOfDay(compiled.zone, addDays(lastDayOf(shop), 1))
    const run = runProgram(compiled, familiesOf(shop), asOf)
    expect(new Set(run.decided.map(({ type }) => type))).toEqual(
      new Set(['enrolment', 'purchase', 'return', 'redemption', 'referralConverted', 'referralReassessed']),
    )
    const reasons = run.refused.flatMap(({ reasons }) => reasons.map(({ _tag }) => _tag))
    expect(new Set(reasons)).toEqual(new Set(['InsufficientPoints']))
    const wallets = [...run.states.values()].flatMap((state) => state.wallets)
    expect(wallets.map(unaccountedPoints).every((points) => points === 0)).toBe(true)
    for (const key of ['redeemed', 'expired', 'reversed', 'active', 'pending', 'debt'] as const) {
      expect(wallets.reduce((sum, wallet) => sum + wallet[key], 0)).toBeGreaterThan(0)
    }
    const tiers = [...run.states.values()].flatMap(({ standings }) => standings.map(({ tier }) => tier))
    expect(new Set(tiers)).toEqual(new Set(['Green', 'Bronze', 'Silver', 'Gold']))
  })

  test('comes to the same in families as with everybody together in order of time', () => {
    const shop = sampleShop(program.zone)
    const compiled = unwrap(programIn(program, shop.currency))
    const asOf = startOfDay(compiled.zone, addDays(lastDayOf(shop), 1))
    const families = familiesOf(shop)
    const everybody = families.flat().sort((a, b) => a.at - b.at)
    expect(families.length).toBeLessThan(sampleSize)
    const statesOf = (run: ProgramRun) => [...run.states.values()].sort((a, b) => (a.member < b.member ? -1 : 1))
    expect(statesOf(runProgram(compiled, families, asOf))).toEqual(statesOf(runProgram(compiled, [everybody], asOf)))
  })

  test('tells the history of a member from the same decisions', () => {
    const shop = sampleShop(program.zone)
    const compiled = unwrap(programIn(program, shop.currency))
    const run = runProgram(compiled, familiesOf(shop), startOfDay(compiled.zone, addDays(lastDayOf(shop), 1)))
    const member = mostTelling(run)
    if (member === undefined) throw new Error('no member')
    const history = memberHistory(compiled, run, member)
    const [wallet] = run.states.get(member)?.wallets ?? []
    expect(history.lines.at(-1)).toMatchObject({ active: `${wallet?.active}`, pending: `${wallet?.pending}` })
    expect(history.explained?.sentences.join(' ')).toContain('Rule base')
  })
})

describe('a file of orders', () => {
  test('is reported with its answers', () => {
    const { code, out } = report(examples('orders.csv'), examples('answers.csv'))
    expect(code).toBe(0)
    expect(out).toContain('12 purchases of 5 customers, 2026-01-03 to 2026-03-28')
    expect(out).toContain('492.10 EUR in all: 41.01 EUR a purchase, 2.40 purchases a customer')
    expect(out).toContain('of 4 answers: 2 promoters, 1 passive, 1 detractor; 1 left the question out')
  })

  test('may have its columns in any order and case, semicolons, a byte order mark, empty lines', () => {
    const plain = 'customer,date,amount,category\nanna,2026-01-02,5.50,tea\nben,20260101,0,\n'
    const other = '\uFEFFDATE;Category;Amount;Customer\r\n\r\n2026-01-02;tea;"5.5";anna\r\n 2026-01-01 ;;0;ben\r\n'
    const read = (text: string) => contentOf(readOrders(bytes(text), 'orders.csv', utc)).orders
    const seen = (text: string) => read(text).map(({ id: _, ...order }) => order)
    expect(seen(other)).toEqual(seen(plain))
    expect(seen(plain).map(({ customer }) => customer)).toEqual(['ben', 'anna'])
  })

  test('keeps orders of one customer and one day apart', () => {
    const { out } = report(file('customer,date,amount\nanna,2026-01-01,1\nanna,2026-01-01,1\n'))
    expect(out).toContain('2 purchases of 1 customer')
    expect(out).toContain('100.0 %: 1 of 1 customer')
  })

  test('in another currency is run with the same figures in it, and the report says so', () => {
    const { code, out } = report(file('customer,date,amount,currency\nanna,2026-01-01,500,JPY\n'))
    expect(code).toBe(0)
    expect(out).toContain('written for EUR, and run with the same figures in JPY')
  })

  test('takes hostile names as they are, and prints no control characters', () => {
    const names = ['__proto__', 'constructor', '\u001B[31mred', 'x'.repeat(256)]
    const { code, out } = report(
      file(`customer,date,amount\n${names.map((name) => `${name},2026-01-01,9\n`).join('')}`),
    )
    expect(code).toBe(0)
    expect(out).toContain('4 purchases of 4 customers')
    expect(out).not.toContain('\u001B')
  })
})

describe('a file that cannot be used', () => {
  test('is told by row, column and reason, all of them', () => {
    const rows = [
      'Amount,customer,date,currency,id',
      '1.99,anna,2026-02-30,EUR,1',
      '"1,99",anna,2026-02-03,EUR,2',
      'NaN,ben,2026-02-03,EUR,3',
      '-5,ben,2026-02-03,EUR,4',
      '5,ben,2026-02-03,USD,5',
      '5,ben,2026-02-03,EURO,6',
      '5,,yesterday,EUR,6',
      '5,ben,2026-02-03',
    ]
    expect(complaints(rows.join('\n'))).toEqual([
      'row 2, column "date": got "2026-02-30", expected an existing date as YYYY-MM-DD, such as 2024-02-29',
      'row 3, column "amount": got "1,99", expected an amount in EUR such as "19.99"',
      'row 4, column "amount": got "NaN", expected an amount in EUR such as "19.99"',
      'row 5, column "amount": got "-5", expected an amount of 0 or more',
      'row 6, column "currency": got "USD", expected EUR, as in the rows above: a program has one currency',
      'row 7, column "currency": got "EURO", expected an ISO 4217 currency code such as "EUR"',
      expect.stringMatching(/^row 8, column "customer": got nothing, expected a text /),
      'row 8, column "date": got "yesterday", expected a date such as 2026-03-01, or an instant with offset such as 2026-03-01T12:00:00+01:00',
      'row 8, column "id": got "6", expected an id that comes only once',
      'row 9: got 3 cells, expected 5 as in the header line',
    ])
  })

  test('with many bad rows is told by the first twenty and a count', () => {
    const lines = complaints(`customer,date,amount\n${'anna,2026-13-01,1\n'.repeat(30)}`)
    expect(lines.length).toBe(21)
    expect(lines.at(-1)).toBe('… and 10 more problems')
  })

  test('because it is empty, has no such column, has one twice, or is no CSV', () => {
    expect(complaints('')).toEqual(['it is empty'])
    expect(complaints('customer,date,amount\n')).toEqual(['it has a header line and nothing below it'])
    expect(complaints('customer,when,amount\na,2026-01-01,1')).toEqual([
      'row 1, column "date": there is no such column; the header line is "customer,when,amount"',
    ])
    expect(complaints('date,date,customer,amount\n1,2,3,4')).toEqual([
      'row 1, column "date": there are two columns of this name',
    ])
    expect(complaints('customer,date,amount\n"anna,2026-01-01,1\n')[0]).toMatch(/^row 2: not well-formed CSV: /)
    expect(complaints(Uint8Array.of(0x89, 0x50, 0xff, 0, 1))).toEqual(['it is not a text file in UTF-8'])
    expect(complaints('customer\0,date,amount\n')).toEqual(['it is not a text file'])
  })

  test('because it is not there, or a directory, or because of its answers', () => {
    expect(report(join(folder, 'nothing.csv')).error).toContain('there is no such file')
    expect(report(folder).error).toContain('it is a directory, not a file')
    const orders = examples('orders.csv')
    const { code, out, error } = report(orders, file('customer,date,score\nanna,2026-01-01,11\nben,2026-01-01,7.5\n'))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(error).toContain('row 2, column "score": got "11", expected a whole number from 0 to 10')
    expect(error).toContain('row 3, column "score": got "7.5"')
  })

  test('and arguments that make no sense get the usage', () => {
    expect(report('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage: npm run demo') })
    expect(report('--orders').code).toBe(1)
    expect(report('a', 'b', 'c')).toMatchObject({ code: 1, error: expect.stringContaining('Usage: npm run demo') })
  })
})

test('answers may be left out', () => {
  const answers = contentOf(readAnswers(bytes('score,customer,date\n,anna,2026-01-01\n9,ben,2026-01-02\n'), utc))
  expect(answers.map(({ score }) => score)).toEqual([null, 9])
})

describe('progress', () => {
  const shown = (isTTY: boolean, elapsedMs: number): ReadonlyArray<string> => {
    const written: Array<string> = []
    let time = 0
    const progress = progressOn({ isTTY, write: (text) => written.push(text) }, () => time, 'Running', 200)
    for (let done = 0; done < 200; done += 1) {
      time += elapsedMs / 200
      progress.step(done)
    }
    progress.end()
    return written
  }

  test('is not shown for a run of less than a second', () => {
    expect(shown(true, 900)).toEqual([])
    expect(shown(false, 900)).toEqual([])
  })

  test('writes over its own line on a terminal, and wipes it in the end', () => {
    expect(shown(true, 8000)).toEqual([
      '\rRunning: 32 %',
      '\rRunning: 64 %',
      '\rRunning: 96 %',
      `\r${' '.repeat(15)}\r`,
    ])
  })

  test('writes a line now and then elsewhere', () => {
    expect(shown(false, 8000)).toEqual(['Running: 32 %\n', 'Running: 64 %\n', 'Running: 96 %\n'])
  })
})

const CDNOW = pathOf('../../../shared/data/cdnow/CDNOW_master.txt')

test('the CDNOW purchase log, as it is: 69,659 purchases of 23,570 customers', ({ skip }) => {
  if (!existsSync(CDNOW)) {
    console.log('CDNOW: skipped, since ../shared is not there')
    skip()
  }
  const { code, out } = report(CDNOW)
  expect(code).toBe(0)
  expect(out).toContain('69,659 purchases of 23,570 customers, 1997-01-01 to 1998-06-30\n')
  expect(out).toContain('run with the same figures in USD')
  expect(out).toContain('decided: enrolment 23,570, purchase 69,659\n')
  expect(out).toContain('it balances, in all together and in each of')
})
