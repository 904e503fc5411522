import type { Blueprint } from '../catalog/catalog.ts';
import type { DomainResult, TaskResult } from '../history/result.ts';

export interface Score {
  readonly score: number;
  readonly passed: boolean;
  readonly domains: readonly DomainResult[];
}

/** Each task gives its weight times the share of its checks that hold; a domain is judged by its own tasks. */
export function scoreTasks(blueprint: Blueprint, tasks: readonly TaskResult[], passMark: number): Score {
  const score = percent(tasks);
  const domains = blueprint.domains.flatMap(({ id, title, weight }) => {
    const own = tasks.filter(({ domain }) => domain === id);
    return own.length > 0 ? [{ id, title, weight, tasks: own.length, score: percent(own) }] : [];
  });
  return { score, passed: score >= passMark, domains };
}

function percent(tasks: readonly TaskResult[]): number {
  const possible = tasks.reduce((sum, { weight }) => sum + weight, 0);
  const earned = tasks.reduce((sum, { weight, share }) => sum + weight * share, 0);
  return possible === 0 ? 0 : Math.round((earned / possible) * 1000) / 10;
}
