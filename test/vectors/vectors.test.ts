import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { main, runVectors } from './run.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'vectors-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const write = (name: string, text: string): string => {
  const directory = mkdtempSync(join(scratch, 'case-'))
  writeFileSync(join(directory, name), text)
  return directory
}

const lines = (args: ReadonlyArray<string>): { readonly code: number; readonly out: ReadonlyArray<string> } => {
  const out: Array<string> = []
  const code = main(args, { out: (line) => out.push(line), error: (line) => out.push(`error: ${line}`) })
  return { code, out }
}

const vector = (expected: object, metric = 'nps.score', input: object = { scores: [10, 0, 7, 9] }) =>
  JSON.stringify({ vectors: [{ id: 'mine', metric, input, expected, tolerance: '1e-12' }] })

describe('the vectors of this repository', () => {
  const report = runVectors(here)

  test('pass', () => {
    expect(report.lines.filter((line) => line.startsWith('FAILED'))).toEqual([])
    expect(report.faults).toEqual([])
    expect(report.failed).toBe(0)
    expect(report.passed).toBeGreaterThanOrEqual(990)
  })

  test('are all run or named as skipped', () => {
    const named = report.lines
      .filter((line) => line.startsWith('skipped'))
      .map((line) => Number(/\((\d+) vectors?\)$/.exec(line)?.[1]))
    expect(named.reduce((sum, count) => sum + count, 0)).toBe(report.skipped)
  })
})

describe('a run', () => {
  test('ends with what passed and failed, alone on a line', () => {
    expect(lines([write('a.json', vector({ nps: '25', n: 4 }))])).toEqual({ code: 0, out: ['1 passed, 0 failed'] })
  })

  test('says of a vector that fails what was expected and what came', () => {
    const { code, out } = lines([write('a.json', vector({ nps: '26', n: 4 }))])
    expect(code).toBe(1)
    expect(out).toEqual(['FAILED mine (nps.score): nps: expected "26", got 25', '0 passed, 1 failed'])
  })

  test('fails where an adapter cannot make sense of the input', () => {
    const { code, out } = lines([write('a.json', vector({ nps: '26' }, 'nps.score', { scores: [11] }))])
    expect(code).toBe(1)
    expect(out[0]).toContain('FAILED mine (nps.score): expected {"nps":"26"}, got "thrown:')
    expect(lines([write('a.json', vector({ unheardOf: '1' }))]).code).toBe(1)
  })

  test('names metrics without an adapter, and figures that are not there yet', () => {
    const { code, out } = lines([
      write('a.json', vector({ formbricksScore: '1' })),
      write('b.json', vector({ nps: '25', formbricksScore: '1' })),
      write('c.json', vector({ a: '1' }, 'my.metric')),
      write(
        'd.json',
        JSON.stringify({ meta: { model: 'My model' }, cases: [{ kind: 'customer' }, { kind: 'customer' }, 3] }),
      ),
    ])
    expect(code).toBe(0)
    expect(out).toEqual([
      'skipped nps.score: no adapter yet (1 vector)',
      'partly nps.score: no adapter yet for formbricksScore',
      'skipped my.metric: no adapter yet (1 vector)',
      'skipped My model: no adapter yet (1 vector)',
      'skipped My model.customer: no adapter yet (2 vectors)',
      '1 passed, 0 failed, 5 skipped',
    ])
  })

  test('says of a vector whose data set is not beside it that it is skipped for that', () => {
    const playbook = vector({ months: [] }, 'mrr.waterfall', { datasetRef: 'nowhere.json' })
    expect(lines([write('a.json', playbook)]).out).toEqual([
      'skipped mrr.waterfall: its data set is not here (1 vector)',
      '0 passed, 0 failed, 1 skipped',
    ])
  })

  test('reports files that cannot be read, vectors that are none, and directories without any', () => {
    const faultOf = (text: string): string => {
      const { code, out } = lines([write('a.json', text)])
      expect(code).toBe(1)
      expect(out.at(-1)).toBe('0 passed, 0 failed')
      return out[0] ?? ''
    }
    expect(faultOf('{')).toContain('error: a.json cannot be read: SyntaxError')
    expect(faultOf('{"vectors": 3}')).toContain('its vectors are no list')
    expect(faultOf('{"vectors": [3]}')).toContain('vector 0 is no vector')
    expect(faultOf('{"vectors": [{"id": "a"}]}')).toContain('has no id or no metric')
    expect(faultOf('{"vectors": [{"id": "a", "metric": "b"}]}')).toContain('has no input or nothing expected')
    const odd = '{"vectors": [{"id": "a", "metric": "b", "input": 1, "expected": 1, "tolerance": "wide"}]}'
    expect(faultOf(odd)).toContain('a tolerance that is neither')
    expect(faultOf('[]')).toContain('has no vectors')
    expect(faultOf('{"rows": []}')).toContain('has no vectors')
    expect(lines([join(scratch, 'nowhere')]).out[0]).toContain('nowhere cannot be read')
  })

  test('reads a data set that is a table, and skips a vector whose data set is not there', () => {
    const input = { datasetRef: 'a.csv', time: 'time', event: 'status', endsAt: 1, where: ['kind', 'b'] }
    const expected = { times: [2, 3], survival: ['0.5', '0.5'] }
    const text = JSON.stringify({
      vectors: [{ id: 'mine', metric: 'survival.kaplanMeier', input, expected, tolerance: 'relative 1e-12' }],
    })
    const directory = write('a.json', text)
    expect(lines([directory]).out.at(-1)).toBe('0 passed, 0 failed, 1 skipped')
    writeFileSync(join(directory, 'a.csv'), '"time",status,kind\n1,1,a\n2,1,b\n3,0,b\n')
    expect(lines([directory]).out).toEqual(['1 passed, 0 failed'])
  })

  test('of one file, and of nested directories', () => {
    expect(lines([join(write('a.json', vector({ n: 4 })), 'a.json')]).out).toEqual(['1 passed, 0 failed'])
    write('e.txt', 'no JSON')
    expect(runVectors(scratch).passed).toBeGreaterThan(1)
  })

  test('in Node, as npm run vectors starts it', () => {
    const directory = write('a.json', vector({ nps: '25' }))
    const text = execFileSync(process.execPath, [join(here, 'run.mjs'), directory], { encoding: 'utf8' })
    expect(text).toBe('1 passed, 0 failed\n')
  })
})
