import { describe, expect, test } from 'vitest'
import {
  ActivityId,
  type AnyCodec,
  CampaignId,
  CapId,
  decode,
  FunderId,
  formatError,
  LadderId,
  LineId,
  LotId,
  MemberId,
  ProgramId,
  ReasonId,
  ReferralId,
  RuleId,
  TierId,
  WalletId,
} from '../../src/foundation/index.ts'
import { idArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('MemberId', MemberId, idArbitrary(MemberId))

describe('ids', () => {
  const kinds: Readonly<Record<string, AnyCodec>> = {
    ActivityId,
    CampaignId,
    CapId,
    FunderId,
    LadderId,
    LineId,
    LotId,
    MemberId,
    ProgramId,
    ReasonId,
    ReferralId,
    RuleId,
    TierId,
    WalletId,
  }

  test.each(Object.entries(kinds))('%s takes any text that is not empty', (name, codec) => {
    expect(codec.name).toBe(name)
    for (const id of ['a', '__proto__', 'constructor', ' ', '\u0000', '\ud800', 'x'.repeat(10_000)]) {
      expect(decode(codec, id)).toEqual({ _tag: 'Right', right: id })
    }
    for (const wrong of ['', 1, null, undefined, ['a'], {}]) {
      expect(decode(codec, wrong)._tag).toBe('Left')
      expect(codec.is(wrong)).toBe(false)
    }
  })

  test('says what is wrong', () => {
    const wrong = decode(MemberId, '')
    expect(wrong._tag === 'Left' && formatError(wrong.left)).toBe(
      'Invalid value: got "", expected a text that is not empty.',
    )
    const number = decode(MemberId, 7)
    expect(number._tag === 'Left' && formatError(number.left)).toBe(
      'Invalid value: got 7, expected a text that is not empty.',
    )
  })
})
