import fc from 'fast-check'
import { BroughtReferral, MemberReferral, type MemberState, ReferrerCounts } from '../../../src/program/index.ts'
import { play, referringProgramWithHistory } from '../../arbitraries/program.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

const states = referringProgramWithHistory.map(({ program, activities }) => play(program, activities).state)

const one = <A>(of: (state: MemberState) => A | null | undefined) =>
  states.map(of).filter((found): found is A => found !== null && found !== undefined)

codecLaws(
  'MemberReferral',
  MemberReferral,
  one(({ referral }) => referral),
)
codecLaws(
  'BroughtReferral',
  BroughtReferral,
  one(({ brought }) => brought[0]),
)
codecLaws(
  'ReferrerCounts',
  ReferrerCounts,
  fc.oneof(
    one(({ referrerCounts }) => referrerCounts),
    one(({ referrerCounts }) => (referrerCounts.counted > 0 ? referrerCounts : null)),
  ),
)
