export type { Answer, Check, ClusterView, Failed, FailureShape, Grader, Origin, Outcome, Subject } from './contract.ts';
export { grader } from './contract.ts';
export { type CheckResult, type Grade, grade, type WeightedCheck } from './grade.ts';
export { all, any, contains, equal, failed, passed } from './outcomes.ts';
export { describeReference, lookAt, type Reference, subject } from './subject.ts';
export { valueAt } from './value-at.ts';
