import { describe, expect, test } from 'vitest'
import { lintProgram } from '../../../src/program/index.ts'
import { referralOf, shop } from '../shop.ts'
import { active, codes, days, earning, fixed, found, pair, shown } from './lint-pair.ts'

describe('what has no end, and what cannot begin', () => {
  const actions = [{ name: 'review', fields: [] }]
  const review = (more: object = {}) => fixed('reviews', undefined, { on: 'review', ...more })

  test('an action without cooldown or cap earns as often as it is done', () => {
    const { program, finding } = pair(
      'unboundedAction',
      earning([review()], { actions }),
      earning([review({ cooldown: days(30) })], { actions }),
    )
    expect(active(shown(program, finding))).toBe(50)
    const cap = {
      id: 'reviews',
      wallet: 'points',
      limit: 20,
      counts: 'points',
      window: { type: 'calendar', calendar: { unit: 'month' } },
      onExceed: 'truncate',
    }
    expect(codes(shop(earning([review()], { actions, caps: [cap] })))).not.toContain('unboundedAction')
    const ofOthers = { ...cap, of: { kind: 'promotional' } }
    expect(codes(shop(earning([review()], { actions, caps: [ofOthers] })))).toContain('unboundedAction')
  })

  test('what the program does of itself once for each occasion has an end', () => {
    const texts = (...names: ReadonlyArray<string>) => names.map((name) => ({ name, type: 'text', required: true }))
    const own = [
      { name: 'tierUpgraded', fields: texts('ladder', 'tier') },
      { name: 'challengeReached', fields: texts('challenge', 'level') },
    ]
    for (const { name } of own) {
      expect(codes(shop(earning([review({ on: name })], { actions: own })))).not.toContain('unboundedAction')
    }
  })

  test('a cap below one grant', () => {
    const cap = (limit: number, onExceed: string) => ({
      id: 'small',
      wallet: 'points',
      limit,
      counts: 'points',
      window: { type: 'calendar', calendar: { unit: 'month' } },
      onExceed,
    })
    const program = (limit: number, onExceed = 'truncate') =>
      earning([fixed('gift', undefined)], { caps: [cap(limit, onExceed)] })
    const { program: having, finding } = pair('capBelowGrant', program(9), program(10))
    expect(finding.severity).toBe('warning')
    expect(active(shown(having, finding))).toBe(9)
    const refused = shop(program(9, 'reject'))
    expect(found(refused, 'capBelowGrant')?.severity).toBe('error')
    expect(active(shown(refused, found(refused, 'capBelowGrant')))).toBe(0)
    expect(active(shown(shop(program(0)), found(shop(program(0)), 'capBelowGrant')))).toBe(0)
  })

  test('a cap of referrals below one reward, each cap by itself', () => {
    const cap = (id: string, limit: number) => ({
      id,
      per: 'referrer',
      counts: 'units',
      limit,
      window: { type: 'lifetime' },
      onExceed: 'reject',
    })
    const caps = [cap('a', 500), cap('b', 499), cap('c', 1)]
    const { program } = pair('capBelowGrant', referralOf({ caps }), referralOf({ caps: caps.slice(0, 1) }))
    const paths = lintProgram(program).flatMap(({ code, path }) => (code === 'capBelowGrant' ? [path[3]] : []))
    expect(paths).toEqual([1, 2])
  })

  test('a grant that multipliers can lower may fit a cap', () => {
    const cap = {
      id: 'small',
      wallet: 'points',
      limit: 9,
      counts: 'points',
      window: { type: 'activity' },
      onExceed: 'reject',
    }
    const half = { id: 'half', wallet: 'points', award: { mode: 'multiplier', factor: '0.5' } }
    const severity = (rules: ReadonlyArray<object>) =>
      found(shop(earning(rules, { caps: [cap] })), 'capBelowGrant')?.severity
    expect(severity([fixed('gift', undefined)])).toBe('error')
    expect(severity([fixed('gift', undefined), half])).toBe('warning')
  })

  test('referrers who are rewarded for any number of friends', () => {
    const caps = [
      {
        id: 'friends',
        per: 'referrer',
        counts: 'referrals',
        limit: 10,
        window: { type: 'lifetime' },
        onExceed: 'reject',
      },
    ]
    pair('unboundedReferral', referralOf(), referralOf({ caps }))
  })
})
