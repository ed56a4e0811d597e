// Comparisons as summaries: read from JSON, and merged.
import { comparisonMonoid, ProgramComparison } from '../../../src/program/index.ts'
import { programComparison } from '../../arbitraries/program-outcomes.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

fewerRuns()

codecLaws('ProgramComparison', ProgramComparison, programComparison)
monoidLaws('comparisonMonoid', comparisonMonoid, programComparison)
