import { describe, expect, test } from 'vitest'
import { type Cap, claimedByCaps, type WalletEarning } from '../../src/earning/index.ts'

const cap = (more: object = {}): Cap =>
  ({ id: 'cap', wallet: 'points', counts: 'points', window: { type: 'lifetime' }, ...more }) as unknown as Cap

/** What was earned, of which a cap let `kept` through, among what all rules were granted. */
const earned = (points: number, granted: ReadonlyArray<string>, step: object, wallet = 'points'): WalletEarning =>
  ({
    wallet,
    points,
    rules: granted.map((one, index) => ({ rule: String(index), granted: one })),
    capSteps: [{ cap: 'cap', ...step }],
  }) as unknown as WalletEarning

const claimed = (one: WalletEarning, more: object = {}): ReadonlyArray<number> =>
  claimedByCaps([cap(more)], [one]).map(({ points }) => points)

describe('claimedByCaps', () => {
  test('of what is rounded once a cap claims its share', () => {
    expect(claimed(earned(80, ['80'], { room: 100, kept: '80' }))).toEqual([80])
    expect(claimed(earned(10, ['50', '50'], { room: 100, kept: '50' }))).toEqual([5])
  })

  test('never more than it had room for, also where what is not capped rounds it up', () => {
    expect(claimed(earned(6, ['50', '1'], { room: 5, kept: '50' }))).toEqual([5])
  })

  test('what takes points away is no part of which the rest is a share', () => {
    expect(claimed(earned(4, ['10', '-6'], { room: 100, kept: '10' }))).toEqual([4])
    expect(claimed(earned(6, ['10', '2', '-6'], { room: 100, kept: '10' }))).toEqual([5])
  })

  test('one time, where later caps left something of it', () => {
    const times = { counts: 'times' }
    expect(claimed(earned(80, ['80'], { room: 3, kept: '80' }), times)).toEqual([1])
    expect(claimed(earned(0, ['0'], { room: 3, kept: '0' }), times)).toEqual([])
  })

  test('nothing for an activity or a balance, of another wallet, or without a step', () => {
    const all = earned(80, ['80'], { room: 100, kept: '80' })
    expect(claimed(all, { window: { type: 'activity' } })).toEqual([])
    expect(claimed(all, { window: { type: 'balance', pending: 'counted' } })).toEqual([])
    expect(claimed(earned(80, ['80'], { room: 100, kept: '80' }, 'miles'))).toEqual([])
    expect(claimed(all, { id: 'other' })).toEqual([])
    expect(claimed(earned(0, ['-6'], { room: 100, kept: '0' }))).toEqual([])
  })
})
