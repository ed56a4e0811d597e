import { TouchRecord } from '../../../src/segments/index.ts'
import { recordArbitrary } from '../../arbitraries/customer-moment.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

codecLaws('TouchRecord', TouchRecord, recordArbitrary)
