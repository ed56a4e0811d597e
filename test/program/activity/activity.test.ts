import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, formatPath } from '../../../src/foundation/index.ts'
import { Activity } from '../../../src/program/index.ts'
import { activitiesOf, compiledProgram, history } from '../../arbitraries/program.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { activity, eur } from '../shop.ts'

const activities = fc
  .tuple(compiledProgram, history, fc.nat())
  .map(([program, told, which]) => activitiesOf(program, told).at(which % (told.steps.length + 1)))
  .filter((one) => one !== undefined)

codecLaws('Activity', Activity, activities)

describe('Activity', () => {
  const day1 = '2026-01-01T00:00:00Z'
  const faults = (json: object): ReadonlyArray<string> => {
    const decoded = decode(Activity, { id: 'a', member: 'anna', at: day1, ...json })
    return decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []
  }

  test('each kind as JSON has it', () => {
    const referrer = { member: 'bob', enrolledAt: day1 }
    const lines = [{ id: '1', amount: eur('1.00'), categories: ['books'] }]
    for (const json of [
      { type: 'enrolment' },
      { type: 'enrolment', referrer },
      { type: 'purchase', lines },
      { type: 'return', purchase: 'o', lines: [{ line: '1' }, { line: '2', amount: eur('1.00') }] },
      { type: 'redemption', wallet: 'points', points: 5 },
      { type: 'purchase', lines, referral: { origin: 'comped', signals: ['sameIp'] } },
      { type: 'referralInvitation', invitee: 'ben' },
      { type: 'referralTouched', referrer: { ...referrer, by: 'code', standing: 'good', signals: [] }, priority: 1 },
      { type: 'referralReview', conversion: null, verdict: 'deny', reason: 'one household' },
      {
        type: 'referralConverted',
        referee: 'bob',
        level: 1,
        spendMinor: 5_000,
        levelUnits: 0,
        signals: [],
        convertedAt: day1,
        releasedAt: day1,
        returnableUntil: day1,
      },
      { type: 'referralReassessed', conversion: 'c', remainingMinor: 0, stands: false, levelUnits: 0 },
      { type: 'referralRevenue', conversion: 'c', minor: -5 },
    ]) {
      expect(activity({ id: 'a', at: day1, ...json })).toMatchObject({ type: json.type, member: 'anna' })
    }
  })

  test('what is wrong, with its place', () => {
    expect(faults({ type: 'gift' })).toEqual(['type'])
    expect(faults({ type: 'purchase', lines: [] })).toEqual(['lines'])
    expect(faults({ type: 'purchase', lines: [{ id: '', amount: eur('-1.00') }] })).toEqual([
      'lines[0].id',
      'lines[0].amount',
    ])
    expect(faults({ type: 'redemption', wallet: 'points', points: 1.5 })).toEqual(['points'])
    expect(faults({ type: 'enrolment', at: '2026-02-30T00:00:00Z' })).toEqual(['at'])
    expect(faults({ type: 'purchase', lines: [{ id: '1', amount: eur('1.00'), category: 'books' }] })).toEqual([
      'lines[0].category',
    ])
  })
})
