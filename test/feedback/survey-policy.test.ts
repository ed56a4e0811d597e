import { SurveyPolicy } from '../../src/feedback/index.ts'
import { surveyPolicyArbitrary } from '../arbitraries/surveys.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('SurveyPolicy', SurveyPolicy, surveyPolicyArbitrary)
