import { CustomerMoment } from '../../../src/segments/index.ts'
import { momentArbitrary } from '../../arbitraries/customer-moment.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

codecLaws('CustomerMoment', CustomerMoment, momentArbitrary)
