export type { Answer, ClusterView, Grader, Origin, Outcome, Subject } from './contract.ts';
export { grader } from './contract.ts';
export { type Grade, grade } from './grade.ts';
export { all, any, contains, equal, failed, passed } from './outcomes.ts';
export { subject } from './subject.ts';
export { valueAt } from './value-at.ts';
